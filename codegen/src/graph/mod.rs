//! Stage one: which crates, with which features, for which target.
//!
//! [`load`] asks Cargo what this build of the firmware holds and keeps the
//! packages that can register a module: the firmware, and every package of its
//! normal dependency closure on this target that reaches the runtime `enroll`,
//! directly or through a crate that re-exports it.
//!
//! Shape and features are `cargo tree`'s answer for the firmware alone;
//! `cargo metadata` unifies features with other members and with
//! build-dependencies, and would be wrong here. That answer is a lower bound:
//! `--workspace`, dev-dependencies under `cargo test` and
//! `--features dependency/feature` can switch on more. [`Package::answers`]
//! holds what two of the three would say, so that a later stage can report a
//! declaration that would come and go.

mod ask;
mod chain;
mod compare;
mod config;
pub(crate) mod document;
mod edges;
#[cfg(feature = "cli")]
mod fetched;
pub mod file;
mod inputs;
mod load;
mod locate;
mod manifest;
mod members;
mod metadata;
mod names;
mod query;
mod request;
mod root;
pub(crate) mod settings;
mod tree;

pub(crate) use ask::dependency_names;
pub use compare::{Answer, Answers};
#[cfg(feature = "cli")]
pub(crate) use fetched::fetched;
pub use inputs::Inputs;
pub(crate) use load::configured_environment;
pub use load::load;
#[cfg(feature = "cli")]
pub(crate) use load::{configuration_files, configured_targets, features, local_dependencies};
pub use metadata::Metadata;
pub use request::Request;
pub use root::{Target, TargetKind};
pub use settings::base;

use crate::error::Diagnostics;
use crate::source::cfg::CfgSet;
use crate::source::folders::Folder;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The package name of the runtime: what a package must reach to register
/// anything.
pub const RUNTIME: &str = "enroll";

/// The packages of one build that can register a module.
#[derive(Clone, Debug)]
pub struct Graph {
    /// The firmware and every package of its closure that reaches the
    /// runtime, sorted by name, then version. The runtime is not among them.
    pub packages: Vec<Package>,
    /// Index of the firmware in `packages`.
    pub firmware: usize,
    /// The folder of the workspace that is being built.
    pub workspace: PathBuf,
    /// Packages that reach the runtime in another answer only (an optional
    /// dependency that the whole workspace switches on, say). They are not in
    /// this build, and have no `dependencies`.
    pub elsewhere: Vec<Package>,
    /// The cfgs of the target, as rustc has them for every crate of it.
    pub cfgs: CfgSet,
    /// What the answer was read from.
    pub inputs: Inputs,
    /// What deserves a warning and does not stop the build.
    pub warnings: Diagnostics,
}

/// A package, as it is in this build.
#[derive(Clone, Debug)]
pub struct Package {
    /// Name in its manifest, with hyphens.
    pub name: String,
    /// Version, as Cargo prints it.
    pub version: String,
    /// Where Cargo has it from.
    pub origin: Origin,
    /// Whether its files may change between two builds of one lock file.
    pub local: bool,
    /// The folder of its manifest; of a firmware that `cargo enroll build -f`
    /// assembled, that of the base, where the sources are.
    pub dir: PathBuf,
    /// Its manifest.
    pub manifest: PathBuf,
    /// Root file of the crate that counts: the library; for a firmware without
    /// one, its binary.
    pub root: PathBuf,
    /// The firmware's other targets, none of which can register anything.
    /// Empty for every other package.
    pub other_targets: Vec<Target>,
    /// Folders whose root files are modules of that crate. Only the firmware
    /// has any, and it is the builder that finds them.
    pub folders: Vec<Folder>,
    /// Name of that crate in Rust, with underscores.
    pub crate_name: String,
    /// Edition of that crate: `2015` to `2024`.
    pub edition: String,
    /// Whether it has a build script, which may set cfgs of its own.
    pub has_build_script: bool,
    /// Whether it is a procedural macro. Such a crate runs in the compiler and
    /// is never in a firmware, so only the firmware itself can be one.
    pub proc_macro: bool,
    /// Its features in this build.
    pub features: BTreeSet<String>,
    /// Its features in other builds of the same firmware.
    pub answers: Answers,
    /// The packages of [`Graph::packages`] that it depends on, in the order
    /// of their index.
    pub dependencies: Vec<Dependency>,
    /// The names under which it depends on the runtime directly: none, as a
    /// rule one.
    pub runtime_names: Vec<String>,
    /// The names of all normal dependencies that its manifest declares, whether
    /// or not this build has them: keys, with underscores.
    pub declared: BTreeSet<String>,
    /// Its `[package.metadata.enroll]`.
    pub metadata: Metadata,
}

impl Package {
    /// A file's path from the package's folder, or that of a user module from the
    /// folder that was named, with `/`: the same on every machine. A file that
    /// lies elsewhere keeps its path.
    pub fn relative(&self, file: &Path) -> String {
        let folder = self.folder_of(file);
        let above = folder.map_or(&self.dir, |folder| &folder.parent);
        let file = file.strip_prefix(above).unwrap_or(file);
        let parts: Vec<_> = file.iter().map(|part| part.to_string_lossy()).collect();
        parts.join("/")
    }

    /// The user module that a file belongs to.
    pub fn folder_of(&self, file: &Path) -> Option<&Folder> {
        let mut folders = self.folders.iter();
        folders.find(|folder| file.starts_with(&folder.dir))
    }
}

/// An edge between two packages of the graph.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dependency {
    /// Index in [`Graph::packages`].
    pub package: usize,
    /// The name that code uses for it: renamed, with underscores.
    pub extern_name: String,
    /// Whether the manifest declares it optional.
    pub optional: bool,
}

/// Where Cargo has a package from.
///
/// A vendored or patched package counts as what replaced it: vendoring keeps
/// the registry or repository, a patch with a folder makes it a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// A folder, which the user may edit.
    Path,
    /// A registry; immutable for a given version.
    Registry,
    /// A repository; immutable for a given commit.
    Git,
}
