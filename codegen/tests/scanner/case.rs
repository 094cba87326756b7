//! One generated crate.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

/// A crate and how it is compiled.
///
/// The first letter of a symbol says what must hold for it: `k`, the scanner
/// and the compiler agree; `m`, it is under a macro that only the compiler can
/// expand, so the scanner finds it and says so; `h`, no source has its name as
/// a literal of a marker call; `d`, it is a decoy that neither may take up.
#[derive(Debug, Default)]
pub(crate) struct Case {
    pub(crate) number: usize,
    pub(crate) edition: &'static str,
    /// By path from the case's folder, with `/`.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    /// Folders that must exist without a file of the crate in them.
    pub(crate) folders: BTreeSet<String>,
    pub(crate) features: BTreeSet<String>,
    /// Whether the package has a build script, which only the compiler is told
    /// the flags of.
    pub(crate) has_build_script: bool,
    /// Whether the profile has debug assertions, which no build script is told.
    pub(crate) debug_assertions: bool,
    /// How often each construct was generated.
    pub(crate) counts: BTreeMap<&'static str, usize>,
}

/// The crate's root file.
pub(crate) const ROOT: &str = "src/lib.rs";

/// Flags that the target's configuration has in every case.
pub(crate) const TARGET_FLAGS: &[&str] = &["my_flag", "level=\"two\""];

/// What a case's build script can decide, and whether it is set.
pub(crate) const MADE_FLAGS: &[(&str, bool)] = &[
    ("made_a", true),
    ("made_b", false),
    ("made_kind = \"x\"", true),
    ("made_kind = \"y\"", false),
    ("level = \"one\"", false),
];

impl Case {
    pub(crate) fn write(&self, folder: &Path) -> io::Result<()> {
        for path in &self.folders {
            std::fs::create_dir_all(folder.join(path))?;
        }
        for (path, content) in &self.files {
            let file = folder.join(path);
            if let Some(parent) = file.parent() {
                std::fs::create_dir_all(parent)?;
            }
            std::fs::write(file, content)?;
        }
        Ok(())
    }
}

/// What a run of a thousand cases must hold.
pub(crate) const CONSTRUCTS: &[&str] = &[
    "#[path] in a block",
    "#[path] in name.rs",
    "#[path] on a file module",
    "#[path] on an inline module",
    "#[test] function",
    "CRLF",
    "all",
    "another macro renamed",
    "any",
    "byte order mark",
    "call by a renamed macro",
    "call in a macro_rules! body",
    "call in nested macros",
    "call in println!",
    "call of a macro renamed in another module",
    "cfg of a build script",
    "cfg of a feature",
    "cfg of the target",
    "cfg_attr(…, path = …)",
    "cfg_if!",
    "decoy file",
    "disabled file that does not parse",
    "disabled mod without a file",
    "file below an inline module in a block",
    "include! from CARGO_MANIFEST_DIR",
    "include! of a concat!",
    "include! of an expression",
    "include! of items",
    "inner cfg of a file",
    "inner cfg of an inline module",
    "inner cfg of the crate",
    "marker in a block comment",
    "marker in a doc comment",
    "marker in a line comment",
    "marker in a raw string",
    "marker in a string",
    "marker in an attribute",
    "mod under a macro",
    "mod.rs",
    "name beyond ASCII",
    "name.rs",
    "nested cfg_attr",
    "nested inline modules under #[path]",
    "not",
    "one file for two cfgs",
    "own macro of a marker's name",
    "raw identifier",
    "registration in a function",
    "rename in a block",
    "renamed macro through a glob",
    "shebang",
    "use under a cfg",
];
