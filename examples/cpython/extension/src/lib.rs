//! `import enroll_modules` in a plain `python3` brings the native modules of this
//! build: `import enroll.errno` works from then on.

use pyo3::prelude::*;

// `BUILTINS`: every module that a crate of this build declares.
enroll::include_modules!();

/// Brings the package `enroll`.
#[pymodule]
fn enroll_modules(module: &Bound<'_, PyModule>) -> PyResult<()> {
    enroll_cpython::install(module.py(), &BUILTINS)?;
    module.add("PACKAGE", enroll_cpython::PACKAGE)
}
