//! A case of the conformance suite in CPython.
//!
//! `driver.py` writes the files of a case into a folder, puts that folder alone on
//! `sys.path`, runs the script statement by statement as enroll's interpreter does,
//! and gives back what it printed. Afterwards `sys.modules`, `sys.path`,
//! `sys.meta_path` and `__import__` are what they were.

pub mod programs;

use enroll_tests_conformance::case::Case;
use pyo3::prelude::*;
use pyo3::types::PyModule;
use std::ffi::CString;

/// CPython with the driver loaded.
pub struct Driver {
    module: Py<PyModule>,
}

impl Driver {
    /// Starts CPython in this process.
    ///
    /// # Errors
    ///
    /// What Python raises.
    pub fn new() -> PyResult<Driver> {
        Python::attach(|py| {
            let code = CString::new(include_str!("../driver.py"))?;
            let module = PyModule::from_code(py, &code, c"driver.py", c"driver")?;
            Ok(Driver {
                module: module.unbind(),
            })
        })
    }

    /// The version, `3.11`, say.
    ///
    /// # Errors
    ///
    /// What Python raises.
    pub fn version(&self) -> PyResult<String> {
        self.call("version", ())
    }

    /// Runs a case and gives what it printed.
    ///
    /// # Errors
    ///
    /// What Python raises outside of the case: where its script does not parse, say.
    pub fn run(&self, case: &Case) -> PyResult<String> {
        self.call("run", (case.files.clone(), case.main.as_str()))
    }

    /// The same with `importlib.__import__`, the reference that is written in
    /// Python, in place of the import function in C.
    ///
    /// # Errors
    ///
    /// As [`run`](Driver::run).
    pub fn run_pure(&self, case: &Case) -> PyResult<String> {
        self.call("run", (case.files.clone(), case.main.as_str(), true))
    }

    fn call<'py, A>(&self, function: &str, arguments: A) -> PyResult<String>
    where
        A: for<'a> pyo3::call::PyCallArgs<'a>,
    {
        Python::attach(|py| {
            let function = self.module.bind(py).getattr(function)?;
            function.call1(arguments)?.extract()
        })
    }
}
