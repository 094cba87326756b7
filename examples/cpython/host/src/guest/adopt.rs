//! Values, both ways.

use crate::guest::{errors, foreign};
use crate::native::{Native, bind};
use crate::object::{class, instance};
use crate::{CPython, Error, import};
use enroll::{Adopt, Cx};
use enroll_portable::{
    Bytes, Dict, Error as Failure, Foreign, List, Portable, Str, Tuple, Value, Vm,
};
use pyo3::exceptions::{PyNotImplementedError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};
use std::mem;
use std::rc::Rc;

/// Lists within lists, and tuples within tuples, are followed this far.
const DEPTH: u8 = 64;

impl Adopt<Portable> for CPython {
    fn enter<'vm, R>(
        cx: &mut Cx<'_, 'vm, CPython>,
        run: impl FnOnce(&mut Cx<'_, 'vm, Portable>) -> R,
    ) -> R {
        enter(cx, run)
    }

    fn adopt<'vm>(cx: &mut Cx<'_, 'vm, CPython>, value: Value<'vm>) -> Result<Py<PyAny>, Error> {
        Python::attach(|py| Ok(adopt(cx, py, value)?.unbind()))
    }

    fn offer<'vm>(cx: &mut Cx<'_, 'vm, CPython>, value: &Py<PyAny>) -> Result<Value<'vm>, Error> {
        Python::attach(|py| Ok(offer(cx, value.bind(py))))
    }

    fn fail(cx: &mut Cx<'_, '_, CPython>, error: Failure) -> Error {
        let _ = cx;
        Python::attach(|py| errors::raised(py, error).into())
    }
}

/// Runs something as the portable host.
pub(crate) fn enter<'vm, R>(
    cx: &mut Cx<'_, 'vm, CPython>,
    run: impl FnOnce(&mut Cx<'_, 'vm, Portable>) -> R,
) -> R {
    let module = cx.module();
    let context = cx.host();
    let result = {
        let vm: &mut (dyn Vm<'vm> + 'vm) = context;
        run(&mut Cx::new(vm).within(module))
    };
    context.settle();
    result
}

/// Runs something portable and turns its error into a Python one.
pub(crate) fn portable<'vm, R>(
    cx: &mut Cx<'_, 'vm, CPython>,
    py: Python<'_>,
    run: impl FnOnce(&mut Cx<'_, 'vm, Portable>) -> Result<R, Failure>,
) -> PyResult<R> {
    enter(cx, run).map_err(|error| errors::raised(py, error))
}

/// A portable value in Python.
pub(crate) fn adopt<'vm, 'py>(
    cx: &mut Cx<'_, 'vm, CPython>,
    py: Python<'py>,
    value: Value<'vm>,
) -> PyResult<Bound<'py, PyAny>> {
    deep(cx, py, value, DEPTH)
}

/// A Python object for a portable module.
///
/// What a type of Python's own has all of goes over by value; an object that
/// has more, an instance of a subclass among them, as what it is.
pub(crate) fn offer<'vm>(cx: &mut Cx<'_, 'vm, CPython>, object: &Bound<'_, PyAny>) -> Value<'vm> {
    at(cx, object, DEPTH)
}

fn at<'vm>(cx: &mut Cx<'_, 'vm, CPython>, object: &Bound<'_, PyAny>, depth: u8) -> Value<'vm> {
    if object.is_none() {
        return Value::None;
    }
    if let Ok(value) = object.cast_exact::<PyBool>() {
        return Value::Bool(value.is_true());
    }
    if let Ok(value) = object.cast_exact::<PyInt>() {
        return match value.extract() {
            Ok(value) => Value::Int(value),
            Err(_) => foreign::named("int of more than 64 bits", object),
        };
    }
    if let Ok(value) = object.cast_exact::<PyFloat>() {
        return Value::Float(value.value());
    }
    if let Ok(text) = object.cast_exact::<PyString>() {
        return match text.to_str() {
            Ok(text) => Value::Str(Str::copied(text)),
            Err(_) => foreign::named("str with a lone surrogate", object),
        };
    }
    if let Ok(bytes) = object.cast_exact::<PyBytes>() {
        return Value::Bytes(Bytes::copied(bytes.as_bytes()));
    }
    if let Ok(items) = object.cast_exact::<PyTuple>()
        && let Some(depth) = depth.checked_sub(1)
    {
        let items = items.iter().map(|item| at(cx, &item, depth));
        return Value::Tuple(Tuple::from(items.collect::<Vec<_>>()));
    }
    if let Ok(native) = object.cast_exact::<Native>() {
        let key = cx.host().shared().key;
        if let Some(function) = native.get().as_function(key) {
            return Value::Function(function);
        }
    }
    if let Some(id) = cx.host().shared().module_of(object) {
        return Value::Module(id);
    }
    if let Some(value) = instance::offered(cx, object) {
        return value;
    }
    if let Some(ty) = cx.host().shared().classes.type_of(object) {
        return Value::Type(ty);
    }
    foreign::of(object)
}

