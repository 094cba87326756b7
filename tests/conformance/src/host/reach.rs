//! Modules inside of what modules hold: in lists, dictionaries and objects. What a
//! module holds itself the importer knows.

use crate::Running;
use crate::vm::value::{Names, Value};
use enroll::import::{Handle, Importer};

/// How deep containers are searched.
const DEPTH: usize = 8;

/// The names, `module.variable`, of the containers that hold a module.
pub(super) fn holders(cx: &mut Running<'_, '_>, module: Handle) -> Vec<String> {
    let mut holders = Vec::new();
    for (name, value) in variables(cx) {
        if is_container(&value) && holds(&value, module, DEPTH) {
            holders.push(name);
        }
    }
    holders
}

/// Puts a value in the place of a module in all containers. A tuple cannot be
/// changed.
pub(super) fn replace(cx: &mut Running<'_, '_>, module: Handle, by: &Value) {
    for (_, value) in variables(cx) {
        put(&value, module, by, DEPTH);
    }
}

/// The variables of all loaded modules, by their full names.
fn variables(cx: &mut Running<'_, '_>) -> Vec<(String, Value)> {
    let mut variables = Vec::new();
    for name in Importer::new(cx).loaded() {
        let Ok(Some(Value::Module(holder))) = Importer::new(cx).get(&name) else {
            continue;
        };
        // Constants hold no modules.
        if cx.host().imports.native(holder).is_some() {
            continue;
        }
        for id in Importer::new(cx).names(holder).unwrap_or_default() {
            if let Ok(Some(value)) = Importer::new(cx).binding(holder, id) {
                let variable = cx.host().text_of(id);
                variables.push((format!("{name}.{variable}"), value));
            }
        }
    }
    variables
}

fn is_container(value: &Value) -> bool {
    !matches!(value, Value::Module(_))
}

fn holds(value: &Value, module: Handle, depth: usize) -> bool {
    if depth == 0 {
        return false;
    }
    let any = |names: &Names| {
        let names = names.borrow();
        names
            .iter()
            .any(|(_, value)| holds(value, module, depth - 1))
    };
    match value {
        Value::Module(held) => *held == module,
        Value::List(list) => list
            .borrow()
            .iter()
            .any(|item| holds(item, module, depth - 1)),
        Value::Tuple(items) => items.iter().any(|item| holds(item, module, depth - 1)),
        Value::Dict(dict) => dict
            .borrow()
            .iter()
            .any(|(_, item)| holds(item, module, depth - 1)),
        Value::Instance(instance) => any(&instance.names),
        Value::Class(class) => any(&class.names),
        _ => false,
    }
}

fn put(value: &Value, module: Handle, by: &Value, depth: usize) {
    if depth == 0 {
        return;
    }
    let change = |item: &mut Value| match item {
        Value::Module(held) if *held == module => *item = by.clone(),
        Value::Module(_) => {}
        other => put(other, module, by, depth - 1),
    };
    match value {
        // One that is being looked at further up is a circle.
        Value::List(list) => {
            if let Ok(mut items) = list.try_borrow_mut() {
                items.iter_mut().for_each(change);
            }
        }
        Value::Dict(dict) => {
            if let Ok(mut items) = dict.try_borrow_mut() {
                items.iter_mut().for_each(|(_, item)| change(item));
            }
        }
        Value::Instance(instance) => {
            if let Ok(mut names) = instance.names.try_borrow_mut() {
                names.iter_mut().for_each(|(_, item)| change(item));
            }
        }
        _ => {}
    }
}
