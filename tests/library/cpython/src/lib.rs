//! Cases of the library in CPython: with enroll's modules, and with its own.
//!
//! CPython runs the text of a case as it stands. `driver.py` has `show`, `fails` and
//! `raises`, and decides which module an `import` gives.

use enroll_tests_library::case::Case;
use enroll_tests_library::host::Host;
use enroll_tests_library::outcome::Line;
use pyo3::prelude::*;
use pyo3::types::PyModule;
use std::ffi::CString;
use std::sync::atomic::{AtomicUsize, Ordering};

enroll::include_modules!();

/// Each run has modules of its own, in a package of its own.
static PACKAGES: AtomicUsize = AtomicUsize::new(0);

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
        Python::attach(|py| self.module.bind(py).call_method0("version")?.extract())
    }

    /// What a case prints, with modules that no other run has seen.
    ///
    /// # Errors
    ///
    /// What the case raises and does not print.
    pub fn run(&self, case: &Case, host: Host) -> PyResult<Vec<Line>> {
        let source = case.python_for(host);
        Python::attach(|py| {
            let run = self.module.bind(py).getattr("run")?;
            let printed = if host == Host::Stdlib {
                run.call1((&case.name, source))
            } else {
                let number = PACKAGES.fetch_add(1, Ordering::Relaxed);
                let package = format!("enroll{number}");
                let modules = enroll_cpython::install_as(py, &BUILTINS, &package)?;
                let names = modules.names()?;
                let printed = run.call1((&case.name, source, &package, names));
                modules.shutdown(py)?;
                printed
            };
            let printed: Vec<(usize, String)> = printed?.extract()?;
            let lines = printed.iter().map(|(line, text)| Line::new(*line, text));
            Ok(lines.collect())
        })
    }
}
