//! Foreign values that portable modules go through: ranges, and objects of
//! scripts.
//!
//! A function is no iterator: one that was given by mistake would be called for
//! ever.

use crate::guest::adopt::receive;
use crate::guest::{enter, foreign, script};
use crate::{Error, Rhai};
use alloc::format;
use alloc::vec::Vec;
use core::cell::Cell;
use enroll::Cx;
use enroll_portable::{Foreign, Operate, Value};

/// The numbers of a range that are left.
struct Numbers {
    next: Cell<Option<i64>>,
    last: i64,
}

/// The method `next` of an object of a script.
struct Steps(Foreign);

pub(super) fn iter<'vm>(
    cx: &mut Cx<'_, 'vm, Rhai>,
    object: &Value<'vm>,
) -> Result<Value<'vm>, Error> {
    if let Some((first, last)) = foreign::range(cx, object)? {
        let next = Cell::new(Some(first));
        let numbers = Numbers { next, last };
        return Ok(Value::Foreign(Foreign::new("iterator", numbers)));
    }
    let Value::Foreign(own) = object else {
        return Ok(object.clone());
    };
    if own.downcast_ref::<Numbers>().is_some() || own.downcast_ref::<Steps>().is_some() {
        return Ok(object.clone());
    }
    if let Some(method) = script::next(own) {
        return Ok(Value::Foreign(Foreign::new("iterator", Steps(method))));
    }
    let items = match script::keys(object) {
        Some(keys) => Some(keys),
        None => foreign::plain(cx, object)?,
    };
    match items {
        Some(items) => enter(cx, |cx| cx.iter(&items)),
        None => {
            let message = format!("'{}' object is not iterable", own.type_name());
            Err(Error::new("TypeError", message))
        }
    }
}

pub(super) fn next<'vm>(
    cx: &mut Cx<'_, 'vm, Rhai>,
    iterator: &Value<'vm>,
) -> Result<Option<Value<'vm>>, Error> {
    let Value::Foreign(own) = iterator else {
        return Ok(None);
    };
    if let Some(Numbers { next, last }) = own.downcast_ref() {
        let Some(number) = next.get().filter(|number| number <= last) else {
            return Ok(None);
        };
        next.set(number.checked_add(1));
        return Ok(Some(Value::Int(number)));
    }
    let method = match own.downcast_ref() {
        Some(Steps(method)) => method.clone(),
        None => script::next(own).ok_or_else(|| Error::new("TypeError", "this is no iterator"))?,
    };
    let item = script::call(cx, &method, &mut Vec::new()).transpose()?;
    match item.filter(|item| !item.is_unit()) {
        Some(item) => receive(cx, item).map(Some),
        None => Ok(None),
    }
}
