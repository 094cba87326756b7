//! Methods of texts, lists, dictionaries and the views.

use crate::Running;
use crate::host::finder::Finder;
use crate::vm::error::{Raised, Step};
use crate::vm::item;
use crate::vm::native::Arguments;
use crate::vm::value::Value;
use std::rc::Rc;

fn names(value: &Value) -> &'static [&'static str] {
    match value {
        Value::Text(_) => &[
            "startswith",
            "endswith",
            "split",
            "rpartition",
            "join",
            "replace",
            "upper",
        ],
        Value::List(_) => &[
            "append", "insert", "extend", "remove", "pop", "clear", "index", "sort",
        ],
        Value::Finders => &["append", "insert", "remove", "pop", "clear", "index"],
        Value::Dict(_) | Value::Modules | Value::Namespace(_) => {
            &["get", "keys", "values", "items", "pop", "update"]
        }
        _ => &[],
    }
}

/// The method of that name, bound.
pub(crate) fn find(value: &Value, name: &str) -> Option<Value> {
    let is_known = names(value).contains(&name);
    is_known.then(|| Value::Own(Rc::new((value.clone(), name.into()))))
}

/// Calls a method.
pub(crate) fn call(
    cx: &mut Running<'_, '_>,
    receiver: &Value,
    name: &str,
    arguments: &Arguments,
) -> Step<Value> {
    match receiver {
        Value::Text(text) => of_text(cx, text, name, arguments),
        Value::List(list) => {
            let mut items = list.borrow().clone();
            let result = of_list(cx, &mut items, name, arguments);
            *list.borrow_mut() = items;
            result
        }
        Value::Finders => {
            let finders = cx.host().imports.finders.iter();
            let mut items: Vec<Value> = finders.map(Finder::value).collect();
            let result = of_list(cx, &mut items, name, arguments);
            cx.host().imports.finders = items.into_iter().map(Finder::of).collect();
            result
        }
        _ => of_dict(cx, receiver, name, arguments),
    }
}

fn of_text(cx: &mut Running<'_, '_>, text: &str, name: &str, arguments: &Arguments) -> Step<Value> {
    if name == "upper" {
        return Ok(Value::text(&text.to_uppercase()));
    }
    if name == "join" {
        let parts = arguments.need(cx, 0, "iterable")?;
        let parts = item::items(cx, &parts)?;
        let parts: Vec<&str> = parts.iter().filter_map(Value::as_text).collect();
        return Ok(Value::text(&parts.join(text)));
    }
    let part = arguments.need_text(cx, 0, "part")?;
    Ok(match name {
        "startswith" => Value::Bool(text.starts_with(&*part)),
        "endswith" => Value::Bool(text.ends_with(&*part)),
        "split" => Value::texts(text.split(&*part)),
        "rpartition" => {
            let (before, found, after) = match text.rsplit_once(&*part) {
                Some((before, after)) => (before, &*part, after),
                None => ("", "", text),
            };
            Value::tuple([before, found, after].map(Value::text))
        }
        _ => {
            let with = arguments.need_text(cx, 1, "new")?;
            Value::text(&text.replace(&*part, &with))
        }
    })
}

fn of_list(
    cx: &mut Running<'_, '_>,
    items: &mut Vec<Value>,
    name: &str,
    arguments: &Arguments,
) -> Step<Value> {
    match name {
        "append" => items.push(arguments.need(cx, 0, "object")?),
        "insert" => {
            let Value::Int(at) = arguments.need(cx, 0, "index")? else {
                return Raised::type_error(cx, "an index must be an integer");
            };
            let at = usize::try_from(at).unwrap_or(0).min(items.len());
            items.insert(at, arguments.need(cx, 1, "object")?);
        }
        "extend" => {
            let more = arguments.need(cx, 0, "iterable")?;
            items.extend(item::items(cx, &more)?);
        }
        "clear" => items.clear(),
        "sort" => items.sort_by(|a, b| item::order(a, b).unwrap_or(std::cmp::Ordering::Equal)),
        "pop" => {
            let at = match arguments.get(0, "index") {
                Some(Value::Int(at)) => usize::try_from(*at).unwrap_or(0),
                _ => items.len().saturating_sub(1),
            };
            if at >= items.len() {
                return Err(Raised::new(cx, "IndexError", "pop index out of range"));
            }
            return Ok(items.remove(at));
        }
        _ => {
            let value = arguments.need(cx, 0, "value")?;
            let Some(at) = items.iter().position(|item| item.equals(&value)) else {
                return Err(Raised::new(
                    cx,
                    "ValueError",
                    "list.remove(x): x not in list",
                ));
            };
            if name == "index" {
                return Ok(Value::Int(at as i64));
            }
            items.remove(at);
        }
    }
    Ok(Value::None)
}

fn of_dict(
    cx: &mut Running<'_, '_>,
    dict: &Value,
    name: &str,
    arguments: &Arguments,
) -> Step<Value> {
    if matches!(name, "keys" | "values" | "items") {
        let mut parts = Vec::new();
        for key in item::items(cx, dict)? {
            let value = item::get(cx, dict, &key)?.unwrap_or(Value::None);
            parts.push(match name {
                "keys" => key,
                "values" => value,
                _ => Value::tuple([key, value]),
            });
        }
        return Ok(Value::list(parts));
    }
    if name == "update" {
        let more = arguments.need(cx, 0, "other")?;
        for key in item::items(cx, &more)? {
            let value = item::load(cx, &more, &key)?;
            item::store(cx, dict, key, value)?;
        }
        return Ok(Value::None);
    }
    let key = arguments.need(cx, 0, "key")?;
    let found = item::get(cx, dict, &key)?;
    let default = arguments.get(1, "default").cloned();
    match (name, found, default) {
        ("get", found, default) => Ok(found.or(default).unwrap_or(Value::None)),
        (_, Some(value), _) => {
            item::delete(cx, dict, &key)?;
            Ok(value)
        }
        (_, None, Some(default)) => Ok(default),
        (_, None, None) => Err(Raised::key(cx, key)),
    }
}
