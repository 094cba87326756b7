//! Why an import, or the use of a module, failed.

use crate::NamesError;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// Why an import, or the use of a module, failed.
///
/// The host turns it into an error of its own ([`ImportHost::error`]); `Display`
/// says what CPython 3.11 says.
///
/// [`ImportHost::error`]: crate::import::ImportHost::error
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ImportError {
    /// Occurs when no finder and no table has the module
    /// (`ModuleNotFoundError`).
    NotFound {
        /// The full name of what was not found.
        name: String,
        /// The parent, where it is no package.
        not_a_package: Option<String>,
        /// Why source code was not searched, where the host cannot run it.
        why: Option<&'static str>,
    },
    /// Occurs when the module's entry is None (`ModuleNotFoundError`).
    Blocked {
        /// The full name.
        name: String,
    },
    /// Occurs when a module is found whose code the host cannot run
    /// (`ImportError`).
    NoCompiler {
        /// The full name.
        name: String,
        /// Where its code lies.
        origin: String,
        /// Why the host cannot run it.
        why: &'static str,
    },
    /// Occurs when `from module import name` finds neither attribute nor
    /// submodule (`ImportError`).
    NoName {
        /// The name that was asked for.
        name: String,
        /// The module's `__name__`.
        module: String,
        /// The module's `__file__`.
        file: Option<String>,
        /// Whether the module was half-made, as in a circular import.
        half_made: bool,
    },
    /// Occurs when a relative import has no package to start from
    /// (`ImportError`).
    NoParent,
    /// Occurs when `from x import *` comes upon a value that has no names
    /// (`ImportError`).
    NoNames,
    /// Occurs when a relative name is to be found without a package
    /// (`ImportError`).
    NoPackage {
        /// The name with its dots.
        name: String,
    },
    /// Occurs when a relative import goes above the top (`ImportError`).
    BeyondTop,
    /// Occurs when the code of a module took its own entry away
    /// (`ImportError`).
    Vanished {
        /// The full name.
        name: String,
    },
    /// Occurs when a module is to be reloaded that is not in the table, or
    /// another one is under its name (`ImportError`).
    NotLoaded {
        /// The module's name.
        name: String,
        /// Whether it is the package of the module that is missing.
        is_parent: bool,
    },
    /// Occurs when a module that is to be reloaded is not found again
    /// (`ModuleNotFoundError`).
    NoSpec {
        /// The full name.
        name: String,
    },
    /// Occurs when there is no such attribute (`AttributeError`).
    NoAttribute {
        /// The module's `__name__`.
        module: String,
        /// The attribute.
        name: String,
        /// Whether the module was half-made, as in a circular import.
        half_made: bool,
        /// What was to be done with it.
        access: AttributeAccess,
    },
    /// Occurs when an argument is of a wrong type (`TypeError`).
    Type(String),
    /// Occurs when an argument has a wrong value (`ValueError`).
    Value(String),
    /// Occurs when a name cannot be interned (`MemoryError`, or `ValueError`
    /// where it is too long).
    Names(NamesError),
    /// Occurs when a handle is of a module that is gone (`ReferenceError`).
    Gone,
    /// Occurs when the import lock is released by who does not hold it
    /// (`RuntimeError`).
    NotLocked,
    /// Occurs when one name stands for two native modules (`ImportError`).
    Taken {
        /// The name.
        name: String,
    },
    /// Occurs when a native module is to be initialised again that cannot be:
    /// it has an `init` and no `deinit` (`ImportError`).
    Again {
        /// The module.
        name: String,
    },
    /// Occurs when a module is to be imported that was ended already, while the
    /// interpreter shuts down (`ImportError`).
    Ended {
        /// The module.
        name: String,
    },
    /// Occurs when a compiled file does not begin with the bytes of this
    /// interpreter (`ImportError`).
    BadMagic {
        /// The module.
        name: String,
        /// The first bytes of the file.
        found: Vec<u8>,
    },
    /// Occurs when a place that a finder knows cannot be read any more
    /// (`OSError`).
    Unreadable {
        /// The place.
        place: String,
        /// What the system said.
        why: String,
    },
    /// Occurs when several things failed one after the other, the first of
    /// them first.
    Several(Vec<ImportError>),
}

/// What was to be done with an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributeAccess {
    /// Read it.
    Load,
    /// Bind it: a constant cannot be.
    Store,
    /// Delete it.
    Delete,
}

