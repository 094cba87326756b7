//! How a native function fails, and what a script sees of it.

use enroll::Broken;
use std::fmt;

/// An error of a Lua module.
///
/// A script that catches it with `pcall` has an object: `tostring` gives
/// position and message, and the fields `kind`, `message`, `module`, `name`,
/// `near` and `position` give the parts.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error {
    /// Occurs when an entry of the module table cannot be used.
    Broken(Broken),
    /// Occurs when a module has no such attribute, or none that can be set or
    /// deleted.
    Attribute(Box<AttributeError>),
    /// Occurs when a native function or hook fails.
    Raised(Box<Raised>),
    /// Occurs when a script that was called from native code raised a value:
    /// it goes on to the next `pcall` as it is.
    Thrown(mlua::Value),
    /// Occurs when Lua itself fails: out of memory, an argument of the wrong
    /// type.
    Lua(mlua::Error),
}

/// What a script wanted of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Read it.
    Load,
    /// Give it a value.
    Store,
    /// Assign nil.
    Delete,
}

/// An attribute that cannot be read, set or deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeError {
    /// The module's registered name.
    pub module: String,
    /// The attribute.
    pub name: String,
    /// What the script wanted.
    pub action: Action,
    /// Whether it is a constant of the module, which never changes.
    pub constant: bool,
    /// Attributes of a similar name, the nearest first.
    pub near: Vec<String>,
}

/// A failed function or hook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raised {
    /// `ValueError`, `OSError`, …
    pub kind: String,
    /// What went wrong.
    pub message: String,
    /// The module whose function failed; empty where that is not known.
    pub module: String,
    /// The function; empty where that is not known.
    pub function: String,
}

impl Error {
    /// An error of some kind (`ValueError`, `OSError`, …). Module and function
    /// are added where it leaves the function.
    pub fn new(kind: &str, message: impl Into<String>) -> Error {
        Error::Raised(Box::new(Raised {
            kind: kind.to_owned(),
            message: message.into(),
            module: String::new(),
            function: String::new(),
        }))
    }

    /// The kind, as scripts read it.
    pub fn kind(&self) -> &str {
        match self {
            Error::Broken(_) => "ImportError",
            Error::Attribute(_) => "AttributeError",
            Error::Raised(raised) => &raised.kind,
            Error::Thrown(_) | Error::Lua(_) => "RuntimeError",
        }
    }

    /// Adds which function of which module failed, unless an inner one did.
    pub(crate) fn within(mut self, module: &str, function: &str) -> Error {
        if let Error::Lua(error) = self {
            self = Error::new("TypeError", innermost(&error).to_string());
        }
        if let Error::Raised(raised) = &mut self
            && raised.function.is_empty()
        {
            raised.module = module.to_owned();
            raised.function = function.to_owned();
        }
        self
    }

    /// The value that is raised.
    pub(crate) fn into_value(self, lua: &mlua::Lua, position: String) -> mlua::Result<mlua::Value> {
        match self {
            Error::Thrown(value) => Ok(value),
            error => Ok(mlua::Value::UserData(
                lua.create_userdata(ErrorObject { error, position })?,
            )),
        }
    }
}

/// The cause, without the layers that `mlua` adds on the way.
fn innermost(error: &mlua::Error) -> &mlua::Error {
    match error {
        mlua::Error::CallbackError { cause, .. } | mlua::Error::WithContext { cause, .. } => {
            innermost(cause)
        }
        error => error,
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Broken(broken) => broken.fmt(f),
            Error::Attribute(error) => error.fmt(f),
            Error::Raised(error) => error.fmt(f),
            Error::Thrown(value) => match value.to_string() {
                Ok(text) => f.write_str(&text),
                Err(_) => f.write_str("a script raised a value that has no text"),
            },
            Error::Lua(error) => innermost(error).fmt(f),
        }
    }
}

impl fmt::Display for AttributeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let AttributeError { module, name, .. } = self;
        match self.action {
            Action::Store | Action::Delete if self.constant => write!(
                f,
                "attribute '{name}' of module '{module}' is a constant: it cannot be {}",
                match self.action {
                    Action::Delete => "deleted",
                    _ => "set",
                }
            ),
            Action::Load => write!(f, "module '{module}' has no attribute '{name}'"),
            Action::Store => write!(f, "module '{module}' has no attribute '{name}' to set"),
            Action::Delete => write!(f, "module '{module}' has no attribute '{name}' to delete"),
        }?;
        f.write_str(&crate::near::phrase(&self.near))
    }
}

impl fmt::Display for Raised {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.module.as_str(), self.function.as_str()) {
            ("", "") => {}
            ("", name) | (name, "") => write!(f, "{name}: ")?,
            (module, function) => write!(f, "{module}.{function}: ")?,
        }
        write!(f, "{}: {}", self.kind, self.message)
    }
}

impl std::error::Error for Error {}

impl From<Broken> for Error {
    fn from(broken: Broken) -> Error {
        Error::Broken(broken)
    }
}

impl From<mlua::Error> for Error {
    fn from(error: mlua::Error) -> Error {
        Error::Lua(error)
    }
}

impl From<Error> for mlua::Error {
    fn from(error: Error) -> mlua::Error {
        match error {
            Error::Lua(error) => error,
            error => mlua::Error::external(error),
        }
    }
}

/// An error as a script has it.
struct ErrorObject {
    error: Error,
    position: String,
}

impl mlua::UserData for ErrorObject {
    fn add_fields<F: mlua::UserDataFields<Self>>(fields: &mut F) {
        fields.add_field_method_get("kind", |_, this| Ok(this.error.kind().to_owned()));
        fields.add_field_method_get("message", |_, this| {
            Ok(match &this.error {
                Error::Raised(raised) => raised.message.clone(),
                error => error.to_string(),
            })
        });
        fields.add_field_method_get("position", |_, this| {
            Ok(this.position.trim_end_matches(": ").to_owned())
        });
        fields.add_field_method_get("module", |_, this| {
            Ok(match &this.error {
                Error::Broken(broken) => Some(broken.name.to_owned()),
                Error::Attribute(error) => Some(error.module.clone()),
                Error::Raised(raised) => Some(raised.module.clone()),
                Error::Thrown(_) | Error::Lua(_) => None,
            })
        });
        fields.add_field_method_get("name", |_, this| {
            Ok(match &this.error {
                Error::Attribute(error) => Some(error.name.clone()),
                Error::Raised(raised) => Some(raised.function.clone()),
                _ => None,
            })
        });
        fields.add_field_method_get("near", |_, this| {
            Ok(match &this.error {
                Error::Attribute(error) => Some(error.near.clone()),
                _ => None,
            })
        });
        fields.add_meta_field(mlua::MetaMethod::Type, "error");
    }

    fn add_methods<M: mlua::UserDataMethods<Self>>(methods: &mut M) {
        methods.add_meta_method(mlua::MetaMethod::ToString, |_, this, ()| {
            Ok(format!("{}{}", this.position, this.error))
        });
    }
}
