//! Attributes of whatever a script holds.

use crate::Running;
use crate::vm::error::{Raised, Step};
use crate::vm::execute::rebind;
use crate::vm::method;
use crate::vm::scope::intern;
use crate::vm::value::{Class, Instance, Value, find};
use enroll::import::Importer;
use std::rc::Rc;

/// `owner.name`.
pub(crate) fn load(cx: &mut Running<'_, '_>, owner: &Value, name: &str) -> Step<Value> {
    if let Value::Module(module) = owner {
        let id = intern(cx, name)?;
        let mut importer = Importer::new(cx);
        if let Some(value) = importer.load(*module, id)? {
            return Ok(value);
        }
        if name == "__class__" {
            return Ok(Value::Class(cx.host().class("module")));
        }
        return Err(Importer::new(cx).no_attribute(*module, id));
    }
    match optional(cx, owner, name) {
        Some(value) => Ok(value),
        None => Err(missing(cx, owner, name)),
    }
}

/// An attribute of a value that is no module.
pub(crate) fn optional(cx: &mut Running<'_, '_>, owner: &Value, name: &str) -> Option<Value> {
    match owner {
        Value::Instance(instance) => of_instance(instance, name),
        Value::Class(class) => of_class(class, name),
        Value::Function(function) => match name {
            "__name__" => Some(Value::Text(function.definition.name.clone())),
            _ => None,
        },
        Value::Native(native) if name == "__name__" => Some(Value::text(native.name)),
        Value::Finder(finder) if name == "__name__" => Some(Value::text(finder.name())),
        _ if name == "__class__" => Some(Value::Class(cx.host().class_of(owner))),
        _ => method::find(owner, name),
    }
}

/// What a value that is no module has of its own.
pub(crate) fn names(owner: &Value) -> Option<Vec<String>> {
    let names = match owner {
        Value::Instance(instance) => &instance.names,
        Value::Class(class) => &class.names,
        _ => return None,
    };
    let names = names.borrow();
    Some(names.iter().map(|(name, _)| name.to_string()).collect())
}

fn of_instance(instance: &Rc<Instance>, name: &str) -> Option<Value> {
    if let Some(value) = find(&instance.names, name) {
        return Some(value);
    }
    if name == "__class__" {
        return Some(Value::Class(instance.class.clone()));
    }
    Some(match instance.class.find(name)? {
        function @ (Value::Function(_) | Value::Native(_)) => {
            Value::Method(Rc::new((Value::Instance(instance.clone()), function)))
        }
        value => value,
    })
}

fn of_class(class: &Rc<Class>, name: &str) -> Option<Value> {
    match name {
        "__name__" => Some(Value::Text(class.name.clone())),
        _ => class.find(name),
    }
}

/// `owner.name = value`.
pub(crate) fn store(cx: &mut Running<'_, '_>, owner: &Value, name: &str, value: Value) -> Step<()> {
    if let Value::Module(module) = owner {
        let id = intern(cx, name)?;
        return Importer::new(cx).store(*module, id, value);
    }
    if change(owner, name, Some(value)) {
        return Ok(());
    }
    Err(missing(cx, owner, name))
}

/// `del owner.name`.
pub(crate) fn delete(cx: &mut Running<'_, '_>, owner: &Value, name: &str) -> Step<()> {
    if let Value::Module(module) = owner {
        let id = intern(cx, name)?;
        return Importer::new(cx).delete(*module, id);
    }
    if change(owner, name, None) {
        return Ok(());
    }
    Err(missing(cx, owner, name))
}

/// Binds or deletes an attribute of a value that is no module.
pub(crate) fn change(owner: &Value, name: &str, value: Option<Value>) -> bool {
    match owner {
        Value::Instance(instance) => rebind(&instance.names, name, value),
        Value::Class(class) => rebind(&class.names, name, value),
        _ => false,
    }
}

fn missing(cx: &mut Running<'_, '_>, owner: &Value, name: &str) -> Raised {
    let message = match owner {
        Value::Class(class) => {
            format!("type object '{}' has no attribute '{name}'", class.name)
        }
        _ => format!("'{}' object has no attribute '{name}'", owner.class_name()),
    };
    Raised::new(cx, "AttributeError", &message)
}
