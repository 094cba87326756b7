//! The files of cases.
//!
//! ```text
//! === a submodule becomes an attribute of its package
//! source: CPython reference, 5.4.2 Submodules
//! python: yes
//! --- pkg/__init__.py
//! --- pkg/sub.py
//! x = 1
//! --- main
//! import pkg.sub
//! print(pkg.sub.x)
//! --- out
//! 1
//! ```
//!
//! The headers: `source` (needed); `python`, which is `yes`, `no`, or `differs` with
//! a reason, then the section `cpython` has what CPython prints; `options`, of which
//! there are `micropython` and `reserved`, for the reserved package `builtins` in
//! place of the module. Sections: a path is a file below `/lib`, which is on
//! `sys.path`; `frozen PATH` is a frozen module, `extensible` behind the path and
//! `as NAME` if it has other names; `main`, `out` and `cpython`.

mod reader;

pub use reader::parse;

use enroll::Class;
use enroll::import::FrozenModule;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

/// The headings of the table "Semantics of a module": a folder each.
pub const HEADINGS: [&str; 16] = [
    "globals",
    "classes",
    "search",
    "subpackages",
    "sys_modules",
    "init",
    "load",
    "store",
    "delegation",
    "extend",
    "override",
    "unload",
    "reload",
    "lazy",
    "frozen",
    "inspection",
];

/// A case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Case {
    /// The folder.
    pub heading: String,
    /// What it shows.
    pub title: String,
    /// The file and the line of the title.
    pub place: String,
    /// Where the outcome is from.
    pub source: String,
    /// Whether CPython runs it.
    pub python: Python,
    /// What is set besides, empty for nothing.
    pub options: String,
    /// Files by their paths below `/lib`.
    pub files: Vec<(String, String)>,
    /// Frozen modules.
    pub frozen: Vec<Cold>,
    /// The script.
    pub main: String,
    /// What it prints.
    pub out: String,
}

/// Whether CPython runs a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Python {
    /// Python cannot express it.
    #[default]
    No,
    /// It prints the same.
    Yes,
    /// It prints something else, for a reason that the documentation lists.
    Differs {
        /// The reason.
        why: String,
        /// What it prints.
        out: String,
    },
}

/// A frozen module of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cold {
    /// The full name: `a.b` for `a/b.py` and for `a/b/__init__.py`.
    pub name: String,
    /// Whether it is a package.
    pub is_package: bool,
    /// Whether a file takes its place.
    pub is_extensible: bool,
    /// Its other names.
    pub aliases: Vec<String>,
    /// The source.
    pub source: String,
}

impl Cold {
    pub(super) fn new(words: &str, source: String) -> Cold {
        let mut words = words.split_whitespace();
        let path = words.next().unwrap_or_default().trim_end_matches(".py");
        let package = path.strip_suffix("/__init__");
        Cold {
            name: package.unwrap_or(path).replace('/', "."),
            is_package: package.is_some(),
            is_extensible: words.clone().any(|word| word == "extensible"),
            aliases: words
                .filter(|word| !matches!(*word, "extensible" | "as"))
                .map(String::from)
                .collect(),
            source,
        }
    }
}

impl Case {
    /// Its frozen modules as a firmware has them: they are never freed, as what is
    /// in read-only memory is not.
    pub(crate) fn freeze(&self) -> &'static [FrozenModule] {
        let modules = self.frozen.iter().cloned().map(|cold| {
            let name: &'static str = cold.name.leak();
            let mut module = FrozenModule::new(name, cold.source.leak().as_bytes());
            module.is_package = cold.is_package;
            if cold.is_extensible {
                module.class = Class::Extensible;
            }
            let aliases = cold.aliases.into_iter().map(|alias| &*alias.leak());
            module.aliases(aliases.collect::<Vec<&'static str>>().leak())
        });
        modules.collect::<Vec<_>>().leak()
    }

    /// What CPython prints, where it runs the case.
    #[must_use]
    pub fn cpython(&self) -> Option<&str> {
        match &self.python {
            Python::No => None,
            Python::Yes => Some(&self.out),
            Python::Differs { out, .. } => Some(out),
        }
    }
}

/// Why a file of cases cannot be used.
#[derive(Debug)]
pub enum CaseError {
    /// Occurs when a file or folder cannot be read.
    Unreadable(PathBuf, io::Error),
    /// Occurs when a line is not what a case is made of.
    Wrong {
        /// The file and line.
        place: String,
        /// What is wrong.
        what: String,
    },
}

impl fmt::Display for CaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CaseError::Unreadable(path, error) => write!(f, "{}: {error}", path.display()),
            CaseError::Wrong { place, what } => write!(f, "{place}: {what}"),
        }
    }
}

impl std::error::Error for CaseError {}

/// All cases of the folder that holds a folder for each heading, in the order of
/// headings, files and lines.
///
/// # Errors
///
/// See [`CaseError`].
pub fn read(folder: &Path) -> Result<Vec<Case>, CaseError> {
    let mut cases = Vec::new();
    for heading in HEADINGS {
        let folder = folder.join(heading);
        let unreadable = |error| CaseError::Unreadable(folder.clone(), error);
        let mut files = Vec::new();
        for entry in fs::read_dir(&folder).map_err(unreadable)? {
            files.push(entry.map_err(unreadable)?.path());
        }
        files.sort();
        for path in files {
            let text = fs::read_to_string(&path);
            let text = text.map_err(|error| CaseError::Unreadable(path.clone(), error))?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            parse(heading, &format!("{heading}/{name}"), &text, &mut cases)?;
        }
    }
    Ok(cases)
}
