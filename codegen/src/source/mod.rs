//! Stage two: which files of a crate, under which `cfg`, and every marker
//! invocation in them.
//!
//! The module tree is followed from the crate's root, as rustc follows it:
//! `mod`, `#[path]`, `#[cfg]`, `cfg_attr(…, path = …)`, `include!`, `cfg_if!`,
//! `cfg_select!`. Never a glob: a file that no `mod` names is not in the crate.

mod attributes;
mod beside;
mod branch;
pub mod cfg;
pub mod folders;
mod include;
pub mod lacking;
mod layout;
mod lexer;
pub mod marker;
mod mention;
mod nodes;
mod outline;
pub mod predicate;
mod reach;
mod resolve;
pub mod scan;
pub(crate) mod text;
mod tokens;
mod tree;
mod visit;

use crate::error::Diagnostics;
use crate::place::Place;
use cfg::Truth;
use marker::Marker;
use proc_macro2::TokenStream;
use proc_macro2::extra::DelimSpan;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

pub use beside::beside;
pub use mention::mentions;
pub(crate) use outline::declares;
pub use tree::{walk, walk_with};

/// What a crate's sources say.
#[derive(Clone, Debug, Default)]
pub struct Walk {
    /// Every marker invocation that is or may be compiled, in source order
    /// from the crate's root.
    pub found: Vec<Found>,
    /// What could not be looked into.
    pub unseen: Vec<Unseen>,
    /// The files of folders that are modules.
    pub parts: Vec<Part>,
    /// What the answer depends on.
    pub inputs: Inputs,
    /// What was wrong.
    pub diagnostics: Diagnostics,
}

/// One invocation of a marker macro.
#[derive(Clone, Debug)]
pub struct Found {
    /// What it declares.
    pub marker: Marker,
    /// The name it was called by: the last segment of the macro's path.
    pub name: String,
    /// What stands between its delimiters.
    pub tokens: TokenStream,
    /// Its delimiters, for errors at the beginning or end of the tokens.
    pub delimiters: DelimSpan,
    /// The file, for the places of tokens.
    pub file: PathBuf,
    /// The macro's name in the call.
    pub place: Place,
    /// The module it stands in, from the crate's root, without `r#`.
    pub module_path: Vec<String>,
    /// `True` or `Unknown`; an invocation that is not compiled is not found.
    pub presence: Truth,
    /// What encloses it and decides its presence, outermost first, `True` ones
    /// included.
    pub conditions: Vec<Condition>,
    /// Whether it stands in a function, a constant or another body.
    pub in_function: bool,
    /// The other macro whose tokens it stands in, the innermost one.
    pub within: Option<Within>,
    /// Index of the folder that it is a part of, if it is.
    pub folder: Option<usize>,
}

/// A file of a folder that the generated code makes a module of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Index of the folder.
    pub folder: usize,
    /// The file.
    pub file: PathBuf,
    /// `True` or `Unknown`.
    pub presence: Truth,
}

/// Another macro that a marker invocation stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Within {
    /// The body of a `macro_rules!` of this name: what the invocation says may
    /// depend on the macro's arguments, and it is expanded where the macro is
    /// called, any number of times.
    Definition(String),
    /// The arguments of an invocation of this macro, which may expand, quote
    /// or drop them.
    Arguments(String),
}

/// Something around an invocation that decides whether it is compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// What it is.
    pub what: What,
    /// Where it stands.
    pub place: Place,
    /// Whether it holds in this build.
    pub truth: Truth,
}

/// What a condition is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A `cfg`, the predicate in its usual spelling: `not(feature = "std")`.
    Cfg(String),
    /// A `mod` or `include!` in the tokens of this macro, which may drop it.
    Macro(String),
}

/// Something in the sources that cannot be looked into before the compiler
/// runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unseen {
    /// What it is.
    pub what: Hidden,
    /// Where it stands.
    pub place: Place,
    /// Whether it is compiled; never `False`.
    pub presence: Truth,
    /// Index of the folder that it is a part of, if it is.
    pub folder: Option<usize>,
}

/// What is not seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// An `include!` whose path is only known to the compiler, such as one
    /// with `env!("OUT_DIR")`: its argument as written.
    Include(String),
    /// A `mod` (or `include!`) whose file is not there: the files it could be.
    Missing(Vec<PathBuf>),
}

/// What the answer depends on: what a build script has to watch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// Files that were read.
    pub files: BTreeSet<PathBuf>,
    /// Files that are not there and whose appearance would change the answer.
    pub missing: BTreeSet<PathBuf>,
}

impl Inputs {
    /// The folders in which a missing file would appear: for each the nearest
    /// one that exists, since Cargo runs a build script every time if told to
    /// watch what is not there.
    pub fn folders(&self) -> BTreeSet<PathBuf> {
        let nearest = |path: &PathBuf| {
            path.ancestors()
                .skip(1)
                .find(|at| at.is_dir())
                .map(Path::to_path_buf)
        };
        self.missing.iter().filter_map(nearest).collect()
    }

    /// Adds those of another crate.
    pub fn extend(&mut self, other: Inputs) {
        self.files.extend(other.files);
        self.missing.extend(other.missing);
    }
}
