//! Items of containers: `owner[key]`, `in`, iteration, order.

use crate::Running;
use crate::host::finder::Finder;
use crate::vm::error::{Raised, Step};
use crate::vm::scope::{intern, known};
use crate::vm::value::Value;
use enroll::import::Importer;
use std::cmp::Ordering;

/// `owner[key]`.
pub(crate) fn load(cx: &mut Running<'_, '_>, owner: &Value, key: &Value) -> Step<Value> {
    let found = match owner {
        Value::List(_) | Value::Tuple(_) | Value::Finders => {
            let items = items(cx, owner)?;
            let Value::Int(at) = key else {
                return Raised::type_error(cx, "list indices must be integers");
            };
            return match items.get(place(*at, items.len())) {
                Some(value) => Ok(value.clone()),
                None => Err(Raised::new(cx, "IndexError", "list index out of range")),
            };
        }
        _ => get(cx, owner, key)?,
    };
    found.ok_or_else(|| Raised::key(cx, key.clone()))
}

/// What a dictionary or a view of one has under a key.
pub(crate) fn get(cx: &mut Running<'_, '_>, owner: &Value, key: &Value) -> Step<Option<Value>> {
    match (owner, key) {
        (Value::Dict(dict), _) => {
            let dict = dict.borrow();
            let found = dict.iter().find(|(known, _)| known.equals(key));
            Ok(found.map(|(_, value)| value.clone()))
        }
        (Value::Modules, Value::Text(name)) => Importer::new(cx).get(name),
        (Value::Namespace(module), Value::Text(name)) => match known(cx, name) {
            Some(name) => Importer::new(cx).binding(*module, name),
            None => Ok(None),
        },
        (Value::Modules | Value::Namespace(_), _) => Ok(None),
        _ => {
            let message = format!("'{}' object is not subscriptable", owner.class_name());
            Raised::type_error(cx, &message)
        }
    }
}

/// `owner[key] = value`.
pub(crate) fn store(cx: &mut Running<'_, '_>, owner: &Value, key: Value, value: Value) -> Step<()> {
    match (owner, &key) {
        (Value::Dict(dict), _) => {
            let mut dict = dict.borrow_mut();
            match dict.iter_mut().find(|(known, _)| known.equals(&key)) {
                Some((_, known)) => *known = value,
                None => dict.push((key, value)),
            }
            Ok(())
        }
        (Value::List(list), Value::Int(at)) => {
            let mut list = list.borrow_mut();
            let at = place(*at, list.len());
            match list.get_mut(at) {
                Some(known) => *known = value,
                None => {
                    let message = "list assignment index out of range";
                    return Err(Raised::new(cx, "IndexError", message));
                }
            }
            Ok(())
        }
        (Value::Modules, Value::Text(name)) => Importer::new(cx).set(name, value),
        (Value::Namespace(module), Value::Text(name)) => {
            if cx.host().imports.native(*module).is_some() {
                let message = "'mappingproxy' object does not support item assignment";
                return Raised::type_error(cx, message);
            }
            let name = intern(cx, name)?;
            Importer::new(cx).store(*module, name, value)
        }
        _ => {
            let message = format!(
                "'{}' object does not support item assignment",
                owner.class_name()
            );
            Raised::type_error(cx, &message)
        }
    }
}

