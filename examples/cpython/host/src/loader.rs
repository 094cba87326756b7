//! What a spec has: makes a module and initialises it.

use crate::finder::Finder;
use crate::key::Key;
use crate::{module, package};
use enroll::ModuleId;
use pyo3::exceptions::PyImportError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyModule};

/// What the spec of a builtin module says of its origin.
const ORIGIN: &str = "enroll";

/// Where a name leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// The package that all modules are in.
    Package,
    /// A module.
    Module(ModuleId),
}

/// The loader of one module, under one of its names.
#[pyclass(frozen, name = "Loader", module = "enroll")]
pub(crate) struct Loader {
    key: Key,
    target: Target,
    /// The module's own name, where this is another one.
    alias_of: Option<String>,
    is_package: bool,
}

impl Loader {
    /// An `importlib.machinery.ModuleSpec`.
    pub(crate) fn spec<'py>(
        py: Python<'py>,
        finder: &Finder,
        name: &str,
        target: Target,
    ) -> PyResult<Bound<'py, PyAny>> {
        let table = finder.builtins.table();
        let (own, is_package) = match target {
            Target::Package => (finder.package.clone(), true),
            Target::Module(id) => (
                format!("{}.{}", finder.package, table.name_text(id)),
                table.submodules(id).next().is_some(),
            ),
        };
        let loader = Loader {
            key: finder.key,
            target,
            alias_of: (own != name).then_some(own),
            is_package,
        };
        let keywords = PyDict::new(py);
        keywords.set_item("origin", ORIGIN)?;
        // Of a package it makes the empty list of `submodule_search_locations`:
        // submodules are in the table, and a script may add folders.
        keywords.set_item("is_package", is_package)?;
        let spec = py.import("importlib.machinery")?.getattr("ModuleSpec")?;
        spec.call((name, Bound::new(py, loader)?), Some(&keywords))
    }

    /// The module that it loads, of the interpreter with this key.
    pub(crate) fn id(&self, key: Key) -> Option<ModuleId> {
        match self.target {
            Target::Module(id) if self.key == key => Some(id),
            _ => None,
        }
    }

    /// Whether it loads the package of the interpreter with this key.
    pub(crate) fn is_of_package(&self, key: Key) -> bool {
        self.key == key && self.target == Target::Package
    }
}

#[pymethods]
impl Loader {
    /// The module's object, which is one for all its names; that of the package
    /// is an ordinary module, which importlib makes.
    fn create_module<'py>(
        &self,
        py: Python<'py>,
        spec: Bound<'py, PyAny>,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        drop(spec);
        if let Some(own) = &self.alias_of {
            return Ok(Some(py.import(own)?.into_any()));
        }
        let state = self.key.state()?;
        match self.target {
            Target::Package => Ok(None),
            Target::Module(id) => Ok(Some(module::make(py, &state, id)?.into_any())),
        }
    }

    /// Runs `init`, once per interpreter: not at a reload, and not under another
    /// name.
    fn exec_module(&self, py: Python<'_>, module: Bound<'_, PyAny>) -> PyResult<()> {
        if self.alias_of.is_some() {
            return Ok(());
        }
        let state = self.key.state()?;
        let id = match self.target {
            Target::Package => return package::fill(&module.cast_into::<PyModule>()?, &state),
            Target::Module(id) => id,
        };
        if state.module_of(&module) != Some(id) {
            let name = state.import_name(id);
            return Err(PyImportError::new_err(format!(
                "this is not the module object that the loader of '{name}' made"
            )));
        }
        // `importlib.util.LazyLoader` gave it another class until now.
        let class = state.prelude.module.bind(py);
        if !module.get_type().is(class) {
            module.setattr("__class__", class)?;
        }
        module::init(py, &state, id)
    }

    /// `importlib.abc.InspectLoader`.
    fn is_package(&self, fullname: Bound<'_, PyAny>) -> bool {
        drop(fullname);
        self.is_package
    }

    /// There is no code that Python could run.
    fn get_code(&self, fullname: Bound<'_, PyAny>) -> Option<bool> {
        drop(fullname);
        None
    }

    /// There is no source.
    fn get_source(&self, fullname: Bound<'_, PyAny>) -> Option<bool> {
        drop(fullname);
        None
    }
}
