//! What Lua's operators do with native objects.

use crate::guest::adopt::{adopt, enter, fail, offer};
use crate::guest::call;
use crate::guest::object::module_of;
use crate::{Error, Lua};
use enroll::Cx;
use enroll_portable::types::{Binary, Unary};
use enroll_portable::{Error as Failure, Operate, Portable, Slot, Style, Value};
use mlua::MultiValue;
use std::cell::Cell;

pub(super) fn unary(
    cx: &mut Cx<'_, 'static, Lua>,
    operator: Unary,
    this: &mlua::Value,
) -> Result<mlua::Value, Error> {
    on(cx, [this], |cx, [value]| cx.unary(operator, &value))
}

pub(super) fn binary(
    cx: &mut Cx<'_, 'static, Lua>,
    operator: Binary,
    left: &mlua::Value,
    right: &mlua::Value,
) -> Result<mlua::Value, Error> {
    on(cx, [left, right], |cx, [left, right]| {
        cx.binary(operator, &left, &right)
    })
}

pub(super) fn equal(
    cx: &mut Cx<'_, 'static, Lua>,
    left: &mlua::Value,
    right: &mlua::Value,
) -> Result<mlua::Value, Error> {
    on(cx, [left, right], |cx, [left, right]| {
        cx.equal(&left, &right).map(Value::Bool)
    })
}

pub(super) fn len(cx: &mut Cx<'_, 'static, Lua>, this: &mlua::Value) -> Result<mlua::Value, Error> {
    on(cx, [this], |cx, [value]| {
        // Memory holds fewer items than an i64 counts.
        cx.len(&value).map(|len| Value::Int(len as i64))
    })
}

pub(super) fn text(
    cx: &mut Cx<'_, 'static, Lua>,
    this: &mlua::Value,
) -> Result<mlua::Value, Error> {
    on(cx, [this], |cx, [value]| {
        cx.text_of(&value, Style::Str).map(Value::from)
    })
}

/// `+` of two native objects; with anything else, the text of both.
pub(super) fn concat(
    cx: &mut Cx<'_, 'static, Lua>,
    left: &mlua::Value,
    right: &mlua::Value,
) -> Result<mlua::Value, Error> {
    on(cx, [left, right], |cx, [left, right]| {
        if left.as_object().is_some() && right.as_object().is_some() {
            return cx.binary(Binary::Add, &left, &right);
        }
        let mut text = cx.text_of(&left, Style::Str)?;
        cx.write(&right, Style::Str, &mut text)?;
        Ok(text.into())
    })
}

/// Constructs, or calls an instance. An iterator that cannot be called gives
/// its next item, for `for item in iterator`.
pub(super) fn call(
    cx: &mut Cx<'_, 'static, Lua>,
    this: &mlua::Value,
    arguments: MultiValue,
) -> Result<mlua::Value, Error> {
    let module = module_of(this).or(cx.module());
    let cx = &mut cx.within(module);
    let callee = offer(cx, this);
    if let Value::Object(object) = &callee {
        let has = |wanted: fn(&Slot) -> bool| {
            let slot = object.type_of().slot(|slot| wanted(slot).then_some(()));
            slot.is_some()
        };
        if !has(|slot| matches!(slot, Slot::Call(_))) && has(|slot| matches!(slot, Slot::Next(_))) {
            return on(cx, [this], |cx, [iterator]| {
                Ok(cx.next(&iterator)?.unwrap_or_default())
            });
        }
    }
    // The parameters of a constructor are not known, so any name may be one.
    call::run(cx, arguments, &|_: &str| true, |cx, args| {
        cx.call(&callee, args)
    })
}

/// The three values of `pairs`: position and item, from 1.
pub(super) fn pairs(
    cx: &mut Cx<'_, 'static, Lua>,
    this: &mlua::Value,
) -> Result<mlua::Function, Error> {
    let module = module_of(this).or(cx.module());
    let cx = &mut cx.within(module);
    let value = offer(cx, this);
    if let Value::Dict(_) = &value {
        return entries(cx, value);
    }
    let iterator = portable(cx, |cx| cx.iter(&value))?;
    let context = cx.host();
    let ticket = context.guests.hold(iterator);
    let over = context.shared().function(
        context.lua(),
        move |cx, (_, done): (mlua::Value, Option<i64>)| {
            let cx = &mut cx.within(module);
            let iterator = cx.host().guests.value(&ticket).unwrap_or_default();
            Ok(match portable(cx, |cx| cx.next(&iterator))? {
                None => (None, mlua::Value::Nil),
                Some(item) => (Some(done.unwrap_or(0) + 1), adopt(cx, item)?),
            })
        },
    )?;
    Ok(over)
}

/// The same of a dict: key and value.
fn entries(cx: &mut Cx<'_, 'static, Lua>, dict: Value<'static>) -> Result<mlua::Function, Error> {
    let module = cx.module();
    let context = cx.host();
    let ticket = context.guests.hold(dict);
    let next = Cell::new(0);
    Ok(context
        .shared()
        .function(context.lua(), move |cx, _: MultiValue| {
            let cx = &mut cx.within(module);
            let pair = match cx.host().guests.value(&ticket) {
                Some(Value::Dict(dict)) => dict.pair(next.get()),
                _ => None,
            };
            let (key, value) = pair.unwrap_or_default();
            next.set(next.get() + 1);
            Ok((adopt(cx, key)?, adopt(cx, value)?))
        })?)
}

/// `local object <close> = …`: the method `close`, where the type has one.
pub(super) fn close(cx: &mut Cx<'_, 'static, Lua>, this: &mlua::Value) -> Result<(), Error> {
    on(cx, [this], |cx, [value]| match value.as_object() {
        Some(object) if object.type_of().method("close").is_some() => {
            cx.call_method(&value, "close", enroll_portable::Args::NONE)
        }
        _ => Ok(Value::None),
    })?;
    Ok(())
}

/// Runs a portable operation on Lua values, of which the first object's module
/// is meant.
pub(super) fn on<const N: usize>(
    cx: &mut Cx<'_, 'static, Lua>,
    operands: [&mlua::Value; N],
    run: impl FnOnce(
        &mut Cx<'_, 'static, Portable>,
        [Value<'static>; N],
    ) -> Result<Value<'static>, Failure>,
) -> Result<mlua::Value, Error> {
    let module = operands.iter().find_map(|operand| module_of(operand));
    let module = module.or(cx.module());
    let cx = &mut cx.within(module);
    let mut values = [const { Value::None }; N];
    for (value, operand) in values.iter_mut().zip(operands) {
        *value = offer(cx, operand);
    }
    let result = portable(cx, |cx| run(cx, values))?;
    adopt(cx, result)
}

/// Runs something portable and turns its error into one of Lua.
pub(super) fn portable<R>(
    cx: &mut Cx<'_, 'static, Lua>,
    run: impl FnOnce(&mut Cx<'_, 'static, Portable>) -> Result<R, Failure>,
) -> Result<R, Error> {
    enter(cx, run).map_err(|error| fail(cx, error))
}