/// `del owner[key]`.
pub(crate) fn delete(cx: &mut Running<'_, '_>, owner: &Value, key: &Value) -> Step<()> {
    let was = match (owner, key) {
        (Value::Dict(dict), _) => {
            let mut dict = dict.borrow_mut();
            let before = dict.len();
            dict.retain(|(known, _)| !known.equals(key));
            dict.len() < before
        }
        (Value::List(list), Value::Int(at)) => {
            let mut list = list.borrow_mut();
            let at = place(*at, list.len());
            let is_there = at < list.len();
            if is_there {
                list.remove(at);
            }
            is_there
        }
        (Value::Finders, Value::Int(at)) => {
            let finders = &mut cx.host().imports.finders;
            let at = place(*at, finders.len());
            let is_there = at < finders.len();
            if is_there {
                finders.remove(at);
            }
            is_there
        }
        (Value::Modules, Value::Text(name)) => Importer::new(cx).drop_entry(name),
        (Value::Namespace(module), Value::Text(name)) => {
            if cx.host().imports.native(*module).is_some() {
                let message = "'mappingproxy' object does not support item deletion";
                return Raised::type_error(cx, message);
            }
            match known(cx, name) {
                Some(id) if Importer::new(cx).binding(*module, id)?.is_some() => {
                    Importer::new(cx).delete(*module, id)?;
                    true
                }
                _ => false,
            }
        }
        _ => {
            let message = format!(
                "'{}' object doesn't support item deletion",
                owner.class_name()
            );
            return Raised::type_error(cx, &message);
        }
    };
    if was {
        return Ok(());
    }
    Err(Raised::key(cx, key.clone()))
}

fn place(at: i64, length: usize) -> usize {
    let at = if at < 0 { at + length as i64 } else { at };
    usize::try_from(at).unwrap_or(usize::MAX)
}

/// What a `for` goes over; of a dictionary its keys.
pub(crate) fn items(cx: &mut Running<'_, '_>, values: &Value) -> Step<Vec<Value>> {
    Ok(match values {
        Value::List(list) => list.borrow().clone(),
        Value::Tuple(items) => items.to_vec(),
        Value::Text(text) => text.chars().map(|c| Value::text(&c.to_string())).collect(),
        Value::Dict(dict) => dict.borrow().iter().map(|(key, _)| key.clone()).collect(),
        Value::Finders => {
            let finders = cx.host().imports.finders.iter();
            finders.map(Finder::value).collect()
        }
        Value::Modules => {
            let names = Importer::new(cx).loaded();
            names.iter().map(|name| Value::text(name)).collect()
        }
        Value::Namespace(module) => {
            let names = Importer::new(cx).names(*module)?;
            let names = names.into_iter().map(|name| cx.host().text_of(name));
            names.map(|name| Value::text(&name)).collect()
        }
        other => {
            let message = format!("'{}' object is not iterable", other.class_name());
            return Raised::type_error(cx, &message);
        }
    })
}

/// `value in container`.
pub(crate) fn contains(cx: &mut Running<'_, '_>, container: &Value, value: &Value) -> Step<bool> {
    match (container, value) {
        (Value::Text(text), Value::Text(part)) => Ok(text.contains(&**part)),
        (Value::Modules | Value::Namespace(_), _) => Ok(get(cx, container, value)?.is_some()),
        _ => {
            let items = items(cx, container)?;
            Ok(items.iter().any(|item| item.equals(value)))
        }
    }
}

/// The order of two values, where they have one.
pub(crate) fn order(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => Some(a.cmp(b)),
        (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
        (Value::Tuple(a), Value::Tuple(b)) => order_all(a, b),
        (Value::List(a), Value::List(b)) => order_all(&a.borrow(), &b.borrow()),
        _ => None,
    }
}

fn order_all(a: &[Value], b: &[Value]) -> Option<Ordering> {
    for (a, b) in a.iter().zip(b) {
        match order(a, b)? {
            Ordering::Equal => {}
            unequal => return Some(unequal),
        }
    }
    Some(a.len().cmp(&b.len()))
}

/// `isinstance(value, class)`.
pub(crate) fn is_instance(cx: &mut Running<'_, '_>, value: &Value, class: &Value) -> Step<bool> {
    match class {
        Value::Class(class) => Ok(cx.host().class_of(value).is_within(class)),
        Value::Tuple(classes) => {
            for class in classes.iter() {
                if is_instance(cx, value, class)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        _ => Raised::type_error(cx, "isinstance() arg 2 must be a type or a tuple of types"),
    }
}
