//! `object[index]` and `len(object)`.

use crate::operate::unsupported;
#[cfg(feature = "alloc")]
use crate::types::Slot;
use crate::{Error, Kind, Operate, Portable, Str, Value};
use enroll::{Access, Claim, Cx};

pub(super) fn subscript<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    object: &Value<'vm>,
    index: &Value<'vm>,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    match object {
        #[cfg(feature = "alloc")]
        Value::Object(this) => {
            let slot = this.type_of().slot(|slot| match slot {
                Slot::Subscript(function) => Some(*function),
                _ => None,
            });
            return match slot {
                Some(function) => function(cx, this, index, access),
                None => Ok(Claim::Declined),
            };
        }
        #[cfg(feature = "alloc")]
        Value::Foreign(_) => return cx.host().subscript(object, index, access),
        #[cfg(feature = "alloc")]
        Value::List(crate::List::Shared(items)) => {
            let position = index.as_index(items.borrow().len())?;
            let mut items = items.borrow_mut();
            return Ok(match access {
                Access::Load => Claim::Value(items[position].clone()),
                Access::Store(value) => {
                    items[position] = value.clone();
                    Claim::Done
                }
                Access::Delete => {
                    items.remove(position);
                    Claim::Done
                }
            });
        }
        #[cfg(feature = "alloc")]
        Value::Dict(crate::Dict::Shared(pairs)) => return in_dict(cx, pairs, index, access),
        _ => {}
    }
    if !matches!(access, Access::Load) {
        return Err(unsupported(object, "object cannot be changed"));
    }
    let found = match object {
        Value::Tuple(tuple) => tuple.get(index.as_index(tuple.len())?),
        Value::List(list) => list.get(index.as_index(list.len())?),
        Value::Bytes(bytes) => bytes
            .get(index.as_index(bytes.len())?)
            .map(|&byte| byte.into()),
        Value::Str(text) => {
            let position = index.as_index(text.chars().count())?;
            match text.char_indices().nth(position) {
                Some((start, char)) => {
                    let end = start + char.len_utf8();
                    Some(Value::Str(match text {
                        Str::Borrowed(text) => Str::Borrowed(text.get(start..end).unwrap_or("")),
                        #[cfg(feature = "alloc")]
                        Str::Shared(text) => Str::copied(text.get(start..end).unwrap_or("")),
                    }))
                }
                None => None,
            }
        }
        Value::Dict(dict) => {
            for (key, value) in dict.iter() {
                if cx.equal(&key, index)? {
                    return Ok(Claim::Value(value));
                }
            }
            return Err(no_key());
        }
        _ => return Ok(Claim::Declined),
    };
    found
        .map(Claim::Value)
        .ok_or(Error::new(Kind::IndexError, "index out of range"))
}

/// Keys are compared by the script's `==`, which may run anything: so nothing
/// is borrowed meanwhile.
#[cfg(feature = "alloc")]
fn in_dict<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    pairs: &core::cell::RefCell<alloc::vec::Vec<(Value<'vm>, Value<'vm>)>>,
    key: &Value<'vm>,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    let mut position = 0;
    let found = loop {
        let Some(known) = pairs.borrow().get(position).map(|(known, _)| known.clone()) else {
            break None;
        };
        if cx.equal(&known, key)? {
            break Some(position);
        }
        position += 1;
    };
    let mut pairs = pairs.borrow_mut();
    match (access, found) {
        (Access::Load, Some(position)) => match pairs.get(position) {
            Some((_, value)) => Ok(Claim::Value(value.clone())),
            None => Err(no_key()),
        },
        (Access::Store(value), Some(position)) if position < pairs.len() => {
            pairs[position].1 = value.clone();
            Ok(Claim::Done)
        }
        (Access::Store(value), _) => {
            pairs.push((key.clone(), value.clone()));
            Ok(Claim::Done)
        }
        (Access::Delete, Some(position)) if position < pairs.len() => {
            pairs.remove(position);
            Ok(Claim::Done)
        }
        _ => Err(no_key()),
    }
}

pub(super) fn len<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    object: &Value<'vm>,
) -> Result<usize, Error> {
    match object {
        Value::Str(text) => Ok(text.chars().count()),
        Value::Bytes(bytes) => Ok(bytes.len()),
        Value::Tuple(tuple) => Ok(tuple.len()),
        Value::List(list) => Ok(list.len()),
        Value::Dict(dict) => Ok(dict.len()),
        #[cfg(feature = "alloc")]
        Value::Object(this) => {
            let slot = this.type_of().slot(|slot| match slot {
                Slot::Len(function) => Some(*function),
                _ => None,
            });
            match slot {
                Some(function) => function(cx, this),
                None => Err(unsupported(object, "object has no len()")),
            }
        }
        #[cfg(feature = "alloc")]
        Value::Foreign(_) => cx.host().len(object),
        _ => {
            let _ = cx;
            Err(unsupported(object, "object has no len()"))
        }
    }
}

#[cold]
fn no_key() -> Error {
    Error::new(Kind::KeyError, "no such key")
}
