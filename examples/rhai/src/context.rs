//! What a hook of a Rhai module is handed.

use crate::names::intern;
use crate::state::State;
use crate::{Error, Rhai};
use alloc::rc::Rc;
use alloc::string::ToString;
use core::cell::RefCell;
use enroll::{Builtins, ModuleId, NamesError, Pool, Qstr};
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

    /// The text of a name, of the build or interned since.
    pub fn text(&self, name: Qstr) -> Option<&str> {
        self.pool()
            .text(name)
            .or_else(|| self.state.texts.get(name))
    }

    /// The name of a text, which is interned unless it is known.
    ///
    /// # Errors
    ///
    /// MemoryError where there are too many names already, ValueError for a text
    /// of more than 1,024 bytes.
    pub fn intern(&self, text: &str) -> Result<Qstr, Error> {
        let name = intern(&mut self.state.names.borrow_mut(), &self.state.texts, text);
        name.map_err(|error| {
            let kind = match error {
                NamesError::TooLong { .. } => "ValueError",
                _ => "MemoryError",
            };
            Error::new(kind, error.to_string())
        })
    }

    /// What a module keeps in this engine: one value of each type `T`, made at
    /// first use, dropped with the engine, with a shutdown, or when `init` fails.
    ///
    /// Borrow it shortly: a script that is called meanwhile may come back to
    /// the same module.
    pub fn state<T: Default + 'static>(&self, module: ModuleId) -> Rc<RefCell<T>> {
        self.state.kept(module)
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
    pub(crate) fn owned(&self, value: Value<'vm>) -> Value<'static> {
        (self.own)(value)
    }

    /// As what portable code may hold.
    pub(crate) fn seen(&self, value: Value<'static>) -> Value<'vm> {
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
