//! Calls of portable functions.

use crate::guest::adopt::{adopt, offer, portable};
use crate::object::instance;
use crate::{Arguments, CPython};
use enroll::Cx;
use enroll_portable::{Args, Error as Failure, Function, Portable, Type, Value};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

/// Calls a portable function.
pub(crate) fn function<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
    function: Function,
) -> PyResult<Bound<'py, PyAny>> {
    run(cx, arguments, None, |cx, args| function.call(cx, args))
}

/// Calls a method; the first argument is what it is called on.
pub(crate) fn method<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
    ty: &'static Type,
    method: Function,
) -> PyResult<Bound<'py, PyAny>> {
    let first = arguments.positional.get_item(0).ok();
    let receiver = first.as_ref().and_then(|this| instance::receiver(cx, this));
    let fits = |value: &Value<'_>| value.as_object().is_some_and(|this| this.type_of().is(ty));
    let Some(receiver) = receiver.filter(fits) else {
        return Err(no_instance(first.as_ref(), ty, method));
    };
    run(cx, arguments, Some(receiver), |cx, args| {
        method.call_method(cx, args)
    })
}

#[cold]
fn no_instance(first: Option<&Bound<'_, PyAny>>, ty: &Type, method: Function) -> PyErr {
    let (name, of) = (method.name(), ty.name());
    PyTypeError::new_err(match first.map(|first| first.get_type().name()) {
        Some(Ok(found)) => {
            format!("descriptor '{name}' for '{of}' objects doesn't apply to a '{found}' object")
        }
        _ => format!("unbound method {of}.{name}() needs an argument"),
    })
}

/// Calls something portable with a script's arguments.
///
/// With a receiver, the first of them is that, and so is every further one that
/// is the same object.
pub(crate) fn run<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
    receiver: Option<Value<'static>>,
    call: impl FnOnce(
        &mut Cx<'_, 'static, Portable>,
        Args<'_, 'static>,
    ) -> Result<Value<'static>, Failure>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = arguments.py();
    let first = arguments.positional.get_item(0).ok();
    let mut of = |argument: &Bound<'py, PyAny>| match (&receiver, &first) {
        (Some(receiver), Some(first)) if argument.is(first) => receiver.clone(),
        _ => offer(cx, argument),
    };
    let mut positional = Vec::with_capacity(arguments.positional.len());
    for argument in &arguments.positional {
        positional.push(of(&argument));
    }
    let mut named: Vec<(String, Value<'static>)> = Vec::new();
    for (name, argument) in arguments.keywords.iter().flatten() {
        named.push((name.extract()?, of(&argument)));
    }
    let keywords: Vec<(&str, Value<'static>)> = named
        .iter()
        .map(|(name, value)| (name.as_str(), value.clone()))
        .collect();
    let args = Args::new(&positional).with(&keywords);
    let value = portable(cx, py, |cx| call(cx, args))?;
    // A list that the function returns is Python's own only where nobody else
    // has it.
    drop(keywords);
    drop((named, positional));
    adopt(cx, py, value)
}
