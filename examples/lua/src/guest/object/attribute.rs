//! Attributes and items of native objects: `object.name`, `object[key]`.

use crate::error::{Action, AttributeError};
use crate::guest::adopt::{adopt, offer};
use crate::guest::call;
use crate::guest::object::operator::{on, portable};
use crate::guest::object::{class, class_of, module_of};
use crate::near::near;
use crate::{Error, Lua};
use enroll::{Access, Claim, Cx};
use enroll_portable::{Error as Failure, Kind, List, Object, Operate, Portable, Slot, Type, Value};

/// `object.name`: field, then method, then an item of that key.
/// `object[key]`: an item; nil where there is none.
pub(super) fn index(
    cx: &mut Cx<'_, 'static, Lua>,
    this: &mlua::Value,
    key: &mlua::Value,
) -> Result<mlua::Value, Error> {
    let module = module_of(this).or(cx.module());
    let cx = &mut cx.within(module);
    let value = offer(cx, this);
    if let (Value::Object(object), Some(name)) = (&value, text(key)) {
        if let Some(value) = field(cx, object, &name, Access::Load)?.value() {
            return adopt(cx, value);
        }
        let ty = object.type_of();
        if let Some(method) = method(cx, ty, &name)? {
            return Ok(mlua::Value::Function(method));
        }
        if !has_items(ty) {
            return Err(missing(cx, &value, &name, Action::Load));
        }
    }
    let position = item_key(cx, &value, key);
    let item = portable(cx, |cx| match cx.item(&value, &position) {
        Err(error) if matches!(error.kind(), Kind::IndexError | Kind::KeyError) => Ok(Value::None),
        item => item,
    });
    match item {
        Ok(item) => adopt(cx, item),
        Err(error) => Err(no_key(cx, &value, key, Action::Load, error)),
    }
}

/// `object.name = value`, `object[key] = value`; nil deletes.
pub(super) fn new_index(
    cx: &mut Cx<'_, 'static, Lua>,
    this: &mlua::Value,
    key: &mlua::Value,
    item: &mlua::Value,
) -> Result<(), Error> {
    let module = module_of(this).or(cx.module());
    let cx = &mut cx.within(module);
    let value = offer(cx, this);
    let item = offer(cx, item);
    let (access, action) = match &item {
        Value::None => (Access::Delete, Action::Delete),
        item => (Access::Store(item), Action::Store),
    };
    if let (Value::Object(object), Some(name)) = (&value, text(key)) {
        if field(cx, object, &name, access)?.is_claimed() {
            return Ok(());
        }
        if !has_items(object.type_of()) {
            return Err(missing(cx, &value, &name, action));
        }
    }
    let position = item_key(cx, &value, key);
    // As in a table, the place after the last item is where one is added.
    if let (Value::List(List::Shared(items)), Access::Store(item)) = (&value, access)
        && position.as_int() == i64::try_from(items.borrow().len()).ok()
    {
        items.borrow_mut().push(item.clone());
        return Ok(());
    }
    let done = portable(cx, |cx| match cx.subscript(&value, &position, access) {
        Ok(Claim::Declined) => Err(Failure::text(
            Kind::TypeError,
            format!(
                "'{}' object does not support item assignment",
                value.type_name()
            ),
        )),
        Ok(_) => Ok(()),
        // A key that is not there has no value already.
        Err(error) if action == Action::Delete && error.kind() == Kind::KeyError => Ok(()),
        Err(error) => Err(error),
    });
    done.map_err(|error| no_key(cx, &value, key, action, error))
}

/// `Type.method`, `Type.__name__`.
pub(super) fn class_index(
    cx: &mut Cx<'_, 'static, Lua>,
    this: &mlua::Value,
    key: &mlua::Value,
) -> Result<mlua::Value, Error> {
    let module = module_of(this).or(cx.module());
    let cx = &mut cx.within(module);
    let (Some(ty), Some(name)) = (class_of(this), text(key)) else {
        return Err(Error::new(
            "TypeError",
            "a type has attributes alone, no items",
        ));
    };
    if let Some(method) = method(cx, ty, &name)? {
        return Ok(mlua::Value::Function(method));
    }
    let name = name.as_str();
    let found = on(cx, [this], |cx, [class]| {
        Ok(cx.find_attr(&class, name)?.unwrap_or_default())
    })?;
    if found.is_nil() {
        return Err(missing(cx, &Value::Type(ty), name, Action::Load));
    }
    Ok(found)
}

/// Asks the slot for attributes that are no methods.
fn field(
    cx: &mut Cx<'_, 'static, Lua>,
    object: &Object<'static>,
    name: &str,
    access: Access<'_, Value<'static>>,
) -> Result<Claim<Value<'static>>, Error> {
    let slot = object.type_of().slot(|slot| match slot {
        Slot::Attr(function) => Some(*function),
        _ => None,
    });
    let Some(slot) = slot else {
        return Ok(Claim::Declined);
    };
    portable(cx, |cx: &mut Cx<'_, 'static, Portable>| {
        slot(cx, object, name, access)
    })
}

/// A method as a function that takes the instance first, made once for a type.
fn method(
    cx: &mut Cx<'_, 'static, Lua>,
    ty: &'static Type,
    name: &str,
) -> Result<Option<mlua::Function>, Error> {
    let Some(function) = ty.method(name) else {
        return Ok(None);
    };
    let (_, methods) = class(cx, ty)?;
    if let Some(made) = methods.raw_get(name)? {
        return Ok(Some(made));
    }
    let made = call::method(cx, ty, function)?;
    methods.raw_set(name, &made)?;
    Ok(Some(made))
}

fn has_items(ty: &'static Type) -> bool {
    ty.slot(|slot| matches!(slot, Slot::Subscript(_)).then_some(()))
        .is_some()
}

/// A key as the module has it: positions count from 0 there, from 1 in Lua.
fn item_key(
    cx: &mut Cx<'_, 'static, Lua>,
    value: &Value<'static>,
    key: &mlua::Value,
) -> Value<'static> {
    match key {
        key if matches!(value, Value::Dict(_)) => offer(cx, key),
        // There is no item 0 in Lua; the module has none at its end.
        mlua::Value::Integer(0) => Value::Int(i64::MAX),
        mlua::Value::Integer(position @ 1..) => Value::Int(position - 1),
        key => offer(cx, key),
    }
}

fn text(key: &mlua::Value) -> Option<String> {
    Some(key.as_string()?.to_str().ok()?.to_owned())
}

/// A type whose items have no names says TypeError to one; a script meant an
/// attribute.
#[cold]
fn no_key(
    cx: &mut Cx<'_, 'static, Lua>,
    value: &Value<'static>,
    key: &mlua::Value,
    action: Action,
    error: Error,
) -> Error {
    match text(key) {
        Some(name) if error.kind() == "TypeError" => missing(cx, value, &name, action),
        _ => error,
    }
}

#[cold]
fn missing(
    cx: &mut Cx<'_, 'static, Lua>,
    value: &Value<'static>,
    name: &str,
    action: Action,
) -> Error {
    let (of, methods): (_, Vec<_>) = match value {
        Value::Object(object) => {
            let ty = object.type_of();
            (ty.name(), ty.method_names().collect())
        }
        Value::Type(ty) => (ty.name(), ty.method_names().collect()),
        other => (other.type_name(), Vec::new()),
    };
    let module = cx.module();
    Error::Attribute(Box::new(AttributeError {
        module: cx.host().shared().module_name(module).to_owned(),
        of: Some(of),
        name: name.to_owned(),
        action,
        constant: false,
        near: near(name, methods),
    }))
}
