//! The module `enroll`: what scripts can do with modules beyond `require`.

use crate::state::State;
use crate::{Error, Lua, lazy, reload, unload};
use enroll::import::{Bypass, Handle, ImportHost, Importer, Patched};
use enroll::{Cx, Qstr};
use mlua::{LuaString, Table, Value};
use std::rc::Rc;

/// Lets `require "enroll"` give it, made when it is first asked for, unless the
/// firmware has a module of that name.
pub(crate) fn install(lua: &mlua::Lua, state: &Rc<State>) -> mlua::Result<()> {
    if state.builtins.find_text("enroll").is_some() {
        return Ok(());
    }
    let owner = Rc::clone(state);
    let loader = state.function(lua, move |cx, _: Value| {
        let lua = cx.host().lua().clone();
        Ok(table(&lua, &owner)?)
    })?;
    let preload: Table = state.package.get("preload")?;
    preload.raw_set("enroll", loader)
}

fn table(lua: &mlua::Lua, state: &Rc<State>) -> mlua::Result<Table> {
    let enroll = Functions::new(lua, state)?;
    enroll.add("patch", patch)?;
    enroll.add("hide", |cx, (module, name, owner): Place| {
        let (module, name, owner) = place(cx, &module, &name, owner.as_ref())?;
        Importer::new(cx).hide(module, name, owner)
    })?;
    enroll.add("undo", |cx, (module, name, owner): Place| {
        let (module, name, owner) = place(cx, &module, &name, owner.as_ref())?;
        Ok(Importer::new(cx).undo(module, name, owner))
    })?;
    enroll.add("undo_all", |cx, owner: Option<LuaString>| {
        let owner = owned_by(cx, owner.as_ref())?;
        Ok(Importer::new(cx).undo_all(owner))
    })?;
    enroll.add("patches", patches)?;
    enroll.add("builtins", |cx, ()| Ok(Importer::new(cx).builtins()))?;
    enroll.add("builtin", builtin)?;
    enroll.add("is_builtin", |cx, name: String| {
        Importer::new(cx).is_builtin(&name)
    })?;
    enroll.add("help", |cx, module: Value| {
        let module = native(cx, &module)?;
        Importer::new(cx).help(module)
    })?;
    enroll.add("data", |cx, path: LuaString| {
        let path = path.to_str();
        let data = path.ok().and_then(|path| cx.host().shared().data(&path));
        let lua = cx.host().lua();
        Ok(data.map(|bytes| lua.create_string(bytes)).transpose()?)
    })?;
    enroll.add("find", find)?;
    enroll.add("unload", unload)?;
    enroll.add("reload", reload::reload)?;
    enroll.add("restore", reload::restore)?;
    let lazy = Functions::new(lua, state)?;
    lazy.add("install", |cx, bypass: Option<Table>| {
        let bypass = bypasses(bypass.as_ref())?;
        lazy::install(cx, bypass)
    })?;
    lazy.add("uninstall", |cx, ()| lazy::uninstall(cx))?;
    lazy.add("is_waiting", |cx, module: Value| {
        let module = match &module {
            Value::String(name) => cx.host().shared().loaded.raw_get(name)?,
            module => module.clone(),
        };
        Ok(lazy::is_waiting(cx, &module))
    })?;
    lazy.add("report", |cx, ()| report(cx))?;
    enroll.table.raw_set("lazy", lazy.table)?;
    Ok(enroll.table)
}

/// A table of native functions whose errors name them.
struct Functions<'l> {
    lua: &'l mlua::Lua,
    state: &'l Rc<State>,
    table: Table,
}

impl<'l> Functions<'l> {
    fn new(lua: &'l mlua::Lua, state: &'l Rc<State>) -> mlua::Result<Functions<'l>> {
        let table = lua.create_table()?;
        Ok(Functions { lua, state, table })
    }

    fn add<A, R>(
        &self,
        name: &'static str,
        run: impl Fn(&mut Cx<'_, 'static, Lua>, A) -> Result<R, Error> + 'static,
    ) -> mlua::Result<()>
    where
        A: mlua::FromLuaMulti,
        R: mlua::IntoLuaMulti,
    {
        let function = self.state.function(self.lua, move |cx, arguments| {
            let arguments = A::from_lua_multi(arguments, cx.host().lua());
            let done = arguments.map_err(Error::from);
            let done = done.and_then(|arguments| run(cx, arguments));
            done.map_err(|error| error.within("enroll", name))
        })?;
        self.table.raw_set(name, function)
    }
}

/// Module, name and owner.
type Place = (Value, LuaString, Option<LuaString>);

fn patch(
    cx: &mut Cx<'_, '_, Lua>,
    (module, name, value, owner): (Value, LuaString, Value, Option<LuaString>),
) -> Result<(), Error> {
    let (module, name, owner) = place(cx, &module, &name, owner.as_ref())?;
    if value.is_nil() {
        return Importer::new(cx).hide(module, name, owner);
    }
    Importer::new(cx).patch(module, name, owner, value)
}

/// A native module by its name, although a file may have taken its place.
fn builtin(cx: &mut Cx<'_, '_, Lua>, name: String) -> Result<Value, Error> {
    match Importer::new(cx).builtin(&name)? {
        Some(module) => Lua::object(cx, module),
        None => Ok(Value::Nil),
    }
}

