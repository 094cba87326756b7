//! What one interpreter knows of the modules of the firmware.

use crate::guest::{Guests, Types};
use crate::names::Interned;
use crate::native::Prelude;
use crate::{Context, Error, Lua, native};
use enroll::{Builtins, Cx, ModuleId, Once, Qstr};
use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::collections::HashMap;
use std::ffi::c_void;
use std::rc::Rc;

/// Words of [`Once`] for as many modules as a [`ModuleId`] can number.
const WORDS: usize = 65_536 / 32;

/// The table is shared and constant; this belongs to one interpreter.
pub(crate) struct State {
    pub(crate) builtins: &'static Builtins<Lua>,
    pub(crate) names: Interned,
    pub(crate) prelude: Prelude,
    pub(crate) pcall: mlua::Function,
    /// Lua's own `require`, to import a package before its submodule.
    pub(crate) require: mlua::Function,
    /// `package.loaded`.
    pub(crate) loaded: mlua::Table,
    /// What portable modules keep in this interpreter.
    pub(crate) guests: Rc<Guests<'static>>,
    pub(crate) types: Types,
    once: RefCell<Box<Once<WORDS>>>,
    /// Modules that are initialised, oldest first.
    order: RefCell<Vec<ModuleId>>,
    objects: RefCell<HashMap<ModuleId, mlua::Table>>,
    /// Back from the object, which lives as long as its entry.
    pointers: RefCell<HashMap<*const c_void, ModuleId>>,
    kept: RefCell<HashMap<(ModuleId, TypeId), Rc<dyn Any>>>,
}

impl State {
    pub(crate) fn new(
        lua: &mlua::Lua,
        builtins: &'static Builtins<Lua>,
    ) -> Result<State, mlua::Error> {
        let globals = lua.globals();
        let package: mlua::Table = globals.get("package")?;
        Ok(State {
            builtins,
            names: Interned::new(builtins.pool()),
            prelude: native::prelude(lua)?,
            pcall: globals.get("pcall")?,
            require: globals.get("require")?,
            loaded: package.get("loaded")?,
            guests: Rc::default(),
            types: Types::new(lua)?,
            once: RefCell::default(),
            order: RefCell::default(),
            objects: RefCell::default(),
            pointers: RefCell::default(),
            kept: RefCell::default(),
        })
    }

    /// A Lua function that runs `native` and raises what it fails with.
    pub(crate) fn function<A, R>(
        self: &Rc<State>,
        lua: &mlua::Lua,
        native: impl Fn(&mut Cx<'_, 'static, Lua>, A) -> Result<R, Error> + 'static,
    ) -> mlua::Result<mlua::Function>
    where
        A: mlua::FromLuaMulti,
        R: mlua::IntoLuaMulti,
    {
        let state = Rc::clone(self);
        let native = lua.create_function(move |lua, arguments: A| {
            let mut context = Context::new(lua, &state);
            let result = native(&mut Cx::new(&mut context), arguments);
            native::answer(lua, result)
        })?;
        self.prelude.guard.call(native)
    }

    /// The name with this text, if a module can know it: from the build, or
    /// because a script stored something under it.
    pub(crate) fn name(&self, text: &mlua::LuaString) -> Option<Qstr> {
        self.names.get(&text.to_str().ok()?)
    }

    /// The module's object, made once.
    pub(crate) fn object(
        &self,
        id: ModuleId,
        make: impl FnOnce() -> mlua::Result<mlua::Table>,
    ) -> mlua::Result<mlua::Table> {
        if let Some(object) = self.objects.borrow().get(&id) {
            return Ok(object.clone());
        }
        let object = make()?;
        self.pointers.borrow_mut().insert(object.to_pointer(), id);
        self.objects.borrow_mut().insert(id, object.clone());
        Ok(object)
    }

    /// The module that a value is the object of.
    pub(crate) fn module_of(&self, value: &mlua::Value) -> Option<ModuleId> {
        let pointer = value.as_table()?.to_pointer();
        self.pointers.borrow().get(&pointer).copied()
    }

    /// Whether `init` is to run now.
    pub(crate) fn begin(&self, id: ModuleId) -> bool {
        let first = self.once.borrow_mut().begin(id) == Some(true);
        if first {
            self.order.borrow_mut().push(id);
        }
        first
    }

    /// Forgets a module whose `init` failed, whatever name it was entered by.
    pub(crate) fn forget(&self, id: ModuleId) -> mlua::Result<()> {
        self.once.borrow_mut().forget(id);
        self.order.borrow_mut().retain(|&known| known != id);
        self.kept
            .borrow_mut()
            .retain(|&(module, _), _| module != id);
        self.guests.forget(id);
        let Some(object) = self.objects.borrow_mut().remove(&id) else {
            return Ok(());
        };
        self.pointers.borrow_mut().remove(&object.to_pointer());
        let names: Vec<mlua::Value> = self
            .loaded
            .pairs::<mlua::Value, mlua::Value>()
            .filter_map(|pair| pair.ok())
            .filter(|(_, value)| value.as_table() == Some(&object))
            .map(|(name, _)| name)
            .collect();
        for name in names {
            self.loaded.raw_set(name, mlua::Value::Nil)?;
        }
        Ok(())
    }

    /// Takes the module that was initialised last.
    pub(crate) fn pop(&self) -> Option<ModuleId> {
        self.order.borrow_mut().pop()
    }

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
