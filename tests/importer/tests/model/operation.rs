//! What is done to an interpreter, and what comes of it.

use importer::{Action, File, Function, Statement, World};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A module: by its name in the table of modules, or in a variable.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Target {
    Table(String),
    Variable(usize),
}

/// A value to store.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Operand {
    Number(i64),
    List(Vec<String>),
    Function(Function),
    Variable(usize),
}

/// How many variables a script has.
pub(crate) const VARIABLES: usize = 4;

/// One step. A step whose target is no module is skipped.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Operation {
    Import {
        name: String,
        into: usize,
    },
    ImportName {
        name: String,
        from: Option<Target>,
        level: usize,
        into: usize,
    },
    FromImport {
        name: String,
        from: Option<Target>,
        level: usize,
        names: Vec<String>,
        into: usize,
    },
    Star {
        name: String,
    },
    Load {
        of: Target,
        name: String,
        into: usize,
    },
    Binding {
        of: Target,
        name: String,
        into: usize,
    },
    Store {
        of: Target,
        name: String,
        value: Operand,
    },
    Delete {
        of: Target,
        name: String,
    },
    Dir(Target),
    Patch {
        of: Target,
        name: String,
        owner: String,
        value: Operand,
    },
    Hide {
        of: Target,
        name: String,
        owner: String,
    },
    Undo {
        of: Target,
        name: String,
        owner: String,
    },
    UndoAll(String),
    Unload(String),
    Reload {
        of: Target,
        into: usize,
    },
    Restore(Target),
    Shutdown,
    InstallLazy(Vec<(Bypass, String)>),
    UninstallLazy,
    Ensure(Target),
    Drop(String),
    Block(String),
    Enter {
        name: String,
        value: Operand,
    },
    NewModule {
        name: String,
        into: usize,
    },
    Register,
    Builtin {
        name: String,
        into: usize,
    },
    FindSpec(String),
    IsBuiltin(String),
    InitBuiltin {
        name: String,
        into: usize,
    },
    /// The file of a folder changes, comes or goes.
    Write {
        folder: String,
        tail: String,
        file: Option<File>,
    },
    Freeze {
        name: String,
        file: Option<File>,
    },
    Rewrite {
        program: usize,
        statements: Vec<Statement>,
    },
    Break {
        action: Action,
        of: String,
        times: u32,
    },
    SwapFinders,
    SetPath(Vec<String>),
}

/// What a bypass is given by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Bypass {
    Name,
    Package,
    Path,
}

/// A world and what is done in it.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) world: World,
    pub(crate) weak_links: bool,
    pub(crate) path: Vec<String>,
    pub(crate) operations: Vec<Operation>,
}

/// What came of a step; `V` is a value of the importer's host, or of the model.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome<V> {
    Skipped,
    Done,
    Flag(bool),
    Number(usize),
    Value(V),
    Maybe(Option<V>),
    Names(BTreeSet<String>),
    Bound(BTreeMap<String, V>),
    Unloaded(BTreeSet<String>, BTreeSet<(String, String)>),
    Spec(Option<Found>),
    Failed(String),
}

/// What a finder found, as far as both sides know it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    pub(crate) name: String,
    pub(crate) origin: Option<String>,
    pub(crate) search: Option<Vec<String>>,
    pub(crate) shared: bool,
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let world = &self.world;
        writeln!(f, "path {:?}, weak links {}", self.path, self.weak_links)?;
        writeln!(f, "frozen first {}", world.frozen_first)?;
        for ((folder, tail), file) in &world.folders {
            writeln!(f, "{folder}/{tail}: {file:?}")?;
        }
        for (name, file) in &world.frozen {
            writeln!(f, "frozen {name}: {file:?}")?;
        }
        for (native, wanted) in &world.wanted {
            writeln!(f, "init of {native} imports {wanted}")?;
        }
        for (number, program) in world.programs.iter().enumerate() {
            if !program.is_empty() {
                writeln!(f, "program {number}: {program:?}")?;
            }
        }
        for (step, operation) in self.operations.iter().enumerate() {
            writeln!(f, "{step}. {operation:?}")?;
        }
        Ok(())
    }
}

impl Operation {
    /// What it is called in the counts.
    pub(crate) fn kind(&self) -> String {
        let text = format!("{self:?}");
        let end = text.find(|letter: char| !letter.is_alphanumeric());
        text[..end.unwrap_or(text.len())].into()
    }
}

impl<V> Outcome<V> {
    /// What it is called in the counts: the class of an error.
    pub(crate) fn class(&self) -> String {
        match self {
            Outcome::Skipped => "skipped".into(),
            Outcome::Failed(text) => text.split(':').next().unwrap_or_default().into(),
            Outcome::Maybe(None) | Outcome::Flag(false) => "none".into(),
            _ => "done".into(),
        }
    }
}
