//! How a hook or function of a CPython module fails.

use enroll::Broken;
use pyo3::exceptions::PyImportError;
use pyo3::{CastError, CastIntoError, PyErr};
use std::convert::Infallible;
use std::fmt;

/// A Python exception.
///
/// It is a type of this crate, since an entry of the module table that cannot be
/// used ([`Broken`]) has to become one: an `ImportError`. `?` turns a `PyErr`
/// into it and back, and what a cast or conversion of `pyo3` fails with.
#[derive(Debug)]
pub struct Error(PyErr);

impl Error {
    /// The exception.
    pub fn into_inner(self) -> PyErr {
        self.0
    }
}

impl From<PyErr> for Error {
    fn from(error: PyErr) -> Error {
        Error(error)
    }
}

impl From<Infallible> for Error {
    fn from(never: Infallible) -> Error {
        match never {}
    }
}

impl From<CastError<'_, '_>> for Error {
    #[cold]
    fn from(error: CastError<'_, '_>) -> Error {
        Error(error.into())
    }
}

impl From<CastIntoError<'_>> for Error {
    #[cold]
    fn from(error: CastIntoError<'_>) -> Error {
        Error(error.into())
    }
}

impl From<Broken> for Error {
    #[cold]
    fn from(broken: Broken) -> Error {
        Error(PyImportError::new_err(broken.to_string()))
    }
}

impl From<Error> for PyErr {
    fn from(error: Error) -> PyErr {
        error.0
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}
