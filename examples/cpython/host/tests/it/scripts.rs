//! Every function `test_…` of `tests/scripts/*.py` runs with modules that were
//! installed for it alone. It passes if it raises nothing.

use crate::table;
use enroll_cpython::Modules;
use pyo3::prelude::*;
use pyo3::types::code::PyCodeInput;
use pyo3::types::{PyCode, PyCodeMethods, PyDict};
use std::ffi::CString;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

macro_rules! scripts {
    ($($name:ident >= $tests:literal,)*) => {
        $(#[test]
        fn $name() {
            run_file(stringify!($name), $tests);
        })*

        #[test]
        fn every_script_is_run() {
            let known = [$(stringify!($name)),*];
            for entry in std::fs::read_dir(folder("scripts")).unwrap() {
                let file = entry.unwrap().path();
                let name = file.file_stem().unwrap().to_str().unwrap();
                if file.extension().is_some_and(|extension| extension == "py") {
                    assert!(known.contains(&name), "{name} is not in the list");
                }
            }
        }
    };
}

// The least number of tests in each, so that none is lost.
scripts! {
    attributes >= 16,
    buffers >= 6,
    classes >= 22,
    containers >= 6,
    errors >= 6,
    functions >= 10,
    imports >= 22,
    installs >= 10,
    reloads >= 11,
    values >= 14,
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(name)
}

fn run_file(name: &str, least: usize) {
    // A process has one interpreter, with one `sys.modules`.
    static ONE: Mutex<()> = Mutex::new(());
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    Python::attach(|py| {
        let file = folder("scripts").join(format!("{name}.py"));
        let tests = tests(py, &file).unwrap();
        assert!(tests.len() >= least, "only {} tests in {name}", tests.len());
        let wrong: Vec<String> = tests
            .iter()
            .filter_map(|test| Some(format!("{test}: {}", run(py, &file, test).err()?)))
            .collect();
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    });
}

/// The names of the tests in a file.
fn tests(py: Python<'_>, file: &Path) -> PyResult<Vec<String>> {
    let modules = install(py)?;
    let names = load(py, file).map(|globals| {
        let names = globals.keys().into_iter().map(|name| name.to_string());
        names.filter(|name| name.starts_with("test_")).collect()
    });
    modules.shutdown(py)?;
    names
}

/// Runs one test; a failure with its traceback.
fn run(py: Python<'_>, file: &Path, test: &str) -> Result<(), String> {
    let shown = |error: PyErr| {
        let format = || -> PyResult<String> {
            let lines = py.import("traceback")?;
            // Before Python 3.12 an exception does not always have its own.
            let parts = (error.get_type(py), error.value(py), error.traceback(py));
            let lines = lines.call_method1("format_exception", parts)?;
            Ok(lines.extract::<Vec<String>>()?.concat())
        };
        format().unwrap_or_else(|_| error.to_string())
    };
    let modules = install(py).map_err(shown)?;
    let result = load(py, file).and_then(|globals| {
        let test = globals.get_item(test)?;
        test.expect("it was there before").call0()
    });
    let ended = modules.shutdown(py).map_err(PyErr::from);
    result.map_err(shown)?;
    ended.map_err(shown)?;
    left_behind(py).map_err(shown)
}

/// Nothing of the modules may be left after the shutdown.
fn left_behind(py: Python<'_>) -> PyResult<()> {
    let check = c"
import sys
left = [name for name, module in sys.modules.items() if type(module).__name__ == 'Module']
left += [finder for finder in sys.meta_path if type(finder).__module__ == 'enroll']
assert not left, left
";
    py.run(check, None, None)
}

fn install(py: Python<'_>) -> PyResult<Modules> {
    let sys = py.import("sys")?;
    sys.setattr("enroll_log", Vec::<String>::new())?;
    // Nothing is left in the folder of the tests.
    sys.setattr("dont_write_bytecode", true)?;
    for flag in ["enroll_ready", "enroll_refuses"] {
        if sys.hasattr(flag)? {
            sys.delattr(flag)?;
        }
    }
    Ok(enroll_cpython::install(py, table::builtins())?)
}

/// Runs the file, and gives its names.
fn load<'py>(py: Python<'py>, file: &Path) -> PyResult<Bound<'py, PyDict>> {
    let source = std::fs::read_to_string(file)?;
    let globals = PyDict::new(py);
    globals.set_item("__name__", "__test__")?;
    globals.set_item("FILES", folder("files"))?;
    globals.set_item("install_as", pyo3::wrap_pyfunction!(install_as, py)?)?;
    let file = CString::new(file.to_string_lossy().as_bytes())?;
    let code = PyCode::compile(py, &CString::new(source)?, &file, PyCodeInput::File)?;
    code.run(Some(&globals), None)?;
    Ok(globals)
}

/// Another set of the same modules, which the script shuts down.
#[pyclass]
struct Installed(Modules);

#[pymethods]
impl Installed {
    fn shutdown(&self, py: Python<'_>) -> PyResult<()> {
        Ok(self.0.shutdown(py)?)
    }

    fn names(&self) -> PyResult<Vec<&'static str>> {
        Ok(self.0.names()?)
    }
}

#[pyfunction]
fn install_as(py: Python<'_>, package: &str) -> PyResult<Installed> {
    let modules = enroll_cpython::install_as(py, table::builtins(), package)?;
    Ok(Installed(modules))
}
