//! A builtin module as a Python module object.
//!
//! It is an instance of a subclass of `types.ModuleType`. Its real `__dict__`
//! holds what importlib puts there and each constant once it was loaded, so the
//! next load runs in CPython alone. What it does not have, `__getattr__` asks of
//! the module table: constants, submodules, then hooks, whose answers are never
//! kept. `__setattr__` and `__delattr__` go to the hooks.

use crate::state::State;
use crate::{Arguments, CPython, import};
use enroll::{Cx, ModuleId, Qstr};
use pyo3::exceptions::{PyAttributeError, PyKeyError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyModule, PyString};
use std::collections::BTreeSet;
use std::rc::Rc;

/// What importlib sets in a module, and scripts may.
const IMPORTLIB: &[&str] = &[
    "__cached__",
    "__file__",
    "__loader__",
    "__package__",
    "__path__",
    "__spec__",
];

/// What CPython probes every module for beside these. No hook is asked for
/// either.
const PROBED: &[&str] = &["__all__", "__initializing__"];

/// The object of a module, not initialised.
pub(crate) fn make<'py>(
    py: Python<'py>,
    state: &State,
    id: ModuleId,
) -> PyResult<Bound<'py, PyModule>> {
    state.module(py, id, || {
        let doc = match state.builtins.table().header(id) {
            Ok(header) => header.info().doc,
            Err(broken) => return Err(crate::Error::from(broken).into()),
        };
        let doc = (!doc.is_empty()).then_some(doc);
        let class = state.prelude.module.bind(py);
        let module = class.call1((state.import_name(id), doc))?;
        Ok(module.cast_into::<PyModule>()?)
    })
}

/// `module.name`, where its dictionary has nothing of that name.
pub(crate) fn load<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let [module, name] = arguments.exactly()?;
    let id = id_of(cx, &module)?;
    match find(cx, &module, id, &name)? {
        Some(value) => Ok(value),
        None => Err(missing(&module, &name, "")),
    }
}

fn find<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    module: &Bound<'py, PyAny>,
    id: ModuleId,
    text: &Bound<'py, PyAny>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let py = module.py();
    let Some(name) = name(cx, text) else {
        return Ok(None);
    };
    cx.host().set_attribute(name);
    let builtins = cx.host().builtins();
    if let Some(value) = kept(cx, module, id, name, text)? {
        return Ok(Some(value));
    }
    if let Some(submodule) = builtins.table().submodule(id, name) {
        return import::module(cx, py, submodule).map(Some);
    }
    if is_one_of(IMPORTLIB, text) || is_one_of(PROBED, text) {
        return Ok(None);
    }
    let value = builtins.load(cx, id, name)?;
    Ok(value.map(|value| value.into_bound(py)))
}

/// `module.name = value`.
pub(crate) fn store<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = arguments.py();
    let [module, name, value] = arguments.exactly()?;
    let done = Ok(py.None().into_bound(py));
    if name.eq("__class__")? {
        // `importlib.util.LazyLoader` makes another class of a module.
        let class = py.get_type::<PyModule>();
        return class.call_method1("__setattr__", (module, name, value));
    }
    let id = id_of(cx, &module)?;
    if is_one_of(IMPORTLIB, &name) {
        if name.eq("__spec__")? && !is_own_spec(cx, id, &value)? {
            return Err(missing(&module, &name, " to set"));
        }
        dict(&module)?.set_item(name, value)?;
        return done;
    }
    if is_submodule(cx, id, &name, &value)? {
        dict(&module)?.set_item(name, value)?;
        return done;
    }
    let builtins = cx.host().builtins();
    // A hook may take any name, so a new one is interned for it.
    let text: String = name.extract()?;
    let attribute = cx.host().intern(&text)?;
    cx.host().set_attribute(attribute);
    if builtins.store(cx, id, attribute, &value.unbind())? {
        return done;
    }
    Err(refused(cx, &module, id, &name, Change::Set))
}

