//! The files of cases, and what of them runs where.
//!
//! ```text
//! # stdlib
//! import json
//! show(json.loads("[1, 2.5]"))
//! show(json.loads("[null]"))  # not lua: a list ends where nil is
//! ```
//!
//! Comments above the first statement are about the whole file: `stdlib` says that
//! CPython's own modules have to give the same, `not rhai: why` leaves the file out
//! on a host. `# not …` behind a statement leaves that statement out, a loop with
//! all that is in it. A mark may name several hosts, `# not lua, rhai: why`, and a
//! comment may hold several marks, `# not lua: why; not stdlib: why`.

use crate::host::{HOSTS, Host};
use crate::language::SyntaxError;
use crate::language::parse::{Comment, parse};
use crate::language::tree::{Block, Does, Statement};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// A program in the subset, with what leaves parts of it out.
#[derive(Clone, Debug)]
pub struct Case {
    /// `json/loads.py`, for messages.
    pub name: String,
    /// The module's folder, `os.path` say.
    pub module: String,
    /// The text.
    pub source: String,
    /// The statements.
    pub statements: Block,
    /// Whether CPython's own modules have to give the same.
    pub stdlib: bool,
    /// What leaves the whole file out.
    pub left_out: Vec<Mark>,
    /// What leaves a statement out, by its first line.
    pub marks: BTreeMap<usize, Vec<Mark>>,
}

/// A host that cannot run something, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The host.
    pub host: Host,
    /// What it lacks.
    pub why: String,
}

/// All cases below a folder, in the order of their names, each with its path.
///
/// # Errors
///
/// What cannot be read, or is not in the subset: with file and line.
pub fn read_all(folder: &Path) -> io::Result<Vec<(PathBuf, Case)>> {
    let mut cases = Vec::new();
    for module in sorted(folder)? {
        for path in sorted(&module)? {
            if path.extension().is_none_or(|extension| extension != "py") {
                continue;
            }
            let name = path.strip_prefix(folder).unwrap_or(&path);
            let name = name.to_string_lossy().replace('\\', "/");
            let source = fs::read_to_string(&path)?;
            let case = Case::new(&name, &source)
                .map_err(|error| io::Error::other(format!("{}:{error}", path.display())))?;
            cases.push((path, case));
        }
    }
    Ok(cases)
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries: io::Result<Vec<fs::DirEntry>> = fs::read_dir(folder)?.collect();
    let mut paths: Vec<PathBuf> = entries?.iter().map(fs::DirEntry::path).collect();
    paths.sort();
    Ok(paths)
}

impl Case {
    /// A case of a text; `name` is `module/topic.py`.
    ///
    /// # Errors
    ///
    /// What is not in the subset, or marks nothing.
    pub fn new(name: &str, source: &str) -> Result<Case, SyntaxError> {
        let (statements, comments) = parse(source)?;
        let module = name.split('/').next().unwrap_or_default();
        let mut case = Case {
            name: name.to_owned(),
            module: module.to_owned(),
            source: source.to_owned(),
            statements,
            stdlib: false,
            left_out: Vec::new(),
            marks: BTreeMap::new(),
        };
        let first = case
            .statements
            .first()
            .map_or(usize::MAX, |first| first.line);
        for comment in comments {
            case.comment(comment, first)?;
        }
        Ok(case)
    }

    fn comment(&mut self, comment: Comment, first: usize) -> Result<(), SyntaxError> {
        let is_header = comment.is_alone && comment.line < first;
        if is_header && comment.text == "stdlib" {
            self.stdlib = true;
            return Ok(());
        }
        if !comment.text.starts_with("not ") {
            return Ok(());
        }
        let marks = marks(&comment.text).map_err(|what| SyntaxError::at(comment.line, what))?;
        if is_header {
            self.left_out.extend(marks);
            return Ok(());
        }
        let statement = find(&self.statements, comment.line);
        match statement.filter(|_| !comment.is_alone) {
            Some(line) => {
                self.marks.entry(line).or_default().extend(marks);
                Ok(())
            }
            None => Err(SyntaxError::at(
                comment.line,
                "a mark belongs behind a statement, or above the first one",
            )),
        }
    }

    /// Whether any of it runs there.
    #[must_use]
    pub fn runs_on(&self, host: Host) -> bool {
        let is_out = self.left_out.iter().any(|mark| mark.host == host);
        !is_out && (host != Host::Stdlib || self.stdlib)
    }

    /// The statements that run there.
    #[must_use]
    pub fn statements_for(&self, host: Host) -> Block {
        self.kept(&self.statements, host)
    }

