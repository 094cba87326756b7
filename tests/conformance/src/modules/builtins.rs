//! `builtins`: the names that every script sees.

use crate::Running;
use crate::host::Script;
use crate::vm::attribute;
use crate::vm::error::{Raised, Step};
use crate::vm::item;
use crate::vm::native::{Arguments, Native};
use crate::vm::show;
use crate::vm::value::Value;
use enroll::import::Importer;
use enroll::{Access, Claim, Qstr};

enroll::register_module! {
    /// The names that every script sees. A script may change them: they are no
    /// constants, a hook hands them out.
    pub(super) static BUILTINS: Module<Script> = "builtins" {}
    attr: names,
    dir: list_names,
}

fn names(cx: &mut Running<'_, '_>, name: Qstr, access: Access<'_, Value>) -> Step<Claim<Value>> {
    let text = cx.host().text_of(name);
    match access {
        Access::Load => Ok(cx
            .host()
            .builtin(&text)
            .map_or(Claim::Declined, Claim::Value)),
        Access::Store(value) => {
            if text == "__import__" {
                let is_own = matches!(value, Value::Native(native) if native.name == text);
                Importer::new(cx).set_import((!is_own).then(|| value.clone()));
            }
            cx.host().builtins.insert(text.into(), value.clone());
            Ok(Claim::Done)
        }
        Access::Delete => match cx.host().builtins.remove(&*text) {
            Some(_) => Ok(Claim::Done),
            None => Ok(Claim::Declined),
        },
    }
}

fn list_names(cx: &mut Running<'_, '_>, each: &mut dyn FnMut(Qstr)) -> Step<()> {
    let texts: Vec<String> = cx
        .host()
        .builtins
        .keys()
        .map(|name| name.to_string())
        .collect();
    for text in texts {
        each(crate::vm::scope::intern(cx, &text)?);
    }
    Ok(())
}

/// The functions among them.
pub(crate) static FUNCTIONS: &[Native] = &[
    native("print", print),
    native("repr", |cx, arguments| {
        let value = arguments.need(cx, 0, "object")?;
        Ok(Value::text(&show::repr(cx, &value)?))
    }),
    native("getattr", getattr),
    native("hasattr", hasattr),
    native("setattr", |cx, arguments| {
        let owner = arguments.need(cx, 0, "object")?;
        let name = arguments.need_text(cx, 1, "name")?;
        let value = arguments.need(cx, 2, "value")?;
        attribute::store(cx, &owner, &name, value)?;
        Ok(Value::None)
    }),
    native("delattr", |cx, arguments| {
        let owner = arguments.need(cx, 0, "object")?;
        let name = arguments.need_text(cx, 1, "name")?;
        attribute::delete(cx, &owner, &name)?;
        Ok(Value::None)
    }),
    native("len", |cx, arguments| {
        let values = arguments.need(cx, 0, "object")?;
        Ok(Value::Int(item::items(cx, &values)?.len() as i64))
    }),
    native("sorted", |cx, arguments| {
        let values = arguments.need(cx, 0, "iterable")?;
        let mut items = item::items(cx, &values)?;
        items.sort_by(|a, b| item::order(a, b).unwrap_or(std::cmp::Ordering::Equal));
        Ok(Value::list(items))
    }),
    native("isinstance", |cx, arguments| {
        let value = arguments.need(cx, 0, "object")?;
        let class = arguments.need(cx, 1, "class")?;
        Ok(Value::Bool(item::is_instance(cx, &value, &class)?))
    }),
    native("callable", |cx, arguments| {
        let value = arguments.need(cx, 0, "object")?;
        let is_function = matches!(
            value,
            Value::Function(_)
                | Value::Native(_)
                | Value::Method(_)
                | Value::Own(_)
                | Value::Class(_)
        );
        Ok(Value::Bool(is_function))
    }),
    native("dir", dir),
    native("vars", |cx, arguments| {
        let owner = arguments.need(cx, 0, "object")?;
        attribute::load(cx, &owner, "__dict__")
    }),
    native("globals", |cx, _| {
        let running = cx.host().running();
        Ok(running.map_or(Value::None, Value::Namespace))
    }),
    native("__import__", import),
    native("copy", |cx, arguments| {
        let from = arguments.need_text(cx, 0, "source")?;
        let to = arguments.need_text(cx, 1, "target")?;
        let copied = cx.host().folder.copy(&from, &to);
        copied.map_err(|error| Raised::new(cx, "OSError", &error.to_string()))?;
        Ok(Value::None)
    }),
    native("remove", |cx, arguments| {
        let name = arguments.need_text(cx, 0, "name")?;
        let removed = cx.host().folder.remove(&name);
        removed.map_err(|error| Raised::new(cx, "OSError", &error.to_string()))?;
        Ok(Value::None)
    }),
];

