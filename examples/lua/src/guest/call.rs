//! Calls of portable functions, and arguments by name.
//!
//! A last argument that is a plain table (no metatable) whose keys are all
//! names of the function's parameters gives these by name:
//! `random.sample(list, { count = 3 })`. For a constructor or an object that is
//! called, whose parameters are not known, all keys must be strings. An empty
//! table is an ordinary argument.

use crate::Lua;
use crate::error::Error;
use crate::guest::adopt::{adopt, enter, fail, offer};
use enroll::Cx;
use enroll_portable::{Args, Bound, Error as Failure, Function, Portable, Type, Value};
use mlua::MultiValue;

/// A portable function as a Lua function.
pub(super) fn function(
    cx: &mut Cx<'_, '_, Lua>,
    function: Function,
) -> Result<mlua::Function, Error> {
    let module = cx.module();
    let context = cx.host();
    let named = names(function);
    Ok(context
        .shared()
        .function(context.lua(), move |cx, arguments: MultiValue| {
            let cx = &mut cx.within(module);
            run(cx, arguments, &named, |cx, args| function.call(cx, args))
        })?)
}

/// A method, which a script hands the instance: `object:method(…)`.
pub(super) fn method(
    cx: &mut Cx<'_, '_, Lua>,
    ty: &'static Type,
    method: Function,
) -> Result<mlua::Function, Error> {
    let module = cx.module();
    let context = cx.host();
    let named = names(method);
    Ok(context
        .shared()
        .function(context.lua(), move |cx, arguments: MultiValue| {
            let cx = &mut cx.within(module);
            let this = arguments.front().map(|this| offer(cx, this));
            match &this {
                Some(Value::Object(object)) if object.type_of().is(ty) => {}
                _ => return Err(no_instance(cx, ty, method)),
            }
            run(cx, arguments, &named, |cx, args| {
                method.call_method(cx, args)
            })
        })?)
}

/// The usual cause is a dot where a colon belongs.
#[cold]
fn no_instance(cx: &mut Cx<'_, '_, Lua>, ty: &'static Type, method: Function) -> Error {
    let name = method.name();
    let message = format!(
        "{name}() needs a '{}' object first: write object:{name}(…)",
        ty.name()
    );
    let module = cx.module();
    let module = cx.host().shared().module_name(module);
    Error::new("TypeError", message).within(module, name)
}

/// A method with its instance.
pub(super) fn bound<'vm>(
    cx: &mut Cx<'_, 'vm, Lua>,
    bound: Bound<'vm>,
) -> Result<mlua::Function, Error> {
    let module = cx.module();
    let method = bound.function();
    let context = cx.host();
    let ticket = context.guests.hold(bound.receiver().clone());
    let named = names(method);
    Ok(context
        .shared()
        .function(context.lua(), move |cx, arguments: MultiValue| {
            let receiver = cx.host().guests.value(&ticket).unwrap_or_default();
            let cx = &mut cx.within(module);
            run(cx, arguments, &named, |cx, args| {
                let mut positional = vec![receiver];
                positional.extend_from_slice(args.positional);
                let args = Args {
                    positional: &positional,
                    ..args
                };
                method.call_method(cx, args)
            })
        })?)
}

/// Calls something portable with a script's arguments.
pub(super) fn run<'vm>(
    cx: &mut Cx<'_, 'vm, Lua>,
    mut arguments: MultiValue,
    named: &impl Fn(&str) -> bool,
    call: impl FnOnce(&mut Cx<'_, 'vm, Portable>, Args<'_, 'vm>) -> Result<Value<'vm>, Failure>,
) -> Result<mlua::Value, Error> {
    let pairs = match arguments.back().and_then(|last| by_name(last, named)) {
        Some(pairs) => {
            arguments.pop_back();
            pairs
        }
        None => Vec::new(),
    };
    let mut positional = Vec::with_capacity(arguments.len());
    for argument in &arguments {
        positional.push(offer(cx, argument));
    }
    let mut keywords = Vec::with_capacity(pairs.len());
    for (name, value) in &pairs {
        keywords.push((name.as_str(), offer(cx, value)));
    }
    let args = Args::new(&positional).with(&keywords);
    match enter(cx, |cx| call(cx, args)) {
        Ok(value) => adopt(cx, value).map_err(|error| {
            let module = cx.module();
            error.within(cx.host().shared().module_name(module), "")
        }),
        Err(error) => Err(fail(cx, error)),
    }
}

fn names(function: Function) -> impl Fn(&str) -> bool {
    let params = function.params();
    move |name| params.iter().any(|param| param.name() == name)
}

/// The pairs of a table that gives arguments by name, sorted.
fn by_name(last: &mlua::Value, named: impl Fn(&str) -> bool) -> Option<Vec<(String, mlua::Value)>> {
    let table = last.as_table().filter(|table| !table.has_metatable())?;
    let mut pairs = Vec::new();
    for pair in table.pairs::<mlua::Value, mlua::Value>() {
        let (key, value) = pair.ok()?;
        let name = key.as_string()?.to_str().ok()?.to_owned();
        if !named(&name) {
            return None;
        }
        pairs.push((name, value));
    }
    pairs.sort_by(|(left, _), (right, _)| left.cmp(right));
    (!pairs.is_empty()).then_some(pairs)
}
