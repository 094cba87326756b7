//! What portable modules do with Rhai values that are nothing of theirs.
//!
//! A range is like a list of integers. A function is an iterator: it is called
//! until it gives `()`. Of a custom type of the embedder, the getters, indexers
//! and functions that are registered count.

use crate::guest::adopt::{adopt, offer, receive};
use crate::{Error, Rhai};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::cell::Cell;
use core::ops::{Range, RangeInclusive};
use enroll::{Access, Claim, Cx};
use enroll_portable::{Args, Foreign, Value};
use rhai::{Dynamic, FnPtr, Map};

/// An iteration that a portable module goes through.
enum Iteration {
    Numbers { next: Cell<i64>, last: i64 },
    Calls(FnPtr),
}

pub(super) fn call<'vm>(
    cx: &mut Cx<'_, 'vm, Rhai>,
    callee: &Value<'vm>,
    args: Args<'_, 'vm>,
) -> Result<Value<'vm>, Error> {
    let callee = adopt(cx, callee.clone())?;
    let Some(function) = callee.read_lock::<FnPtr>().map(|function| function.clone()) else {
        let message = alloc::format!("a {} cannot be called", callee.type_name());
        return Err(Error::new("TypeError", message));
    };
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
    let result = cx.host().call(&function, arguments)?;
    receive(cx, result)
}

/// A property of a custom type.
pub(super) fn attribute<'vm>(
    cx: &mut Cx<'_, 'vm, Rhai>,
    object: &Value<'vm>,
    name: &str,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
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

/// Calls a function of the engine; `None` where there is none such.
fn ask<'vm>(
    cx: &mut Cx<'_, 'vm, Rhai>,
    name: &str,
    object: &Value<'vm>,
    rest: &mut [Dynamic],
) -> Result<Option<Dynamic>, Error> {
    let mut first = adopt(cx, object.clone())?;
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
    let length = ask(cx, "len", object, &mut [])?.and_then(|length| length.as_int().ok());
    length
        .and_then(|length| usize::try_from(length).ok())
        .ok_or_else(|| {
            let message = alloc::format!("a {} has no length", object.type_name());
            Error::new("TypeError", message)
        })
}

/// The first and the last number of a range.
fn range<'vm>(
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

pub(super) fn iter<'vm>(
    cx: &mut Cx<'_, 'vm, Rhai>,
    object: &Value<'vm>,
) -> Result<Value<'vm>, Error> {
    let iteration = match range(cx, object)? {
        Some((first, last)) => Iteration::Numbers {
            next: Cell::new(first),
            last,
        },
        None => {
            let value = adopt(cx, object.clone())?;
            match value.read_lock::<FnPtr>() {
                Some(function) => Iteration::Calls(function.clone()),
                // What is stepped through already.
                None if value.is::<super::Native>() => return Ok(object.clone()),
                None => {
                    let message = alloc::format!("a {} cannot be iterated", value.type_name());
                    return Err(Error::new("TypeError", message));
                }
            }
        }
    };
    Ok(Value::Foreign(Foreign::new("iterator", iteration)))
}

pub(super) fn next<'vm>(
    cx: &mut Cx<'_, 'vm, Rhai>,
    iterator: &Value<'vm>,
) -> Result<Option<Value<'vm>>, Error> {
    let Value::Foreign(foreign) = iterator else {
        return Ok(None);
    };
    match foreign.downcast_ref::<Iteration>() {
        Some(Iteration::Numbers { next, last }) => {
            let number = next.get();
            if number > *last {
                return Ok(None);
            }
            // At the largest number there is no next one, and the range ends.
            match number.checked_add(1) {
                Some(after) => next.set(after),
                None => return Ok(None),
            }
            Ok(Some(Value::Int(number)))
        }
        Some(Iteration::Calls(function)) => step(cx, function),
        None => match foreign.downcast_ref::<Dynamic>().and_then(|value| {
            let function = value.read_lock::<FnPtr>();
            function.map(|function| function.clone())
        }) {
            Some(function) => step(cx, &function),
            None => Err(Error::new("TypeError", "this is no iterator")),
        },
    }
}

fn step<'vm>(cx: &mut Cx<'_, 'vm, Rhai>, function: &FnPtr) -> Result<Option<Value<'vm>>, Error> {
    let item = cx.host().call(function, [])?;
    match item.is_unit() {
        true => Ok(None),
        false => offer(cx, &item).map(Some),
    }
}

pub(super) fn equal<'vm>(
    cx: &mut Cx<'_, 'vm, Rhai>,
    left: &Value<'vm>,
    right: &Value<'vm>,
) -> Result<bool, Error> {
    let right = adopt(cx, right.clone())?;
    let answer = ask(cx, "==", left, &mut [right])?;
    Ok(answer.is_some_and(|answer| answer.as_bool().unwrap_or_default()))
}

pub(super) fn text<'vm>(cx: &mut Cx<'_, 'vm, Rhai>, object: &Value<'vm>) -> Result<String, Error> {
    let value = adopt(cx, object.clone())?;
    let written = ask(cx, "to_string", object, &mut [])?;
    Ok(match written.and_then(|text| text.into_string().ok()) {
        Some(text) => text,
        None => value.to_string(),
    })
}

/// Prints where scripts do. Rhai prints lines, so the end of one is taken off.
pub(super) fn print(cx: &mut Cx<'_, '_, Rhai>, text: &str) -> Result<(), Error> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    // Of all texts, this type has a function that is always there.
    let mut text = super::native(cx, Value::Str(enroll_portable::Str::copied(text)));
    let current = &cx.host().shared().current;
    let printed = current.with_context("print", |context| {
        context.call_native_fn_raw("print", true, &mut [&mut text])
    });
    printed.map(drop).map_err(Error::Thrown)
}