const fn native(
    name: &'static str,
    call: for<'a, 'b, 'vm> fn(&'a mut Running<'b, 'vm>, Arguments) -> Step<Value>,
) -> Native {
    Native { name, call }
}

fn print(cx: &mut Running<'_, '_>, arguments: Arguments) -> Step<Value> {
    let mut texts = Vec::new();
    for value in &arguments.positional {
        texts.push(show::text(cx, value)?);
    }
    let line = texts.join(" ");
    let output = &mut cx.host().output;
    output.push_str(&line);
    output.push('\n');
    Ok(Value::None)
}

fn getattr(cx: &mut Running<'_, '_>, arguments: Arguments) -> Step<Value> {
    let owner = arguments.need(cx, 0, "object")?;
    let name = arguments.need_text(cx, 1, "name")?;
    match (
        attribute::load(cx, &owner, &name),
        arguments.get(2, "default"),
    ) {
        (Err(raised), Some(default)) if raised.is("AttributeError") => Ok(default.clone()),
        (loaded, _) => loaded,
    }
}

fn hasattr(cx: &mut Running<'_, '_>, arguments: Arguments) -> Step<Value> {
    let owner = arguments.need(cx, 0, "object")?;
    let name = arguments.need_text(cx, 1, "name")?;
    match attribute::load(cx, &owner, &name) {
        Ok(_) => Ok(Value::Bool(true)),
        Err(raised) if raised.is("AttributeError") => Ok(Value::Bool(false)),
        Err(raised) => Err(raised),
    }
}

fn dir(cx: &mut Running<'_, '_>, arguments: Arguments) -> Step<Value> {
    match arguments.need(cx, 0, "object")? {
        Value::Module(module) => Ok(Value::texts(Importer::new(cx).dir(module)?)),
        Value::Instance(instance) => {
            let names = instance.names.borrow();
            Ok(Value::texts(names.iter().map(|(name, _)| name)))
        }
        other => {
            let message = format!("dir() of a {}", other.class_name());
            Raised::type_error(cx, &message)
        }
    }
}

/// The original import function: it does not call what took its place.
fn import(cx: &mut Running<'_, '_>, arguments: Arguments) -> Step<Value> {
    let name = arguments.need_text(cx, 0, "name")?;
    let from = match arguments.get(1, "globals") {
        Some(Value::Module(module) | Value::Namespace(module)) => Some(*module),
        _ => None,
    };
    let names = match arguments.get(3, "fromlist") {
        None | Some(Value::None) => Vec::new(),
        Some(names) => {
            let names = names.clone();
            item::items(cx, &names)?
        }
    };
    let names: Vec<&str> = names.iter().filter_map(Value::as_text).collect();
    let level = match arguments.get(4, "level") {
        Some(Value::Int(level)) => match usize::try_from(*level) {
            Ok(level) => level,
            Err(_) => return Err(Raised::new(cx, "ValueError", "level must be >= 0")),
        },
        _ => 0,
    };
    Importer::new(cx).import_default(&name, from, &names, level)
}
