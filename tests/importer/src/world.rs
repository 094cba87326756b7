//! What there is to import, as plain data: the importer's host and the reference
//! model both read it.

use std::collections::BTreeMap;

/// What there is to import, and how it fails.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct World {
    /// What lies in a folder under a last component.
    pub folders: BTreeMap<(String, String), File>,
    /// What is frozen under a full name.
    pub frozen: BTreeMap<String, File>,
    /// The code of modules, by its number in a [`File`].
    pub programs: Vec<Vec<Statement>>,
    /// Whether the frozen modules are searched before the folders.
    pub frozen_first: bool,
    /// How many further times an action of a native module fails.
    pub failing: BTreeMap<(Action, String), u32>,
    /// What the `init` of a native module imports first.
    pub wanted: BTreeMap<String, String>,
    /// How long an `init` takes at least, in microseconds.
    pub pause: u64,
}

/// What a native module does that can fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// It is initialised.
    Init,
    /// It ends.
    Deinit,
}

/// What a finder finds.
#[derive(Clone, Debug, PartialEq)]
pub enum File {
    /// A module with the code of this number.
    Module(usize),
    /// A package, likewise.
    Package(usize),
    /// A folder without code.
    Namespace,
    /// Finding it fails.
    Unreadable,
    /// It is found, and then its code is not there any more.
    Vanished,
}

/// What the code of a module does.
#[derive(Clone, Debug, PartialEq)]
pub enum Statement {
    /// `name = number`
    Bind(String, i64),
    /// `import module as name`
    Import {
        /// The full name.
        module: String,
        /// What it is bound to.
        name: String,
    },
    /// `from ..module import name`, with so many dots.
    From {
        /// The number of dots.
        level: usize,
        /// What comes after them; may be empty.
        module: String,
        /// What is imported, and bound.
        name: String,
    },
    /// `from module import *`
    Star(String),
    /// `module.name = number`, the module imported first.
    Patch {
        /// The full name.
        module: String,
        /// The attribute.
        name: String,
        /// Its value.
        value: i64,
    },
    /// `del name`
    Delete(String),
    /// Raises an error.
    Fail,
    /// Raises an error in its first runs.
    FailFirst(u32),
    /// Raises an error in all but its first runs.
    FailLater(u32),
    /// Binds a function.
    Define(Function),
    /// `__all__ = [names]`
    All(Vec<String>),
    /// Puts a number in the module's place in the table of modules.
    Become(i64),
    /// Puts another module there, which is imported first.
    BecomeModule(String),
    /// Takes the module out of the table of modules.
    Leave,
    /// Lets other threads run, for so many microseconds at least.
    Pause(u64),
}

/// A function of a script.
#[derive(Clone, Debug, PartialEq)]
pub enum Function {
    /// A `__getattr__` that knows these names, and raises AttributeError for
    /// others.
    Getattr(Vec<(String, i64)>),
    /// A `__dir__` that returns these names.
    Dir(Vec<String>),
}

impl Function {
    /// The name that it has to be bound to.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Function::Getattr(_) => "__getattr__",
            Function::Dir(_) => "__dir__",
        }
    }
}
