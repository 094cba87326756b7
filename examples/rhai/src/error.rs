//! Errors, both ways.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::format;
use alloc::rc::Rc;
use alloc::string::{String, ToString};
use core::cell::RefCell;
use core::fmt;
use enroll::Broken;
use enroll_portable::{Error as Failure, Kind};
use rhai::{Dynamic, EvalAltResult, Map, NativeCallContext, Position};

/// What Rhai expects of native code.
pub(crate) type Answer<T> = Result<T, Box<EvalAltResult>>;

/// Native code as Rhai calls it.
pub(crate) type NativeCall =
    dyn Fn(Option<NativeCallContext<'_>>, &mut [&mut Dynamic]) -> Answer<Dynamic>;

/// How native code fails on Rhai.
///
/// A script that catches it has an object map: `catch (error) { error.kind }`.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// An error of native code.
    Raised(Box<Raised>),
    /// An error of a script or of the engine, which passes through as it is.
    Thrown(Box<EvalAltResult>),
}

/// An error of native code; the fields are those of the map that scripts catch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Raised {
    /// `kind`: `"ValueError"`, ….
    pub kind: String,
    /// `message`, which may be empty.
    pub message: String,
    /// `errno` of an OSError; else the map has no such property.
    pub errno: Option<i32>,
    /// `source`: the module that failed, or empty.
    pub source: String,
    /// `function`: the one that failed, or empty.
    pub function: String,
}

impl Error {
    /// An error of a kind: `ValueError`, say.
    #[cold]
    pub fn new(kind: &str, message: impl Into<String>) -> Error {
        Error::Raised(Box::new(Raised {
            kind: kind.to_owned(),
            message: message.into(),
            ..Raised::default()
        }))
    }

    /// What Rhai raises; its place, where the error has none.
    pub(crate) fn into_rhai(self, position: Position) -> Box<EvalAltResult> {
        match self {
            Error::Raised(raised) => {
                let value = Dynamic::from_map(raised.into_map());
                Box::new(EvalAltResult::ErrorRuntime(value, position))
            }
            Error::Thrown(mut error) => {
                if error.position().is_none() {
                    error.set_position(position);
                }
                error
            }
        }
    }
}

impl Raised {
    fn into_map(self) -> Map {
        let mut map = Map::new();
        map.insert("kind".into(), self.kind.into());
        map.insert("message".into(), self.message.into());
        if let Some(errno) = self.errno {
            map.insert("errno".into(), Dynamic::from_int(errno.into()));
        }
        if !self.source.is_empty() {
            map.insert("source".into(), self.source.into());
        }
        if !self.function.is_empty() {
            map.insert("function".into(), self.function.into());
        }
        map
    }

    /// The error that a thrown value is, if it is an object map with a `kind`.
    fn of(value: &Dynamic) -> Option<Raised> {
        let map = value.as_map_ref().ok()?;
        let text = |name: &str| {
            let text = map.get(name)?.as_immutable_string_ref().ok()?;
            Some(text.to_string())
        };
        Some(Raised {
            kind: text("kind")?,
            message: text("message").unwrap_or_default(),
            errno: map
                .get("errno")
                .and_then(|errno| i32::try_from(errno.as_int().ok()?).ok()),
            source: text("source").unwrap_or_default(),
            function: text("function").unwrap_or_default(),
        })
    }
}

/// `kind: message`, as [`enroll_portable::Error`] has it.
impl fmt::Display for Raised {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.kind)?;
        match self.errno {
            Some(errno) => write!(f, ": [Errno {errno}]")?,
            None if !self.message.is_empty() => f.write_str(":")?,
            None => {}
        }
        if !self.message.is_empty() {
            write!(f, " {}", self.message)?;
        }
        Ok(())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Raised(raised) => raised.fmt(f),
            Error::Thrown(error) => Report(error).fmt(f),
        }
    }
}

impl core::error::Error for Error {}

impl From<Broken> for Error {
    #[cold]
    fn from(broken: Broken) -> Error {
        Error::new("ImportError", broken.to_string())
    }
}

impl From<Box<EvalAltResult>> for Error {
    fn from(error: Box<EvalAltResult>) -> Error {
        Error::Thrown(error)
    }
}

