//! How values are printed.

use crate::Running;
use crate::vm::error::{Step, arguments};
use crate::vm::value::{Instance, Value};
use enroll::import::Importer;

/// `str(value)`.
pub(crate) fn text(cx: &mut Running<'_, '_>, value: &Value) -> Step<String> {
    match value {
        Value::Text(text) => Ok(text.to_string()),
        Value::Instance(instance) if instance.class.is_below("BaseException") => {
            message(cx, instance)
        }
        _ => repr(cx, value),
    }
}

fn message(cx: &mut Running<'_, '_>, exception: &Instance) -> Step<String> {
    let Some(arguments) = arguments(exception) else {
        return Ok(String::new());
    };
    match &arguments[..] {
        [] => Ok(String::new()),
        [key] if exception.class.is_below("KeyError") => repr(cx, key),
        [single] => text(cx, single),
        _ => repr(cx, &Value::Tuple(arguments.clone())),
    }
}

/// `repr(value)`.
pub(crate) fn repr(cx: &mut Running<'_, '_>, value: &Value) -> Step<String> {
    Ok(match value {
        Value::None => "None".into(),
        Value::Bool(true) => "True".into(),
        Value::Bool(false) => "False".into(),
        Value::Int(int) => int.to_string(),
        Value::Text(text) => quoted(text),
        Value::List(list) => {
            let items = list.borrow().clone();
            format!("[{}]", join(cx, &items)?)
        }
        Value::Tuple(items) if items.len() == 1 => format!("({},)", join(cx, items)?),
        Value::Tuple(items) => format!("({})", join(cx, items)?),
        Value::Dict(dict) => {
            let items = dict.borrow().clone();
            let mut parts = Vec::new();
            for (key, value) in &items {
                parts.push(format!("{}: {}", repr(cx, key)?, repr(cx, value)?));
            }
            format!("{{{}}}", parts.join(", "))
        }
        Value::Module(module) => Importer::new(cx).show(*module)?,
        Value::Namespace(_) => "<namespace>".into(),
        Value::Modules => "<sys.modules>".into(),
        Value::Finders => {
            let finders = cx.host().imports.finders.clone();
            let finders: Vec<Value> = finders.iter().map(|finder| finder.value()).collect();
            format!("[{}]", join(cx, &finders)?)
        }
        Value::Finder(finder) => format!("<finder '{}'>", finder.name()),
        Value::Function(function) => format!("<function {}>", function.definition.name),
        Value::Native(native) => format!("<built-in function {}>", native.name),
        Value::Own(own) => format!("<built-in method {}>", own.1),
        Value::Method(_) => "<bound method>".into(),
        Value::Class(class) => format!("<class '{}'>", class.name),
        Value::Instance(instance) => match arguments(instance) {
            Some(arguments) => format!("{}({})", instance.class.name, join(cx, &arguments)?),
            None => format!("<{} object>", instance.class.name),
        },
    })
}

fn join(cx: &mut Running<'_, '_>, items: &[Value]) -> Step<String> {
    let mut parts = Vec::new();
    for item in items {
        parts.push(repr(cx, item)?);
    }
    Ok(parts.join(", "))
}

fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    let mut quoted = String::from(quote);
    for c in text.chars() {
        match c {
            '\n' => quoted.push_str("\\n"),
            '\\' => quoted.push_str("\\\\"),
            c if c == quote => {
                quoted.push('\\');
                quoted.push(c);
            }
            c => quoted.push(c),
        }
    }
    quoted.push(quote);
    quoted
}
