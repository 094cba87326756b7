//! Bytes of Python objects, for portable modules.
//!
//! `pyo3` lends no bytes of a buffer without `unsafe`, since Python code in
//! another thread may change them meanwhile. So a portable module is handed a
//! copy, and what it changed is copied back.

use crate::CPython;
use crate::guest::adopt::{adopt, portable};
use crate::object::instance::receiver;
use enroll::Cx;
use enroll_portable::{Operate, Value};
use pyo3::buffer::PyBuffer;
use pyo3::exceptions::{PyMemoryError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyMemoryView};

/// Lends the bytes of an object; nothing happens where it has none, or where it
/// is to be changed and cannot.
pub(super) fn lend<'vm>(
    cx: &mut Cx<'_, 'vm, CPython>,
    py: Python<'_>,
    object: &Value<'vm>,
    write: bool,
    run: &mut dyn FnMut(&mut [u8]),
) -> PyResult<()> {
    let object = adopt(cx, py, object.clone())?;
    // An instance of a class that a script derived from a native type.
    if let Some(native @ Value::Object(_)) = receiver(cx, &object) {
        return portable(cx, py, |cx| cx.buffer(&native, run).map(|_| ()));
    }
    let view = match PyMemoryView::from(&object) {
        Ok(view) => view.into_any(),
        Err(error) if error.is_instance_of::<PyTypeError>(py) => return Ok(()),
        Err(error) => return Err(error),
    };
    // One without items cannot be cast.
    if view.getattr("nbytes")?.extract::<usize>()? == 0 {
        run(&mut []);
        return Ok(());
    }
    match in_bytes(&view) {
        Some(buffer) if write && buffer.readonly() => Ok(()),
        Some(buffer) => exchange(py, &buffer, write, run),
        // In pieces: Python itself can copy it, one way.
        None if write => Ok(()),
        None => {
            let bytes = view.call_method0("tobytes")?.cast_into::<PyBytes>()?;
            let mut copy = room(bytes.as_bytes().len())?;
            copy.copy_from_slice(bytes.as_bytes());
            run(&mut copy);
            Ok(())
        }
    }
}

/// The memory of a view byte by byte, if it is in one piece.
fn in_bytes(view: &Bound<'_, PyAny>) -> Option<PyBuffer<u8>> {
    match PyBuffer::get(view) {
        Ok(bytes) if bytes.is_c_contiguous() => Some(bytes),
        // Of wider items.
        _ => PyBuffer::get(&view.call_method1("cast", ("B",)).ok()?).ok(),
    }
}

/// Lends a copy, and copies it back.
fn exchange(
    py: Python<'_>,
    buffer: &PyBuffer<u8>,
    write: bool,
    run: &mut dyn FnMut(&mut [u8]),
) -> PyResult<()> {
    let mut bytes = room(buffer.len_bytes())?;
    buffer.copy_to_slice(py, &mut bytes)?;
    run(&mut bytes);
    match write {
        true => buffer.copy_from_slice(py, &bytes),
        false => Ok(()),
    }
}

fn room(len: usize) -> PyResult<Vec<u8>> {
    let mut bytes = Vec::new();
    if bytes.try_reserve_exact(len).is_err() {
        return Err(PyMemoryError::new_err("no room for a copy of a buffer"));
    }
    bytes.resize(len, 0);
    Ok(bytes)
}
