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
    fn new(words: &str, source: String) -> Cold {
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

/// Adds the cases of one file.
///
/// # Errors
///
/// [`CaseError::Wrong`].
pub fn parse(
    heading: &str,
    file: &str,
    text: &str,
    cases: &mut Vec<Case>,
) -> Result<(), CaseError> {
    let mut reader: Option<Reader> = None;
    for (number, line) in text.lines().enumerate() {
        let place = format!("{file}:{}", number + 1);
        if let Some(title) = line.strip_prefix("=== ") {
            if let Some(done) = reader.take() {
                cases.push(done.finish()?);
            }
            reader = Some(Reader::new(heading, title, place));
        } else if let Some(reader) = &mut reader {
            reader.line(line, &place)?;
        } else if !line.is_empty() && !line.starts_with('#') {
            return Err(wrong(&place, "a case begins with `=== title`"));
        }
    }
    if let Some(done) = reader {
        cases.push(done.finish()?);
    }
    Ok(())
}

fn wrong(place: &str, what: impl Into<String>) -> CaseError {
    CaseError::Wrong {
        place: place.into(),
        what: what.into(),
    }
}

/// A case on its way.
struct Reader {
    case: Case,
    /// Each section with its lines.
    sections: Vec<(String, String)>,
}

impl Reader {
    fn new(heading: &str, title: &str, place: String) -> Reader {
        Reader {
            case: Case {
                heading: heading.into(),
                title: title.trim().into(),
                place,
                ..Case::default()
            },
            sections: Vec::new(),
        }
    }

    fn line(&mut self, line: &str, place: &str) -> Result<(), CaseError> {
        if let Some(section) = line.strip_prefix("--- ") {
            let section = section.trim();
            if self.sections.iter().any(|(known, _)| known == section) {
                return Err(wrong(place, format!("a second section `{section}`")));
            }
            self.sections.push((section.into(), String::new()));
            return Ok(());
        }
        if let Some((_, lines)) = self.sections.last_mut() {
            lines.push_str(line);
            lines.push('\n');
            return Ok(());
        }
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.trim();
        match name.trim() {
            "source" => self.case.source = value.into(),
            "options" => self.case.options = value.into(),
            "python" => {
                let (word, why) = value.split_once(' ').unwrap_or((value, ""));
                self.case.python = match word {
                    "yes" => Python::Yes,
                    "no" => Python::No,
                    "differs" if !why.is_empty() => Python::Differs {
                        why: why.trim().into(),
                        out: String::new(),
                    },
                    _ => return Err(wrong(place, "python: yes, no, or differs and why")),
                };
            }
            "" => {}
            other => return Err(wrong(place, format!("no header is called `{other}`"))),
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Case, CaseError> {
        let place = self.case.place.clone();
        let mut seen = [false; 2];
        for (section, lines) in self.sections {
            match section.as_str() {
                "main" => {
                    self.case.main = lines;
                    seen[0] = true;
                }
                // An empty line before the next case belongs to neither.
                "out" => {
                    self.case.out = trimmed(&lines);
                    seen[1] = true;
                }
                "cpython" => match &mut self.case.python {
                    Python::Differs { out, .. } => *out = trimmed(&lines),
                    _ => return Err(wrong(&place, "a section `cpython` without `differs`")),
                },
                path => match path.strip_prefix("frozen ") {
                    Some(words) => self.case.frozen.push(Cold::new(words, lines)),
                    None => self.case.files.push((path.into(), lines)),
                },
            }
        }
        if self.case.source.is_empty() {
            return Err(wrong(&place, "a case needs its source"));
        }
        if seen != [true, true] {
            return Err(wrong(&place, "a case needs the sections `main` and `out`"));
        }
        if let Python::Differs { out, .. } = &self.case.python
            && (out.is_empty() || *out == self.case.out)
        {
            return Err(wrong(&place, "`differs` needs another output in `cpython`"));
        }
        Ok(self.case)
    }
}

fn trimmed(lines: &str) -> String {
    let text = lines.trim_end_matches('\n');
    if text.is_empty() {
        return String::new();
    }
    format!("{text}\n")
}