/// Shows an error that no script caught.
///
/// Rhai shows the object map as it is; this shows `ValueError: message`, then
/// where.
///
/// ```
/// # let engine = rhai::Engine::new_raw();
/// let error = engine.run(r#"throw #{ kind: "ValueError", message: "too small" };"#).unwrap_err();
/// assert_eq!(
///     enroll_rhai::Report(&error).to_string(),
///     "ValueError: too small (line 1, position 1)"
/// );
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Report<'e>(pub &'e EvalAltResult);

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let EvalAltResult::ErrorRuntime(value, _) = self.0.unwrap_inner() else {
            return self.0.unwrap_inner().fmt(f);
        };
        match Raised::of(value) {
            Some(raised) => raised.fmt(f)?,
            None => value.fmt(f)?,
        }
        match innermost(self.0) {
            position if position.is_none() => Ok(()),
            position => write!(f, " ({position})"),
        }
    }
}

/// Where an error arose, or the call nearest to it whose place is known.
fn innermost(error: &EvalAltResult) -> Position {
    let mut position = error.position();
    let mut error = error;
    while let EvalAltResult::ErrorInFunctionCall(.., inner, _)
    | EvalAltResult::ErrorInModule(.., inner, _) = error
    {
        error = inner;
        if !error.position().is_none() {
            position = error.position();
        }
    }
    position
}

/// A portable error in Rhai.
pub(crate) fn fail(module: Option<&'static str>, error: Failure) -> Error {
    let thrown = error
        .as_foreign()
        .and_then(|own| own.downcast_ref::<RefCell<Option<Error>>>())
        .and_then(|own| own.borrow_mut().take());
    if let Some(thrown) = thrown {
        return thrown;
    }
    Error::Raised(Box::new(Raised {
        kind: error.kind().name().to_owned(),
        message: error.message().to_string(),
        errno: match error.kind() {
            Kind::OSError(errno) => Some(errno),
            _ => None,
        },
        source: error.module().or(module).unwrap_or_default().to_owned(),
        function: error.function().unwrap_or_default().to_owned(),
    }))
}

/// An error of Rhai as a portable one, which comes out again as it was.
pub(crate) fn failure(error: Error) -> Failure {
    let (kind, message) = match &error {
        Error::Raised(raised) => (kind(&raised.kind, raised.errno), raised.message.clone()),
        Error::Thrown(thrown) => meaning(thrown.unwrap_inner()),
    };
    // It is no `Clone`, and comes out once.
    Failure::foreign(kind, message, Rc::new(RefCell::new(Some(error))))
}

fn meaning(error: &EvalAltResult) -> (Kind, String) {
    let found = match error {
        EvalAltResult::ErrorRuntime(value, _) => {
            return match Raised::of(value) {
                Some(raised) => (kind(&raised.kind, raised.errno), raised.message),
                None => (Kind::RuntimeError, format!("{value}")),
            };
        }
        EvalAltResult::ErrorModuleNotFound(..) => Kind::ImportError,
        EvalAltResult::ErrorArrayBounds(..)
        | EvalAltResult::ErrorStringBounds(..)
        | EvalAltResult::ErrorBitFieldBounds(..) => Kind::IndexError,
        EvalAltResult::ErrorIndexNotFound(..) => Kind::KeyError,
        EvalAltResult::ErrorPropertyNotFound(..) | EvalAltResult::ErrorDotExpr(..) => {
            Kind::AttributeError
        }
        EvalAltResult::ErrorFunctionNotFound(..)
        | EvalAltResult::ErrorMismatchDataType(..)
        | EvalAltResult::ErrorMismatchOutputType(..)
        | EvalAltResult::ErrorIndexingType(..) => Kind::TypeError,
        EvalAltResult::ErrorArithmetic(what, _) if what.contains("by zero") => {
            Kind::ZeroDivisionError
        }
        EvalAltResult::ErrorArithmetic(..) => Kind::OverflowError,
        EvalAltResult::ErrorDataTooLarge(..) => Kind::MemoryError,
        _ => Kind::RuntimeError,
    };
    (found, error.to_string())
}

fn kind(name: &str, errno: Option<i32>) -> Kind {
    match name {
        "ValueError" => Kind::ValueError,
        "TypeError" => Kind::TypeError,
        "AttributeError" => Kind::AttributeError,
        "KeyError" => Kind::KeyError,
        "IndexError" => Kind::IndexError,
        "OSError" => Kind::OSError(errno.unwrap_or_default()),
        "MemoryError" => Kind::MemoryError,
        "StopIteration" => Kind::StopIteration,
        "NotImplementedError" => Kind::NotImplementedError,
        "OverflowError" => Kind::OverflowError,
        "ZeroDivisionError" => Kind::ZeroDivisionError,
        "ImportError" => Kind::ImportError,
        "AssertionError" => Kind::AssertionError,
        _ => Kind::RuntimeError,
    }
}