fn deep<'vm, 'py>(
    cx: &mut Cx<'_, 'vm, CPython>,
    py: Python<'py>,
    value: Value<'vm>,
    depth: u8,
) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value {
        Value::None => py.None().into_bound(py),
        Value::Bool(value) => PyBool::new(py, value).to_owned().into_any(),
        Value::Int(value) => PyInt::new(py, value).into_any(),
        Value::Float(value) => PyFloat::new(py, value).into_any(),
        Value::Str(text) => PyString::new(py, &text).into_any(),
        Value::Bytes(bytes) => PyBytes::new(py, &bytes).into_any(),
        Value::Tuple(Tuple::Shared(mut items)) => {
            let depth = deeper(depth)?;
            let items = match Rc::get_mut(&mut items) {
                Some(items) => all(cx, py, items.iter_mut().map(mem::take), depth)?,
                None => all(cx, py, items.iter().cloned(), depth)?,
            };
            PyTuple::new(py, items)?.into_any()
        }
        Value::Tuple(items) => {
            let items = all(cx, py, items.iter(), deeper(depth)?)?;
            PyTuple::new(py, items)?.into_any()
        }
        // What nobody else keeps can become Python's own: nothing tells the two
        // apart, and the items are moved, so that this holds for them too.
        Value::List(List::Shared(items)) => match Rc::try_unwrap(items) {
            Ok(items) => {
                let items = all(cx, py, items.into_inner().into_iter(), deeper(depth)?)?;
                PyList::new(py, items)?.into_any()
            }
            Err(items) => instance::shared(cx, py, List::Shared(items).into())?,
        },
        Value::Dict(Dict::Shared(pairs)) => match Rc::try_unwrap(pairs) {
            Ok(pairs) => {
                let depth = deeper(depth)?;
                let dict = PyDict::new(py);
                for (key, value) in pairs.into_inner() {
                    let key = deep(cx, py, key, depth)?;
                    dict.set_item(key, deep(cx, py, value, depth)?)?;
                }
                dict.into_any()
            }
            Err(pairs) => instance::shared(cx, py, Dict::Shared(pairs).into())?,
        },
        value @ (Value::List(_) | Value::Dict(_) | Value::Object(_)) => {
            instance::shared(cx, py, value)?
        }
        Value::Function(function) => Native::function(cx, py, function)?,
        Value::Module(id) => import::module(cx, py, id)?.into_any(),
        Value::Type(ty) => class::of(cx, py, ty)?.into_any(),
        Value::Bound(bound) => {
            let function = bound.function();
            let receiver = bound.receiver().clone();
            let method = match receiver.as_object() {
                Some(object) => Native::method(cx, py, object.type_of(), function)?,
                None => Native::function(cx, py, function)?,
            };
            bind(method, deep(cx, py, receiver, depth)?)?
        }
        Value::Foreign(own) => own_object(py, &own)?,
        other => {
            let message = format!("Python has nothing like a {}", other.type_name());
            return Err(PyNotImplementedError::new_err(message));
        }
    })
}

/// The Python object that a foreign value is.
fn own_object<'py>(py: Python<'py>, foreign: &Foreign) -> PyResult<Bound<'py, PyAny>> {
    match foreign.downcast_ref::<Py<PyAny>>() {
        Some(object) => Ok(object.bind(py).clone()),
        None => {
            let message = format!("a {} is no Python object", foreign.type_name());
            Err(PyNotImplementedError::new_err(message))
        }
    }
}

fn all<'vm, 'py>(
    cx: &mut Cx<'_, 'vm, CPython>,
    py: Python<'py>,
    items: impl Iterator<Item = Value<'vm>>,
    depth: u8,
) -> PyResult<Vec<Bound<'py, PyAny>>> {
    items.map(|item| deep(cx, py, item, depth)).collect()
}

fn deeper(depth: u8) -> PyResult<u8> {
    depth
        .checked_sub(1)
        .ok_or_else(|| PyValueError::new_err(format!("lists within lists go deeper than {DEPTH}")))
}