    fn kept(&self, block: &Block, host: Host) -> Block {
        let runs = block
            .iter()
            .filter(|statement| !self.is_out(statement, host));
        let kept = runs.map(|statement| {
            let does = match &statement.does {
                Does::For(names, values, block) => {
                    Does::For(names.clone(), values.clone(), self.kept(block, host))
                }
                Does::If(condition, then, otherwise) => Does::If(
                    condition.clone(),
                    self.kept(then, host),
                    self.kept(otherwise, host),
                ),
                other => other.clone(),
            };
            Statement {
                does,
                ..statement.clone()
            }
        });
        kept.collect()
    }

    fn is_out(&self, statement: &Statement, host: Host) -> bool {
        let marks = self.marks.get(&statement.line);
        marks.is_some_and(|marks| marks.iter().any(|mark| mark.host == host))
    }

    /// All marks of a host: of the whole file, and of statements with their lines.
    pub fn marks_of(&self, host: Host) -> impl Iterator<Item = (Option<usize>, &Mark)> {
        let whole = self.left_out.iter().map(|mark| (None, mark));
        let statements = self.marks.iter();
        let statements =
            statements.flat_map(|(line, marks)| marks.iter().map(move |mark| (Some(*line), mark)));
        whole
            .chain(statements)
            .filter(move |(_, mark)| mark.host == host)
    }

    /// The same case without one of the marks of a host.
    #[must_use]
    pub fn without(&self, line: Option<usize>, host: Host) -> Case {
        let mut case = self.clone();
        let marks = match line {
            None => Some(&mut case.left_out),
            Some(line) => case.marks.get_mut(&line),
        };
        if let Some(marks) = marks {
            marks.retain(|mark| mark.host != host);
        }
        case
    }

    /// The lines on which something is printed there.
    #[must_use]
    pub fn lines_for(&self, host: Host) -> BTreeSet<usize> {
        let mut lines = BTreeSet::new();
        if self.runs_on(host) {
            printing(&self.statements_for(host), &mut lines);
        }
        lines
    }

    /// The text for CPython: what does not run there is blanked, so that lines keep
    /// their numbers.
    #[must_use]
    pub fn python_for(&self, host: Host) -> String {
        let mut lines: Vec<String> = self.source.lines().map(str::to_owned).collect();
        self.blank(&self.statements, host, &mut lines);
        lines.join("\n") + "\n"
    }

    fn blank(&self, block: &Block, host: Host, lines: &mut [String]) {
        for statement in block {
            if self.is_out(statement, host) {
                let range = statement.line - 1..statement.last.min(lines.len());
                for line in lines.get_mut(range).unwrap_or_default() {
                    // A block must not be left empty.
                    let indent = line.len() - line.trim_start().len();
                    line.replace_range(indent.., "pass");
                }
                continue;
            }
            match &statement.does {
                Does::For(_, _, block) => self.blank(block, host, lines),
                Does::If(_, then, otherwise) => {
                    self.blank(then, host, lines);
                    self.blank(otherwise, host, lines);
                }
                _ => {}
            }
        }
    }
}

fn printing(block: &Block, lines: &mut BTreeSet<usize>) {
    for statement in block {
        match &statement.does {
            Does::Show(_) | Does::Fails(_) | Does::Raises(_) => {
                lines.insert(statement.line);
            }
            Does::For(_, _, block) => printing(block, lines),
            Does::If(_, then, otherwise) => {
                printing(then, lines);
                printing(otherwise, lines);
            }
            _ => {}
        }
    }
}

/// The first line of the statement that a comment stands behind.
fn find(block: &Block, line: usize) -> Option<usize> {
    block.iter().find_map(|statement| {
        if (statement.line..=statement.head).contains(&line) {
            return Some(statement.line);
        }
        match &statement.does {
            Does::For(_, _, block) => find(block, line),
            Does::If(_, then, otherwise) => find(then, line).or(find(otherwise, line)),
            _ => None,
        }
    })
}

/// `not lua, rhai: why; not stdlib: why`.
fn marks(text: &str) -> Result<Vec<Mark>, String> {
    let mut marks = Vec::new();
    for part in text.split("; not ") {
        let part = part.strip_prefix("not ").unwrap_or(part);
        let (hosts, why) = part
            .split_once(':')
            .ok_or("a mark says why: # not lua: why")?;
        for name in hosts.split(',') {
            let host = Host::named(name.trim()).ok_or_else(|| {
                let names = HOSTS.map(Host::name).join(", ");
                format!("no host is called {}: {names}", name.trim())
            })?;
            let why = why.trim().to_owned();
            if why.is_empty() {
                return Err("a mark says why: # not lua: why".into());
            }
            marks.push(Mark { host, why });
        }
    }
    Ok(marks)
}
