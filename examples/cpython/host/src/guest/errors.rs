//! Errors, both ways.

use enroll_portable::{Error as Failure, Kind};
use pyo3::exceptions::{
    PyAssertionError, PyAttributeError, PyImportError, PyIndexError, PyKeyError, PyMemoryError,
    PyNotImplementedError, PyOSError, PyOverflowError, PyRuntimeError, PyStopIteration,
    PyTypeError, PyValueError, PyZeroDivisionError,
};
use pyo3::prelude::*;
use std::rc::Rc;

/// A portable error as a Python exception.
///
/// A native function has no frame in a traceback, so which one failed is a note
/// of the exception (PEP 678), from Python 3.11 on.
#[cold]
pub(crate) fn raised(py: Python<'_>, error: Failure) -> PyErr {
    let own = error
        .as_foreign()
        .and_then(|own| own.downcast_ref::<PyErr>());
    if let Some(own) = own {
        return own.clone_ref(py);
    }
    let message = error.message().to_string();
    let raised = match error.kind() {
        Kind::OSError(errno) => os_error(py, errno, message),
        kind => exception(kind, message),
    };
    if let Some(function) = error.function() {
        let module = error.module().map(|module| format!("{module}."));
        let note = format!("in {}{function}()", module.unwrap_or_default());
        // Before 3.11 there are no notes, and nothing is lost that the message
        // has to say.
        let _ = raised.value(py).call_method1("add_note", (note,));
    }
    raised
}

/// Python makes a `FileNotFoundError` of code 2, and so on (PEP 3151).
fn os_error(py: Python<'_>, errno: i32, message: String) -> PyErr {
    if !message.is_empty() {
        return PyOSError::new_err((errno, message));
    }
    let text = || -> PyResult<String> {
        let os = py.import("os")?;
        os.call_method1("strerror", (errno,))?.extract()
    };
    PyOSError::new_err((errno, text().unwrap_or_default()))
}

fn exception(kind: Kind, message: String) -> PyErr {
    let new: fn(Option<String>) -> PyErr = match kind {
        Kind::ValueError => with::<PyValueError>,
        Kind::TypeError => with::<PyTypeError>,
        Kind::AttributeError => with::<PyAttributeError>,
        Kind::KeyError => with::<PyKeyError>,
        Kind::IndexError => with::<PyIndexError>,
        Kind::MemoryError => with::<PyMemoryError>,
        Kind::StopIteration => with::<PyStopIteration>,
        Kind::NotImplementedError => with::<PyNotImplementedError>,
        Kind::OverflowError => with::<PyOverflowError>,
        Kind::ZeroDivisionError => with::<PyZeroDivisionError>,
        Kind::ImportError => with::<PyImportError>,
        Kind::AssertionError => with::<PyAssertionError>,
        _ => with::<PyRuntimeError>,
    };
    new((!message.is_empty()).then_some(message))
}

/// With a message or without arguments.
fn with<E: pyo3::PyTypeInfo>(message: Option<String>) -> PyErr {
    match message {
        Some(message) => PyErr::new::<E, _>(message),
        None => PyErr::new::<E, _>(()),
    }
}

/// A Python exception as a portable error, which comes out again as it was.
#[cold]
pub(crate) fn failure(py: Python<'_>, error: PyErr) -> Failure {
    let kind = kind(py, &error);
    let message = error.value(py).str().map(|text| text.to_string());
    Failure::foreign(kind, message.unwrap_or_default(), Rc::new(error))
}

fn kind(py: Python<'_>, error: &PyErr) -> Kind {
    if error.is_instance_of::<PyOSError>(py) {
        let errno = error.value(py).getattr("errno");
        let errno = errno.and_then(|errno| errno.extract()).unwrap_or(0);
        return Kind::OSError(errno);
    }
    // A derived class stands before what it derives from.
    let known: &[(Is, Kind)] = &[
        (is::<PyTypeError>, Kind::TypeError),
        (is::<PyKeyError>, Kind::KeyError),
        (is::<PyIndexError>, Kind::IndexError),
        (is::<PyAttributeError>, Kind::AttributeError),
        (is::<PyStopIteration>, Kind::StopIteration),
        (is::<PyOverflowError>, Kind::OverflowError),
        (is::<PyZeroDivisionError>, Kind::ZeroDivisionError),
        (is::<PyValueError>, Kind::ValueError),
        (is::<PyImportError>, Kind::ImportError),
        (is::<PyMemoryError>, Kind::MemoryError),
        (is::<PyAssertionError>, Kind::AssertionError),
        (is::<PyNotImplementedError>, Kind::NotImplementedError),
    ];
    let found = known.iter().find(|(is, _)| is(error, py));
    found.map_or(Kind::RuntimeError, |&(_, kind)| kind)
}

type Is = fn(&PyErr, Python<'_>) -> bool;

fn is<E: pyo3::PyTypeInfo>(error: &PyErr, py: Python<'_>) -> bool {
    error.is_instance_of::<E>(py)
}