/// Module, name and owner, as scripts give them.
fn place(
    cx: &mut Cx<'_, '_, Lua>,
    module: &Value,
    name: &LuaString,
    owner: Option<&LuaString>,
) -> Result<(Handle, Qstr, Qstr), Error> {
    let module = native(cx, module)?;
    let name = cx.host().intern(&name.to_str()?)?;
    Ok((module, name, owned_by(cx, owner)?))
}

/// An owner by its name, else the script that calls.
fn owned_by(cx: &mut Cx<'_, '_, Lua>, owner: Option<&LuaString>) -> Result<Qstr, Error> {
    match owner {
        Some(owner) => cx.host().intern(&owner.to_str()?),
        None => Ok(Lua::owner(cx)),
    }
}

/// A native module: its object, or its name, which is required then.
fn native(cx: &mut Cx<'_, '_, Lua>, module: &Value) -> Result<Handle, Error> {
    let module = match module {
        Value::String(name) => {
            let require = cx.host().shared().require.clone();
            cx.host().call(&require, name)?
        }
        module => module.clone(),
    };
    let state = cx.host().shared();
    let handle = state.objects.handle_of(&module);
    match handle.filter(|_| state.objects.native_of(&module).is_some()) {
        Some(handle) => Ok(handle),
        None => {
            let message = format!(
                "a native module is needed, not a {}: fields of a Lua module are assigned",
                module.type_name()
            );
            Err(Error::new("TypeError", message))
        }
    }
}

/// The patches of a module by name, the newest of each last.
fn patches(cx: &mut Cx<'_, '_, Lua>, module: Value) -> Result<Table, Error> {
    let module = native(cx, &module)?;
    let mut patches = Importer::new(cx).patches(module);
    let context = cx.host();
    patches.sort_by(|(left, _), (right, _)| context.text(*left).cmp(&context.text(*right)));
    let list = context.lua().create_table()?;
    for (name, patch) in patches {
        let entry = context.lua().create_table()?;
        entry.raw_set("name", context.text(name))?;
        entry.raw_set("owner", context.text(patch.owner))?;
        match patch.what {
            Patched::Value(value) => entry.raw_set("value", value)?,
            Patched::Hidden => entry.raw_set("hidden", true)?,
        }
        list.raw_push(entry)?;
    }
    Ok(list)
}

/// The names that left `package.loaded`, and who holds what still.
fn unload(cx: &mut Cx<'_, '_, Lua>, name: String) -> Result<(Vec<String>, Table), Error> {
    let unloaded = unload::unload(cx, &name)?;
    let lua = cx.host().lua();
    let holders = lua.create_table()?;
    for (holder, module) in unloaded.holders {
        let pair = lua.create_table()?;
        pair.raw_set("holder", holder)?;
        pair.raw_set("module", module)?;
        holders.raw_push(pair)?;
    }
    Ok((unloaded.names, holders))
}

/// What `require` would load: nothing is, and what is loaded is not looked at.
/// Else nil, and what the searchers say.
fn find(cx: &mut Cx<'_, '_, Lua>, name: LuaString) -> Result<(Value, Value), Error> {
    let state = Rc::clone(cx.host().shared());
    let apart = lazy::searcher(cx)?;
    let arguments = (&state.package, &state.own, apart, &name);
    let found = cx.host().call(&state.prelude.search, arguments)?;
    let (loader, data, is_native): (Option<mlua::Function>, Value, Option<bool>) = found;
    if loader.is_none() {
        return Ok((Value::Nil, data));
    }
    let spec = cx.host().lua().create_table()?;
    spec.raw_set("name", name)?;
    spec.raw_set("builtin", is_native == Some(true))?;
    spec.raw_set("origin", data)?;
    Ok((Value::Table(spec), Value::Nil))
}

/// `{ names = { … }, packages = { … }, paths = { … } }`.
fn bypasses(lists: Option<&Table>) -> Result<Vec<Bypass>, Error> {
    let mut bypasses = Vec::new();
    let Some(lists) = lists else {
        return Ok(bypasses);
    };
    for pair in lists.pairs::<String, Vec<String>>() {
        let (kind, items) = pair?;
        let bypass = match kind.as_str() {
            "names" => Bypass::Name,
            "packages" => Bypass::Package,
            "paths" => Bypass::Path,
            _ => {
                let message = format!("'{kind}' is no bypass: names, packages and paths are");
                return Err(Error::new("ValueError", message));
            }
        };
        bypasses.extend(items.into_iter().map(bypass));
    }
    Ok(bypasses)
}

fn report(cx: &mut Cx<'_, '_, Lua>) -> Result<Table, Error> {
    let report = lazy::report(cx);
    let lua = cx.host().lua();
    let table = lua.create_table()?;
    for (name, count) in [
        ("waiting", report.proxied),
        ("most", report.most),
        ("loaded", report.loaded),
        ("before", report.before),
        ("bypassed", report.bypassed),
        ("lost", report.lost),
    ] {
        let counts = lua.create_table()?;
        counts.raw_set("found", count.found)?;
        counts.raw_set("builtin", count.builtin)?;
        table.raw_set(name, counts)?;
    }
    Ok(table)
}
