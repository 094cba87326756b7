//! How a native function fails, and what a script sees of it.

use enroll::Broken;
use enroll::import::{AttributeAccess, ImportError};
use std::borrow::Cow;
use std::fmt;

/// An error of a Lua module.
///
/// A script that catches it with `pcall` has an object: `tostring` gives
/// position and message, and the fields `kind`, `message`, `errno`, `module`,
/// `name`, `near`, `cause` and `position` give the parts.
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
    /// Occurs when a module that was required lazily fails at its first use.
    Late(Box<Late>),
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
    /// The native type, where it is an attribute of an object.
    pub of: Option<&'static str>,
    /// The attribute.
    pub name: String,
    /// What the script wanted.
    pub action: Action,
    /// Whether it is a constant of the module, which never changes.
    pub constant: bool,
    /// Attributes of a similar name, the nearest first.
    pub near: Vec<String>,
}

/// A module that could not be loaded at its first use. The next use tries again.
#[derive(Clone, Debug)]
pub struct Late {
    /// The module's name.
    pub module: String,
    /// Where a script required it, as `script.lua:3`; empty where no script did.
    pub required: String,
    /// What its code failed with.
    pub cause: Error,
}

/// A failed function or hook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raised {
    /// `ValueError`, `OSError`, …
    pub kind: String,
    /// What went wrong.
    pub message: String,
    /// The system's code, of an `OSError`.
    pub errno: Option<i32>,
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
            errno: None,
            module: String::new(),
            function: String::new(),
        }))
    }

    /// The kind, as scripts read it.
    pub fn kind(&self) -> Cow<'_, str> {
        match self {
            Error::Broken(_) => "ImportError".into(),
            Error::Attribute(_) => "AttributeError".into(),
            Error::Raised(raised) => raised.kind.as_str().into(),
            Error::Late(late) => late.cause.kind(),
            Error::Lua(error) => kind(innermost(error)).into(),
            Error::Thrown(mlua::Value::UserData(object)) => {
                // An error object that came back from a script.
                let kind = object.borrow::<ErrorObject>();
                kind.map_or("RuntimeError".into(), |object| {
                    object.error.kind().into_owned().into()
                })
            }
            Error::Thrown(_) => "RuntimeError".into(),
        }
    }

    /// The system's code, of an `OSError`.
    pub fn errno(&self) -> Option<i32> {
        match self {
            Error::Raised(raised) => raised.errno,
            Error::Late(late) => late.cause.errno(),
            Error::Thrown(mlua::Value::UserData(object)) => {
                object.borrow::<ErrorObject>().ok()?.error.errno()
            }
            _ => None,
        }
    }

    /// Adds which function of which module failed, unless an inner one did.
    pub(crate) fn within(mut self, module: &str, function: &str) -> Error {
        if let Error::Lua(error) = self {
            let error = innermost(&error);
            self = Error::new(kind(error), error.to_string());
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

fn kind(error: &mlua::Error) -> &'static str {
    match error {
        mlua::Error::FromLuaConversionError { .. } | mlua::Error::BadArgument { .. } => "TypeError",
        mlua::Error::MemoryError(_) => "MemoryError",
        _ => "RuntimeError",
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
            Error::Late(late) => late.fmt(f),
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
        let name = &self.name;
        if self.constant && self.action != Action::Load {
            let verb = match self.action {
                Action::Delete => "deleted",
                _ => "set",
            };
            let module = &self.module;
            return write!(
                f,
                "attribute '{name}' of module '{module}' is a constant: it cannot be {verb}"
            );
        }
        match self.of {
            Some(ty) => write!(f, "'{ty}' object has no attribute '{name}'")?,
            None => write!(f, "module '{}' has no attribute '{name}'", self.module)?,
        }
        f.write_str(match self.action {
            Action::Load => "",
            Action::Store => " to set",
            Action::Delete => " to delete",
        })?;
        f.write_str(&crate::near::phrase(&self.near))
    }
}

impl fmt::Display for Late {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot load module '{}'", self.module)?;
        if !self.required.is_empty() {
            write!(f, ", which {} required", self.required)?;
        }
        write!(f, ": {}", self.cause)
    }
}

impl fmt::Display for Raised {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.module.as_str(), self.function.as_str()) {
            ("", "") => {}
            ("", name) | (name, "") => write!(f, "{name}: ")?,
            (module, function) => write!(f, "{module}.{function}: ")?,
        }
        f.write_str(&self.kind)?;
        if let Some(errno) = self.errno {
            write!(f, ": [Errno {errno}]")?;
            if !self.message.is_empty() {
                write!(f, " {}", self.message)?;
            }
        } else if !self.message.is_empty() {
            write!(f, ": {}", self.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

impl From<Broken> for Error {
    fn from(broken: Broken) -> Error {
        Error::Broken(broken)
    }
}

impl From<ImportError> for Error {
    fn from(error: ImportError) -> Error {
        match error {
            ImportError::NoAttribute {
                module,
                name,
                access,
                ..
            } => Error::Attribute(Box::new(AttributeError {
                module,
                of: None,
                name,
                action: match access {
                    AttributeAccess::Load => Action::Load,
                    AttributeAccess::Store => Action::Store,
                    AttributeAccess::Delete => Action::Delete,
                },
                constant: false,
                near: Vec::new(),
            })),
            ImportError::NotLoaded { name, .. } => {
                Error::new("ImportError", format!("module '{name}' is not loaded"))
            }
            error => Error::new(error.class(), error.to_string()),
        }
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
        fields.add_field_method_get("kind", |_, this| Ok(this.error.kind().into_owned()));
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
                Error::Late(late) => Some(late.module.clone()),
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
        fields.add_field_method_get("errno", |_, this| Ok(this.error.errno()));
        fields.add_field_method_get("cause", |lua, this| match &this.error {
            Error::Late(late) => late.cause.clone().into_value(lua, String::new()),
            _ => Ok(mlua::Value::Nil),
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
