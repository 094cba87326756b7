//! Values, both ways.

use crate::error::fail;
use crate::guest::native::{Native, callable, carried, native, value_name};
use crate::guest::script;
use crate::{Error, Rhai};
use alloc::format;
use alloc::rc::Rc;
use core::mem;
use core::ops::{Range, RangeInclusive};
use enroll::{Adopt, Cx};
use enroll_portable::{
    Bytes, Dict, Error as Failure, Foreign, List, Portable, Str, Tuple, Value, Vm,
};
use rhai::{Array, Dynamic, FnPtr, ImmutableString, Map};

/// Lists within lists are followed as far as they are compared and written.
const DEPTH: u8 = 64;

impl Adopt<Portable> for Rhai {
    fn enter<'vm, R>(
        cx: &mut Cx<'_, 'vm, Rhai>,
        run: impl FnOnce(&mut Cx<'_, 'vm, Portable>) -> R,
    ) -> R {
        let module = cx.module();
        let context = cx.host();
        let result = {
            let vm: &mut (dyn Vm<'vm> + 'vm) = context;
            run(&mut Cx::new(vm).within(module))
        };
        context.settle();
        result
    }

    fn adopt<'vm>(cx: &mut Cx<'_, 'vm, Rhai>, value: Value<'vm>) -> Result<Dynamic, Error> {
        adopt(cx, value)
    }

    fn offer<'vm>(cx: &mut Cx<'_, 'vm, Rhai>, value: &Dynamic) -> Result<Value<'vm>, Error> {
        offer(cx, value)
    }

    fn fail(cx: &mut Cx<'_, '_, Rhai>, error: Failure) -> Error {
        let own = cx.module();
        let table = cx.host().builtins().table();
        fail(own.map(|own| table.name_text(own)), error)
    }
}

/// Runs something portable; its error becomes one of Rhai.
pub(crate) fn enter<'vm, R>(
    cx: &mut Cx<'_, 'vm, Rhai>,
    run: impl FnOnce(&mut Cx<'_, 'vm, Portable>) -> Result<R, Failure>,
) -> Result<R, Error> {
    let result = <Rhai as Adopt<Portable>>::enter(cx, run);
    result.map_err(|error| <Rhai as Adopt<Portable>>::fail(cx, error))
}

/// A portable value in Rhai.
pub(crate) fn adopt<'vm>(cx: &mut Cx<'_, 'vm, Rhai>, value: Value<'vm>) -> Result<Dynamic, Error> {
    deep(cx, value, DEPTH)
}

/// A value of Rhai for a portable module.
pub(crate) fn offer<'vm>(cx: &mut Cx<'_, 'vm, Rhai>, value: &Dynamic) -> Result<Value<'vm>, Error> {
    receive(cx, value.flatten_clone())
}

/// The same of a value that nobody else needs: what it holds is moved.
pub(crate) fn receive<'vm>(
    cx: &mut Cx<'_, 'vm, Rhai>,
    value: Dynamic,
) -> Result<Value<'vm>, Error> {
    taken(cx, value, DEPTH)
}

fn deep<'vm>(cx: &mut Cx<'_, 'vm, Rhai>, value: Value<'vm>, depth: u8) -> Result<Dynamic, Error> {
    Ok(match value {
        Value::None => Dynamic::UNIT,
        Value::Bool(value) => value.into(),
        Value::Int(value) => value.into(),
        Value::Float(value) => value.into(),
        Value::Str(text) => ImmutableString::from(&*text).into(),
        Value::Bytes(bytes) => Dynamic::from_blob(bytes.to_vec()),
        Value::Tuple(Tuple::Shared(mut items)) => match Rc::get_mut(&mut items) {
            Some(items) => array(cx, items.iter_mut().map(mem::take), depth)?,
            None => array(cx, items.iter().cloned(), depth)?,
        },
        Value::Tuple(items) => array(cx, items.iter(), depth)?,
        // What nobody else keeps can become Rhai's own: nothing tells the two
        // apart, and the items are moved, so that this holds for them too.
        Value::List(List::Shared(items)) => match Rc::try_unwrap(items) {
            Ok(items) => array(cx, items.into_inner().into_iter(), depth)?,
            Err(items) => native(cx, Value::List(List::Shared(items))),
        },
        Value::Dict(Dict::Shared(pairs)) => match Rc::try_unwrap(pairs) {
            // An object map has texts as keys, and no order.
            Ok(pairs) if pairs.borrow().iter().all(|(key, _)| key.as_str().is_some()) => {
                map(cx, pairs.into_inner().into_iter(), depth)?
            }
            Ok(pairs) => native(cx, Value::Dict(Dict::Shared(Rc::new(pairs)))),
            Err(pairs) => native(cx, Value::Dict(Dict::Shared(pairs))),
        },
        Value::Function(_) | Value::Type(_) | Value::Bound(_) => {
            let value = cx.host().owned(value);
            let name = value_name(&value);
            let native = Native::of(cx, value);
            callable(cx, native, name)
        }
        Value::Module(id) => super::module(cx, id)?,
        Value::Foreign(own) => match own.downcast_ref::<Dynamic>() {
            Some(value) => value.clone(),
            None => match script::value(&own) {
                Some(value) => value,
                None => native(cx, Value::Foreign(own)),
            },
        },
        other => native(cx, other),
    })
}

