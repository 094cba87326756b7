//! Values and errors, both ways.

use crate::error::{Error, Raised};
use crate::guest::{call, foreign, object};
use crate::{Lua, module};
use enroll::{Adopt, Cx};
use enroll_portable::{
    Bytes, Dict, Error as Failure, Foreign, Kind, List, Portable, Str, Tuple, Value, Vm,
};
use std::mem;
use std::rc::Rc;

/// Lists within lists are followed this far.
const DEPTH: u8 = 64;

impl Adopt<Portable> for Lua {
    fn enter<'vm, R>(
        cx: &mut Cx<'_, 'vm, Lua>,
        run: impl FnOnce(&mut Cx<'_, 'vm, Portable>) -> R,
    ) -> R {
        enter(cx, run)
    }

    fn adopt<'vm>(cx: &mut Cx<'_, 'vm, Lua>, value: Value<'vm>) -> Result<mlua::Value, Error> {
        adopt(cx, value)
    }

    fn offer<'vm>(cx: &mut Cx<'_, 'vm, Lua>, value: &mlua::Value) -> Result<Value<'vm>, Error> {
        Ok(offer(cx, value))
    }

    fn fail(cx: &mut Cx<'_, '_, Lua>, error: Failure) -> Error {
        fail(cx, error)
    }
}

/// Runs something as the portable host.
pub(super) fn enter<'vm, R>(
    cx: &mut Cx<'_, 'vm, Lua>,
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

/// A portable value in Lua.
pub(super) fn adopt<'vm>(
    cx: &mut Cx<'_, 'vm, Lua>,
    value: Value<'vm>,
) -> Result<mlua::Value, Error> {
    deep(cx, value, DEPTH)
}

/// A value of Lua for a portable module.
pub(super) fn offer<'vm>(cx: &mut Cx<'_, 'vm, Lua>, value: &mlua::Value) -> Value<'vm> {
    match value {
        mlua::Value::Nil => Value::None,
        mlua::Value::Boolean(value) => Value::Bool(*value),
        mlua::Value::Integer(value) => Value::Int(*value),
        mlua::Value::Number(value) => Value::Float(*value),
        mlua::Value::String(text) => match text.to_str() {
            Ok(text) => Value::Str(Str::copied(&text)),
            Err(_) => Value::Bytes(Bytes::copied(&text.as_bytes())),
        },
        mlua::Value::Table(_) => match cx.host().shared().objects.native_of(value) {
            Some(id) => Value::Module(id),
            None => Value::Foreign(Foreign::new("table", value.clone())),
        },
        mlua::Value::UserData(userdata) => object::offered(cx, userdata)
            .unwrap_or_else(|| Value::Foreign(Foreign::new("userdata", value.clone()))),
        other => Value::Foreign(Foreign::new(other.type_name(), other.clone())),
    }
}

/// A portable error in Lua.
pub(super) fn fail(cx: &mut Cx<'_, '_, Lua>, error: Failure) -> Error {
    let own = cx.module();
    let state = cx.host().shared();
    let module = error.module().unwrap_or(state.module_name(own));
    let function = error.function().unwrap_or_default();
    let thrown = error
        .as_foreign()
        .and_then(|own| own.downcast_ref::<Error>());
    if let Some(thrown) = thrown {
        return thrown.clone().within(module, function);
    }
    Error::Raised(Box::new(Raised {
        kind: error.kind().name().to_owned(),
        message: error.message().to_string(),
        errno: match error.kind() {
            Kind::OSError(errno) => Some(errno),
            _ => None,
        },
        module: module.to_owned(),
        function: function.to_owned(),
    }))
}

/// An error of Lua as a portable one, which comes out again as it was.
pub(super) fn failure(error: Error) -> Failure {
    let kind = match &*error.kind() {
        "ValueError" => Kind::ValueError,
        "TypeError" => Kind::TypeError,
        "AttributeError" => Kind::AttributeError,
        "KeyError" => Kind::KeyError,
        "IndexError" => Kind::IndexError,
        "OSError" => Kind::OSError(error.errno().unwrap_or_default()),
        "MemoryError" => Kind::MemoryError,
        "StopIteration" => Kind::StopIteration,
        "NotImplementedError" => Kind::NotImplementedError,
        "OverflowError" => Kind::OverflowError,
        "ZeroDivisionError" => Kind::ZeroDivisionError,
        "ImportError" => Kind::ImportError,
        "AssertionError" => Kind::AssertionError,
        _ => Kind::RuntimeError,
    };
    Failure::foreign(kind, error.to_string(), Rc::new(error))
}

