//! A program that embeds CPython, with native modules that the crates of its
//! build declare.
//!
//! `cargo run` plays a short tour, `cargo run -- script.py arguments` runs a
//! file.

use pyo3::prelude::*;
use pyo3::types::code::PyCodeInput;
use pyo3::types::{PyCode, PyCodeMethods};
use std::ffi::CString;
use std::process::ExitCode;

// `BUILTINS`: every module that a crate of this build declares.
enroll::include_modules!();

const TOUR: &str = include_str!("../scripts/tour.py");

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (file, source) = match arguments.next() {
        None => ("tour.py".to_owned(), Ok(TOUR.to_owned())),
        Some(file) => {
            let source = std::fs::read_to_string(&file);
            (file, source)
        }
    };
    let source = match source {
        Ok(source) => source,
        Err(error) => {
            eprintln!("cannot read {file}: {error}");
            return ExitCode::FAILURE;
        }
    };
    let mut argv = vec![file];
    argv.extend(arguments);
    Python::attach(|py| match run(py, &source, argv) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // A traceback, as `python3` prints it.
            error.print(py);
            ExitCode::FAILURE
        }
    })
}

fn run(py: Python<'_>, source: &str, argv: Vec<String>) -> PyResult<()> {
    let modules = enroll_cpython::install(py, &BUILTINS)?;
    let result = script(py, source, argv);
    // Modules are shut down whatever happened; the first failure is told.
    let ended = modules.shutdown(py).map_err(PyErr::from);
    let flushed = flush(py);
    result.and(ended).and(flushed)
}

/// An interpreter that is not finalised keeps what it has not written yet.
fn flush(py: Python<'_>) -> PyResult<()> {
    let stdout = py.import("sys")?.getattr("stdout")?;
    // A script may have closed it, or set it to None.
    if stdout.is_none() || stdout.getattr("closed")?.is_truthy()? {
        return Ok(());
    }
    stdout.call_method0("flush")?;
    Ok(())
}

fn script(py: Python<'_>, source: &str, argv: Vec<String>) -> PyResult<()> {
    let name = argv.first().map_or("?", String::as_str);
    let code = PyCode::compile(
        py,
        &CString::new(source)?,
        &CString::new(name)?,
        PyCodeInput::File,
    )?;
    let globals = py.import("__main__")?.dict();
    globals.set_item("__file__", name)?;
    py.import("sys")?.setattr("argv", argv)?;
    code.run(Some(&globals), None)?;
    Ok(())
}