/// `del module.name`.
pub(crate) fn delete<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = arguments.py();
    let [module, name] = arguments.exactly()?;
    let id = id_of(cx, &module)?;
    let builtins = cx.host().builtins();
    if let Some(attribute) = self::name(cx, &name) {
        cx.host().set_attribute(attribute);
        if builtins.delete(cx, id, attribute)? {
            return Ok(py.None().into_bound(py));
        }
    }
    let dict = dict(&module)?;
    let bound = dict.get_item(&name)?;
    let is_ours = match &bound {
        Some(value) => is_one_of(IMPORTLIB, &name) || is_submodule(cx, id, &name, value)?,
        None => false,
    };
    if is_ours {
        dict.del_item(name)?;
        return Ok(py.None().into_bound(py));
    }
    Err(refused(cx, &module, id, &name, Change::Delete))
}

/// `dir(module)`.
pub(crate) fn names<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = arguments.py();
    let [module] = arguments.exactly()?;
    let id = id_of(cx, &module)?;
    let mut names: BTreeSet<String> = BTreeSet::new();
    for (name, _) in dict(&module)? {
        names.insert(name.extract()?);
    }
    for name in listed(cx, id)? {
        names.extend(cx.host().text(name).map(str::to_owned));
    }
    Ok(PyList::new(py, names)?.into_any())
}

/// `module.__dict__[name]`.
pub(crate) fn constant<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let [module, text] = arguments.exactly()?;
    let id = id_of(cx, &module)?;
    if let Some(value) = dict(&module)?.get_item(&text)? {
        return Ok(value);
    }
    let found = match name(cx, &text) {
        Some(name) => kept(cx, &module, id, name, &text)?,
        None => None,
    };
    found.ok_or_else(|| PyKeyError::new_err(text.unbind()))
}

/// The names in `module.__dict__`: what importlib put there, and constants.
pub(crate) fn constants<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let [module] = arguments.exactly()?;
    let id = id_of(cx, &module)?;
    let names = dict(&module)?.keys();
    for name in listed(cx, id)? {
        let Some(text) = cx.host().text(name) else {
            continue;
        };
        let text = PyString::new(module.py(), text).into_any();
        if names.contains(&text)? {
            continue;
        }
        // One that cannot be made is there all the same, and says so when it is
        // loaded.
        if !matches!(kept(cx, &module, id, name, &text), Ok(None)) {
            names.append(text)?;
        }
    }
    Ok(names.into_any())
}

/// Loads a constant, and keeps it in the real dictionary.
fn kept<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    module: &Bound<'py, PyAny>,
    id: ModuleId,
    name: Qstr,
    text: &Bound<'py, PyAny>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    cx.host().set_attribute(name);
    let builtins = cx.host().builtins();
    let Some(value) = builtins.load_global(cx, id, name)? else {
        return Ok(None);
    };
    let value = value.into_bound(module.py());
    dict(module)?.set_item(text, &value)?;
    Ok(Some(value))
}

/// The real dictionary of a module object.
pub(crate) fn dict<'py>(module: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyDict>> {
    Ok(module.cast::<PyModule>()?.dict())
}

/// The names that its table, extensions, submodules and hooks give; no hook that
/// loads is called.
fn listed(cx: &mut Cx<'_, 'static, CPython>, id: ModuleId) -> PyResult<Vec<Qstr>> {
    let mut names = Vec::new();
    let builtins = cx.host().builtins();
    builtins.dir(cx, id, &mut |name| names.push(name))?;
    Ok(names)
}

fn id_of(cx: &mut Cx<'_, 'static, CPython>, module: &Bound<'_, PyAny>) -> PyResult<ModuleId> {
    let id = cx.host().shared().module_of(module);
    id.ok_or_else(|| {
        let name = module_name(module);
        PyAttributeError::new_err(format!("module '{name}' was unloaded"))
    })
}

