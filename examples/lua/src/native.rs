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
    /// The keys that `pairs` gives, as a list.
    pub(crate) keys: mlua::Function,
    /// A table that scripts can read alone.
    pub(crate) frozen: mlua::Function,
    /// `table.remove`.
    pub(crate) remove: mlua::Function,
}

/// Runs it.
pub(crate) fn prelude(lua: &mlua::Lua) -> mlua::Result<Prelude> {
    let parts: mlua::Table = lua
        .load(include_str!("native.lua"))
        .set_name(CHUNK)
        .eval()?;
    Ok(Prelude {
        guard: parts.get("guard")?,
        over: parts.get("over")?,
        index: parts.get("index")?,
        assign: parts.get("assign")?,
        length: parts.get("length")?,
        keys: parts.get("keys")?,
        frozen: parts.get("frozen")?,
        remove: parts.get("remove")?,
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
            run(&mut cx.within(module), arguments).map_err(|error| {
                let module = module.map(|id| cx.host().builtins().table().name_text(id));
                error.within(module.unwrap_or_default(), &name)
            })
        })
}

/// `script.lua:3: ` of the innermost script that is running.
fn position(lua: &mlua::Lua) -> String {
    for level in 1.. {
        let place = lua.inspect_stack(level, |frame| {
            let line = frame.current_line()?;
            let source = frame.source();
            (source.source.as_deref() != Some(CHUNK))
                .then(|| format!("{}:{line}: ", source.short_src.as_deref().unwrap_or("?")))
        });
        match place {
            Some(None) => {}
            Some(Some(place)) => return place,
            None => break,
        }
    }
    String::new()
}
