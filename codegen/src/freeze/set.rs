//! A frozen set as plain data.

use enroll_syntax::Class;
use std::path::PathBuf;

/// What the build freezes, modules and data files each in the order of their
/// names' bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrozenSet {
    /// Modules, each name once.
    pub modules: Vec<FrozenModule>,
    /// Files of packages that are no modules, each path once.
    pub data: Vec<DataFile>,
}

/// A module of the set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrozenModule {
    /// Its full name.
    pub name: String,
    /// The suffix of what its code is, `.py`, say.
    pub suffix: String,
    /// Whether it may have submodules.
    pub is_package: bool,
    /// Whether a file of its name takes its place.
    pub class: Class,
    /// Other full names, sorted.
    pub aliases: Vec<String>,
    /// What the host runs.
    pub code: Vec<u8>,
    /// The names that the code refers to by index.
    pub names: Vec<String>,
    /// The file it was read from.
    pub file: PathBuf,
    /// The same relative to the folder that was frozen, on every system with
    /// `/`.
    pub path: String,
}

/// A file that is no module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataFile {
    /// Package and file, `greet/words.txt`.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// The file it was read from.
    pub file: PathBuf,
}

impl FrozenSet {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.modules.is_empty() && self.data.is_empty()
    }
}
