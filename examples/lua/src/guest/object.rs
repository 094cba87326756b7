//! Native types and their instances as Lua values.
//!
//! Which operation asks which slot is in the documentation of the crate.

mod attribute;
mod metamethod;
mod operator;

pub(crate) use metamethod::register;

use crate::guest::keep::Ticket;
use crate::{Error, Lua};
use enroll::{Cx, ModuleId};
use enroll_portable::{Object, Type, Value};

/// An instance of a native type, in Lua; or a list or dict that a module keeps.
struct Instance {
    ticket: Ticket,
    /// None for a list or dict.
    ty: Option<&'static Type>,
    module: Option<ModuleId>,
}

/// A native type, in Lua.
struct Class {
    ty: &'static Type,
    module: Option<ModuleId>,
}

/// The instance as a Lua value: one as long as it lives.
pub(super) fn value<'vm>(
    cx: &mut Cx<'_, 'vm, Lua>,
    object: Object<'vm>,
) -> Result<mlua::Value, Error> {
    shared(cx, object.identity(), Value::Object(object))
}

/// What scripts and a module share, as a Lua value: one as long as it lives.
///
/// `identity` is the address of what is shared. The ticket keeps it alive, so
/// that nothing else has that address meanwhile.
pub(super) fn shared<'vm>(
    cx: &mut Cx<'_, 'vm, Lua>,
    identity: usize,
    value: Value<'vm>,
) -> Result<mlua::Value, Error> {
    let module = cx.module();
    let context = cx.host();
    let objects = &context.shared().types.objects;
    let known: mlua::Value = objects.raw_get(identity)?;
    if !known.is_nil() {
        return Ok(known);
    }
    let instance = Instance {
        ty: value.as_object().map(Object::type_of),
        ticket: context.guests.hold(value),
        module,
    };
    let userdata = mlua::Value::UserData(context.lua().create_any_userdata(instance)?);
    objects.raw_set(identity, &userdata)?;
    Ok(userdata)
}

/// The type as a Lua value.
pub(super) fn type_value(
    cx: &mut Cx<'_, '_, Lua>,
    ty: &'static Type,
) -> Result<mlua::Value, Error> {
    let (class, _) = class(cx, ty)?;
    Ok(mlua::Value::UserData(class))
}

fn class(
    cx: &mut Cx<'_, '_, Lua>,
    ty: &'static Type,
) -> Result<(mlua::AnyUserData, mlua::Table), Error> {
    let module = cx.module();
    let context = cx.host();
    let lua = context.lua();
    Ok(context.shared().types.of(ty, || {
        let methods = lua.create_table()?;
        Ok((lua.create_any_userdata(Class { ty, module })?, methods))
    })?)
}

/// The portable value of a userdata of this module.
pub(super) fn offered<'vm>(
    cx: &mut Cx<'_, 'vm, Lua>,
    userdata: &mlua::AnyUserData,
) -> Option<Value<'vm>> {
    if let Ok(instance) = userdata.borrow::<Instance>() {
        return cx.host().guests.value(&instance.ticket);
    }
    let class = userdata.borrow::<Class>().ok()?;
    Some(Value::Type(class.ty))
}

/// The module that a native object or type came from.
fn module_of(value: &mlua::Value) -> Option<ModuleId> {
    let userdata = value.as_userdata()?;
    if let Ok(instance) = userdata.borrow::<Instance>() {
        return instance.module;
    }
    userdata.borrow::<Class>().ok()?.module
}

/// The type that a Lua value is.
fn class_of(value: &mlua::Value) -> Option<&'static Type> {
    Some(value.as_userdata()?.borrow::<Class>().ok()?.ty)
}

/// The method names of an instance or type; empty for any other value.
pub(crate) fn methods(value: &mlua::Value) -> Vec<&'static str> {
    let Some(userdata) = value.as_userdata() else {
        return Vec::new();
    };
    let ty = match (userdata.borrow::<Instance>(), userdata.borrow::<Class>()) {
        (Ok(instance), _) => instance.ty,
        (_, Ok(class)) => Some(class.ty),
        _ => None,
    };
    ty.map_or(Vec::new(), |ty| ty.method_names().collect())
}
