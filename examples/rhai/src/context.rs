//! What a hook of a Rhai module is handed.

use crate::state::State;
use crate::{Error, Rhai};
use alloc::rc::Rc;
use enroll::{Builtins, Pool, Qstr};
use enroll_portable::{Keep, Lent, Value};
use rhai::{Dynamic, Engine, FnPtr};

/// One engine, as hooks and native functions see it.
///
/// A script that calls a native function that calls a script gets a context
/// each time, and all of them reach the same state.
pub struct Context<'vm> {
    state: Rc<State>,
    /// What portable modules keep: the same as `state.keep`, in the lifetime of
    /// this context's values.
    pub(crate) keep: Rc<Keep<'vm>>,
    pub(crate) lent: Lent<'vm>,
    /// How deep portable values are being written or compared.
    pub(crate) depth: u8,
    // A context is made for 'static alone, where both are the identity: they
    // prove that 'vm is 'static to code that is written for any 'vm. So a
    // value of Rhai, which must own what it holds, can hold a portable one.
    own: fn(Value<'vm>) -> Value<'static>,
    see: fn(Value<'static>) -> Value<'vm>,
}

impl Context<'static> {
    pub(crate) fn new(state: &Rc<State>) -> Context<'static> {
        Context {
            state: Rc::clone(state),
            keep: Rc::clone(&state.keep),
            lent: Lent::default(),
            depth: 0,
            own: |value| value,
            see: |value| value,
        }
    }
}

impl<'vm> Context<'vm> {
    /// The modules of this firmware.
    pub fn builtins(&self) -> &'static Builtins<Rhai> {
        self.state.builtins
    }

    /// The names of the build.
    pub fn pool(&self) -> &'static Pool {
        self.state.builtins.pool()
    }

    /// The engine.
    ///
    /// # Errors
    ///
    /// RuntimeError where it is gone: a value outlived it.
    pub fn engine(&self) -> Result<Rc<Engine>, Error> {
        self.state.current.engine()
    }

    /// The name of a text, which is interned unless it is known.
    ///
    /// # Errors
    ///
    /// MemoryError where there are too many names already.
    pub fn intern(&self, text: &str) -> Result<Qstr, Error> {
        let name = self.state.names.borrow_mut().intern(text);
        name.map_err(|error| Error::new("MemoryError", alloc::format!("{error}")))
    }

    /// Calls a function of a script.
    ///
    /// # Errors
    ///
    /// [`Error::Thrown`] with the very error of the script.
    pub fn call(
        &self,
        function: &FnPtr,
        arguments: impl AsMut<[Dynamic]>,
    ) -> Result<Dynamic, Error> {
        let result = self.state.current.call_back(function, arguments);
        result.map_err(Error::Thrown)
    }

    pub(crate) fn shared(&self) -> &Rc<State> {
        &self.state
    }

    /// As what a value of Rhai may hold.
    pub(crate) fn own(&self, value: Value<'vm>) -> Value<'static> {
        (self.own)(value)
    }

    /// As what portable code may hold.
    pub(crate) fn see(&self, value: Value<'static>) -> Value<'vm> {
        (self.see)(value)
    }

    /// Puts back what was lent, before anything else can ask for it.
    pub(crate) fn settle(&mut self) {
        self.keep.settle(&mut self.lent);
    }
}

impl Drop for Context<'_> {
    fn drop(&mut self) {
        self.settle();
    }
}
