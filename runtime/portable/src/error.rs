//! How a portable module fails.

mod kind;
mod message;

pub use kind::Kind;
pub(crate) use message::{Message, Place};

use crate::Function;
#[cfg(feature = "alloc")]
use alloc::{rc::Rc, string::String};
#[cfg(feature = "alloc")]
use core::any::Any;
use core::fmt;
use enroll::Broken;

/// An error of a portable module: a kind, a message, and where it arose.
///
/// Nothing is allocated unless the message is a `String`: a wrong argument is
/// kept as what was expected and found, and becomes text when it is shown.
///
/// ```
/// use enroll_portable::{Error, Kind};
///
/// let error = Error::new(Kind::ValueError, "bits must be 32 or less");
/// assert_eq!(error.kind(), Kind::ValueError);
/// assert_eq!(error.to_string(), "ValueError: bits must be 32 or less");
/// assert_eq!(Error::os(2).to_string(), "OSError: [Errno 2]");
/// ```
#[derive(Clone, Debug)]
#[must_use = "an error is returned, not dropped"]
pub struct Error {
    kind: Kind,
    message: Message,
    module: Option<&'static str>,
    function: Option<Function>,
}

impl Error {
    /// An error with a message, or with `""` for none.
    #[cold]
    pub const fn new(kind: Kind, message: &'static str) -> Error {
        Error::of(kind, Message::Static(message))
    }

    /// An error whose message is made at run time.
    #[cfg(feature = "alloc")]
    #[cold]
    pub fn text(kind: Kind, message: impl Into<String>) -> Error {
        Error::of(kind, Message::Text(message.into()))
    }

    /// An `OSError` with a code of `errno`.
    #[cold]
    pub const fn os(errno: i32) -> Error {
        Error::new(Kind::OSError(errno), "")
    }

    /// An error of the interpreter that passes through a portable function, to
    /// come out as it was: [`foreign`](Error::as_foreign) gives it back.
    #[cfg(feature = "alloc")]
    #[cold]
    pub fn foreign(kind: Kind, message: impl Into<String>, error: Rc<dyn Any>) -> Error {
        Error::of(kind, Message::Foreign(message.into(), error))
    }

    pub(crate) const fn of(kind: Kind, message: Message) -> Error {
        Error {
            kind,
            message,
            module: None,
            function: None,
        }
    }

    /// What kind it is.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The message alone; empty where there is none.
    pub const fn message(&self) -> &(dyn fmt::Display + 'static) {
        &self.message
    }

    /// What [`Error::foreign`] was given.
    #[cfg(feature = "alloc")]
    pub fn as_foreign(&self) -> Option<&Rc<dyn Any>> {
        match &self.message {
            Message::Foreign(_, error) => Some(error),
            _ => None,
        }
    }

    /// The module whose function or hook failed, where an interpreter said so.
    pub const fn module(&self) -> Option<&'static str> {
        self.module
    }

    /// The function that failed, where it is known.
    pub fn function(&self) -> Option<&'static str> {
        self.function.map(|function| function.name())
    }

    /// Says which module failed, unless that is known already: the innermost
    /// place is the one to show.
    pub const fn in_module(mut self, name: &'static str) -> Error {
        if self.module.is_none() {
            self.module = Some(name);
        }
        self
    }

    /// Says which function failed, unless that is known already.
    pub(crate) const fn in_function(mut self, function: Function) -> Error {
        if self.function.is_none() {
            self.function = Some(function);
        }
        self
    }
}

/// `kind: message`, as a traceback ends.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)?;
        if let Kind::OSError(errno) = self.kind {
            write!(f, ": [Errno {errno}]")?;
            if !self.message.is_empty() {
                write!(f, " {}", self.message)?;
            }
            return Ok(());
        }
        if !self.message.is_empty() {
            write!(f, ": {}", self.message)?;
        }
        Ok(())
    }
}

impl core::error::Error for Error {}

impl From<Broken> for Error {
    #[cold]
    fn from(broken: Broken) -> Error {
        Error::of(Kind::ImportError, Message::Broken(broken))
    }
}

/// An `OSError` with the system's code, or with 5 (EIO) where it has none.
#[cfg(feature = "std")]
impl From<std::io::Error> for Error {
    #[cold]
    fn from(error: std::io::Error) -> Error {
        let errno = error.raw_os_error().unwrap_or(5);
        Error::text(Kind::OSError(errno), alloc::format!("{}", error.kind()))
    }
}

impl From<Kind> for Error {
    #[cold]
    fn from(kind: Kind) -> Error {
        Error::new(kind, "")
    }
}
