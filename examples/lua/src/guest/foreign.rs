//! What portable modules do with Lua values that are nothing of theirs.
//!
//! A table with a sequence part (`#t > 0`) is like a list to them: its items
//! count from 0, negative positions from the end, and iteration gives the
//! items. Any other table is like a dict: its keys are as they are, and
//! iteration gives them. A function is an iterator as in Lua's `for`: it is
//! called until it gives nil.

use crate::guest::adopt::{adopt, failure, offer};
use crate::{Error, Lua};
use enroll::{Access, Claim, Cx};
use enroll_portable::{Args, Error as Failure, Foreign, Kind, Shape, Value};
use std::cell::Cell;

/// An iteration that a portable module goes through.
enum Iteration {
    Items { of: mlua::Value, done: Cell<i64> },
    Calls(mlua::Function),
}

/// The Lua value that a foreign value is.
pub(super) fn value(cx: &mut Cx<'_, '_, Lua>, foreign: Foreign) -> Result<mlua::Value, Error> {
    if let Some(value) = foreign.downcast_ref::<mlua::Value>() {
        return Ok(value.clone());
    }
    if foreign.downcast_ref::<Iteration>().is_none() {
        let message = format!("a {} is no value of Lua", foreign.type_name());
        return Err(Error::new("NotImplementedError", message));
    }
    let context = cx.host();
    let next = context.shared().function(context.lua(), move |cx, ()| {
        match foreign.downcast_ref::<Iteration>() {
            Some(iteration) => step(cx, iteration),
            None => Ok(mlua::Value::Nil),
        }
    })?;
    Ok(mlua::Value::Function(next))
}

pub(super) fn call<'vm>(
    cx: &mut Cx<'_, 'vm, Lua>,
    callee: &Value<'vm>,
    args: Args<'_, 'vm>,
) -> Result<Value<'vm>, Error> {
    let callee = adopt(cx, callee.clone())?;
    let mlua::Value::Function(function) = &callee else {
        // A table or userdata with `__call`.
        let message = format!("a {} cannot be called", callee.type_name());
        let Some(function) = metamethod(&callee, "__call") else {
            return Err(Error::new("TypeError", message));
        };
        return apply(cx, &function, Some(callee), args);
    };
    apply(cx, function, None, args)
}

fn apply<'vm>(
    cx: &mut Cx<'_, 'vm, Lua>,
    function: &mlua::Function,
    receiver: Option<mlua::Value>,
    args: Args<'_, 'vm>,
) -> Result<Value<'vm>, Error> {
    let mut arguments: Vec<mlua::Value> = receiver.into_iter().collect();
    for argument in args.positional {
        arguments.push(adopt(cx, argument.clone())?);
    }
    if !args.keywords.is_empty() {
        // As a script gives arguments by name to a portable function.
        let named = cx.host().lua().create_table()?;
        for (name, argument) in args.keywords {
            let argument = adopt(cx, argument.clone())?;
            named.raw_set(*name, argument)?;
        }
        arguments.push(mlua::Value::Table(named));
    }
    let arguments = mlua::MultiValue::from_vec(arguments);
    let result: mlua::Value = cx.host().call(function, arguments)?;
    Ok(offer(cx, &result))
}

/// `object:name(args)`.
pub(super) fn call_method<'vm>(
    cx: &mut Cx<'_, 'vm, Lua>,
    object: &Value<'vm>,
    name: &str,
    args: Args<'_, 'vm>,
) -> Result<Value<'vm>, Error> {
    let object = adopt(cx, object.clone())?;
    let index = cx.host().shared().prelude.index.clone();
    let method: mlua::Value = cx.host().call(&index, (&object, name))?;
    if let mlua::Value::Function(function) = &method {
        return apply(cx, function, Some(object), args);
    }
    let message = format!("a {} has no method '{name}'", object.type_name());
    Err(Error::new("AttributeError", message))
}

fn metamethod(value: &mlua::Value, name: &str) -> Option<mlua::Function> {
    match value {
        mlua::Value::Table(table) => table.metatable()?.raw_get(name).ok()?,
        mlua::Value::UserData(userdata) => userdata.metatable().ok()?.get(name).ok()?,
        _ => None,
    }
}

