//! What a hook of a CPython module is handed.

use crate::object::Held;
use crate::state::State;
use crate::{CPython, Error};
use enroll::{Builtins, ModuleId, NamesError, Pool, Qstr};
use enroll_portable::{Keep, Lent};
use pyo3::exceptions::{PyMemoryError, PyValueError};
use std::cell::RefCell;
use std::rc::Rc;

/// One interpreter, as hooks and native functions see it.
///
/// It holds no token: a hook that uses Python has a `Python<'_>` from its
/// arguments, or from `Python::attach`, which costs next to nothing in a thread
/// that is attached already, as one that runs a hook is.
///
/// A script that calls a native function that calls a script gets a context
/// each time, and all of them reach the same state.
pub struct Context<'vm> {
    state: Rc<State>,
    /// The same as those of `state`, in the lifetime of this context's values.
    keep: Rc<Keep<'vm>>,
    held: Rc<Held<'vm>>,
    lent: Lent<'vm>,
    attribute: Option<Qstr>,
    /// How deep portable values are being written or compared.
    pub(crate) depth: u8,
}

impl Context<'static> {
    pub(crate) fn new(state: &Rc<State>) -> Context<'static> {
        Context {
            state: Rc::clone(state),
            keep: Rc::clone(&state.keep),
            held: Rc::clone(&state.held),
            lent: Lent::default(),
            attribute: None,
            depth: 0,
        }
    }
}

impl<'vm> Context<'vm> {
    /// The modules of this firmware.
    pub fn builtins(&self) -> &'static Builtins<CPython> {
        self.state.builtins
    }

    /// The names of the build.
    pub fn pool(&self) -> &'static Pool {
        self.state.builtins.pool()
    }

    /// The text of a name, of the build or interned since.
    pub fn text(&self, name: Qstr) -> Option<&str> {
        self.state.names.text(name)
    }

    /// The name of a text, which is interned unless it is known.
    ///
    /// # Errors
    ///
    /// `MemoryError` where there are too many names already, `ValueError` for
    /// a text of more than 1,024 bytes.
    pub fn intern(&self, text: &str) -> Result<Qstr, Error> {
        self.state.names.intern(text).map_err(|error| {
            let message = error.to_string();
            Error::from(match error {
                NamesError::TooLong { .. } => PyValueError::new_err(message),
                _ => PyMemoryError::new_err(message),
            })
        })
    }

    /// What a module keeps in this interpreter: one value of each type `T`,
    /// made at first use, dropped with the interpreter or when `init` fails.
    ///
    /// Borrow it shortly: a script that is called meanwhile may come back to
    /// the same module.
    ///
    /// ```
    /// # use enroll::{Access, Claim, Cx, Qstr, delegation, qstr};
    /// # use enroll_cpython::{CPython, Error};
    /// # use pyo3::prelude::*;
    /// fn attr<'vm>(
    ///     cx: &mut Cx<'_, 'vm, CPython>,
    ///     name: Qstr,
    ///     access: Access<'_, Py<PyAny>>,
    /// ) -> Result<Claim<Py<PyAny>>, Error> {
    ///     let Some(module) = cx.module() else { return Ok(Claim::Declined) };
    ///     let slots = cx.host().state::<[Option<Py<PyAny>>; 2]>(module);
    ///     let names = [qstr!("ps1"), qstr!("ps2")];
    ///     let claim = delegation::slots(&names, &mut *slots.borrow_mut(), name, access);
    ///     Ok(claim)
    /// }
    /// ```
    pub fn state<T: Default + 'static>(&self, module: ModuleId) -> Rc<RefCell<T>> {
        self.state.kept(module)
    }

    pub(crate) fn shared(&self) -> &Rc<State> {
        &self.state
    }

    pub(crate) fn held(&self) -> &Rc<Held<'vm>> {
        &self.held
    }

    /// What portable modules keep, and where this context puts what it takes
    /// out.
    pub(crate) fn keep(&mut self) -> (&Keep<'vm>, &mut Lent<'vm>) {
        (&self.keep, &mut self.lent)
    }

    /// Puts back what was taken out, before a script runs.
    pub(crate) fn settle(&mut self) {
        self.keep.settle(&mut self.lent);
    }

    /// The attribute that is being loaded: the name of a function found there.
    pub(crate) fn attribute(&self) -> Option<Qstr> {
        self.attribute
    }

    pub(crate) fn set_attribute(&mut self, name: Qstr) {
        self.attribute = Some(name);
    }
}

impl Drop for Context<'_> {
    fn drop(&mut self) {
        self.settle();
    }
}