/// The name with this text, if a module can know it.
fn name(cx: &mut Cx<'_, 'static, CPython>, text: &Bound<'_, PyAny>) -> Option<Qstr> {
    let text = text.cast::<PyString>().ok()?;
    cx.host().shared().names.get(text.to_str().ok()?)
}

fn is_one_of(names: &[&str], name: &Bound<'_, PyAny>) -> bool {
    let text = name.cast::<PyString>().ok();
    let text = text.and_then(|text| text.to_str().ok());
    text.is_some_and(|text| names.contains(&text))
}

/// Whether it is the spec under which the module itself was found. Another name
/// leads to the same object, whose spec stays.
fn is_own_spec(
    cx: &mut Cx<'_, 'static, CPython>,
    id: ModuleId,
    spec: &Bound<'_, PyAny>,
) -> PyResult<bool> {
    let own = cx.host().shared().import_name(id);
    spec.getattr("name")?.eq(own)
}

/// Whether importlib has just imported that value as a submodule of this name,
/// and tells the package.
fn is_submodule(
    cx: &mut Cx<'_, 'static, CPython>,
    id: ModuleId,
    name: &Bound<'_, PyAny>,
    value: &Bound<'_, PyAny>,
) -> PyResult<bool> {
    if value.cast::<PyModule>().is_err() {
        return Ok(false);
    }
    let full = format!("{}.{name}", cx.host().shared().import_name(id));
    let entry = import::entries(value.py())?.get_item(full)?;
    Ok(entry.is_some_and(|entry| entry.is(value)))
}

fn module_name(module: &Bound<'_, PyAny>) -> String {
    let name = module.getattr("__name__");
    name.map(|name| name.to_string()).unwrap_or_default()
}

#[cold]
fn refused(
    cx: &mut Cx<'_, 'static, CPython>,
    module: &Bound<'_, PyAny>,
    id: ModuleId,
    name: &Bound<'_, PyAny>,
    change: Change,
) -> PyErr {
    let (to, done) = match change {
        Change::Set => (" to set", "set"),
        Change::Delete => (" to delete", "deleted"),
    };
    if !is_constant(cx, id, name) {
        return missing(module, name, to);
    }
    let module_name = module_name(module);
    PyAttributeError::new_err(format!(
        "attribute '{name}' of module '{module_name}' is a constant: it cannot be {done}"
    ))
}

/// What a script wanted of an attribute.
#[derive(Clone, Copy)]
enum Change {
    Set,
    Delete,
}

fn is_constant(cx: &mut Cx<'_, 'static, CPython>, id: ModuleId, text: &Bound<'_, PyAny>) -> bool {
    let builtins = cx.host().builtins();
    let Some(name) = name(cx, text) else {
        return false;
    };
    builtins.table().submodule(id, name).is_some()
        || matches!(builtins.load_global(cx, id, name), Ok(Some(_)))
}

/// With what Python needs to suggest a similar name.
#[cold]
fn missing(module: &Bound<'_, PyAny>, name: &Bound<'_, PyAny>, to: &str) -> PyErr {
    let module_name = module_name(module);
    let error = PyAttributeError::new_err(format!(
        "module '{module_name}' has no attribute '{name}'{to}"
    ));
    let value = error.value(module.py());
    // Two attributes that every such exception has.
    let _ = value.setattr("name", name);
    let _ = value.setattr("obj", module);
    error
}

/// Runs `init` of a module, unless it did; a failed one leaves nothing behind.
pub(crate) fn init(py: Python<'_>, state: &Rc<State>, id: ModuleId) -> PyResult<()> {
    if !state.begin(id) {
        return Ok(());
    }
    let mut context = crate::Context::new(state);
    let done = state.builtins.init(&mut Cx::new(&mut context), id);
    drop(context);
    if done.is_err() {
        // Whatever name it was entered by meanwhile.
        let left = import::leave(py, state, &[id]);
        state.forget(id);
        done?;
        left?;
    }
    Ok(())
}
