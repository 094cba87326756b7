//! What a hook of a Lua module is handed.

use crate::Error;
use crate::guest::{Guests, Lent};
use crate::state::State;
use enroll::import::{Importer, Imports};
use enroll::{Builtins, Cx, ModuleId, NamesError, Pool, Qstr};
use std::cell::RefCell;
use std::rc::Rc;

/// One interpreter, as hooks and native functions see it.
///
/// A script that calls a native function that calls a script gets a context
/// each time, and all of them reach the same state.
pub struct Context<'vm> {
    lua: mlua::Lua,
    state: Rc<State>,
    /// What is imported: the same as `state.imports`, in the lifetime of this
    /// context's values.
    pub(crate) imports: Rc<RefCell<Imports<'vm, crate::Lua>>>,
    /// What portable modules keep: the same as `state.guests`, in the lifetime
    /// of this context's values.
    pub(crate) guests: Rc<Guests<'vm>>,
    pub(crate) lent: Option<Lent<'vm>>,
    attribute: Option<Qstr>,
    /// How deep portable values are being written or compared.
    pub(crate) depth: u8,
}

impl Context<'static> {
    pub(crate) fn new(lua: &mlua::Lua, state: &Rc<State>) -> Context<'static> {
        state.guests.reclaim();
        let mut context = Context {
            lua: lua.clone(),
            state: Rc::clone(state),
            imports: Rc::clone(&state.imports),
            guests: Rc::clone(&state.guests),
            lent: None,
            attribute: None,
            depth: 0,
        };
        for module in state.objects.returned() {
            Importer::new(&mut Cx::<crate::Lua>::new(&mut context)).release(module);
        }
        context
    }
}

impl Context<'_> {
    /// The interpreter.
    pub fn lua(&self) -> &mlua::Lua {
        &self.lua
    }

    /// The modules of this firmware.
    pub fn builtins(&self) -> &'static Builtins<crate::Lua> {
        self.state.builtins
    }

    /// The names of the build.
    pub fn pool(&self) -> &'static Pool {
        self.state.builtins.pool()
    }

    /// The text of a name, of the build or interned since.
    pub fn text(&self, name: Qstr) -> Option<&str> {
        self.state.text(name)
    }

    /// The name of a text, which is interned unless it is known.
    ///
    /// # Errors
    ///
    /// `MemoryError` where there are too many names already, `ValueError` for
    /// a text of more than 1,024 bytes.
    pub fn intern(&self, text: &str) -> Result<Qstr, Error> {
        let name = self.imports.borrow_mut().names.intern(text);
        name.map_err(|error| {
            let kind = match error {
                NamesError::TooLong { .. } => "ValueError",
                _ => "MemoryError",
            };
            Error::new(kind, error.to_string())
        })
    }

    /// What a module keeps in this interpreter: one value of each type `T`,
    /// made at first use, dropped with the interpreter, with an unload, or when
    /// `init` fails.
    ///
    /// Borrow it shortly: a script that is called meanwhile may come back to
    /// the same module.
    ///
    /// ```
    /// # use enroll::{Access, Claim, Cx, Qstr, delegation, qstr};
    /// # use enroll_lua::{Error, Lua};
    /// fn attr<'vm>(
    ///     cx: &mut Cx<'_, 'vm, Lua>,
    ///     name: Qstr,
    ///     access: Access<'_, mlua::Value>,
    /// ) -> Result<Claim<mlua::Value>, Error> {
    ///     let Some(module) = cx.module() else { return Ok(Claim::Declined) };
    ///     let slots = cx.host().state::<[Option<mlua::Value>; 2]>(module);
    ///     let names = [qstr!("ps1"), qstr!("ps2")];
    ///     let claim = delegation::slots(&names, &mut *slots.borrow_mut(), name, access);
    ///     Ok(claim)
    /// }
    /// ```
    pub fn state<T: Default + 'static>(&self, module: ModuleId) -> Rc<RefCell<T>> {
        self.state.kept(module)
    }

    /// Calls a function of a script.
    ///
    /// # Errors
    ///
    /// [`Error::Thrown`] with the very value that the script raised.
    pub fn call<R: mlua::FromLuaMulti>(
        &self,
        function: &mlua::Function,
        arguments: impl mlua::IntoLuaMulti,
    ) -> Result<R, Error> {
        self.call_value(function, arguments)
    }

    /// Calls whatever a script can call.
    pub(crate) fn call_value<R: mlua::FromLuaMulti>(
        &self,
        function: impl mlua::IntoLua,
        arguments: impl mlua::IntoLuaMulti,
    ) -> Result<R, Error> {
        let mut results: mlua::MultiValue = self
            .state
            .pcall
            .call((function, arguments.into_lua_multi(&self.lua)?))?;
        match results.pop_front() {
            Some(mlua::Value::Boolean(true)) => Ok(R::from_lua_multi(results, &self.lua)?),
            _ => Err(Error::Thrown(results.pop_front().unwrap_or_default())),
        }
    }

    pub(crate) fn shared(&self) -> &Rc<State> {
        &self.state
    }

    /// The attribute that is being loaded: what a function found there is
    /// called in its errors.
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
