//! Running the code of a module of Lua files again.
//!
//! The rules are CPython's, as far as Lua has the same things: the module stays
//! the same table, and names that the new code does not give keep their old
//! value. A chunk gives its names when it returns, so one that fails changes
//! nothing, unless it changed its own table before.

use crate::state::State;
use crate::{Error, Lua, lazy, loaded};
use enroll::Cx;
use enroll::import::{ImportHost, Importer};
use std::rc::Rc;

/// Loads a module again: by its name, or what `require` gave. One that waits is
/// loaded.
pub(crate) fn reload(cx: &mut Cx<'_, '_, Lua>, module: mlua::Value) -> Result<mlua::Value, Error> {
    let state = Rc::clone(cx.host().shared());
    let value: mlua::Value = match &module {
        mlua::Value::String(name) => state.loaded.raw_get(name)?,
        module => module.clone(),
    };
    if lazy::is_waiting(cx, &value) && state.objects.native_of(&value).is_none() {
        return lazy::force(cx, &value);
    }
    let value = state.prelude.real(&value);
    if Lua::handle(cx, &value).is_some() {
        return Importer::new(cx).reload(&value);
    }
    let name = match &module {
        mlua::Value::String(name) if !value.is_nil() => Some(name.to_str()?.to_owned()),
        mlua::Value::String(_) => None,
        _ if loaded::is_reference(&value) => name_of(&state, &value),
        other => {
            let message = format!(
                "a module or its name is needed, not a {}",
                other.type_name()
            );
            return Err(Error::new("TypeError", message));
        }
    };
    match (name, module) {
        (Some(name), _) => run_again(cx, &name),
        (None, mlua::Value::String(name)) => {
            let message = format!("module '{}' is not loaded", name.to_string_lossy());
            Err(Error::new("ImportError", message))
        }
        (None, _) => Err(Error::new("ImportError", "it is not in package.loaded")),
    }
}

/// The first name, sorted, under which `package.loaded` has a module.
fn name_of(state: &State, module: &mlua::Value) -> Option<String> {
    let mut named = loaded::named(state).into_iter();
    named
        .find(|(_, value)| state.is_same(value, module))
        .map(|(name, _)| name)
}

fn run_again(cx: &mut Cx<'_, '_, Lua>, name: &str) -> Result<mlua::Value, Error> {
    let state = Rc::clone(cx.host().shared());
    let apart = lazy::searcher(cx)?;
    let arguments = (&state.package, &state.own, apart, name);
    let found = cx.host().call(&state.prelude.search, arguments)?;
    let (loader, data, is_native): (Option<mlua::Function>, mlua::Value, Option<bool>) = found;
    let loader = match loader {
        Some(loader) if is_native != Some(true) => loader,
        _ => {
            let message = format!("module '{name}' is not found again");
            return Err(Error::new("ModuleNotFoundError", message));
        }
    };
    let old: mlua::Value = state.loaded.raw_get(name)?;
    if let mlua::Value::Table(old) = &old {
        remember(&state, cx.host().lua(), old)?;
    }
    let given: Result<mlua::Value, Error> = cx.host().call(&loader, (name, data));
    let entered: mlua::Value = state.loaded.raw_get(name)?;
    state.loaded.raw_set(name, &old)?;
    let new = match given? {
        mlua::Value::Nil => entered,
        given => lazy::force(cx, &given)?,
    };
    if let mlua::Value::Table(old) = &old {
        state.before.raw_set(old, mlua::Value::Nil)?;
    }
    match (&old, &new) {
        (_, mlua::Value::Nil) => Ok(old),
        (mlua::Value::Table(table), mlua::Value::Table(new)) if is_new(&state, new) => {
            take_over(&state, table, new)?;
            Ok(old)
        }
        _ => {
            state.loaded.raw_set(name, &new)?;
            Ok(new)
        }
    }
}

/// Whether a table is the code's own, and not one that was there before and
/// was only passed on.
fn is_new(state: &State, table: &mlua::Table) -> bool {
    let value = mlua::Value::Table(table.clone());
    let is_entered = || {
        loaded::named(state)
            .iter()
            .any(|(_, known)| *known == value)
    };
    state.objects.handle_of(&value).is_none()
        && !is_entered()
        && loaded::holders(state, &value).is_empty()
}

/// The fields of the new table go into the old one.
///
/// Functions of the new code have the new table in a local variable. So that
/// they see the same fields as whoever has the old one, it becomes a way to the
/// old one: its own fields go, but for metamethods, which Lua looks for in the
/// table itself.
fn take_over(state: &State, old: &mlua::Table, new: &mlua::Table) -> mlua::Result<()> {
    let old_value = mlua::Value::Table(old.clone());
    let new_value = mlua::Value::Table(new.clone());
    for (key, value) in pairs(new)? {
        // `M.__index = M`.
        let is_itself = value == new_value;
        let value = if is_itself { &old_value } else { &value };
        old.raw_set(&key, value)?;
        let is_metamethod = key
            .as_string()
            .is_some_and(|key| key.as_bytes().starts_with(b"__"));
        match is_metamethod {
            true => new.raw_set(&key, value)?,
            false => new.raw_set(&key, mlua::Value::Nil)?,
        }
    }
    if let Some(metatable) = new.metatable() {
        let is_itself = metatable == *new;
        old.set_metatable(Some(if is_itself { old.clone() } else { metatable }))?;
    }
    let metatable: mlua::Table = state.prelude.forward.call(old)?;
    new.set_metatable(Some(metatable))
}

/// Keeps what a module has, for [`restore`]. What it had before a reload that
/// failed stays: what that left behind is not worth restoring.
fn remember(state: &State, lua: &mlua::Lua, module: &mlua::Table) -> mlua::Result<()> {
    if state.before.raw_get::<mlua::Value>(module)? != mlua::Value::Nil {
        return Ok(());
    }
    let fields = lua.create_table()?;
    for (key, value) in pairs(module)? {
        fields.raw_set(key, value)?;
    }
    let before = lua.create_table()?;
    before.raw_set("fields", fields)?;
    before.raw_set("metatable", module.metatable())?;
    state.before.raw_set(module, before)
}

/// Gives a module the fields back that it had before reloads failed. `false`
/// where none did since the last that went well.
pub(crate) fn restore(cx: &mut Cx<'_, '_, Lua>, module: mlua::Value) -> Result<bool, Error> {
    let state = Rc::clone(cx.host().shared());
    let module = match &module {
        mlua::Value::String(name) => state.loaded.raw_get(name)?,
        module => state.prelude.real(module),
    };
    if let Some(handle) = Lua::handle(cx, &module) {
        return Ok(Importer::new(cx).restore(handle));
    }
    let mlua::Value::Table(module) = module else {
        return Ok(false);
    };
    let before: Option<mlua::Table> = state.before.raw_get(&module)?;
    let Some(before) = before else {
        return Ok(false);
    };
    state.before.raw_set(&module, mlua::Value::Nil)?;
    module.clear()?;
    let fields: mlua::Table = before.raw_get("fields")?;
    for (key, value) in pairs(&fields)? {
        module.raw_set(key, value)?;
    }
    module.set_metatable(before.raw_get("metatable")?)?;
    Ok(true)
}

/// The fields of a table, which may change meanwhile.
fn pairs(table: &mlua::Table) -> mlua::Result<Vec<(mlua::Value, mlua::Value)>> {
    table.pairs().collect()
}
