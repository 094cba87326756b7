//! A module of the importer as a Lua object.
//!
//! A module is an empty table whose metatable leads to the importer:
//!
//! - `__index` of a native module is a second table that keeps each constant
//!   after its first load: so the next load runs in Lua's own virtual machine,
//!   without a call and without a new string. What it does not have, its own
//!   `__index` asks of the importer: overrides, constants, submodules, then
//!   hooks, whose answers are never kept. A patch takes the name out of it.
//! - `__newindex` stores through the delegation hook, else into the override
//!   layer; nil deletes. Since the first table stays empty, every assignment
//!   comes here.

use crate::error::{Action, AttributeError};
use crate::near::near;
use crate::state::State;
use crate::{Error, Lua};
use enroll::import::{Handle, ImportError, Importer};
use enroll::{Cx, ModuleId, Qstr};
use std::rc::Rc;

/// The object of a native module, initialised, its package before it.
pub(crate) fn import(cx: &mut Cx<'_, '_, Lua>, id: ModuleId) -> Result<mlua::Value, Error> {
    if let Some(package) = cx.host().builtins().table().parent(id) {
        import(cx, package)?;
    }
    if let Some(module) = cx.host().shared().objects.of(id) {
        return Ok(mlua::Value::Table(object(cx, module)?));
    }
    let imported = Importer::new(cx).module_object(id);
    imported.map_err(|error| error.within(cx.host().shared().module_name(Some(id)), ""))
}

/// The object of a module, made once.
pub(crate) fn object(cx: &mut Cx<'_, '_, Lua>, module: Handle) -> Result<mlua::Table, Error> {
    let state = Rc::clone(cx.host().shared());
    if let Some(object) = state.objects.get(module)? {
        return Ok(object);
    }
    if state.imports.borrow().name(module).is_none() {
        return Err(ImportError::Gone.into());
    }
    let native = state.imports.borrow().native(module);
    let lua = cx.host().lua();
    let object = lua.create_table()?;
    match native {
        Some(id) => {
            let constants = lua.create_table()?;
            let behind = lua.create_table()?;
            let index = index(lua, &state, module, Some(constants.clone()))?;
            behind.raw_set("__index", index)?;
            constants.set_metatable(Some(behind))?;
            let metatable = metatable(lua, &state, module, &constants)?;
            object.set_metatable(Some(metatable))?;
            let made = object.clone();
            state.objects.add_native(module, id, made, constants);
        }
        None => {
            let index = index(lua, &state, module, None)?;
            let metatable = metatable(lua, &state, module, index)?;
            object.set_metatable(Some(metatable))?;
            state.objects.add_other(module, &object)?;
        }
    }
    Ok(object)
}

/// The function that loads what Lua itself does not find. One without a table
/// that keeps constants is of a module that goes with its object.
fn index(
    lua: &mlua::Lua,
    state: &Rc<State>,
    module: Handle,
    kept: Option<mlua::Table>,
) -> mlua::Result<mlua::Function> {
    let called = called(state, module);
    let ticket = kept.is_none().then(|| state.objects.ticket(module));
    state.function(lua, move |cx, (object, key): (mlua::Value, mlua::Value)| {
        let _alive_as_long = &ticket;
        if let Some(real) = present(cx, module, &called, &object)? {
            let index = cx.host().shared().prelude.index.clone();
            return cx.host().call(&index, (real, key));
        }
        match load(cx, module, &key, kept.as_ref())? {
            Some(value) => Ok(value),
            None => Err(missing(cx, module, &key, Action::Load)),
        }
    })
}

