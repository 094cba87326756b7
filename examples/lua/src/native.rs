//! Native functions as Lua functions.

use crate::{Error, Lua, NativeFn};
use enroll::Cx;

/// The part of this host that is written in Lua.
pub(crate) struct Prelude {
    /// Wraps a native function so that it raises what it fails with.
    pub(crate) guard: mlua::Function,
    /// `__pairs` of every module.
    pub(crate) over: mlua::Function,
    /// `value[key]`.
    pub(crate) index: mlua::Function,
    /// `value[key] = item`.
    pub(crate) assign: mlua::Function,
    /// `#value`.
    pub(crate) length: mlua::Function,
    /// `pairs(value)`.
    pub(crate) each: mlua::Function,
    /// The keys that `pairs` gives, as a list.
    pub(crate) keys: mlua::Function,
    /// A table that scripts can read alone.
    pub(crate) frozen: mlua::Function,
    /// `table.remove`.
    pub(crate) remove: mlua::Function,
    /// Asks `package.searchers` for a module.
    pub(crate) search: mlua::Function,
    /// A searcher whose modules wait for their first use.
    pub(crate) late: mlua::Function,
    /// What stands for a module until its first use.
    pub(crate) proxy: mlua::Function,
    /// What a value stands for: one that waits is loaded.
    pub(crate) force: mlua::Function,
    /// Lets the object of a module stand for another value.
    pub(crate) settle: mlua::Function,
    /// What leads to another table.
    pub(crate) forward: mlua::Function,
    /// What such a thing stands for, since that is loaded.
    real_of: mlua::Table,
}

impl Prelude {
    /// What a value stands for: itself, unless it was a module that waited for
    /// its first use.
    pub(crate) fn real(&self, value: &mlua::Value) -> mlua::Value {
        let stands_for = match value {
            mlua::Value::Table(_) => self.real_of.raw_get(value).unwrap_or_default(),
            _ => mlua::Value::Nil,
        };
        match stands_for {
            mlua::Value::Nil => value.clone(),
            real => real,
        }
    }
}

/// Runs it.
pub(crate) fn prelude(lua: &mlua::Lua) -> mlua::Result<Prelude> {
    let chunk = |text: &'static str| lua.load(text).set_name(CHUNK);
    let parts: mlua::Table = chunk(include_str!("native.lua")).eval()?;
    // Lua's own refuses where a metatable is protected.
    let set_metatable = lua.create_function(|_, (object, metatable): (mlua::Table, _)| {
        object.set_metatable(metatable)
    })?;
    let proxy: mlua::Table = chunk(include_str!("proxy.lua")).call(set_metatable)?;
    Ok(Prelude {
        guard: parts.get("guard")?,
        over: parts.get("over")?,
        index: parts.get("index")?,
        assign: parts.get("assign")?,
        length: parts.get("length")?,
        each: parts.get("each")?,
        keys: parts.get("keys")?,
        frozen: parts.get("frozen")?,
        remove: parts.get("remove")?,
        search: parts.get("search")?,
        late: parts.get("late")?,
        proxy: proxy.get("proxy")?,
        force: proxy.get("force")?,
        settle: proxy.get("settle")?,
        forward: proxy.get("forward")?,
        real_of: proxy.get("real_of")?,
    })
}

/// The name of that chunk; an error is never placed there.
const CHUNK: &str = "=[enroll]";

/// What `guard` expects of a native function.
pub(crate) fn answer<R: mlua::IntoLuaMulti>(
    lua: &mlua::Lua,
    result: Result<R, Error>,
) -> mlua::Result<mlua::MultiValue> {
    match result {
        Ok(values) => {
            let mut values = values.into_lua_multi(lua)?;
            values.push_front(mlua::Value::Boolean(true));
            Ok(values)
        }
        Err(error) => {
            let error = error.into_value(lua, position(lua))?;
            Ok(mlua::MultiValue::from_iter([
                mlua::Value::Boolean(false),
                error,
            ]))
        }
    }
}

/// A function of a constant table, as the module's attribute that is being
/// loaded.
pub(crate) fn constant(cx: &mut Cx<'_, '_, Lua>, run: NativeFn) -> mlua::Result<mlua::Function> {
    let module = cx.module();
    let context = cx.host();
    let name = context
        .attribute()
        .and_then(|name| context.text(name))
        .unwrap_or("?")
        .to_owned();
    context
        .shared()
        .function(context.lua(), move |cx, arguments: mlua::MultiValue| {
            run(&mut cx.within(module), arguments)
                .map_err(|error| error.within(cx.host().shared().module_name(module), &name))
        })
}

/// `script.lua:3: ` of the innermost script that is running.
pub(crate) fn position(lua: &mlua::Lua) -> String {
    let position = innermost(lua, |source, line| {
        format!("{}:{line}: ", source.short_src.as_deref().unwrap_or("?"))
    });
    position.unwrap_or_default()
}

/// `script.lua` of the innermost script that is running.
pub(crate) fn source(lua: &mlua::Lua) -> Option<String> {
    innermost(lua, |source, _| {
        let whole = source.source.as_deref().unwrap_or("?");
        // A chunk that has no name is named by its text.
        let name = whole.strip_prefix(['@', '=']);
        name.or(source.short_src.as_deref())
            .unwrap_or("?")
            .to_owned()
    })
}

fn innermost<R>(
    lua: &mlua::Lua,
    read: impl Fn(&mlua::debug::DebugSource<'_>, usize) -> R,
) -> Option<R> {
    for level in 1.. {
        let found = lua.inspect_stack(level, |frame| {
            let line = frame.current_line()?;
            let source = frame.source();
            (source.source.as_deref() != Some(CHUNK)).then(|| read(&source, line))
        });
        match found {
            Some(None) => {}
            Some(found) => return found,
            None => break,
        }
    }
    None
}
