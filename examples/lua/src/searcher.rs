//! What `package.searchers` has of this host: native modules before and after
//! Lua's own files, and what the importer's finders have between them.

use crate::near::{near, phrase};
use crate::state::State;
use crate::{Error, Lua, lazy, module, shared};
use enroll::import::{Code, Finder, Handle, Importer, Kind, Request, Spec};
use enroll::{Class, Cx, ModuleId};
use std::rc::Rc;

/// Adds the searchers to those that Lua has.
pub(crate) fn install(lua: &mlua::Lua, state: &Rc<State>) -> mlua::Result<()> {
    let first = native(lua, state, Class::Builtin)?;
    let last = native(lua, state, Class::Extensible)?;
    state.own.raw_set(&first, true)?;
    state.own.raw_set(&last, true)?;
    let searchers: mlua::Table = state.package.get("searchers")?;
    // After `package.preload`.
    searchers.raw_insert(2, first)?;
    searchers.raw_insert(3, found(lua, state, false)?)?;
    searchers.raw_push(found(lua, state, true)?)?;
    searchers.raw_push(last)
}

/// A searcher for native modules: it gives a loader, or tells why not.
fn native(lua: &mlua::Lua, state: &Rc<State>, class: Class) -> mlua::Result<mlua::Function> {
    let origin = match class {
        Class::Builtin => ":builtin:",
        Class::Extensible => ":extensible:",
    };
    let owner = Rc::clone(state);
    state.function(lua, move |cx, name: mlua::LuaString| {
        let lua = cx.host().lua().clone();
        let text = name.to_string_lossy();
        if find(cx, &text)? != Some(class) {
            // Said once, by the first of the two.
            let told = match class {
                Class::Builtin => Some(lua.create_string(not_found(cx, &text)?)?),
                Class::Extensible => None,
            };
            let told = told.map_or(mlua::Value::Nil, mlua::Value::String);
            return Ok((told, None));
        }
        let loader = owner.function(&lua, move |cx, _: mlua::Value| load(cx, &text))?;
        Ok((mlua::Value::Function(loader), Some(origin)))
    })
}

/// The class of the native module that `require` gives for a name, if that
/// depends on nothing but files.
///
/// A submodule is looked for in the package that `require` gives: where a
/// file has taken the package's place, its submodules are files as well.
fn find(cx: &mut Cx<'_, '_, Lua>, name: &str) -> Result<Option<Class>, Error> {
    if let Some(class) = reserved(cx, name)? {
        return Ok(Some(class));
    }
    let Some(class) = class_of(cx, name)? else {
        return Ok(None);
    };
    if let Some((package, _)) = name.rsplit_once('.') {
        let context = cx.host();
        let state = context.shared();
        let package: mlua::Value = context.call(&state.require, package)?;
        if state.objects.native_of(&package).is_none() {
            return Ok(None);
        }
    }
    Ok(Some(class))
}

/// The class of a native module. Nothing is imported.
fn class_of(cx: &mut Cx<'_, '_, Lua>, name: &str) -> Result<Option<Class>, Error> {
    if let Some(class) = Importer::new(cx).class_of(name)? {
        return Ok(Some(class));
    }
    // A submodule under an alias of its package.
    let table = cx.host().builtins().table();
    let id = id_of(cx.host().shared(), name);
    Ok(id
        .map(|id| table.header(id))
        .transpose()?
        .map(|header| header.info().class))
}

/// The module of the table that a name means, aliases included.
pub(crate) fn id_of(state: &State, name: &str) -> Option<ModuleId> {
    state.builtins.table().find_dotted(name)
}

/// Through the reserved package every native module is found first, unless a
/// module has the package's name.
fn reserved(cx: &mut Cx<'_, '_, Lua>, name: &str) -> Result<Option<Class>, Error> {
    let package = cx.host().imports.borrow().options.reserved.clone();
    let Some(below) = name.strip_prefix(&*package) else {
        return Ok(None);
    };
    if package.is_empty() || class_of(cx, &package)?.is_some() {
        return Ok(None);
    }
    let is_there = match below.strip_prefix('.') {
        Some(native) => class_of(cx, native)?.is_some(),
        None => below.is_empty(),
    };
    Ok(is_there.then_some(Class::Builtin))
}

fn load(cx: &mut Cx<'_, '_, Lua>, name: &str) -> Result<mlua::Value, Error> {
    match Importer::new(cx).import(name) {
        Ok(value) => {
            lazy::note(cx, &value);
            Ok(value)
        }
        Err(error) => {
            let state = cx.host().shared();
            let registered = id_of(state, name).map(|id| state.module_name(Some(id)));
            Err(error.within(registered.unwrap_or(name), ""))
        }
    }
}

fn not_found(cx: &mut Cx<'_, '_, Lua>, name: &str) -> Result<String, Error> {
    let names = names(cx)?;
    let near = near(name, names.iter().map(String::as_str));
    Ok(format!("no builtin module '{name}'{}", phrase(&near)))
}

