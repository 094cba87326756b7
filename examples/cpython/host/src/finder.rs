//! The finders in `sys.meta_path`.

use crate::key::Key;
use crate::loader::{Loader, Target};
use crate::{CPython, import};
use enroll::{Builtins, Class, ModuleId};
use pyo3::prelude::*;
use pyo3::types::PyString;

/// One of the two finders of an interpreter: for modules that no file can
/// replace, before the path finders; and for those that a file may replace,
/// after them.
#[pyclass(frozen, name = "Finder", module = "enroll")]
pub(crate) struct Finder {
    pub(crate) key: Key,
    pub(crate) builtins: &'static Builtins<CPython>,
    pub(crate) package: String,
    pub(crate) class: Class,
    /// Names of CPython's own modules, which are never answered.
    pub(crate) taken: Py<PyAny>,
}

#[pymethods]
impl Finder {
    /// `importlib.abc.MetaPathFinder.find_spec`.
    #[pyo3(signature = (fullname, path = None, target = None))]
    fn find_spec<'py>(
        &self,
        py: Python<'py>,
        fullname: Bound<'py, PyString>,
        path: Option<Bound<'py, PyAny>>,
        target: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        drop((path, target));
        let Ok(name) = fullname.to_str() else {
            return Ok(None);
        };
        match self.target(py, name)? {
            Some(target) => Loader::spec(py, self, name, target).map(Some),
            None => Ok(None),
        }
    }

    fn __repr__(&self) -> String {
        let which = match self.class {
            Class::Builtin => "builtin",
            Class::Extensible => "extensible",
        };
        format!("<finder of {which} modules of '{}'>", self.package)
    }
}

impl Finder {
    /// What this finder answers to a name.
    fn target(&self, py: Python<'_>, name: &str) -> PyResult<Option<Target>> {
        let first = self.class == Class::Builtin;
        if name == self.package {
            return Ok(first.then_some(Target::Package));
        }
        let below = name.strip_prefix(&self.package);
        if let Some(name) = below.and_then(|below| below.strip_prefix('.')) {
            // In the reserved package no file is in the way of any module.
            let found = if first {
                import::find(self.builtins, name)
            } else {
                None
            };
            return Ok(found.map(Target::Module));
        }
        Ok(match self.outside(py, name)? {
            Some(id) if self.class_of(id) == Some(self.class) => Some(Target::Module(id)),
            _ => None,
        })
    }

    /// The module of a name outside of the package.
    fn outside(&self, py: Python<'_>, name: &str) -> PyResult<Option<ModuleId>> {
        let Some((package, last)) = name.rsplit_once('.') else {
            let is_taken = self.taken.bind(py).contains(name)?;
            return Ok(self.builtins.find_text(name).filter(|_| !is_taken));
        };
        // Every dotted name of the process comes here first.
        if import::find(self.builtins, name).is_none() {
            return Ok(None);
        }
        // Below a package only if that is the builtin one: where a file has
        // taken its place, its submodules are files as well.
        let package = import::entries(py)?.get_item(package)?;
        let Some(id) = package.and_then(|package| self.id_of(&package)) else {
            return Ok(None);
        };
        let last = self.builtins.pool().get(last);
        Ok(last.and_then(|last| self.builtins.table().submodule(id, last)))
    }

    /// The module that a Python object is the object of, as its spec says.
    fn id_of(&self, module: &Bound<'_, PyAny>) -> Option<ModuleId> {
        let loader = module.getattr("__spec__").ok()?.getattr("loader").ok()?;
        loader.cast::<Loader>().ok()?.get().id(self.key)
    }

    fn class_of(&self, id: ModuleId) -> Option<Class> {
        let header = self.builtins.table().header(id).ok()?;
        Some(header.info().class)
    }
}
