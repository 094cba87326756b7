//! Calling the types of the interpreter: `str(value)`, `type(value)`.

use crate::Running;
use crate::vm::error::{Raised, Step};
use crate::vm::item;
use crate::vm::native::Arguments;
use crate::vm::show;
use crate::vm::value::{Class, Value};
use enroll::import::Importer;
use std::cell::RefCell;
use std::rc::Rc;

/// The types of values, besides exceptions. `bool` is an `int` in Python.
pub(crate) const TYPES: &[&str] = &[
    "object",
    "type",
    "NoneType",
    "bool",
    "int",
    "str",
    "list",
    "tuple",
    "dict",
    "module",
    "function",
    "method",
    "builtin_function_or_method",
    "finder",
];

pub(crate) fn convert(
    cx: &mut Running<'_, '_>,
    class: &Rc<Class>,
    arguments: &Arguments,
) -> Step<Value> {
    let value = arguments.get(0, "object").cloned();
    Ok(match (&*class.name, value) {
        ("type", Some(value)) => Value::Class(cx.host().class_of(&value)),
        ("module", _) => {
            let name = arguments.need_text(cx, 0, "name")?;
            Value::Module(Importer::new(cx).new_module(&name)?)
        }
        ("str", Some(value)) => Value::text(&show::text(cx, &value)?),
        ("bool", value) => Value::Bool(value.is_some_and(|value| value.is_true())),
        ("list", Some(values)) => Value::list(item::items(cx, &values)?),
        ("list", None) => Value::list([]),
        ("tuple", Some(values)) => Value::tuple(item::items(cx, &values)?),
        ("dict", None) => Value::Dict(Rc::new(RefCell::default())),
        ("dict", Some(values)) => {
            let dict = Value::Dict(Rc::new(RefCell::default()));
            for key in item::items(cx, &values)? {
                let value = item::load(cx, &values, &key)?;
                item::store(cx, &dict, key, value)?;
            }
            dict
        }
        ("int", Some(Value::Int(int))) => Value::Int(int),
        _ => {
            let message = format!("cannot make a {} of this", class.name);
            return Raised::type_error(cx, &message);
        }
    })
}
