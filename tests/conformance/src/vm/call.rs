//! Calling functions, methods and classes.

use crate::Running;
use crate::language::tree::Definition;
use crate::vm::convert;
use crate::vm::error::{Raised, Step, exception};
use crate::vm::evaluate::evaluate;
use crate::vm::execute::{Flow, block};
use crate::vm::method;
use crate::vm::native::Arguments;
use crate::vm::scope::Scope;
use crate::vm::value::{Class, Function, Instance, Locals, Names, Value, bind};
use std::rc::Rc;

/// A function, with its defaults evaluated.
pub(crate) fn make_function(
    cx: &mut Running<'_, '_>,
    scope: &Scope,
    definition: &Rc<Definition>,
) -> Step<Value> {
    let mut defaults = Vec::new();
    for (_, default) in &definition.parameters {
        defaults.push(match default {
            Some(default) => Some(evaluate(cx, scope, default)?),
            None => None,
        });
    }
    Ok(Value::Function(Rc::new(Function {
        definition: definition.clone(),
        module: scope.module,
        around: scope.locals.clone(),
        defaults,
    })))
}

/// Calls whatever can be called.
pub(crate) fn call(
    cx: &mut Running<'_, '_>,
    function: &Value,
    mut arguments: Arguments,
) -> Step<Value> {
    match function {
        Value::Function(function) => call_function(cx, function, arguments),
        Value::Native(native) => (native.call)(cx, arguments),
        Value::Method(method) => {
            arguments.positional.insert(0, method.0.clone());
            call(cx, &method.1, arguments)
        }
        Value::Own(own) => method::call(cx, &own.0, &own.1, &arguments),
        Value::Class(class) => instantiate(cx, class, arguments),
        Value::Instance(instance) => match instance.class.find("__call__") {
            Some(function) => {
                arguments.positional.insert(0, function.clone());
                arguments.positional[0] = Value::Instance(instance.clone());
                call(cx, &function, arguments)
            }
            None => not_callable(cx, function),
        },
        _ => not_callable(cx, function),
    }
}

fn not_callable(cx: &mut Running<'_, '_>, value: &Value) -> Step<Value> {
    let message = format!("'{}' object is not callable", value.class_name());
    Raised::type_error(cx, &message)
}

fn call_function(
    cx: &mut Running<'_, '_>,
    function: &Rc<Function>,
    arguments: Arguments,
) -> Step<Value> {
    let definition = &function.definition;
    let names = Names::default();
    let count = definition.parameters.len();
    let given = arguments.positional.len();
    if given > count && definition.rest.is_none() {
        let message = format!(
            "{}() takes {count} positional argument{} but {given} {} given",
            definition.name,
            if count == 1 { "" } else { "s" },
            if given == 1 { "was" } else { "were" },
        );
        return Raised::type_error(cx, &message);
    }
    for (name, _) in &arguments.named {
        if !definition.parameters.iter().any(|(known, _)| known == name) {
            let message = format!(
                "{}() got an unexpected keyword argument '{name}'",
                definition.name
            );
            return Raised::type_error(cx, &message);
        }
    }
    for (position, (name, _)) in definition.parameters.iter().enumerate() {
        let default = || function.defaults.get(position).and_then(Option::as_ref);
        let Some(value) = arguments.get(position, name).or_else(default) else {
            let message = format!(
                "{}() missing 1 required positional argument: '{name}'",
                definition.name
            );
            return Raised::type_error(cx, &message);
        };
        bind(&names, name, value.clone());
    }
    if let Some(rest) = &definition.rest {
        let values = arguments.positional.into_iter().skip(count);
        bind(&names, rest, Value::tuple(values));
    }
    let locals = Rc::new(Locals {
        names,
        around: function.around.clone(),
    });
    let scope = Scope::within(function.module, Some(locals));
    cx.host().enter(function.module)?;
    let done = block(cx, &scope, &definition.body);
    cx.host().leave();
    match done? {
        Flow::Return(value) => Ok(value),
        _ => Ok(Value::None),
    }
}

/// Calls a class.
pub(crate) fn instantiate(
    cx: &mut Running<'_, '_>,
    class: &Rc<Class>,
    arguments: Arguments,
) -> Step<Value> {
    if class.is_below("BaseException") && class.find("__init__").is_none() {
        let made = exception(class.clone(), arguments.positional);
        if let Value::Instance(instance) = &made {
            for (name, value) in arguments.named {
                bind(&instance.names, &name, value);
            }
        }
        return Ok(made);
    }
    if cx.host().is_own_type(class) {
        return convert::convert(cx, class, &arguments);
    }
    let instance = Value::Instance(Rc::new(Instance {
        class: class.clone(),
        names: Names::default(),
    }));
    if let Some(init) = class.find("__init__") {
        let mut arguments = arguments;
        arguments.positional.insert(0, instance.clone());
        call(cx, &init, arguments)?;
    }
    Ok(instance)
}