impl ImportError {
    /// The class that Python has for it.
    #[must_use]
    pub fn class(&self) -> &'static str {
        match self {
            ImportError::NotFound { .. }
            | ImportError::Blocked { .. }
            | ImportError::NoSpec { .. } => "ModuleNotFoundError",
            ImportError::NoAttribute { .. } => "AttributeError",
            ImportError::Type(_) => "TypeError",
            ImportError::Value(_) | ImportError::Names(NamesError::TooLong { .. }) => "ValueError",
            ImportError::Names(_) => "MemoryError",
            ImportError::Gone => "ReferenceError",
            ImportError::NotLocked => "RuntimeError",
            ImportError::Unreadable { .. } => "OSError",
            ImportError::Several(all) => all.first().map_or("ImportError", ImportError::class),
            _ => "ImportError",
        }
    }

    /// The module that was not found, where that is what failed.
    #[must_use]
    pub fn not_found(&self) -> Option<&str> {
        match self {
            ImportError::NotFound { name, .. } => Some(name),
            _ => None,
        }
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ImportError::NotFound {
                name,
                not_a_package,
                why,
            } => {
                write!(f, "No module named '{name}'")?;
                if let Some(parent) = not_a_package {
                    write!(f, "; '{parent}' is not a package")?;
                }
                match why {
                    Some(why) => write!(f, " (source code was not searched: {why})"),
                    None => Ok(()),
                }
            }
            ImportError::Blocked { name } => {
                write!(f, "import of {name} halted; None in sys.modules")
            }
            ImportError::NoCompiler { name, origin, why } => {
                write!(f, "'{name}' was found at {origin} and cannot be run: {why}")
            }
            ImportError::NoName {
                name,
                module,
                file,
                half_made,
            } => {
                write!(f, "cannot import name '{name}' from ")?;
                if *half_made {
                    f.write_str("partially initialized module ")?;
                }
                write!(f, "'{module}' ")?;
                if *half_made {
                    f.write_str("(most likely due to a circular import) ")?;
                }
                match file {
                    Some(file) => write!(f, "({file})"),
                    None => f.write_str("(unknown location)"),
                }
            }
            ImportError::NoParent => {
                f.write_str("attempted relative import with no known parent package")
            }
            ImportError::NoNames => {
                f.write_str("from-import-* object has no __dict__ and no __all__")
            }
            ImportError::NoPackage { name } => write!(
                f,
                "no package specified for '{name}' (required for relative module names)"
            ),
            ImportError::BeyondTop => {
                f.write_str("attempted relative import beyond top-level package")
            }
            ImportError::Vanished { name } => {
                write!(f, "loaded module '{name}' not found in sys.modules")
            }
            ImportError::NotLoaded { name, is_parent } => {
                if *is_parent {
                    write!(f, "parent '{name}' not in sys.modules")
                } else {
                    write!(f, "module {name} not in sys.modules")
                }
            }
            ImportError::NoSpec { name } => {
                write!(f, "spec not found for the module '{name}'")
            }
            ImportError::NoAttribute {
                module,
                name,
                half_made,
                access,
            } => {
                let what = match access {
                    AttributeAccess::Load => "has no attribute",
                    AttributeAccess::Store => "cannot bind attribute",
                    AttributeAccess::Delete => "cannot delete attribute",
                };
                if *half_made {
                    write!(
                        f,
                        "partially initialized module '{module}' {what} '{name}' (most likely due to a circular import)"
                    )
                } else {
                    write!(f, "module '{module}' {what} '{name}'")
                }
            }
            ImportError::Type(text) | ImportError::Value(text) => f.write_str(text),
            ImportError::Names(error) => error.fmt(f),
            ImportError::Gone => f.write_str("the module is gone"),
            ImportError::NotLocked => f.write_str("not holding the import lock"),
            ImportError::Taken { name } => {
                write!(f, "'{name}' is a native module already")
            }
            ImportError::Again { name } => {
                write!(f, "builtin module '{name}' cannot be initialised again")
            }
            ImportError::Ended { name } => {
                write!(
                    f,
                    "builtin module '{name}' was ended: the interpreter shuts down"
                )
            }
            ImportError::BadMagic { name, found } => {
                write!(f, "bad magic number in '{name}': ")?;
                found.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
            ImportError::Unreadable { place, why } => write!(f, "cannot read {place}: {why}"),
            ImportError::Several(all) => {
                for (number, error) in all.iter().enumerate() {
                    if number > 0 {
                        f.write_str("; ")?;
                    }
                    error.fmt(f)?;
                }
                Ok(())
            }
        }
    }
}

impl core::error::Error for ImportError {}

impl From<NamesError> for ImportError {
    fn from(error: NamesError) -> ImportError {
        ImportError::Names(error)
    }
}
