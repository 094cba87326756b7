//! What one interpreter knows of the modules of the firmware.

use crate::key::Key;
use crate::names::Interned;
use crate::object::{Classes, Held};
use crate::prelude::Prelude;
use crate::{CPython, prelude};
use enroll::{Builtins, ModuleId, Once};
use enroll_portable::Keep;
use pyo3::exceptions::PyRecursionError;
use pyo3::prelude::*;
use pyo3::types::PyModule;
use std::any::{Any, TypeId};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

/// Words of [`Once`] for as many modules as a [`ModuleId`] can number.
const WORDS: usize = 65_536 / 32;

/// The table is shared and constant; this belongs to one interpreter.
pub(crate) struct State {
    pub(crate) key: Key,
    pub(crate) builtins: &'static Builtins<CPython>,
    /// The name of the package that all modules are in.
    pub(crate) package: String,
    pub(crate) names: Interned,
    pub(crate) prelude: Prelude,
    pub(crate) classes: Classes,
    /// What portable modules keep.
    pub(crate) keep: Rc<Keep<'static>>,
    /// Their values that Python objects refer to.
    pub(crate) held: Rc<Held<'static>>,
    once: RefCell<Box<Once<WORDS>>>,
    /// Modules that are initialised, oldest first.
    order: RefCell<Vec<ModuleId>>,
    modules: RefCell<HashMap<ModuleId, Py<PyModule>>>,
    /// Back from the address of the object, which lives as long as its entry.
    addresses: RefCell<HashMap<usize, ModuleId>>,
    kept: RefCell<HashMap<(ModuleId, TypeId), Rc<dyn Any>>>,
    /// What `atexit` has of it.
    at_exit: RefCell<Option<Py<PyAny>>>,
    /// How many native calls are within each other now.
    nested: Cell<u8>,
}

/// Native calls within each other may be this deep: each takes some kilobytes of
/// stack, for which CPython's own limit does not allow.
const NESTED: u8 = 100;

/// A native call under way.
pub(crate) struct Nested<'s>(&'s Cell<u8>);

impl Drop for Nested<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get().saturating_sub(1));
    }
}

impl State {
    pub(crate) fn new(
        py: Python<'_>,
        key: Key,
        builtins: &'static Builtins<CPython>,
        package: &str,
    ) -> PyResult<State> {
        Ok(State {
            key,
            builtins,
            package: package.to_owned(),
            names: Interned::new(builtins.pool()),
            prelude: prelude::run(py, key, package)?,
            classes: Classes::default(),
            keep: Rc::default(),
            held: Rc::default(),
            once: RefCell::default(),
            order: RefCell::default(),
            modules: RefCell::default(),
            addresses: RefCell::default(),
            kept: RefCell::default(),
            at_exit: RefCell::default(),
            nested: Cell::new(0),
        })
    }

    /// Counts a native call until the answer is dropped.
    ///
    /// # Errors
    ///
    /// `RecursionError` where there are too many within each other.
    pub(crate) fn nest(&self) -> PyResult<Nested<'_>> {
        let depth = self.nested.get();
        if depth >= NESTED {
            let message = format!("more than {NESTED} native calls are within each other");
            return Err(PyRecursionError::new_err(message));
        }
        self.nested.set(depth + 1);
        Ok(Nested(&self.nested))
    }

    /// The name under which a module is imported: `enroll.os.path`.
    pub(crate) fn import_name(&self, id: ModuleId) -> String {
        let name = self.builtins.table().name_text(id);
        format!("{}.{name}", self.package)
    }

    /// The same of a module that may be missing: then it is the package.
    pub(crate) fn name_of(&self, module: Option<ModuleId>) -> String {
        match module {
            Some(id) => self.import_name(id),
            None => self.package.clone(),
        }
    }

    /// The module's object, made once.
    pub(crate) fn module<'py>(
        &self,
        py: Python<'py>,
        id: ModuleId,
        make: impl FnOnce() -> PyResult<Bound<'py, PyModule>>,
    ) -> PyResult<Bound<'py, PyModule>> {
        if let Some(module) = self.loaded(py, id) {
            return Ok(module);
        }
        let module = make()?;
        let address = module.as_ptr().addr();
        self.addresses.borrow_mut().insert(address, id);
        self.modules
            .borrow_mut()
            .insert(id, module.clone().unbind());
        Ok(module)
    }

    /// The module's object, where there is one already.
    pub(crate) fn loaded<'py>(
        &self,
        py: Python<'py>,
        id: ModuleId,
    ) -> Option<Bound<'py, PyModule>> {
        let modules = self.modules.borrow();
        Some(modules.get(&id)?.bind(py).clone())
    }

    /// The module that a Python object is the object of.
    pub(crate) fn module_of(&self, object: &Bound<'_, PyAny>) -> Option<ModuleId> {
        let address = object.as_ptr().addr();
        self.addresses.borrow().get(&address).copied()
    }

    /// Whether `init` is to run now.
    pub(crate) fn begin(&self, id: ModuleId) -> bool {
        let first = self.once.borrow_mut().begin(id) == Some(true);
        if first {
            self.order.borrow_mut().push(id);
        }
        first
    }

    /// The modules that are initialised, oldest first.
    pub(crate) fn order(&self) -> Vec<ModuleId> {
        self.order.borrow().clone()
    }

    /// Forgets a module whose `init` failed, or that was unloaded: the next
    /// import makes another object and initialises it.
    pub(crate) fn forget(&self, id: ModuleId) {
        self.once.borrow_mut().forget(id);
        self.order.borrow_mut().retain(|&known| known != id);
        let module = self.modules.borrow_mut().remove(&id);
        if let Some(module) = &module {
            self.addresses.borrow_mut().remove(&module.as_ptr().addr());
        }
        self.keep.forget(id);
        let mut kept = self.kept.borrow_mut();
        let gone = kept.extract_if(|&(module, _), _| module == id);
        let gone: Vec<_> = gone.collect();
        // The end of what is dropped may come back here.
        drop(kept);
        drop((gone, module));
    }

    pub(crate) fn set_at_exit(&self, at_exit: Py<PyAny>) {
        self.at_exit.replace(Some(at_exit));
    }

    pub(crate) fn take_at_exit(&self) -> Option<Py<PyAny>> {
        self.at_exit.take()
    }

    /// What a module of this host keeps: one value of each type.
    pub(crate) fn kept<T: Default + 'static>(&self, module: ModuleId) -> Rc<RefCell<T>> {
        let key = (module, TypeId::of::<T>());
        let known = self.kept.borrow().get(&key).cloned();
        if let Some(Ok(kept)) = known.map(Rc::downcast::<RefCell<T>>) {
            return kept;
        }
        let kept = Rc::<RefCell<T>>::default();
        self.kept.borrow_mut().insert(key, kept.clone());
        kept
    }
}
