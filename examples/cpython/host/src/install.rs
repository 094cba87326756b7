//! `import` through the module table.

use crate::finder::Finder;
use crate::key::Key;
use crate::loader::Loader;
use crate::state::State;
use crate::{CPython, Error, import, unload};
use enroll::{Builtins, Class, ModuleId};
use pyo3::exceptions::{PyImportError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyList;
use std::rc::Rc;

/// The package that [`install`] puts all modules in.
pub const PACKAGE: &str = "enroll";

/// The modules of one `install`.
#[derive(Clone, Copy, Debug)]
pub struct Modules {
    key: Key,
}

/// Makes the firmware's modules what `import` finds, all of them in the package
/// `enroll`: see [`install_as`].
///
/// # Errors
///
/// As [`install_as`].
pub fn install(py: Python<'_>, builtins: &'static Builtins<CPython>) -> Result<Modules, Error> {
    install_as(py, builtins, PACKAGE)
}

/// Makes the firmware's modules what `import` finds, in a package of that name
/// and, where CPython has no module of a name, without it.
///
/// It checks the table once. Modules answer in the thread that installed them.
/// Calling it again, with another package, is how a process gets two sets of
/// modules; they share nothing but the table. The set that was installed first
/// is asked first for a name without the package.
///
/// At the end the program calls [`Modules::shutdown`]; where Python itself ends
/// in an orderly way, `atexit` does.
///
/// # Errors
///
/// `ImportError` for a table that cannot be used ([`Builtins::verify`]) and for
/// a package that is imported already; `ValueError` for a package that is no
/// identifier.
pub fn install_as(
    py: Python<'_>,
    builtins: &'static Builtins<CPython>,
    package: &str,
) -> Result<Modules, Error> {
    builtins.verify()?;
    let is_start = |char: char| char.is_alphabetic() || char == '_';
    let is_part = |char: char| char.is_alphanumeric() || char == '_';
    if !package.starts_with(is_start) || !package.chars().all(is_part) {
        let message = format!("'{package}' cannot be the name of a package");
        return Err(PyValueError::new_err(message).into());
    }
    if import::entries(py)?.contains(package)? {
        let message = format!("a module '{package}' is imported already");
        return Err(PyImportError::new_err(message).into());
    }
    let key = Key::new();
    let taken = taken(py)?;
    let finder = |class: Class| -> PyResult<Bound<'_, Finder>> {
        let finder = Finder {
            key,
            builtins,
            package: package.to_owned(),
            class,
            taken: taken.clone().unbind(),
        };
        Bound::new(py, finder)
    };
    let (first, last) = (finder(Class::Builtin)?, finder(Class::Extensible)?);
    let state = Rc::new(State::new(py, key, builtins, package)?);
    let at_exit = Bound::new(py, AtExit(key))?.into_any();
    py.import("atexit")?.call_method1("register", (&at_exit,))?;
    state.set_at_exit(at_exit.unbind());
    let meta_path = meta_path(py)?;
    let others = meta_path.iter();
    let others = others.take_while(|finder| finder.cast::<Finder>().is_ok());
    meta_path.insert(others.count(), first)?;
    meta_path.append(last)?;
    Key::keep(state);
    Ok(Modules { key })
}

impl Modules {
    /// Every name that `import` takes below the package: modules and aliases,
    /// sorted.
    ///
    /// # Errors
    ///
    /// `RuntimeError` in another thread, and after the shutdown.
    pub fn names(&self) -> Result<Vec<&'static str>, Error> {
        let builtins = self.key.state()?.builtins;
        let mut names = Vec::new();
        for id in builtins.iter() {
            names.push(builtins.table().name_text(id));
            let aliases = builtins.table().header(id)?.info().aliases.iter();
            names.extend(aliases.filter_map(|&alias| builtins.pool().text(alias)));
        }
        names.sort_unstable();
        Ok(names)
    }

    /// Runs `deinit` of every module that was initialised, the last first, and
    /// takes modules and finders out of the interpreter. All run, whatever one
    /// of them fails with. The second time it does nothing.
    ///
    /// A native function or object that a script still has raises
    /// `RuntimeError` from then on.
    ///
    /// # Errors
    ///
    /// What the first that failed did; `RuntimeError` in another thread.
    pub fn shutdown(&self, py: Python<'_>) -> Result<(), Error> {
        match self.key.find() {
            Some(state) => end(py, &state),
            None if self.key.is_of_this_thread() => Ok(()),
            None => Err(self.key.gone().into()),
        }
    }
}

/// What `atexit` calls. In another thread than that of the modules it cannot do
/// anything.
#[pyclass(frozen, name = "shutdown", module = "enroll")]
struct AtExit(Key);

#[pymethods]
impl AtExit {
    fn __call__(&self, py: Python<'_>) -> PyResult<()> {
        match self.0.find() {
            Some(state) => Ok(end(py, &state)?),
            None => Ok(()),
        }
    }
}

fn end(py: Python<'_>, state: &Rc<State>) -> Result<(), Error> {
    let all: Vec<ModuleId> = state.builtins.iter().collect();
    let ended = unload::end(py, state, &all, true);
    // Those that a lazy import has not initialised yet.
    let left = import::leave(py, state, &all);
    let taken_out = take_out(py, state.key, &state.package);
    Key::take(state.key);
    if let Some(at_exit) = state.take_at_exit() {
        py.import("atexit")?
            .call_method1("unregister", (at_exit,))?;
    }
    ended?;
    left?;
    Ok(taken_out?)
}

fn take_out(py: Python<'_>, key: Key, package: &str) -> PyResult<()> {
    let meta_path = meta_path(py)?;
    let finders: Vec<_> = meta_path.iter().collect();
    for finder in finders {
        let is_ours = finder
            .cast::<Finder>()
            .is_ok_and(|finder| finder.get().key == key);
        if is_ours {
            meta_path.as_any().call_method1("remove", (finder,))?;
        }
    }
    let entries = import::entries(py)?;
    if let Some(module) = entries.get_item(package)? {
        let loader = module.getattr("__spec__")?.getattr("loader")?;
        if loader
            .cast::<Loader>()
            .is_ok_and(|loader| loader.get().is_of_package(key))
        {
            entries.del_item(package)?;
        }
    }
    Ok(())
}

fn meta_path(py: Python<'_>) -> PyResult<Bound<'_, PyList>> {
    let meta_path = py.import("sys")?.getattr("meta_path")?;
    Ok(meta_path.cast_into::<PyList>()?)
}

/// The names of CPython's own modules. A native module of such a name would take
/// the place of one that CPython itself needs.
fn taken(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    py.import("sys")?.getattr("stdlib_module_names")
}