fn metatable(
    lua: &mlua::Lua,
    state: &Rc<State>,
    module: Handle,
    index: impl mlua::IntoLua,
) -> mlua::Result<mlua::Table> {
    let called = called(state, module);
    let text = format!("<module '{called}'>");
    let tostring = lua.create_function(move |_, _: mlua::Value| Ok(text.clone()))?;
    let name = Rc::clone(&called);
    let newindex = state.function(
        lua,
        move |cx, (object, key, value): (mlua::Value, mlua::Value, mlua::Value)| {
            if let Some(real) = present(cx, module, &name, &object)? {
                let assign = cx.host().shared().prelude.assign.clone();
                return cx.host().call(&assign, (real, key, value));
            }
            store(cx, module, &key, &value)
        },
    )?;
    let over = state.prelude.over.clone();
    let value_of = state.function(lua, move |cx, (_, key): (mlua::Value, mlua::Value)| {
        load(cx, module, &key, None)
    })?;
    let pairs = state.function(lua, move |cx, object: mlua::Value| {
        if let Some(real) = present(cx, module, &called, &object)? {
            let each = cx.host().shared().prelude.each.clone();
            return cx.host().call::<mlua::MultiValue>(&each, real);
        }
        let names = dir(cx, module)?;
        Ok(over.call((object, names, &value_of))?)
    })?;
    let metatable = lua.create_table()?;
    metatable.raw_set("__index", index)?;
    metatable.raw_set("__newindex", newindex)?;
    metatable.raw_set("__pairs", pairs)?;
    metatable.raw_set("__tostring", tostring)?;
    metatable.raw_set("__name", "module")?;
    // What `getmetatable` shows: a script cannot take a module apart.
    metatable.raw_set("__metatable", "module")?;
    Ok(metatable)
}

/// What errors call a module when it is gone.
fn called(state: &State, module: Handle) -> Rc<str> {
    state.name_of(module).into()
}

/// Loads a module that waits. What took its place, where its code put something
/// else into `package.loaded`.
///
/// A script may still hold the object of a module that was unloaded: an error.
fn present(
    cx: &mut Cx<'_, '_, Lua>,
    module: Handle,
    called: &str,
    object: &mlua::Value,
) -> Result<Option<mlua::Value>, Error> {
    if cx.host().imports.borrow().name(module).is_none() {
        let message = format!("module '{called}' was unloaded: require it again");
        return Err(Error::new("ReferenceError", message));
    }
    Importer::new(cx).ensure_loaded(module)?;
    let real = cx.host().shared().prelude.real(object);
    Ok((real != *object).then_some(real))
}