/// Every name of a native module that `require` takes, sorted.
pub(crate) fn names(cx: &mut Cx<'_, '_, Lua>) -> Result<Vec<String>, Error> {
    let mut names = Importer::new(cx).builtins();
    let builtins = cx.host().builtins();
    for (alias, of) in builtins.table().aliases() {
        if builtins.table().header(of).is_ok() {
            names.extend(builtins.pool().text(alias).map(str::to_owned));
        }
    }
    names.sort_unstable();
    Ok(names)
}

/// A searcher for what the importer's finders have: Lua code in read-only
/// memory, say. Nothing is told where there are none.
///
/// Those of which files take the place are asked in a searcher of their own,
/// behind Lua's.
fn found(lua: &mlua::Lua, state: &Rc<State>, is_late: bool) -> mlua::Result<mlua::Function> {
    let owner = Rc::clone(state);
    state.function(lua, move |cx, name: mlua::LuaString| {
        // A name that is no text is nowhere.
        let Ok(name) = name.to_str() else {
            return Ok((None, None));
        };
        let finders = cx.host().imports.borrow().finders.clone();
        let path = cx.host().imports.borrow().path.clone();
        for finder in finders {
            if is_late != finder.label().ends_with(EXTENSIBLE) {
                continue;
            }
            let request = Request::new(&name, &path, None);
            let Some(spec) = finder.find(cx, &request)? else {
                continue;
            };
            let origin = spec
                .origin
                .clone()
                .unwrap_or_else(|| finder.label().to_owned());
            let lua = cx.host().lua().clone();
            let loader = owner.function(&lua, move |cx, asked: mlua::Value| {
                let state = Rc::clone(cx.host().shared());
                // Whoever has a loader may call it with anything.
                let asked = asked.as_string().and_then(|asked| asked.to_str().ok());
                let asked = asked.as_deref().unwrap_or(&spec.name);
                if let Some(value) = shared::loaded(&state, &spec, asked)? {
                    return Ok(value);
                }
                let code = finder.code(cx, &spec)?;
                let given = run(cx, &spec, &code)?;
                shared::note(&state, &spec, asked, &given)?;
                Ok(given)
            })?;
            return Ok((Some(loader), Some(origin)));
        }
        Ok((None, None))
    })
}

/// How the label of a finder ends for modules of which files take the place:
/// frozen ones, in the firmware or in an image.
const EXTENSIBLE: &str = " extensible";

/// What Lua calls the code of a module: the place of a file that it could be.
fn chunk_name(spec: &Spec, origin: &str) -> String {
    if spec.kind != Kind::Frozen || !matches!(origin, "frozen" | "image") {
        return format!("@{origin}");
    }
    let path = spec.name.replace('.', "/");
    let init = if spec.is_package() { "/init" } else { "" };
    format!("@.{origin}/{path}{init}{}", spec.suffix)
}

/// What of a file is Lua, as its own loader of files has it: without a byte order
/// mark, and without a first line for Unix, which counts as a line.
fn chunk_of(bytes: &[u8]) -> &[u8] {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let skip = match text.first() {
        Some(b'#') => text.iter().position(|&byte| byte == b'\n'),
        _ => Some(0),
    };
    text.get(skip.unwrap_or(text.len())..).unwrap_or_default()
}

/// Runs Lua code as `require` runs a file.
fn run(cx: &mut Cx<'_, '_, Lua>, spec: &Spec, code: &Code) -> Result<mlua::Value, Error> {
    if let Some(why) = refuses(spec.kind) {
        let message = format!("module '{}' cannot be run: {why}", spec.name);
        return Err(Error::new("ImportError", message));
    }
    let context = cx.host();
    let origin = spec.origin.as_deref().unwrap_or(&spec.name);
    let chunk = context.lua().load(chunk_of(&code.bytes));
    // Text only: precompiled code can break the interpreter.
    let chunk = chunk.set_mode(mlua::chunk::ChunkMode::Text);
    let function = chunk.set_name(chunk_name(spec, origin)).into_function()?;
    context.call(&function, (spec.name.as_str(), origin))
}

fn refuses(kind: Kind) -> Option<&'static str> {
    <Lua as enroll::import::ImportHost>::refuses(kind)
}

/// The same for the importer, which has entered the module's object: what the
/// code gives takes its place.
pub(crate) fn exec(
    cx: &mut Cx<'_, '_, Lua>,
    module: Handle,
    spec: &Spec,
    code: &Code,
) -> Result<(), Error> {
    if spec.kind == Kind::Hook {
        // `lazy::Waiting` has run it.
        return Ok(());
    }
    let value = run(cx, spec, code)?;
    let object = module::object(cx, module)?;
    let loaded = &cx.host().shared().loaded;
    let name = spec.name.as_str();
    let entered: mlua::Value = loaded.raw_get(name)?;
    if !value.is_nil() {
        loaded.raw_set(name, value)?;
    } else if entered.as_table() == Some(&object) {
        loaded.raw_set(name, true)?;
    }
    Ok(())
}
