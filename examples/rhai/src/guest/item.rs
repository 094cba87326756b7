//! Items and attributes of native objects.
//!
//! Rhai reads `object.name` as `object["name"]` where no getter is registered,
//! and tells nobody which of them was written. So a text is a key first, of a
//! type that has such items, and then the name of an attribute.

use crate::guest::native::Native;
use crate::guest::{adopt, enter, receive};
use crate::names::spelled;
use crate::{Error, Rhai};
use alloc::format;
use enroll::{Access, Claim, Cx};
use enroll_portable::{Error as Failure, Kind, Operate, Portable, Value};
use rhai::Dynamic;

/// `object[index]`, or `object.name`.
pub(crate) fn load_item(
    cx: &mut Cx<'_, '_, Rhai>,
    native: &Native,
    index: Dynamic,
) -> Result<Dynamic, Error> {
    at(cx, native, |cx, object| {
        let index = receive(cx, index)?;
        let item = enter(cx, |cx| match cx.subscript(&object, &index, Access::Load) {
            Ok(Claim::Value(item)) => Ok(item),
            refused => match index.as_str() {
                Some(name) => named(cx, &object, name, refused),
                None => refused.and_then(|_| cx.item(&object, &index)),
            },
        })?;
        adopt(cx, item)
    })
}

/// An attribute, since there is no item of that name.
fn named<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    object: &Value<'vm>,
    name: &str,
    refused: Result<Claim<Value<'vm>>, Failure>,
) -> Result<Value<'vm>, Failure> {
    if let Some(value) = find(cx, object, name)? {
        return Ok(value);
    }
    match refused {
        Err(error) if error.kind() == Kind::KeyError => Err(error),
        _ => cx.attr(object, name),
    }
}

fn find<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    object: &Value<'vm>,
    name: &str,
) -> Result<Option<Value<'vm>>, Failure> {
    match (cx.find_attr(object, name)?, spelled(name)) {
        (Some(value), _) => Ok(Some(value)),
        (None, Some(name)) => cx.find_attr(object, name),
        (None, None) => Ok(None),
    }
}

/// `object[index] = value`, or `object.name = value`.
pub(crate) fn store_item(
    cx: &mut Cx<'_, '_, Rhai>,
    native: &Native,
    index: Dynamic,
    value: Dynamic,
) -> Result<Dynamic, Error> {
    at(cx, native, |cx, object| {
        let index = receive(cx, index)?;
        let value = receive(cx, value)?;
        change(cx, &object, &index, Access::Store(&value))
    })
}

/// `del object[index]` of other languages.
pub(crate) fn delete_item(
    cx: &mut Cx<'_, '_, Rhai>,
    native: &Native,
    index: Dynamic,
) -> Result<Dynamic, Error> {
    at(cx, native, |cx, object| {
        let index = receive(cx, index)?;
        change(cx, &object, &index, Access::Delete)
    })
}

fn change<'vm>(
    cx: &mut Cx<'_, 'vm, Rhai>,
    object: &Value<'vm>,
    index: &Value<'vm>,
    access: Access<'_, Value<'vm>>,
) -> Result<Dynamic, Error> {
    enter(cx, |cx| {
        let refused = match cx.subscript(object, index, access) {
            Ok(claim) if claim.is_claimed() => return Ok(()),
            refused => refused,
        };
        let Some(name) = index.as_str() else {
            let message = "an object of this type has no items that can be changed";
            return refused.and(Err(Failure::new(Kind::TypeError, message)));
        };
        let value = match access {
            Access::Store(value) => Some(value),
            _ => None,
        };
        let done = cx.set_attr(object, name, value);
        // A module's constant is there, and does not change.
        if matches!(object, Value::Module(_))
            && matches!(&done, Err(error) if error.kind() == Kind::AttributeError)
            && cx.find_attr(object, name)?.is_some()
        {
            let message = format!("attribute '{name}' is a constant: it cannot be set");
            return Err(Failure::text(Kind::AttributeError, message));
        }
        match (done, refused) {
            (Err(missing), Err(error))
                if missing.kind() == Kind::AttributeError
                    && (error.kind() == Kind::KeyError || matches!(object, Value::Dict(_))) =>
            {
                Err(error)
            }
            (done, _) => done,
        }
    })?;
    Ok(Dynamic::UNIT)
}

/// `object.name`, never an item.
pub(crate) fn load_attribute(
    cx: &mut Cx<'_, '_, Rhai>,
    native: &Native,
    name: &str,
) -> Result<Dynamic, Error> {
    at(cx, native, |cx, object| {
        let value = enter(cx, |cx| cx.attr(&object, name))?;
        adopt(cx, value)
    })
}

/// `object.name = value`, never an item.
pub(crate) fn store_attribute(
    cx: &mut Cx<'_, '_, Rhai>,
    native: &Native,
    name: &str,
    value: Dynamic,
) -> Result<Dynamic, Error> {
    at(cx, native, |cx, object| {
        let value = receive(cx, value)?;
        enter(cx, |cx| cx.set_attr(&object, name, Some(&value)))?;
        Ok(Dynamic::UNIT)
    })
}

/// `del object.name` of other languages.
pub(crate) fn delete_attribute(
    cx: &mut Cx<'_, '_, Rhai>,
    native: &Native,
    name: &str,
) -> Result<Dynamic, Error> {
    at(cx, native, |cx, object| {
        enter(cx, |cx| cx.set_attr(&object, name, None))?;
        Ok(Dynamic::UNIT)
    })
}

/// Runs something with the portable value, within its module.
fn at<'vm>(
    cx: &mut Cx<'_, 'vm, Rhai>,
    native: &Native,
    run: impl FnOnce(&mut Cx<'_, 'vm, Rhai>, Value<'vm>) -> Result<Dynamic, Error>,
) -> Result<Dynamic, Error> {
    let Some(value) = native.value() else {
        return Err(Error::new("TypeError", "a function has no attributes"));
    };
    let value = cx.host().seen(value.clone());
    run(&mut cx.within(native.module), value)
}
