//! Attributes and calls of native types and their instances.

use crate::operate::unsupported;
use crate::types::{Bound, Slot};
use crate::{Args, Error, Function, Kind, Object, Portable, Type, Value};
use alloc::vec::Vec;
use enroll::{Access, Claim, Cx};

/// The method that an instance has from its type.
pub(super) fn method(object: &Value<'_>, name: &str) -> Option<Function> {
    object.as_object()?.type_of().method(name)
}

pub(super) fn find<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    object: &Value<'vm>,
    name: &str,
) -> Result<Option<Value<'vm>>, Error> {
    match object {
        Value::Object(this) => {
            if let Claim::Value(value) = ask(cx, this, name, Access::Load)? {
                return Ok(Some(value));
            }
            Ok(this
                .type_of()
                .method(name)
                .map(|function| Value::Bound(Bound::new(function, object.clone()))))
        }
        Value::Type(ty) => Ok(match name {
            "__name__" => Some(ty.name().into()),
            "__doc__" if !ty.doc().is_empty() => Some(ty.doc().into()),
            _ => ty.method(name).map(Value::Function),
        }),
        Value::Function(function) if name == "__name__" => Ok(Some(function.name().into())),
        Value::Module(id) => Ok(cx.host().module_attr(*id, name, Access::Load)?.value()),
        Value::Foreign(_) => Ok(cx.host().attr(object, name, Access::Load)?.value()),
        _ => Ok(None),
    }
}

pub(super) fn set<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    object: &Value<'vm>,
    name: &str,
    value: Option<&Value<'vm>>,
) -> Result<(), Error> {
    let access = value.map_or(Access::Delete, Access::Store);
    let claim = match object {
        Value::Object(this) => ask(cx, this, name, access)?,
        Value::Module(id) => cx.host().module_attr(*id, name, access)?,
        Value::Foreign(_) => cx.host().attr(object, name, access)?,
        _ => Claim::Declined,
    };
    match claim.is_claimed() {
        true => Ok(()),
        false => Err(missing(cx, object, name)),
    }
}

fn ask<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    name: &str,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    let slot = this.type_of().slot(|slot| match slot {
        Slot::Attr(function) => Some(*function),
        _ => None,
    });
    match slot {
        Some(function) => function(cx, this, name, access),
        None => Ok(Claim::Declined),
    }
}

#[cold]
pub(super) fn missing(cx: &mut Cx<'_, '_, Portable>, object: &Value<'_>, name: &str) -> Error {
    let message = match object {
        Value::Module(id) => match cx.host().module_name(*id) {
            Some(module) => alloc::format!("module '{module}' has no attribute '{name}'"),
            None => alloc::format!("module has no attribute '{name}'"),
        },
        Value::Type(ty) => {
            alloc::format!("type object '{}' has no attribute '{name}'", ty.name())
        }
        _ => alloc::format!("'{}' object has no attribute '{name}'", object.type_name()),
    };
    Error::text(Kind::AttributeError, message)
}

pub(super) fn construct<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    ty: &'static Type,
    args: Args<'_, 'vm>,
) -> Result<Value<'vm>, Error> {
    let slot = ty.slot(|slot| match slot {
        Slot::New(function) => Some(*function),
        _ => None,
    });
    match slot {
        Some(function) => function(cx, ty, args),
        None => Err(Error::text(
            Kind::TypeError,
            alloc::format!("cannot create '{}' instances", ty.name()),
        )),
    }
}

pub(super) fn call_object<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    object: &Object<'vm>,
    args: Args<'_, 'vm>,
) -> Result<Value<'vm>, Error> {
    let slot = object.type_of().slot(|slot| match slot {
        Slot::Call(function) => Some(*function),
        _ => None,
    });
    match slot {
        Some(function) => function(cx, object, args),
        None => Err(unsupported(
            &Value::Object(object.clone()),
            "object is not callable",
        )),
    }
}

pub(super) fn call_bound<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    function: Function,
    receiver: &Value<'vm>,
    args: Args<'_, 'vm>,
) -> Result<Value<'vm>, Error> {
    let mut positional = Vec::with_capacity(args.positional.len() + 1);
    positional.push(receiver.clone());
    positional.extend_from_slice(args.positional);
    let args = Args {
        positional: &positional,
        keywords: args.keywords,
    };
    function.call_method(cx, args)
}