/// `object[key]`, as Lua has it; nil is no value.
pub(super) fn access<'vm>(
    cx: &mut Cx<'_, 'vm, Lua>,
    object: &Value<'vm>,
    key: &Value<'vm>,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    let object = adopt(cx, object.clone())?;
    let key = adopt(cx, key.clone())?;
    at(cx, object, key, access)
}

fn at<'vm>(
    cx: &mut Cx<'_, 'vm, Lua>,
    object: mlua::Value,
    key: mlua::Value,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    let item = match access {
        Access::Load => {
            let index = cx.host().shared().prelude.index.clone();
            let item: mlua::Value = cx.host().call(&index, (object, key))?;
            return Ok(match item {
                mlua::Value::Nil => Claim::Declined,
                item => Claim::Value(offer(cx, &item)),
            });
        }
        Access::Store(item) => adopt(cx, item.clone())?,
        Access::Delete => mlua::Value::Nil,
    };
    let assign = cx.host().shared().prelude.assign.clone();
    cx.host().call::<()>(&assign, (object, key, item))?;
    Ok(Claim::Done)
}

pub(super) fn subscript<'vm>(
    cx: &mut Cx<'_, 'vm, Lua>,
    object: &Value<'vm>,
    index: &Value<'vm>,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Failure> {
    let object = adopt(cx, object.clone()).map_err(failure)?;
    let mut key = adopt(cx, index.clone()).map_err(failure)?;
    let mut kind = Kind::KeyError;
    if let mlua::Value::Integer(position) = key
        && let Some(len) = sequence(cx, &object).map_err(failure)?
    {
        let position = match position {
            0.. => position,
            back => back + len,
        };
        if !(0..len).contains(&position) {
            return Err(Failure::new(Kind::IndexError, "index out of range"));
        }
        key = mlua::Value::Integer(position + 1);
        kind = Kind::IndexError;
    }
    let load = matches!(access, Access::Load);
    if kind == Kind::IndexError && matches!(access, Access::Delete) {
        // The items after it move up, as in a list.
        let remove = cx.host().shared().prelude.remove.clone();
        let removed = cx.host().call::<()>(&remove, (object, key));
        return removed.map(|()| Claim::Done).map_err(failure);
    }
    match at(cx, object, key, access).map_err(failure)? {
        Claim::Declined if load => Err(Failure::new(kind, "no such item")),
        claim => Ok(claim),
    }
}

/// The length of a table's sequence part, unless it is empty.
fn sequence(cx: &mut Cx<'_, '_, Lua>, value: &mlua::Value) -> Result<Option<i64>, Error> {
    if !value.is_table() {
        return Ok(None);
    }
    let length = cx.host().shared().prelude.length.clone();
    let len: i64 = cx.host().call(&length, value)?;
    Ok((len > 0).then_some(len))
}

pub(super) fn len<'vm>(cx: &mut Cx<'_, 'vm, Lua>, object: &Value<'vm>) -> Result<usize, Error> {
    let object = adopt(cx, object.clone())?;
    if let mlua::Value::Table(_) = object {
        let len = match sequence(cx, &object)? {
            Some(len) => len,
            None => keys(cx, &object)?.raw_len() as i64,
        };
        return Ok(usize::try_from(len).unwrap_or_default());
    }
    let length = cx.host().shared().prelude.length.clone();
    let len: i64 = cx.host().call(&length, object)?;
    Ok(usize::try_from(len).unwrap_or_default())
}

/// A table whose keys are 1 to n is a sequence; one without a sequence part,
/// which an empty one is, a mapping. One with both would lose something either
/// way.
pub(super) fn shape<'vm>(
    cx: &mut Cx<'_, 'vm, Lua>,
    object: &Value<'vm>,
) -> Result<Shape<'vm>, Error> {
    let object = adopt(cx, object.clone())?;
    if !object.is_table() {
        return Ok(Shape::Opaque);
    }
    let Some(len) = sequence(cx, &object)? else {
        return Ok(Shape::Mapping);
    };
    let mut positions = 0;
    for key in keys(cx, &object)?.sequence_values::<mlua::Value>() {
        match key? {
            mlua::Value::Integer(position) if (1..=len).contains(&position) => positions += 1,
            _ => return Ok(Shape::Opaque),
        }
    }
    Ok(match positions == len {
        true => Shape::Sequence,
        false => Shape::Opaque,
    })
}

