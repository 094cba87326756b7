//! What portable modules do with Python objects that are nothing of theirs.

use crate::CPython;
use crate::guest::adopt::{adopt, offer};
use enroll::{Access, Claim, Cx};
use enroll_portable::{Args, Bytes, Foreign, Shape, Str, Style, Value};
use pyo3::exceptions::{PyAttributeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyFloat, PyInt, PyIterator, PyList, PyString, PyTuple};

/// A Python object as a foreign value.
pub(super) fn of<'vm>(object: &Bound<'_, PyAny>) -> Value<'vm> {
    let name = object.get_type().name();
    let name = name.as_ref().ok().and_then(|name| name.to_str().ok());
    let known = NAMES.iter().find(|known| name == Some(known));
    named(known.unwrap_or(&"object"), object)
}

/// The same, under what messages are to call it.
pub(super) fn named<'vm>(name: &'static str, object: &Bound<'_, PyAny>) -> Value<'vm> {
    Value::Foreign(Foreign::new(name, object.clone().unbind()))
}

/// Types that messages name: a foreign value has a constant name. Of any other
/// type is an `object`.
const NAMES: &[&str] = &[
    "bytearray",
    "builtin_function_or_method",
    "complex",
    "dict",
    "dict_items",
    "dict_keys",
    "dict_values",
    "ellipsis",
    "float",
    "frozenset",
    "function",
    "generator",
    "int",
    "list",
    "memoryview",
    "method",
    "module",
    "range",
    "set",
    "slice",
    "str",
    "tuple",
    "type",
];

pub(super) fn call<'vm>(
    cx: &mut Cx<'_, 'vm, CPython>,
    py: Python<'_>,
    callee: &Value<'vm>,
    args: Args<'_, 'vm>,
) -> PyResult<Value<'vm>> {
    let callee = adopt(cx, py, callee.clone())?;
    let mut positional = Vec::with_capacity(args.positional.len());
    for argument in args.positional {
        positional.push(adopt(cx, py, argument.clone())?);
    }
    let keywords = PyDict::new(py);
    for (name, argument) in args.keywords {
        keywords.set_item(name, adopt(cx, py, argument.clone())?)?;
    }
    let result = callee.call(PyTuple::new(py, positional)?, Some(&keywords))?;
    Ok(offer(cx, &result))
}

pub(super) fn attr<'vm>(
    cx: &mut Cx<'_, 'vm, CPython>,
    py: Python<'_>,
    object: &Value<'vm>,
    name: &str,
    access: Access<'_, Value<'vm>>,
) -> PyResult<Claim<Value<'vm>>> {
    let object = adopt(cx, py, object.clone())?;
    let done = match access {
        Access::Load => match object.getattr(name) {
            Ok(value) => Ok(Claim::Value(offer(cx, &value))),
            Err(error) => Err(error),
        },
        Access::Store(value) => {
            let value = adopt(cx, py, value.clone())?;
            object.setattr(name, value).map(|()| Claim::Done)
        }
        Access::Delete => object.delattr(name).map(|()| Claim::Done),
    };
    match done {
        Err(error) if error.is_instance_of::<PyAttributeError>(py) => Ok(Claim::Declined),
        done => done,
    }
}

pub(super) fn subscript<'vm>(
    cx: &mut Cx<'_, 'vm, CPython>,
    py: Python<'_>,
    object: &Value<'vm>,
    index: &Value<'vm>,
    access: Access<'_, Value<'vm>>,
) -> PyResult<Claim<Value<'vm>>> {
    let object = adopt(cx, py, object.clone())?;
    let index = adopt(cx, py, index.clone())?;
    match access {
        Access::Load => {
            let item = object.get_item(index)?;
            Ok(Claim::Value(offer(cx, &item)))
        }
        Access::Store(value) => {
            let value = adopt(cx, py, value.clone())?;
            object.set_item(index, value).map(|()| Claim::Done)
        }
        Access::Delete => object.del_item(index).map(|()| Claim::Done),
    }
}

