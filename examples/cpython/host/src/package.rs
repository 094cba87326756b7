//! The package that all modules are in: `enroll`.

use crate::native::{Native, Run};
use crate::state::State;
use crate::{Arguments, CPython, import, unload};
use enroll::{Cx, ModuleId};
use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;
use pyo3::types::{PyInt, PyList, PyModule};

const DOC: &str = "\
The native modules of this program.

`import enroll.errno` reaches a module although CPython has one of that name.";

/// What it has beside the modules. A module of one of these names takes its place
/// when it is imported.
const FUNCTIONS: &[(&str, Run)] = &[
    ("modules", modules),
    ("is_builtin", is_builtin),
    ("unload", unload::unload),
    // PEP 562: `enroll.errno` without an import of its own.
    ("__getattr__", load),
    ("__dir__", names),
];

/// Gives a new module object of the package what it has.
pub(crate) fn fill(package: &Bound<'_, PyModule>, state: &State) -> PyResult<()> {
    let py = package.py();
    for &(name, run) in FUNCTIONS {
        package.add(name, Native::plain(py, state.key, name, run)?)?;
    }
    package.add("__doc__", DOC)
}

/// `modules()`: the registered names, sorted.
fn modules<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let [] = arguments.exactly()?;
    let builtins = cx.host().builtins();
    let names = builtins.iter().map(|id| builtins.table().name_text(id));
    let names: Vec<&str> = names.collect();
    Ok(PyList::new(arguments.py(), names)?.into_any())
}

/// `is_builtin(name)`: 1 for a module that can be initialised again, -1 for one
/// that cannot, 0 for none, as `imp.is_builtin` of CPython 3.2.
fn is_builtin<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let [name] = arguments.exactly()?;
    let name: String = name.extract()?;
    let builtins = cx.host().builtins();
    let kind = match named(cx.host().shared(), &name) {
        None => 0,
        Some(id) => {
            let has_init = builtins.has_init(id).map_err(crate::Error::from)?;
            let has_deinit = builtins.has_deinit(id).map_err(crate::Error::from)?;
            if has_init && !has_deinit { -1 } else { 1 }
        }
    };
    Ok(PyInt::new(arguments.py(), kind).into_any())
}

fn load<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = arguments.py();
    let [name] = arguments.exactly()?;
    let text: String = name.extract()?;
    let builtins = cx.host().builtins();
    let found = match text.contains('.') {
        true => None,
        false => builtins.find_text(&text),
    };
    if let Some(id) = found {
        return import::module(cx, py, id);
    }
    let package = &cx.host().shared().package;
    let message = format!("module '{package}' has no attribute '{text}'");
    Err(PyAttributeError::new_err(message))
}

fn names<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let [] = arguments.exactly()?;
    let builtins = cx.host().builtins();
    let top = builtins.iter().map(|id| builtins.table().name_text(id));
    let top = top.filter(|name| !name.contains('.'));
    let functions = FUNCTIONS.iter().map(|(name, _)| *name);
    let mut names: Vec<&str> = functions.chain(top).collect();
    names.sort_unstable();
    Ok(PyList::new(arguments.py(), names)?.into_any())
}

/// The module of a name, with the package or without.
pub(crate) fn named(state: &State, name: &str) -> Option<ModuleId> {
    let below = name.strip_prefix(&state.package);
    let name = below
        .and_then(|below| below.strip_prefix('.'))
        .unwrap_or(name);
    import::find(state.builtins, name)
}
