//! What the firmware's `build.rs` says.

mod choice;
mod data;
mod json;
#[cfg(feature = "cli")]
mod told;

pub use choice::Choice;
pub use data::{Base, Data, Frozen, Origin, Said};

use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::freeze::Freeze;
use crate::source::folders::Parent;
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
    /// What was said about single modules and crates.
    pub choice: Choice,
    /// What is put into the image.
    pub freezes: Vec<Freeze>,
    /// How that is treated which the manifest freezes.
    pub freeze_like: Option<Freeze>,
    /// Folders that hold user modules.
    pub user_modules: Vec<Parent>,
    /// The path of the runtime crate in the firmware; found in the manifest
    /// where it is not given.
    pub runtime: Option<String>,
    /// The salt of this build.
    pub salt: u32,
}

impl Settings {
    /// All hosts, the firmware's own first.
    pub(crate) fn hosts(&self) -> Vec<String> {
        let hosts = [&self.host].into_iter().chain(&self.guests);
        hosts.cloned().collect()
    }

    /// What is no Rust: it would be an error in the generated file.
    pub(crate) fn malformed(&self) -> Diagnostics {
        let mut told = Diagnostics::new();
        let mut say = |message: String, help: &str| {
            told.push(Diagnostic::new(Kind::Setting, message).help(help));
        };
        let guests = self.guests.iter().map(|guest| ("host", guest));
        for (call, host) in [("new", &self.host)].into_iter().chain(guests) {
            if syn::parse_str::<syn::Type>(host).is_err() {
                say(
                    format!("Builder::{call} was given `{host}`, which is no type"),
                    "name the host as the code around include_modules! does: \"vm::Vm\"",
                );
            }
        }
        if let Some(path) = &self.runtime
            && syn::parse_str::<syn::Path>(path).is_err()
        {
            say(
                format!("Builder::runtime was given `{path}`, which is no path"),
                "name the crate as the code around include_modules! does: \"vm::enroll\"",
            );
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use crate::Builder;
    use crate::error::Kind;

    #[test]
    fn what_is_no_rust_is_told() {
        let settings = Builder::new("vm::")
            .host("not a type")
            .host("vm::Guest<'static, [u8; 4]>")
            .runtime("vm enroll")
            .settings;
        let told = settings.malformed();
        let told: Vec<_> = told.sorted().into_iter().collect();
        assert!(told.iter().all(|one| one.kind == Kind::Setting));
        let messages: Vec<&str> = told.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "Builder::host was given `not a type`, which is no type",
                "Builder::new was given `vm::`, which is no type",
                "Builder::runtime was given `vm enroll`, which is no path",
            ]
        );
    }
}
