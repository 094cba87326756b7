//! Names of modules, and the table of those that are loaded.

use crate::CPython;
use crate::state::State;
use enroll::{Builtins, Cx, ModuleId};
use pyo3::prelude::*;
use pyo3::types::PyDict;

/// The module of a name without the package: registered, an alias, or a
/// submodule of one of them. Nothing is imported.
pub(crate) fn find(builtins: &Builtins<CPython>, name: &str) -> Option<ModuleId> {
    builtins.table().find_dotted(name)
}

/// The module as `import` gives it.
pub(crate) fn module<'py>(
    cx: &mut Cx<'_, '_, CPython>,
    py: Python<'py>,
    id: ModuleId,
) -> PyResult<Bound<'py, PyAny>> {
    let name = cx.host().shared().import_name(id);
    Ok(py.import(name)?.into_any())
}

/// `sys.modules`.
pub(crate) fn entries(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    let modules = py.import("sys")?.getattr("modules")?;
    Ok(modules.cast_into::<PyDict>()?)
}

/// Takes modules out of `sys.modules`, under every name they were entered by,
/// and out of their packages. Gives the names, sorted.
pub(crate) fn leave(py: Python<'_>, state: &State, modules: &[ModuleId]) -> PyResult<Vec<String>> {
    let entries = entries(py)?;
    let mut names: Vec<String> = Vec::new();
    for (name, value) in entries.copy()? {
        let is_one = state
            .module_of(&value)
            .is_some_and(|id| modules.contains(&id));
        if is_one && let Ok(name) = name.extract() {
            names.push(name);
        }
    }
    names.sort_unstable();
    for name in &names {
        let module = entries.get_item(name)?;
        entries.del_item(name)?;
        unbind(&entries, name, module)?;
    }
    Ok(names)
}

/// Takes the attribute away that a package has of a submodule.
fn unbind(
    entries: &Bound<'_, PyDict>,
    name: &str,
    module: Option<Bound<'_, PyAny>>,
) -> PyResult<()> {
    let Some((package, last)) = name.rsplit_once('.') else {
        return Ok(());
    };
    let Some(package) = entries.get_item(package)? else {
        return Ok(());
    };
    let Ok(dict) = crate::module::dict(&package) else {
        return Ok(());
    };
    let bound = dict.get_item(last)?;
    if let (Some(bound), Some(module)) = (bound, module)
        && bound.is(&module)
    {
        dict.del_item(last)?;
    }
    Ok(())
}
