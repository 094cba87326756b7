//! What portable modules do with Rhai values that are nothing of theirs.
//!
//! A range is like a list of integers. Of a custom type of the embedder, the getters, indexers
//! and functions that are registered count.

use crate::guest::adopt::{adopt, receive};
use crate::guest::{Native, enter, native, script};
use crate::{Error, Rhai};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::ops::{Range, RangeInclusive};
use enroll::{Access, Claim, Cx};
use enroll_portable::{Args, Foreign, Operate, Shape, Str, Value};
use rhai::{Dynamic, FnPtr, Map};

pub(super) fn call<'vm>(
    cx: &mut Cx<'_, 'vm, Rhai>,
    callee: &Value<'vm>,
    args: Args<'_, 'vm>,
) -> Result<Value<'vm>, Error> {
    let mut arguments = given(cx, args)?;
    if let Value::Foreign(foreign) = callee
        && let Some(result) = script::call(cx, foreign, &mut arguments)
    {
        return receive(cx, result?);
    }
    let name = callee.type_name();
    let callee = adopt(cx, callee.clone())?;
    let Some(function) = callee.read_lock::<FnPtr>().map(|function| function.clone()) else {
        let message = alloc::format!("'{}' object is not callable", name);
        return Err(Error::new("TypeError", message));
    };
    let result = cx.host().call(&function, arguments)?;
    receive(cx, result)
}

/// The arguments of a call that native code makes.
fn given<'vm>(cx: &mut Cx<'_, 'vm, Rhai>, args: Args<'_, 'vm>) -> Result<Vec<Dynamic>, Error> {
    let mut arguments = Vec::with_capacity(args.positional.len() + 1);
    for argument in args.positional {
        arguments.push(adopt(cx, argument.clone())?);
    }
    if !args.keywords.is_empty() {
        // A script's function has no names for its caller: they come last.
        let mut named = Map::new();
        for (name, argument) in args.keywords {
            let argument = adopt(cx, argument.clone())?;
            named.insert((*name).into(), argument);
        }
        arguments.push(Dynamic::from_map(named));
    }
    Ok(arguments)
}

/// A function of the engine that takes a custom type first, as a method.
pub(super) fn call_method<'vm>(
    cx: &mut Cx<'_, 'vm, Rhai>,
    object: &Value<'vm>,
    name: &str,
    args: Args<'_, 'vm>,
) -> Result<Claim<Value<'vm>>, Error> {
    if script::keys(object).is_some() {
        // Its functions are attributes.
        return Ok(Claim::Declined);
    }
    let mut arguments = given(cx, args)?;
    Ok(match ask(cx, name, object, &mut arguments)? {
        Some(value) => Claim::Value(receive(cx, value)?),
        None => Claim::Declined,
    })
}

pub(super) fn shape<'vm>(
    cx: &mut Cx<'_, 'vm, Rhai>,
    object: &Value<'vm>,
) -> Result<Shape<'vm>, Error> {
    if script::keys(object).is_some() {
        return Ok(Shape::Mapping);
    }
    if range(cx, object)?.is_some() {
        return Ok(Shape::Sequence);
    }
    match plain(cx, object)? {
        Some(value) => enter(cx, |cx| cx.shape(&value)),
        None => Ok(Shape::Opaque),
    }
}

/// An array or object map, where the callee of a function gets a list of the
/// module otherwise.
pub(super) fn own<'vm>(cx: &mut Cx<'_, 'vm, Rhai>, value: Value<'vm>) -> Result<Value<'vm>, Error> {
    let name = value.type_name();
    let value = adopt(cx, value)?;
    match value.is::<Native>() {
        true => receive(cx, value),
        false => Ok(Value::Foreign(Foreign::new(name, value))),
    }
}

/// What [`own`] was given, as a list or dictionary again.
pub(super) fn plain<'vm>(
    cx: &mut Cx<'_, 'vm, Rhai>,
    object: &Value<'vm>,
) -> Result<Option<Value<'vm>>, Error> {
    let Value::Foreign(foreign) = object else {
        return Ok(None);
    };
    match foreign.downcast_ref::<Dynamic>() {
        Some(value) if value.is_array() || value.is_map() => {
            let value = receive(cx, value.clone())?;
            // A map with functions is an object all the same.
            Ok(Some(value).filter(|value| !matches!(value, Value::Foreign(_))))
        }
        _ => Ok(None),
    }
}

pub(super) fn identity(object: &Value<'_>) -> Option<usize> {
    let Value::Foreign(foreign) = object else {
        return None;
    };
    match foreign.downcast_ref::<Dynamic>() {
        Some(value) => Some(core::ptr::from_ref(value).addr()),
        None => script::identity(foreign),
    }
}

/// A property of a custom type.
pub(super) fn attribute<'vm>(
    cx: &mut Cx<'_, 'vm, Rhai>,
    object: &Value<'vm>,
    name: &str,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    if let Some(claim) = script::access(cx, object, name, access, true)? {
        return Ok(claim);
    }
    match access {
        Access::Load => {
            let found = ask(cx, &["get$", name].concat(), object, &mut [])?;
            Ok(match found {
                Some(value) => Claim::Value(receive(cx, value)?),
                None => Claim::Declined,
            })
        }
        Access::Store(value) => {
            let value = adopt(cx, value.clone())?;
            let done = ask(cx, &["set$", name].concat(), object, &mut [value])?;
            Ok(done.map_or(Claim::Declined, |_| Claim::Done))
        }
        Access::Delete => Ok(Claim::Declined),
    }
}

