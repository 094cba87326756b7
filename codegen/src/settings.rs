//! What the firmware's `build.rs` says.

use std::collections::{BTreeMap, BTreeSet};

/// The builder's options as plain data, for every stage to read.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The firmware's own host, as code beside `include_modules!` names it.
    pub host: String,
    /// The other hosts whose modules it runs.
    pub guests: Vec<String>,
    /// Names for the pool, each with the package that hides it from the scan,
    /// if one was named.
    pub names: Vec<(Option<String>, String)>,
    /// Packages about which it was said which names they hide, if any.
    pub declared: BTreeSet<String>,
    /// Decisions on cfg predicates, by package and predicate.
    pub assumed: BTreeMap<String, BTreeMap<String, bool>>,
    /// What the host has (`float`, `alloc`, …); `None` where nothing was said:
    /// then no module is left out.
    pub provides: Option<BTreeSet<String>>,
    /// The path of the runtime crate in the firmware; found in the manifest
    /// where it is not given.
    pub runtime: Option<String>,
    /// The salt of this build.
    pub salt: u32,
}
