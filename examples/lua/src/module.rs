//! A builtin module as a Lua object.
//!
//! A module is an empty table whose metatable leads to the table in read-only
//! memory:
//!
//! - `__index` is a second table that keeps each constant after its first
//!   load: so the next load runs in Lua's own virtual machine, without a call
//!   and without a new string. What it does not have, its own `__index` asks
//!   of the module table: constants, submodules, then hooks, whose answers are
//!   never kept.
//! - `__newindex` stores through the delegation hook; nil deletes. Since the
//!   first table stays empty, every assignment comes here.

use crate::error::{Action, AttributeError};
use crate::near::near;
use crate::{Context, Error, Lua};
use enroll::{Cx, ModuleId, Qstr};
use std::rc::Rc;

/// The module's object, initialised, its package before it.
pub(crate) fn import(cx: &mut Cx<'_, '_, Lua>, id: ModuleId) -> Result<mlua::Table, Error> {
    let builtins = cx.host().builtins();
    if let Some(package) = builtins.table().parent(id) {
        import(cx, package)?;
    }
    let state = Rc::clone(cx.host().shared());
    let object = state.object(id, || object(cx.host(), id))?;
    if state.begin(id)
        && let Err(error) = builtins.init(cx, id)
    {
        state.forget(id)?;
        return Err(error.within(builtins.table().name_text(id), ""));
    }
    Ok(object)
}

/// The attribute names of a module, each once, in the order of `dir`.
pub(crate) fn dir(cx: &mut Cx<'_, '_, Lua>, id: ModuleId) -> Result<Vec<String>, Error> {
    let builtins = cx.host().builtins();
    let state = Rc::clone(cx.host().shared());
    let mut names: Vec<String> = Vec::new();
    builtins.dir(cx, id, &mut |name| {
        if let Some(text) = state.names.text(name)
            && !names.iter().any(|known| known == text)
        {
            names.push(text.to_owned());
        }
    })?;
    Ok(names)
}

fn object(context: &Context<'_>, id: ModuleId) -> mlua::Result<mlua::Table> {
    let lua = context.lua();
    let state = context.shared();
    let name = context.builtins().table().name_text(id);

    let constants = lua.create_table()?;
    let behind = lua.create_table()?;
    let kept = constants.clone();
    let index = state.function(
        lua,
        move |cx, (_, key): (mlua::Value, mlua::Value)| match load(cx, id, &key, Some(&kept))? {
            Some(value) => Ok(value),
            None => Err(missing(cx, id, &key, Action::Load)),
        },
    )?;
    behind.raw_set("__index", index)?;
    constants.set_metatable(Some(behind))?;

    let newindex = state.function(
        lua,
        move |cx, (_, key, value): (mlua::Value, mlua::Value, mlua::Value)| {
            store(cx, id, &key, &value)
        },
    )?;
    let over = state.prelude.over.clone();
    let value_of = state.function(lua, move |cx, (_, key): (mlua::Value, mlua::Value)| {
        load(cx, id, &key, None)
    })?;
    let pairs = state.function(lua, move |cx, module: mlua::Value| {
        let names = dir(cx, id)?;
        Ok(over.call::<mlua::Function>((module, names, &value_of))?)
    })?;
    let text = format!("<module '{name}'>");
    let tostring = lua.create_function(move |_, _: mlua::Value| Ok(text.clone()))?;

    let metatable = lua.create_table()?;
    metatable.raw_set("__index", constants)?;
    metatable.raw_set("__newindex", newindex)?;
    metatable.raw_set("__pairs", pairs)?;
    metatable.raw_set("__tostring", tostring)?;
    metatable.raw_set("__name", "module")?;
    // What `getmetatable` shows: a script cannot take a module apart.
    metatable.raw_set("__metatable", "module")?;
    let object = lua.create_table()?;
    object.set_metatable(Some(metatable))?;
    Ok(object)
}

fn load(
    cx: &mut Cx<'_, '_, Lua>,
    id: ModuleId,
    key: &mlua::Value,
    kept: Option<&mlua::Table>,
) -> Result<Option<mlua::Value>, Error> {
    let Some(name) = name(cx, key) else {
        return Ok(None);
    };
    cx.host().set_attribute(name);
    let builtins = cx.host().builtins();
    let constant = match builtins.load_global(cx, id, name)? {
        None => match builtins.table().submodule(id, name) {
            Some(submodule) => Some(mlua::Value::Table(import(cx, submodule)?)),
            None => None,
        },
        constant => constant,
    };
    if let Some(value) = constant {
        if let Some(kept) = kept {
            kept.raw_set(key, &value)?;
        }
        return Ok(Some(value));
    }
    builtins
        .load(cx, id, name)
        .map_err(|error| failed(cx, id, name, error))
}

fn store(
    cx: &mut Cx<'_, '_, Lua>,
    id: ModuleId,
    key: &mlua::Value,
    value: &mlua::Value,
) -> Result<(), Error> {
    let builtins = cx.host().builtins();
    let action = match value {
        mlua::Value::Nil => Action::Delete,
        _ => Action::Store,
    };
    // A hook may take any name, so a new one is interned for it; a deletion
    // only asks.
    let name = match (action, key.as_string().map(|text| text.to_str())) {
        (Action::Store, Some(Ok(text))) => Some(cx.host().intern(&text)?),
        _ => name(cx, key),
    };
    if let Some(name) = name {
        cx.host().set_attribute(name);
        let done = match action {
            Action::Delete => builtins.delete(cx, id, name),
            _ => builtins.store(cx, id, name, value),
        };
        if done.map_err(|error| failed(cx, id, name, error))? {
            return Ok(());
        }
    }
    Err(missing(cx, id, key, action))
}

fn name(cx: &mut Cx<'_, '_, Lua>, key: &mlua::Value) -> Option<Qstr> {
    cx.host().shared().name(key.as_string()?)
}

/// A hook failed: its error names the attribute.
#[cold]
fn failed(cx: &mut Cx<'_, '_, Lua>, id: ModuleId, name: Qstr, error: Error) -> Error {
    let context = cx.host();
    let module = context.builtins().table().name_text(id);
    error.within(module, context.text(name).unwrap_or("?"))
}

#[cold]
fn missing(cx: &mut Cx<'_, '_, Lua>, id: ModuleId, key: &mlua::Value, action: Action) -> Error {
    let builtins = cx.host().builtins();
    let name = match key {
        mlua::Value::String(text) => text.to_string_lossy(),
        other => other
            .to_string()
            .unwrap_or_else(|_| other.type_name().to_owned()),
    };
    let constant = match self::name(cx, key) {
        Some(name) => is_constant(cx, id, name),
        None => false,
    };
    // A `dir` that fails must not hide this error.
    let names = dir(cx, id).unwrap_or_default();
    let near = if constant || names.contains(&name) {
        // It is spelt right.
        Vec::new()
    } else {
        near(&name, names.iter().map(String::as_str))
    };
    Error::Attribute(Box::new(AttributeError {
        module: builtins.table().name_text(id).to_owned(),
        of: None,
        name,
        action,
        constant,
        near,
    }))
}

fn is_constant(cx: &mut Cx<'_, '_, Lua>, id: ModuleId, name: Qstr) -> bool {
    let builtins = cx.host().builtins();
    builtins.table().submodule(id, name).is_some()
        || matches!(builtins.load_global(cx, id, name), Ok(Some(_)))
}
