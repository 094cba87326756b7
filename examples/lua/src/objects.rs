//! The module objects of one interpreter, and back from an object to its
//! module.

use enroll::ModuleId;
use enroll::import::Handle;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::ffi::c_void;
use std::rc::Rc;

/// The module objects of one interpreter.
///
/// Native modules live until they are unloaded. Any other object lives as long
/// as scripts have it: Lua holds it in weak tables here, and when its
/// [`Ticket`] is collected, the importer forgets the module as well.
pub(crate) struct Objects {
    natives: RefCell<HashMap<Handle, Native>>,
    ids: RefCell<HashMap<ModuleId, Handle>>,
    /// Back from a native module's object, which lives as long as its entry.
    pointers: RefCell<HashMap<*const c_void, Handle>>,
    /// The other objects by handle.
    others: mlua::Table,
    /// And back. A pointer would not do: something else could lie there before
    /// Lua says that the object is collected.
    handles: mlua::Table,
    returned: Rc<RefCell<Vec<Handle>>>,
}

/// A native module's object.
struct Native {
    id: ModuleId,
    object: mlua::Table,
    /// What its metatable keeps of the module's constants, and of patches.
    constants: mlua::Table,
    /// Constants by names that were patched once, so that a function is the same
    /// one when the patch is taken back; false for one that was never loaded.
    aside: OnceCell<mlua::Table>,
}

/// Belongs to an object that is no native module: something that only the
/// object's metatable leads to holds it.
pub(crate) struct Ticket {
    module: Handle,
    returned: Rc<RefCell<Vec<Handle>>>,
}

impl Drop for Ticket {
    fn drop(&mut self) {
        // Lua collects while native code runs, so nothing happens here that
        // could come back to it.
        self.returned.borrow_mut().push(self.module);
    }
}

impl Objects {
    pub(crate) fn new(lua: &mlua::Lua) -> mlua::Result<Objects> {
        let weak = |mode: &str| {
            let behind = lua.create_table()?;
            behind.raw_set("__mode", mode)?;
            let table = lua.create_table()?;
            table.set_metatable(Some(behind))?;
            mlua::Result::Ok(table)
        };
        Ok(Objects {
            natives: RefCell::default(),
            ids: RefCell::default(),
            pointers: RefCell::default(),
            others: weak("v")?,
            handles: weak("k")?,
            returned: Rc::default(),
        })
    }

    /// The object of a module, if it has one.
    pub(crate) fn get(&self, module: Handle) -> mlua::Result<Option<mlua::Table>> {
        if let Some(native) = self.natives.borrow().get(&module) {
            return Ok(Some(native.object.clone()));
        }
        self.others.raw_get(key(module))
    }

    pub(crate) fn add_native(
        &self,
        module: Handle,
        id: ModuleId,
        object: mlua::Table,
        constants: mlua::Table,
    ) {
        let native = Native {
            id,
            object,
            constants,
            aside: OnceCell::new(),
        };
        let pointer = native.object.to_pointer();
        self.pointers.borrow_mut().insert(pointer, module);
        self.ids.borrow_mut().insert(id, module);
        self.natives.borrow_mut().insert(module, native);
    }

    pub(crate) fn add_other(&self, module: Handle, object: &mlua::Table) -> mlua::Result<()> {
        self.others.raw_set(key(module), object)?;
        self.handles.raw_set(object, key(module))
    }

    /// An object that is no module any more, or stands for one that is loaded.
    pub(crate) fn remove_other(&self, module: Handle) -> mlua::Result<()> {
        let object: mlua::Value = self.others.raw_get(key(module))?;
        if !object.is_nil() {
            self.others.raw_set(key(module), mlua::Value::Nil)?;
            self.handles.raw_set(object, mlua::Value::Nil)?;
        }
        Ok(())
    }

    pub(crate) fn ticket(&self, module: Handle) -> Ticket {
        Ticket {
            module,
            returned: Rc::clone(&self.returned),
        }
    }

    /// The modules whose objects were collected since the last call.
    pub(crate) fn returned(&self) -> Vec<Handle> {
        std::mem::take(&mut *self.returned.borrow_mut())
    }

    /// The module that a value is the object of.
    pub(crate) fn handle_of(&self, value: &mlua::Value) -> Option<Handle> {
        let table = value.as_table()?;
        let native = self.pointers.borrow().get(&table.to_pointer()).copied();
        native.or_else(|| {
            let raw: Option<i64> = self.handles.raw_get(table).ok()?;
            raw.map(|raw| Handle::from_raw(raw as u64))
        })
    }

    /// The native module that a value is the object of.
    pub(crate) fn native_of(&self, value: &mlua::Value) -> Option<ModuleId> {
        let pointer = value.as_table()?.to_pointer();
        let module = self.pointers.borrow().get(&pointer).copied()?;
        Some(self.natives.borrow().get(&module)?.id)
    }

    /// The module object of a native module.
    pub(crate) fn of(&self, id: ModuleId) -> Option<Handle> {
        self.ids.borrow().get(&id).copied()
    }

    /// A name was patched, or a patch of it taken back: the next load asks the
    /// importer.
    pub(crate) fn changed(&self, lua: &mlua::Lua, module: Handle, name: &str) -> mlua::Result<()> {
        let natives = self.natives.borrow();
        let Some(native) = natives.get(&module) else {
            return Ok(());
        };
        if native.aside.get().is_none() {
            let made = lua.create_table()?;
            native.aside.get_or_init(|| made);
        }
        if let Some(aside) = native.aside.get()
            && aside.raw_get::<mlua::Value>(name)?.is_nil()
        {
            // The first time it can be nothing else than the constant.
            let constant: mlua::Value = native.constants.raw_get(name)?;
            match constant {
                mlua::Value::Nil => aside.raw_set(name, false)?,
                module if self.handle_of(&module).is_some() => aside.raw_set(name, false)?,
                constant => aside.raw_set(name, constant)?,
            }
        }
        native.constants.raw_set(name, mlua::Value::Nil)
    }

    /// A constant that was loaded: the one that was there before a patch, if
    /// there was one.
    pub(crate) fn constant(
        &self,
        module: Handle,
        name: &mlua::Value,
        constant: mlua::Value,
    ) -> mlua::Result<mlua::Value> {
        let natives = self.natives.borrow();
        let Some(aside) = natives.get(&module).and_then(|native| native.aside.get()) else {
            return Ok(constant);
        };
        if self.handle_of(&constant).is_some() {
            // A submodule has one object anyway, as long as it is loaded.
            return Ok(constant);
        }
        match aside.raw_get(name)? {
            mlua::Value::Nil => Ok(constant),
            mlua::Value::Boolean(false) => {
                aside.raw_set(name, &constant)?;
                Ok(constant)
            }
            kept => Ok(kept),
        }
    }

    /// Forgets a native module, and what others may have kept of it: its
    /// package its object.
    pub(crate) fn forget(&self, module: Handle) -> mlua::Result<()> {
        for native in self.natives.borrow().values() {
            native.constants.clear()?;
        }
        // Its object may not be made yet.
        let native = self.natives.borrow_mut().remove(&module);
        if let Some(native) = native {
            self.ids.borrow_mut().remove(&native.id);
            let pointer = native.object.to_pointer();
            self.pointers.borrow_mut().remove(&pointer);
        }
        Ok(())
    }
}

/// A handle as a key of a Lua table.
fn key(module: Handle) -> i64 {
    module.raw() as i64
}