fn deep<'vm>(
    cx: &mut Cx<'_, 'vm, Lua>,
    value: Value<'vm>,
    depth: u8,
) -> Result<mlua::Value, Error> {
    let lua = cx.host().lua();
    Ok(match value {
        Value::None => mlua::Value::Nil,
        Value::Bool(value) => mlua::Value::Boolean(value),
        Value::Int(value) => mlua::Value::Integer(value),
        Value::Float(value) => mlua::Value::Number(value),
        Value::Str(text) => mlua::Value::String(lua.create_string(&*text)?),
        Value::Bytes(bytes) => mlua::Value::String(lua.create_string(&*bytes)?),
        Value::Tuple(Tuple::Shared(mut items)) => match Rc::get_mut(&mut items) {
            Some(items) => sequence(cx, items.iter_mut().map(mem::take), false, depth)?,
            None => sequence(cx, items.iter().cloned(), false, depth)?,
        },
        Value::Tuple(items) => {
            let frozen = matches!(items, Tuple::Rom(_));
            sequence(cx, items.iter(), frozen, depth)?
        }
        // What nobody else keeps can become Lua's own: nothing tells the two
        // apart, and the items are moved, so that this holds for them too.
        Value::List(List::Shared(items)) => match Rc::try_unwrap(items) {
            Ok(items) => sequence(cx, items.into_inner().into_iter(), false, depth)?,
            Err(items) => {
                object::shared(cx, Rc::as_ptr(&items).addr(), List::Shared(items).into())?
            }
        },
        Value::List(items) => {
            let frozen = matches!(items, List::Rom(_));
            sequence(cx, items.iter(), frozen, depth)?
        }
        Value::Dict(Dict::Shared(pairs)) => match Rc::try_unwrap(pairs) {
            Ok(pairs) => dict(cx, pairs.into_inner().into_iter(), false, depth)?,
            Err(pairs) => {
                object::shared(cx, Rc::as_ptr(&pairs).addr(), Dict::Shared(pairs).into())?
            }
        },
        Value::Dict(pairs) => {
            let frozen = matches!(pairs, Dict::Rom(_));
            dict(cx, pairs.iter(), frozen, depth)?
        }
        Value::Function(function) => mlua::Value::Function(call::function(cx, function)?),
        Value::Module(id) => module::import(cx, id)?,
        Value::Type(ty) => object::type_value(cx, ty)?,
        Value::Object(object) => object::value(cx, object)?,
        Value::Bound(bound) => mlua::Value::Function(call::bound(cx, bound)?),
        Value::Foreign(own) => foreign::value(cx, own)?,
        other => {
            let message = format!("Lua has nothing like a {}", other.type_name());
            return Err(Error::new("NotImplementedError", message));
        }
    })
}

fn sequence<'vm>(
    cx: &mut Cx<'_, 'vm, Lua>,
    items: impl Iterator<Item = Value<'vm>>,
    frozen: bool,
    depth: u8,
) -> Result<mlua::Value, Error> {
    let depth = deeper(depth)?;
    let table = cx.host().lua().create_table()?;
    for (position, item) in items.enumerate() {
        let item = deep(cx, item, depth)?;
        table.raw_set(position + 1, item)?;
    }
    finished(cx, table, frozen)
}

fn dict<'vm>(
    cx: &mut Cx<'_, 'vm, Lua>,
    pairs: impl Iterator<Item = (Value<'vm>, Value<'vm>)>,
    frozen: bool,
    depth: u8,
) -> Result<mlua::Value, Error> {
    let depth = deeper(depth)?;
    let table = cx.host().lua().create_table()?;
    for (key, value) in pairs {
        let key = deep(cx, key, depth)?;
        let value = deep(cx, value, depth)?;
        table.raw_set(key, value)?;
    }
    finished(cx, table, frozen)
}

fn finished(
    cx: &mut Cx<'_, '_, Lua>,
    table: mlua::Table,
    frozen: bool,
) -> Result<mlua::Value, Error> {
    if !frozen {
        return Ok(mlua::Value::Table(table));
    }
    Ok(cx.host().shared().prelude.frozen.call(table)?)
}

fn deeper(depth: u8) -> Result<u8, Error> {
    depth.checked_sub(1).ok_or_else(|| {
        let message = format!("lists within lists go deeper than {DEPTH}");
        Error::new("ValueError", message)
    })
}