/// The attribute names of a module, each once: constants and overrides in the
/// order of their declaration, then what hooks list. A lazy module is loaded.
pub(crate) fn dir(cx: &mut Cx<'_, '_, Lua>, module: Handle) -> Result<Vec<String>, Error> {
    let all = Importer::new(cx).dir(module)?;
    let mut order = Importer::new(cx).names(module)?;
    let native = cx.host().imports.borrow().native(module);
    let builtins = cx.host().builtins();
    if let Some(id) = native.filter(|id| id.index() < builtins.table().len()) {
        builtins.dir(cx, id, &mut |name| order.push(name))?;
    }
    let state = Rc::clone(cx.host().shared());
    let mut names: Vec<String> = Vec::with_capacity(all.len());
    // `all` has the last word on which names there are, sorted.
    let ordered = order.into_iter().filter_map(|name| state.text(name));
    for name in ordered.chain(all.iter().map(String::as_str)) {
        let is_there = all.binary_search_by(|known| known.as_str().cmp(name));
        if is_there.is_ok() && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    Ok(names)
}

/// An attribute of a module; `kept` gets what a next load may take from there.
pub(crate) fn load(
    cx: &mut Cx<'_, '_, Lua>,
    module: Handle,
    key: &mlua::Value,
    kept: Option<&mlua::Table>,
) -> Result<Option<mlua::Value>, Error> {
    let Some(name) = name(cx, key) else {
        return Ok(None);
    };
    cx.host().set_attribute(name);
    let (value, is_constant) = match find(cx, module, key, name) {
        Ok(found) => found,
        Err(error) => return Err(failed(cx, module, name, error)),
    };
    if let (Some(kept), Some(value), true) = (kept, &value, is_constant) {
        kept.raw_set(key, value)?;
    }
    Ok(value)
}

/// An attribute, and whether it stays as it is until the importer says
/// otherwise.
fn find(
    cx: &mut Cx<'_, '_, Lua>,
    module: Handle,
    key: &mlua::Value,
    name: Qstr,
) -> Result<(Option<mlua::Value>, bool), Error> {
    let is_native = cx.host().imports.borrow().native(module).is_some();
    let bound = match is_native {
        true => Importer::new(cx).binding(module, name)?,
        false => None,
    };
    if let Some(value) = bound {
        let value = match is_patched(cx, module, name) {
            true => value,
            false => cx.host().shared().objects.constant(module, key, value)?,
        };
        return Ok((Some(value), true));
    }
    let value = Importer::new(cx).load(module, name)?;
    let is_constant = is_submodule(cx, module, name, value.as_ref());
    Ok((value, is_constant))
}

/// Whether the override layer has something for a name.
pub(crate) fn is_patched(cx: &mut Cx<'_, '_, Lua>, module: Handle, name: Qstr) -> bool {
    let patches = Importer::new(cx).patches(module);
    patches.iter().any(|(patched, _)| *patched == name)
}

/// Whether a value that was loaded is the builtin submodule of that name.
fn is_submodule(
    cx: &mut Cx<'_, '_, Lua>,
    module: Handle,
    name: Qstr,
    value: Option<&mlua::Value>,
) -> bool {
    let context = cx.host();
    let Some(id) = context.imports.borrow().native(module) else {
        return false;
    };
    let submodule = context.builtins().table().submodule(id, name);
    let found = value.and_then(|value| context.shared().objects.native_of(value));
    submodule.is_some() && submodule == found
}

/// Assigns; nil deletes.
fn store(
    cx: &mut Cx<'_, '_, Lua>,
    module: Handle,
    key: &mlua::Value,
    value: &mlua::Value,
) -> Result<(), Error> {
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
    let Some(name) = name else {
        return Err(missing(cx, module, key, action));
    };
    cx.host().set_attribute(name);
    let mut importer = Importer::new(cx);
    let done = match action {
        Action::Delete => importer.delete(module, name),
        _ => importer.store(module, name, value.clone()),
    };
    done.map_err(|error| {
        if is_refused(cx, module, name, &error) {
            missing(cx, module, key, action)
        } else {
            failed(cx, module, name, error)
        }
    })
}

/// Whether an error is the importer's, that this module has not this name.
pub(crate) fn is_refused(
    cx: &mut Cx<'_, '_, Lua>,
    module: Handle,
    name: Qstr,
    error: &Error,
) -> bool {
    let state = cx.host().shared();
    match error {
        Error::Attribute(error) => {
            error.of.is_none()
                && error.module == state.name_of(module)
                && Some(error.name.as_str()) == state.text(name)
        }
        _ => false,
    }
}

fn name(cx: &mut Cx<'_, '_, Lua>, key: &mlua::Value) -> Option<Qstr> {
    cx.host().shared().name(key.as_string()?)
}

/// A hook failed: its error names the attribute.
#[cold]
fn failed(cx: &mut Cx<'_, '_, Lua>, module: Handle, name: Qstr, error: Error) -> Error {
    let state = cx.host().shared();
    error.within(state.name_of(module), state.text(name).unwrap_or("?"))
}

#[cold]
fn missing(cx: &mut Cx<'_, '_, Lua>, module: Handle, key: &mlua::Value, action: Action) -> Error {
    let name = match key {
        mlua::Value::String(text) => text.to_string_lossy(),
        other => other
            .to_string()
            .unwrap_or_else(|_| other.type_name().to_owned()),
    };
    let constant = match self::name(cx, key) {
        Some(name) => is_constant(cx, module, name),
        None => false,
    };
    // A `dir` that fails must not hide this error.
    let names = dir(cx, module).unwrap_or_default();
    let near = if constant || names.contains(&name) {
        // It is spelt right.
        Vec::new()
    } else {
        near(&name, names.iter().map(String::as_str))
    };
    Error::Attribute(Box::new(AttributeError {
        module: cx.host().shared().name_of(module).to_owned(),
        of: None,
        name,
        action,
        constant,
        near,
    }))
}

/// Whether a module has this name in read-only memory, and shows it.
pub(crate) fn is_constant(cx: &mut Cx<'_, '_, Lua>, module: Handle, name: Qstr) -> bool {
    let native = cx.host().imports.borrow().native(module);
    let table = cx.host().builtins().table();
    native.is_some_and(|id| table.submodule(id, name).is_some())
        || matches!(Importer::new(cx).binding(module, name), Ok(Some(_)))
}