/// An item of a custom type, or of a range.
pub(super) fn item<'vm>(
    cx: &mut Cx<'_, 'vm, Rhai>,
    object: &Value<'vm>,
    index: &Value<'vm>,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    if let Some(key) = index.as_str()
        && let Some(claim) = script::access(cx, object, key, access, false)?
    {
        return match claim {
            Claim::Declined => Err(Error::new("KeyError", "no such key")),
            claim => Ok(claim),
        };
    }
    if let Some((first, last)) = range(cx, object)? {
        if !matches!(access, Access::Load) {
            return Err(Error::new("TypeError", "a range cannot be changed"));
        }
        let length = usize::try_from(count(first, last)).unwrap_or(usize::MAX);
        let position = index
            .as_index(length)
            .map_err(|error| crate::error::fail(None, error))?;
        let item = i64::try_from(position)
            .ok()
            .and_then(|at| first.checked_add(at));
        return Ok(item.map_or(Claim::Declined, |item| Claim::Value(Value::Int(item))));
    }
    if let Some(value) = plain(cx, object)? {
        return enter(cx, |cx| cx.subscript(&value, index, access));
    }
    let index = adopt(cx, index.clone())?;
    match access {
        Access::Load => Ok(match ask(cx, "index$get$", object, &mut [index])? {
            Some(value) => Claim::Value(receive(cx, value)?),
            None => Claim::Declined,
        }),
        Access::Store(value) => {
            let value = adopt(cx, value.clone())?;
            let done = ask(cx, "index$set$", object, &mut [index, value])?;
            Ok(done.map_or(Claim::Declined, |_| Claim::Done))
        }
        Access::Delete => Ok(Claim::Declined),
    }
}

/// Calls a function of the engine; `None` where there is none such. Those for
/// native objects are this host's own, and ask here.
fn ask<'vm>(
    cx: &mut Cx<'_, 'vm, Rhai>,
    name: &str,
    object: &Value<'vm>,
    rest: &mut [Dynamic],
) -> Result<Option<Dynamic>, Error> {
    let mut first = adopt(cx, object.clone())?;
    if first.is::<Native>() {
        return Ok(None);
    }
    let result = cx.host().shared().current.with_context(name, |context| {
        let mut arguments: Vec<&mut Dynamic> = Vec::with_capacity(rest.len() + 1);
        arguments.push(&mut first);
        arguments.extend(rest);
        context.call_native_fn_raw(name, true, &mut arguments)
    });
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) => match &*error {
            rhai::EvalAltResult::ErrorFunctionNotFound(..)
            | rhai::EvalAltResult::ErrorDotExpr(..)
            | rhai::EvalAltResult::ErrorIndexingType(..) => Ok(None),
            _ => Err(Error::Thrown(error)),
        },
    }
}

pub(super) fn len<'vm>(cx: &mut Cx<'_, 'vm, Rhai>, object: &Value<'vm>) -> Result<usize, Error> {
    if let Some((first, last)) = range(cx, object)? {
        return Ok(usize::try_from(count(first, last)).unwrap_or(usize::MAX));
    }
    if let Some(Value::List(keys)) = script::keys(object) {
        return Ok(keys.len());
    }
    if let Some(value) = plain(cx, object)? {
        return enter(cx, |cx| cx.len(&value));
    }
    let length = ask(cx, "len", object, &mut [])?.and_then(|length| length.as_int().ok());
    length
        .and_then(|length| usize::try_from(length).ok())
        .ok_or_else(|| {
            let message = alloc::format!("'{}' object has no len()", object.type_name());
            Error::new("TypeError", message)
        })
}

/// The first and the last number of a range.
pub(super) fn range<'vm>(
    cx: &mut Cx<'_, 'vm, Rhai>,
    object: &Value<'vm>,
) -> Result<Option<(i64, i64)>, Error> {
    let value = adopt(cx, object.clone())?;
    if let Some(range) = value.read_lock::<Range<i64>>() {
        // An empty one whatever the number is.
        return Ok(Some(match range.end.checked_sub(1) {
            Some(last) => (range.start, last),
            None => (0, -1),
        }));
    }
    let range = value.read_lock::<RangeInclusive<i64>>();
    Ok(range.map(|range| (*range.start(), *range.end())))
}

fn count(first: i64, last: i64) -> u128 {
    u128::try_from(i128::from(last) - i128::from(first) + 1).unwrap_or(0)
}

pub(super) fn equal<'vm>(
    cx: &mut Cx<'_, 'vm, Rhai>,
    left: &Value<'vm>,
    right: &Value<'vm>,
) -> Result<bool, Error> {
    if left == right {
        return Ok(true);
    }
    let right = adopt(cx, right.clone())?;
    if right.is::<Native>() {
        return Ok(false);
    }
    let answer = ask(cx, "==", left, &mut [right])?;
    Ok(answer.is_some_and(|answer| answer.as_bool().unwrap_or_default()))
}

pub(super) fn text<'vm>(cx: &mut Cx<'_, 'vm, Rhai>, object: &Value<'vm>) -> Result<String, Error> {
    let value = adopt(cx, object.clone())?;
    let written = ask(cx, "to_string", object, &mut [])?;
    Ok(match written.and_then(|text| text.into_string().ok()) {
        Some(text) => text,
        None if value.is::<Native>() => alloc::format!("<{}>", object.type_name()),
        None => value.to_string(),
    })
}

/// Prints where scripts do. Rhai prints lines, so the end of one is taken off.
pub(super) fn print(cx: &mut Cx<'_, '_, Rhai>, text: &str) -> Result<(), Error> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    // Of all texts, this type has a function that is always there.
    let mut text = native(cx, Value::Str(Str::copied(text)));
    let current = &cx.host().shared().current;
    let printed = current.with_context("print", |context| {
        context.call_native_fn_raw("print", true, &mut [&mut text])
    });
    printed.map(drop).map_err(Error::Thrown)
}
