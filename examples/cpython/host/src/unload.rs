//! Taking modules out of an interpreter.

use crate::state::State;
use crate::{Arguments, CPython, Context, Error, import, package};
use enroll::{Cx, ModuleId};
use pyo3::exceptions::PyImportError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyModule};
use std::rc::Rc;

/// `unload(module)`, by name or object: the module and everything below it.
///
/// It leaves `sys.modules` under every name, entries of None below it go, and so
/// does the attribute of its package. `deinit` runs where there is one, the
/// module that was initialised last first; then the next import makes a new
/// object and initialises it. A module that has no `deinit` cannot be
/// initialised again: the next import gives the same object.
///
/// Gives `names`, which left, and `holders`: pairs of a loaded module and of
/// which of them it still holds.
pub(crate) fn unload<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = arguments.py();
    let [what] = arguments.exactly()?;
    let state = Rc::clone(cx.host().shared());
    let id = match state.module_of(&what) {
        Some(id) => Some(id),
        None => package::named(&state, &what.extract::<String>()?),
    };
    let Some(id) = id else {
        return Err(PyImportError::new_err(format!("no native module '{what}'")));
    };
    let modules = tree(&state, id);
    let objects: Vec<(String, Bound<'py, PyModule>)> = modules
        .iter()
        .filter_map(|&id| Some((state.import_name(id), state.loaded(py, id)?)))
        .collect();
    let mut names = import::leave(py, &state, &modules)?;
    if names.is_empty() {
        let name = state.import_name(id);
        let message = format!("module {name} not in sys.modules");
        return Err(PyImportError::new_err(message));
    }
    names.extend(unblock(py, &names)?);
    let result = PyDict::new(py);
    result.set_item("names", names)?;
    result.set_item("holders", holders(py, &objects)?)?;
    end(py, &state, &modules, false)?;
    let namespace = py.import("types")?.getattr("SimpleNamespace")?;
    namespace.call((), Some(&result))
}

/// The module and all below it.
fn tree(state: &State, id: ModuleId) -> Vec<ModuleId> {
    let mut modules = vec![id];
    let mut next = 0;
    while let Some(&id) = modules.get(next) {
        let below = state.builtins.table().submodules(id);
        modules.extend(below.map(|(_, id)| id));
        next += 1;
    }
    modules
}

/// Takes the entries of None out that block imports below these names.
fn unblock(py: Python<'_>, names: &[String]) -> PyResult<Vec<String>> {
    let entries = import::entries(py)?;
    let mut blocked: Vec<String> = Vec::new();
    for (entry, value) in entries.copy()? {
        let Ok(entry) = entry.extract::<String>() else {
            continue;
        };
        let is_below = |name: &String| {
            let rest = entry.strip_prefix(name);
            rest.is_some_and(|rest| rest.starts_with('.'))
        };
        if value.is_none() && names.iter().any(is_below) {
            entries.del_item(&entry)?;
            blocked.push(entry);
        }
    }
    Ok(blocked)
}

fn holders(
    py: Python<'_>,
    objects: &[(String, Bound<'_, PyModule>)],
) -> PyResult<Vec<(String, String)>> {
    let mut holders = Vec::new();
    for (name, holder) in import::entries(py)?.copy()? {
        let (Ok(name), Ok(dict)) = (name.extract::<String>(), crate::module::dict(&holder)) else {
            continue;
        };
        for (_, value) in dict.copy()? {
            let held = objects.iter().find(|(_, object)| object.is(&value));
            if let Some((held, _)) = held {
                let pair = (name.clone(), held.clone());
                if !holders.contains(&pair) {
                    holders.push(pair);
                }
            }
        }
    }
    Ok(holders)
}

/// Runs `deinit` of modules that were initialised, the last first, and forgets
/// them: those that have one, or all. All run, whatever one fails with. A module
/// is in `sys.modules` until then, if it was before, since what another one's
/// `deinit` uses was initialised before that.
///
/// # Errors
///
/// What the first that failed did.
pub(crate) fn end(
    py: Python<'_>,
    state: &Rc<State>,
    modules: &[ModuleId],
    all: bool,
) -> Result<(), Error> {
    let mut result = Ok(());
    for id in state.order().into_iter().rev() {
        if !modules.contains(&id) || (!all && !state.builtins.has_deinit(id)?) {
            continue;
        }
        let mut context = Context::new(state);
        let done = state.builtins.deinit(&mut Cx::new(&mut context), id);
        drop(context);
        let left = import::leave(py, state, &[id]);
        state.forget(id);
        result = result.and(done).and(left.map(drop).map_err(Error::from));
    }
    result
}
