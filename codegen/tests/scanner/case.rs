//! One generated crate.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

/// A crate and how it is compiled.
///
/// The first letter of a symbol says what must hold for it: `k`, the scanner
/// and the compiler agree; `m`, it is under a macro that only the compiler can
/// expand, so the scanner finds it and says so; `h`, no source has its name as
/// a literal of a marker call; `u`, it is in a file that only the compiler can
/// name, and the scanner says so; `d`, it is a decoy that neither may take up.
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

/// Predicates that never hold.
pub(crate) const DEAD: &[&str] = &[
    "any()",
    "not(all())",
    "target_os = \"never\"",
    "feature = \"never\"",
    "all(my_flag, test)",
];

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
    "#![path] in an inline module",
    "#[path] in a block",
    "#[path] in name.rs",
    "#[path] on a file module",
    "#[path] on an inline module",
    "#[test] function",
    "C string",
    "CRLF",
    "all",
    "another macro renamed",
    "any",
    "block comment",
    "byte",
    "byte order mark",
    "byte string",
    "call by a renamed macro",
    "call in a macro_rules! body",
    "call in nested macros",
    "call in println!",
    "call of a macro renamed in another module",
    "cfg of a build script",
    "cfg of a feature",
    "cfg of the target",
    "cfg on a field under a macro",
    "cfg on a foreign item",
    "cfg on a generic parameter",
    "cfg on a parameter",
    "cfg on an item under a macro",
    "cfg_attr(…, path = …)",
    "cfg_attr(…, path = …) on an inline module",
    "cfg_if!",
    "character",
    "comment in a comment",
    "decoy file",
    "disabled file that does not parse",
    "disabled mod without a file",
    "doc comment",
    "file below an inline module in a block",
    "include! from CARGO_MANIFEST_DIR",
    "include! from OUT_DIR",
    "include! of a concat!",
    "include! of an expression",
    "include! of items",
    "include! under a macro",
    "inner attribute on the first line",
    "inner cfg of a file",
    "inner cfg of an inline module",
    "inner cfg of the crate",
    "inner doc comment",
    "keyword as a raw identifier",
    "lead in a file without a marker",
    "lead in a function",
    "lifetime",
    "line comment",
    "macro_rules! under a macro",
    "marker in a block comment",
    "marker in a doc comment",
    "marker in a line comment",
    "marker in a raw string",
    "marker in a string",
    "marker in an attribute",
    "mod in a module under a macro",
    "mod under a macro",
    "mod.rs",
    "module imported under its name or another",
    "module of the crate's name",
    "name beyond ASCII",
    "name of two lines",
    "name with a line continuation",
    "name.rs",
    "nested cfg_attr",
    "nested inline modules under #[path]",
    "not",
    "nothing but a lead",
    "one file for two cfgs",
    "one file in two roles",
    "own macro of a marker's name",
    "raw C string",
    "raw byte string",
    "raw identifier",
    "raw string",
    "registration behind an element that a macro drops",
    "registration in a function",
    "rename in a block",
    "renamed macro through a glob",
    "renames of one name around each other",
    "shebang",
    "string in an attribute",
    "string with escapes",
    "tokens that are no item",
    "unusual white space",
    "use under a cfg",
    "use under two cfgs in a block",
];
