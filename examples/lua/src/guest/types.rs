//! Native types of one interpreter: each is one Lua value.

use enroll_portable::Type;
use std::cell::RefCell;
use std::collections::HashMap;

/// Native types of one interpreter: each is one Lua value, and so is each of
/// its methods.
pub(crate) struct Types {
    known: RefCell<HashMap<*const Type, (mlua::AnyUserData, mlua::Table)>>,
    /// From an object's identity to its userdata, as long as that lives.
    pub(super) objects: mlua::Table,
}

impl Types {
    pub(crate) fn new(lua: &mlua::Lua) -> mlua::Result<Types> {
        let weak = lua.create_table()?;
        weak.raw_set("__mode", "v")?;
        let objects = lua.create_table()?;
        objects.set_metatable(Some(weak))?;
        Ok(Types {
            known: RefCell::default(),
            objects,
        })
    }

    /// The type as a Lua value, and the table of its methods.
    pub(super) fn of(
        &self,
        ty: &'static Type,
        make: impl FnOnce() -> mlua::Result<(mlua::AnyUserData, mlua::Table)>,
    ) -> mlua::Result<(mlua::AnyUserData, mlua::Table)> {
        let key: *const Type = ty;
        if let Some(known) = self.known.borrow().get(&key) {
            return Ok(known.clone());
        }
        let made = make()?;
        self.known.borrow_mut().insert(key, made.clone());
        Ok(made)
    }
}