fn array<'vm>(
    cx: &mut Cx<'_, 'vm, Rhai>,
    items: impl Iterator<Item = Value<'vm>>,
    depth: u8,
) -> Result<Dynamic, Error> {
    let depth = deeper(depth)?;
    let items: Result<Array, Error> = items.map(|item| deep(cx, item, depth)).collect();
    items.map(Dynamic::from_array)
}

fn map<'vm>(
    cx: &mut Cx<'_, 'vm, Rhai>,
    pairs: impl Iterator<Item = (Value<'vm>, Value<'vm>)>,
    depth: u8,
) -> Result<Dynamic, Error> {
    let depth = deeper(depth)?;
    let mut map = Map::new();
    for (key, value) in pairs {
        let value = deep(cx, value, depth)?;
        map.insert(key.as_str().unwrap_or_default().into(), value);
    }
    Ok(Dynamic::from_map(map))
}

fn taken<'vm>(cx: &mut Cx<'_, 'vm, Rhai>, value: Dynamic, depth: u8) -> Result<Value<'vm>, Error> {
    let value = value.flatten();
    if value.is_unit() {
        return Ok(Value::None);
    }
    if let Ok(value) = value.as_int() {
        return Ok(Value::Int(value));
    }
    if let Ok(value) = value.as_bool() {
        return Ok(Value::Bool(value));
    }
    if let Ok(value) = value.as_float() {
        return Ok(Value::Float(value));
    }
    if let Ok(value) = value.as_char() {
        let mut buffer = [0; 4];
        return Ok(Value::Str(Str::copied(value.encode_utf8(&mut buffer))));
    }
    if let Ok(text) = value.as_immutable_string_ref() {
        return Ok(Value::Str(Str::copied(&text)));
    }
    if let Ok(bytes) = value.as_blob_ref() {
        return Ok(Value::Bytes(Bytes::copied(&bytes)));
    }
    if value.is_array() {
        let depth = deeper(depth)?;
        let items = value.into_array().unwrap_or_default();
        let items: Result<List<'vm>, Error> = items
            .into_iter()
            .map(|item| taken(cx, item, depth))
            .collect();
        return items.map(Value::List);
    }
    if value.is_map() {
        let depth = deeper(depth)?;
        let pairs = match script::offered(value.try_cast().unwrap_or_default()) {
            Ok(object) => return Ok(object),
            Err(pairs) => pairs,
        };
        let pairs: Result<Dict<'vm>, Error> = pairs
            .into_iter()
            .map(|(key, value)| Ok((Value::Str(Str::copied(&key)), taken(cx, value, depth)?)))
            .collect();
        return pairs.map(Value::Dict);
    }
    let carried = match value.read_lock::<FnPtr>() {
        Some(pointer) => carried(&pointer),
        None => value.read_lock::<Native>().map(|native| native.clone()),
    };
    if let Some(value) = carried.as_ref().and_then(Native::value) {
        return Ok(cx.host().seen(value.clone()));
    }
    let name = foreign_name(&value);
    Ok(Value::Foreign(Foreign::new(name, value)))
}

/// What messages call the type of a value that is Rhai's alone.
fn foreign_name(value: &Dynamic) -> &'static str {
    match value {
        value if value.is_fnptr() => "function",
        value if value.is::<Range<i64>>() || value.is::<RangeInclusive<i64>>() => "range",
        _ => "object",
    }
}

fn deeper(depth: u8) -> Result<u8, Error> {
    depth.checked_sub(1).ok_or_else(|| {
        let message = format!("lists within lists go deeper than {DEPTH}");
        Error::new("ValueError", message)
    })
}
