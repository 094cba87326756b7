//! Runs the part of this host that is written in Python.

use crate::key::Key;
use crate::native::{Native, Run};
use crate::object::{Instance, operator};
use crate::{module, object};
use pyo3::prelude::*;
use pyo3::types::code::PyCodeInput;
use pyo3::types::{PyCode, PyCodeMethods, PyDict, PyType};
use std::ffi::{CStr, CString};

/// The classes that it defines.
pub(crate) struct Prelude {
    /// Of every module.
    pub(crate) module: Py<PyType>,
    /// Of a list that a module keeps.
    pub(crate) list: Py<PyType>,
    /// Of a dictionary that a module keeps.
    pub(crate) dict: Py<PyType>,
}

const SOURCE: &str = include_str!("prelude.py");
/// What a traceback calls it.
const FILE: &CStr = c"<enroll>";

const GIVEN: &[(&str, Run)] = &[
    ("load", module::load),
    ("store", module::store),
    ("delete", module::delete),
    ("names", module::names),
    ("constant", module::constant),
    ("constants", module::constants),
    ("item", operator::item),
    ("set_item", operator::set_item),
    ("delete_item", operator::delete_item),
    ("iterate", operator::iterate),
    ("length", operator::length),
    ("text", operator::repr),
    ("replace", object::replace),
];

pub(crate) fn run(py: Python<'_>, key: Key, package: &str) -> PyResult<Prelude> {
    let globals = PyDict::new(py);
    // The `__module__` of its classes.
    globals.set_item("__name__", package)?;
    globals.set_item("Instance", py.get_type::<Instance>())?;
    for &(name, run) in GIVEN {
        globals.set_item(name, Native::slot(py, key, None, name, run)?)?;
    }
    let source = CString::new(SOURCE)?;
    PyCode::compile(py, &source, FILE, PyCodeInput::File)?.run(Some(&globals), None)?;
    let class = |name: &str| -> PyResult<Py<PyType>> {
        let class = globals.as_any().get_item(name)?;
        Ok(class.cast_into::<PyType>()?.unbind())
    };
    Ok(Prelude {
        module: class("Module")?,
        list: class("List")?,
        dict: class("Dict")?,
    })
}