/// The address of what Lua passes by reference.
pub(super) fn identity(object: &Value<'_>) -> Option<usize> {
    let Value::Foreign(foreign) = object else {
        return None;
    };
    let value = foreign.downcast_ref::<mlua::Value>()?;
    let address = value.to_pointer().addr();
    (address != 0).then_some(address)
}

fn keys(cx: &mut Cx<'_, '_, Lua>, object: &mlua::Value) -> Result<mlua::Table, Error> {
    let keys = cx.host().shared().prelude.keys.clone();
    cx.host().call(&keys, object)
}

pub(super) fn iter<'vm>(
    cx: &mut Cx<'_, 'vm, Lua>,
    object: &Value<'vm>,
) -> Result<Value<'vm>, Error> {
    let iteration = match adopt(cx, object.clone())? {
        mlua::Value::Function(function) => Iteration::Calls(function),
        object => {
            let of = match sequence(cx, &object)? {
                Some(_) => object,
                None => mlua::Value::Table(keys(cx, &object)?),
            };
            let done = Cell::new(0);
            Iteration::Items { of, done }
        }
    };
    Ok(Value::Foreign(Foreign::new("iterator", iteration)))
}

pub(super) fn next<'vm>(
    cx: &mut Cx<'_, 'vm, Lua>,
    iterator: &Value<'vm>,
) -> Result<Option<Value<'vm>>, Error> {
    let item = match iterator {
        Value::Foreign(foreign) => match foreign.downcast_ref::<Iteration>() {
            Some(iteration) => step(cx, iteration)?,
            // A function of a script that is used as an iterator.
            None => match value(cx, foreign.clone())? {
                mlua::Value::Function(function) => step(cx, &Iteration::Calls(function))?,
                other => {
                    let message = format!("a {} is no iterator", other.type_name());
                    return Err(Error::new("TypeError", message));
                }
            },
        },
        _ => mlua::Value::Nil,
    };
    Ok(match item {
        mlua::Value::Nil => None,
        item => Some(offer(cx, &item)),
    })
}

/// The next item, nil at the end.
fn step(cx: &mut Cx<'_, '_, Lua>, iteration: &Iteration) -> Result<mlua::Value, Error> {
    match iteration {
        Iteration::Items { of, done } => {
            done.set(done.get() + 1);
            let index = cx.host().shared().prelude.index.clone();
            cx.host().call(&index, (of, done.get()))
        }
        Iteration::Calls(function) => cx.host().call(function, ()),
    }
}

pub(super) fn equal<'vm>(
    cx: &mut Cx<'_, 'vm, Lua>,
    left: &Value<'vm>,
    right: &Value<'vm>,
) -> Result<bool, Error> {
    let left = adopt(cx, left.clone())?;
    let right = adopt(cx, right.clone())?;
    Ok(left.equals(&right)?)
}

pub(super) fn text<'vm>(cx: &mut Cx<'_, 'vm, Lua>, object: &Value<'vm>) -> Result<String, Error> {
    let object = adopt(cx, object.clone())?;
    let tostring: mlua::Function = cx.host().lua().globals().get("tostring")?;
    let text: mlua::LuaString = cx.host().call(&tostring, object)?;
    Ok(text.to_string_lossy())
}

/// Writes where scripts do: `io.write`, which a script may have replaced.
pub(super) fn print(cx: &mut Cx<'_, '_, Lua>, text: &str) -> Result<(), Error> {
    let io: Option<mlua::Table> = cx.host().lua().globals().get("io")?;
    let Some(io) = io else {
        return Err(Error::new("OSError", "Lua has no io library here"));
    };
    let write: mlua::Function = io.get("write")?;
    cx.host().call::<mlua::Value>(&write, text)?;
    Ok(())
}
