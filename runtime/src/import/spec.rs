//! What a finder found.

use crate::import::Ids;
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

/// Which module a finder found, and where (`importlib.machinery.ModuleSpec`).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Spec {
    /// The full name, `a.b.c`.
    pub name: String,
    /// What its code is.
    pub kind: Kind,
    /// Where its code lies: a path, `frozen`, whatever the finder calls it;
    /// `__file__` where [`has_file`](Spec::has_file).
    pub origin: Option<String>,
    /// Whether `origin` is a file a script could open.
    pub has_file: bool,
    /// Where its submodules are searched: `__path__`. `Some` makes it a package.
    pub search: Option<Vec<String>>,
    /// The suffix by which it was found, `.py`, say; empty where there is none.
    pub suffix: String,
    /// Whether other names may stand for the same module, as the aliases of a
    /// frozen one do: whichever is imported first, they all give one object.
    /// Then `name` is the registered name, whatever was searched.
    pub shared: bool,
    /// Of which set of modules a shared one is, where a finder has such: modules
    /// of one name out of two sets are two modules.
    pub set: usize,
    /// A number for the finder's own use, when it is asked for the code.
    pub tag: u64,
}

impl Spec {
    /// A module without a place that is no package.
    pub fn new(name: impl Into<String>, kind: Kind) -> Spec {
        Spec {
            name: name.into(),
            kind,
            origin: None,
            has_file: false,
            search: None,
            suffix: String::new(),
            shared: false,
            set: 0,
            tag: 0,
        }
    }

    /// Whether it is a package.
    #[must_use]
    pub fn is_package(&self) -> bool {
        self.search.is_some()
    }

    /// The package it is in, or it is itself: `__package__`.
    #[must_use]
    pub fn package(&self) -> &str {
        match self.name.rsplit_once('.') {
            _ if self.is_package() => &self.name,
            Some((package, _)) => package,
            None => "",
        }
    }
}

/// A file suffix and what a file that bears it is (`imp.get_suffixes`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suffix {
    /// The suffix with its dot, `.py` say; empty for a file named as the module.
    pub suffix: Cow<'static, str>,
    /// What the code is.
    pub kind: Kind,
}

impl Suffix {
    /// A suffix for code of this kind.
    pub fn new(suffix: impl Into<Cow<'static, str>>, kind: Kind) -> Suffix {
        Suffix {
            suffix: suffix.into(),
            kind,
        }
    }

    /// How a file that bears it is opened: `"r"` for source code, which is
    /// text, else `"rb"`.
    #[must_use]
    pub fn mode(&self) -> &'static str {
        match self.kind {
            Kind::Source => "r",
            _ => "rb",
        }
    }
}

/// What the code of a module is (the constants of CPython's `imp`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Text of the host's language (`PY_SOURCE`).
    Source,
    /// Compiled ahead (`PY_COMPILED`).
    Compiled,
    /// A native module in a file of its own (`C_EXTENSION`).
    Extension,
    /// A module of the builtin table (`C_BUILTIN`).
    Builtin,
    /// Put into the image by the build (`PY_FROZEN`).
    Frozen,
    /// A folder without code of its own (PEP 420).
    Namespace,
    /// Loaded by the host in a way of its own (`IMP_HOOK`).
    Hook,
}

/// The code of a module, as its finder read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// The bytes: in read-only memory where the finder has them there.
    pub bytes: Cow<'static, [u8]>,
    /// The id table of compiled code, which refers to a name by its index here,
    /// so that the code is the same whatever the ids are. Empty where the finder
    /// knows of none: of scripts, and of compiled files that hold their names.
    pub names: Ids,
}

impl Code {
    /// Code from bytes, without an id table.
    pub fn new(bytes: impl Into<Cow<'static, [u8]>>) -> Code {
        Code {
            bytes: bytes.into(),
            names: Ids::NONE,
        }
    }

    /// The same with an id table.
    #[must_use]
    pub fn with_names(mut self, names: impl Into<Ids>) -> Code {
        self.names = names.into();
        self
    }
}
