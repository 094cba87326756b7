//! What was found, as scripts see it (`importlib.machinery.ModuleSpec`).

use crate::Running;
use crate::vm::error::{Raised, Step, arguments};
use crate::vm::native::Arguments;
use crate::vm::value::{Class, Instance, Names, Value, bind};
use enroll::import::Spec;
use std::rc::Rc;

/// The attribute that holds `__path__`.
pub(crate) const SEARCH: &str = "submodule_search_locations";

/// The object of a spec.
pub(crate) fn object(cx: &mut Running<'_, '_>, spec: &Spec) -> Value {
    let search = spec.search.as_ref().map_or(Value::None, Value::texts);
    let kind = format!("{:?}", spec.kind).to_lowercase();
    let origin = spec.origin.as_deref().map_or(Value::None, Value::text);
    let made = make(cx, &spec.name, Value::text(&kind), origin, search);
    if let Value::Instance(instance) = &made {
        bind(&instance.names, "has_location", Value::Bool(spec.has_file));
        bind(&instance.names, "parent", Value::text(spec.package()));
    }
    made
}

/// `ModuleSpec(name, loader, origin=None, is_package=False)`.
pub(crate) fn new(cx: &mut Running<'_, '_>, arguments: Arguments) -> Step<Value> {
    let name = arguments.need_text(cx, 0, "name")?;
    let loader = arguments.need(cx, 1, "loader")?;
    let origin = arguments.get(2, "origin").cloned().unwrap_or(Value::None);
    let is_package = arguments.get(4, "is_package").is_some_and(Value::is_true);
    let search = if is_package {
        Value::list([])
    } else {
        Value::None
    };
    Ok(make(cx, &name, loader, origin, search))
}

fn make(
    cx: &mut Running<'_, '_>,
    name: &str,
    loader: Value,
    origin: Value,
    search: Value,
) -> Value {
    let is_package = !matches!(search, Value::None);
    let parent = match name.rsplit_once('.') {
        _ if is_package => name,
        Some((parent, _)) => parent,
        None => "",
    };
    let names = Names::default();
    bind(&names, "name", Value::text(name));
    bind(&names, "loader", loader);
    bind(&names, "origin", origin);
    bind(&names, SEARCH, search);
    bind(&names, "has_location", Value::Bool(false));
    bind(&names, "parent", Value::text(parent));
    Value::Instance(Rc::new(Instance {
        class: class(cx),
        names,
    }))
}

fn class(cx: &mut Running<'_, '_>) -> Rc<Class> {
    let object = cx.host().class("object");
    let state = &mut cx.host().state;
    let class = state
        .spec
        .get_or_insert_with(|| Class::new("ModuleSpec", Some(object)));
    class.clone()
}

/// Says in an error that it came at the first use of a lazy module.
pub(crate) fn note(cx: &mut Running<'_, '_>, raised: &Raised, module: &str) {
    let Value::Instance(instance) = &raised.0 else {
        return;
    };
    let Some(Value::Text(message)) = arguments(instance).and_then(|all| all.first().cloned())
    else {
        return;
    };
    let _ = cx;
    let message = Value::text(&format!("{message} (at the first use of '{module}')"));
    bind(&instance.names, "args", Value::tuple([message]));
}
