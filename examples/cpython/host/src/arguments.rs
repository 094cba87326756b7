//! The arguments of a native function.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

/// The arguments of one call, as CPython hands them over.
#[derive(Clone, Debug)]
pub struct Arguments<'py> {
    /// By position.
    pub positional: Bound<'py, PyTuple>,
    /// By name.
    pub keywords: Option<Bound<'py, PyDict>>,
}

impl<'py> Arguments<'py> {
    /// The token that this thread is attached to the interpreter.
    pub fn py(&self) -> Python<'py> {
        self.positional.py()
    }

    /// The positional arguments, where there are `N` and none by name.
    ///
    /// # Errors
    ///
    /// `TypeError` otherwise.
    pub fn exactly<const N: usize>(&self) -> PyResult<[Bound<'py, PyAny>; N]> {
        let given = self.positional.len();
        let named = self.keywords.as_ref().map_or(0, |names| names.len());
        let all: Vec<Bound<'py, PyAny>> = self.positional.iter().collect();
        match <[Bound<'py, PyAny>; N]>::try_from(all) {
            Ok(arguments) if named == 0 => Ok(arguments),
            _ => Err(PyTypeError::new_err(format!(
                "expected {N} arguments by position, got {given}, and {named} by name"
            ))),
        }
    }

    /// The first argument, and the others.
    ///
    /// # Errors
    ///
    /// `TypeError` where there is none.
    pub fn split_first(&self) -> PyResult<(Bound<'py, PyAny>, Arguments<'py>)> {
        let Ok(first) = self.positional.get_item(0) else {
            return Err(PyTypeError::new_err("expected at least one argument"));
        };
        let positional = self.positional.get_slice(1, self.positional.len());
        let keywords = self.keywords.clone();
        Ok((
            first,
            Arguments {
                positional,
                keywords,
            },
        ))
    }
}
