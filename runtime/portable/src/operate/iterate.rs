//! `iter(object)` and `next(iterator)`.

use crate::operate::unsupported;
use crate::types::Slot;
use crate::{Error, Object, Portable, Type, Value};
use alloc::collections::VecDeque;
use enroll::Cx;

/// Over a tuple, list, dict, `str` or `bytes`: it keeps the sequence and a
/// position, so that a list which grows meanwhile is followed, as in Python.
static ITERATOR: Type = Type::new("iterator", "").slots(&[Slot::Next(step)]);

struct Position(usize);

pub(super) fn iter<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    object: &Value<'vm>,
) -> Result<Value<'vm>, Error> {
    match object {
        Value::Tuple(_) | Value::List(_) | Value::Dict(_) | Value::Str(_) | Value::Bytes(_) => {
            let values = VecDeque::from([object.clone()]);
            Ok(Object::with_values(&ITERATOR, Position(0), values).into())
        }
        Value::Object(this) => {
            let ty = this.type_of();
            let own = ty.slot(|slot| match slot {
                Slot::Iter(function) => Some(*function),
                _ => None,
            });
            if let Some(function) = own {
                return function(cx, this);
            }
            match ty.slot(|slot| matches!(slot, Slot::Next(_)).then_some(())) {
                Some(()) => Ok(object.clone()),
                None => Err(unsupported(object, "object is not iterable")),
            }
        }
        Value::Foreign(_) => cx.host().iter(object),
        _ => Err(unsupported(object, "object is not iterable")),
    }
}

pub(super) fn next<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    iterator: &Value<'vm>,
) -> Result<Option<Value<'vm>>, Error> {
    match iterator {
        Value::Object(this) => {
            let slot = this.type_of().slot(|slot| match slot {
                Slot::Next(function) => Some(*function),
                _ => None,
            });
            match slot {
                Some(function) => function(cx, this),
                None => Err(unsupported(iterator, "object is not an iterator")),
            }
        }
        Value::Foreign(_) => cx.host().next(iterator),
        _ => Err(unsupported(iterator, "object is not an iterator")),
    }
}

fn step<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
) -> Result<Option<Value<'vm>>, Error> {
    let Some(sequence) = this.values()?.front().cloned() else {
        return Ok(None);
    };
    let position = this.borrow::<Position>()?.0;
    let item = match &sequence {
        Value::Tuple(tuple) => tuple.get(position),
        Value::List(list) => list.get(position),
        Value::Dict(dict) => dict.pair(position).map(|(key, _)| key),
        Value::Bytes(bytes) => bytes.get(position).map(|&byte| byte.into()),
        // For a text the position counts bytes, so that a step is not linear.
        Value::Str(text) => match text.get(position..).and_then(|left| left.chars().next()) {
            Some(char) => {
                let mut buffer = [0; 4];
                let text = cx.host().make_str(char.encode_utf8(&mut buffer))?;
                this.borrow_mut::<Position>()?.0 += char.len_utf8() - 1;
                Some(Value::Str(text))
            }
            None => None,
        },
        _ => None,
    };
    match item {
        Some(_) => this.borrow_mut::<Position>()?.0 += 1,
        // An iterator that ended stays at its end.
        None => this.values_mut()?.clear(),
    }
    Ok(item)
}