/// Python's own containers, and what derives from them or from a number or text.
pub(super) fn shape<'vm>(
    cx: &mut Cx<'_, 'vm, CPython>,
    py: Python<'_>,
    object: &Value<'vm>,
) -> PyResult<Shape<'vm>> {
    let object = adopt(cx, py, object.clone())?;
    if object.is_instance_of::<PyList>() || object.is_instance_of::<PyTuple>() {
        return Ok(Shape::Sequence);
    }
    if object.is_instance_of::<PyDict>() {
        return Ok(Shape::Mapping);
    }
    let datum = if let Ok(text) = object.cast::<PyString>() {
        // One with a lone surrogate is no text of Rust's.
        text.to_str().ok().map(|text| Str::copied(text).into())
    } else if let Ok(number) = object.cast::<PyFloat>() {
        Some(Value::Float(number.value()))
    } else if object.is_instance_of::<PyInt>() {
        // One of more than 64 bits is none of Rust's.
        object.extract().ok().map(Value::Int)
    } else if let Ok(bytes) = object.cast::<PyBytes>() {
        Some(Bytes::copied(bytes.as_bytes()).into())
    } else {
        None
    };
    Ok(datum.map_or(Shape::Opaque, Shape::Datum))
}

/// `id(object)`.
pub(super) fn identity(object: &Value<'_>) -> Option<usize> {
    let Value::Foreign(foreign) = object else {
        return None;
    };
    let object = foreign.downcast_ref::<Py<PyAny>>()?;
    Some(object.as_ptr().addr())
}

pub(super) fn len<'vm>(
    cx: &mut Cx<'_, 'vm, CPython>,
    py: Python<'_>,
    object: &Value<'vm>,
) -> PyResult<usize> {
    adopt(cx, py, object.clone())?.len()
}

pub(super) fn iter<'vm>(
    cx: &mut Cx<'_, 'vm, CPython>,
    py: Python<'_>,
    object: &Value<'vm>,
) -> PyResult<Value<'vm>> {
    let iterator = adopt(cx, py, object.clone())?.try_iter()?;
    Ok(named("iterator", iterator.as_any()))
}

pub(super) fn next<'vm>(
    cx: &mut Cx<'_, 'vm, CPython>,
    py: Python<'_>,
    iterator: &Value<'vm>,
) -> PyResult<Option<Value<'vm>>> {
    let object = adopt(cx, py, iterator.clone())?;
    let Ok(iterator) = object.cast::<PyIterator>() else {
        let message = format!("'{}' object is not an iterator", iterator.type_name());
        return Err(PyTypeError::new_err(message));
    };
    match iterator.clone().next() {
        Some(item) => Ok(Some(offer(cx, &item?))),
        None => Ok(None),
    }
}

pub(super) fn equal<'vm>(
    cx: &mut Cx<'_, 'vm, CPython>,
    py: Python<'_>,
    left: &Value<'vm>,
    right: &Value<'vm>,
) -> PyResult<bool> {
    let left = adopt(cx, py, left.clone())?;
    let right = adopt(cx, py, right.clone())?;
    // As in Python's containers: an object equals itself, whatever it says.
    Ok(left.is(&right) || left.eq(right)?)
}

pub(super) fn text<'vm>(
    cx: &mut Cx<'_, 'vm, CPython>,
    py: Python<'_>,
    object: &Value<'vm>,
    style: Style,
) -> PyResult<String> {
    let object = adopt(cx, py, object.clone())?;
    let text = match style {
        Style::Str => object.str()?,
        Style::Repr => object.repr()?,
    };
    Ok(text.to_string_lossy().into_owned())
}

/// Writes where scripts print: `sys.stdout`, which a script may have replaced.
pub(super) fn print(py: Python<'_>, text: &str) -> PyResult<()> {
    let stdout = py.import("sys")?.getattr("stdout")?;
    stdout.call_method1("write", (text,))?;
    Ok(())
}
