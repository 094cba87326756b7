//! What Python's operators do with native objects.

use crate::guest::adopt::{adopt, offer, portable};
use crate::guest::call;
use crate::object::instance::{module_of, receiver};
use crate::{Arguments, CPython};
use enroll::{Access, Claim, Cx};
use enroll_portable::types::{Binary, Unary};
use enroll_portable::{Error as Failure, Object, Operate, Portable, Slot, Style, Value};
use pyo3::exceptions::{PyStopIteration, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyInt};

type Result<'py> = PyResult<Bound<'py, PyAny>>;
type Portably<'a, 'b> = &'a mut Cx<'b, 'static, Portable>;

/// Runs a portable operation on the object that a method was called on.
pub(super) fn on<'py, R>(
    cx: &mut Cx<'_, 'static, CPython>,
    this: &Bound<'py, PyAny>,
    run: impl FnOnce(Portably<'_, '_>, &Value<'static>) -> std::result::Result<R, Failure>,
) -> PyResult<R> {
    let module = module_of(this).or(cx.module());
    let cx = &mut cx.within(module);
    let Some(value) = receiver(cx, this) else {
        return Err(no_object(this));
    };
    portable(cx, this.py(), |cx| run(cx, &value))
}

#[cold]
fn no_object(this: &Bound<'_, PyAny>) -> PyErr {
    let found = this.get_type().name().map(|name| name.to_string());
    PyTypeError::new_err(format!(
        "a native object of this interpreter is needed, not '{}'",
        found.unwrap_or_default()
    ))
}

/// The same, with a result that is a value.
fn value<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    this: &Bound<'py, PyAny>,
    run: impl FnOnce(Portably<'_, '_>, &Value<'static>) -> std::result::Result<Value<'static>, Failure>,
) -> Result<'py> {
    let result = on(cx, this, run)?;
    let module = module_of(this).or(cx.module());
    adopt(&mut cx.within(module), this.py(), result)
}

fn no_implementation(py: Python<'_>) -> Bound<'_, PyAny> {
    py.NotImplemented().into_bound(py)
}

pub(crate) fn unary<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
    operator: Unary,
) -> Result<'py> {
    let [this] = arguments.exactly()?;
    value(cx, &this, |cx, value| cx.unary(operator, value))
}

pub(crate) fn binary<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
    operator: Binary,
    reversed: bool,
) -> Result<'py> {
    // `pow` hands on a modulus, which no slot takes.
    let py = arguments.py();
    let (this, rest) = arguments.split_first()?;
    let Ok([other]) = rest.exactly() else {
        return Ok(no_implementation(py));
    };
    let operand = offer(cx, &other);
    let answer = on(cx, &this, |cx, value| match value {
        Value::Object(object) => ask(cx, object, operator, &operand, reversed),
        _ => Ok(None),
    })?;
    match answer {
        Some(answer) => adopt(cx, py, answer),
        None if operator == Binary::Contains => contains(cx, &this, &operand),
        // Then Python asks the other one.
        None => Ok(no_implementation(py)),
    }
}

fn ask(
    cx: Portably<'_, '_>,
    object: &Object<'static>,
    operator: Binary,
    other: &Value<'static>,
    reversed: bool,
) -> std::result::Result<Option<Value<'static>>, Failure> {
    let slot = object.type_of().slot(|slot| match slot {
        Slot::Binary(function) => Some(*function),
        _ => None,
    });
    match slot {
        Some(function) => function(cx, object, operator, other, reversed),
        None => Ok(None),
    }
}

/// `x in object` of a type that does not answer it: one of its items.
fn contains<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    this: &Bound<'py, PyAny>,
    wanted: &Value<'static>,
) -> Result<'py> {
    let py = this.py();
    let found = on(cx, this, |cx, value| {
        let iterator = cx.iter(value)?;
        while let Some(item) = cx.next(&iterator)? {
            if cx.equal(&item, wanted)? {
                return Ok(true);
            }
        }
        Ok(false)
    })?;
    Ok(PyBool::new(py, found).to_owned().into_any())
}

pub(crate) fn equal<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
) -> Result<'py> {
    let [this, other] = arguments.exactly()?;
    let py = arguments.py();
    // One of the same type is native, whatever subclass of it a script made.
    let operand = match receiver(cx, &other) {
        Some(operand) => operand,
        None => offer(cx, &other),
    };
    let same = on(cx, &this, |cx, value| cx.equal(value, &operand))?;
    // Python asks an object of its own whether it equals this one.
    if !same && matches!(operand, Value::Foreign(_)) {
        return Ok(no_implementation(py));
    }
    Ok(PyBool::new(py, same).to_owned().into_any())
}

pub(crate) fn hash<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
) -> Result<'py> {
    let [this] = arguments.exactly()?;
    let hash = on(cx, &this, |cx, value| cx.hash(value))?;
    Ok(PyInt::new(arguments.py(), hash).into_any())
}

pub(crate) fn length<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
) -> Result<'py> {
    let [this] = arguments.exactly()?;
    let len = on(cx, &this, |cx, value| cx.len(value))?;
    Ok(PyInt::new(arguments.py(), len).into_any())
}

pub(crate) fn repr<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
) -> Result<'py> {
    let [this] = arguments.exactly()?;
    value(cx, &this, |cx, value| {
        Ok(cx.text_of(value, Style::Repr)?.into())
    })
}

pub(crate) fn str<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
) -> Result<'py> {
    let [this] = arguments.exactly()?;
    value(cx, &this, |cx, value| {
        Ok(cx.text_of(value, Style::Str)?.into())
    })
}

pub(crate) fn call<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
) -> Result<'py> {
    let (this, arguments) = arguments.split_first()?;
    let Some(callee) = receiver(cx, &this) else {
        return Err(no_object(&this));
    };
    call::run(cx, &arguments, None, |cx, args| cx.call(&callee, args))
}

pub(crate) fn iterate<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
) -> Result<'py> {
    let [this] = arguments.exactly()?;
    value(cx, &this, |cx, value| cx.iter(value))
}

pub(crate) fn next<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
) -> Result<'py> {
    let [this] = arguments.exactly()?;
    match on(cx, &this, |cx, value| cx.next(value))? {
        Some(item) => adopt(cx, arguments.py(), item),
        None => Err(PyStopIteration::new_err(())),
    }
}

pub(crate) fn item<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
) -> Result<'py> {
    let [this, index] = arguments.exactly()?;
    let index = offer(cx, &index);
    value(cx, &this, |cx, value| cx.item(value, &index))
}

pub(crate) fn set_item<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
) -> Result<'py> {
    let [this, index, item] = arguments.exactly()?;
    let (index, item) = (offer(cx, &index), offer(cx, &item));
    let claim = on(cx, &this, |cx, value| {
        cx.subscript(value, &index, Access::Store(&item))
    })?;
    changed(&this, claim, "assignment")
}

pub(crate) fn delete_item<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
) -> Result<'py> {
    let [this, index] = arguments.exactly()?;
    let index = offer(cx, &index);
    let claim = on(cx, &this, |cx, value| {
        cx.subscript(value, &index, Access::Delete)
    })?;
    changed(&this, claim, "deletion")
}

fn changed<'py>(this: &Bound<'py, PyAny>, claim: Claim<Value<'static>>, what: &str) -> Result<'py> {
    if claim.is_claimed() {
        return Ok(this.py().None().into_bound(this.py()));
    }
    let name = this.get_type().name()?;
    Err(PyTypeError::new_err(format!(
        "'{name}' object does not support item {what}"
    )))
}

/// `bytes(object)`: a copy of its buffer.
pub(crate) fn bytes<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
) -> Result<'py> {
    let [this] = arguments.exactly()?;
    let copy = on(cx, &this, |cx, value| {
        cx.buffer(value, |bytes| bytes.to_vec())
    })?;
    Ok(PyBytes::new(arguments.py(), &copy.unwrap_or_default()).into_any())
}

pub(crate) fn enter<'py>(
    _: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
) -> Result<'py> {
    let [this] = arguments.exactly()?;
    Ok(this)
}

pub(crate) fn exit<'py>(
    _: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
) -> Result<'py> {
    let (this, _) = arguments.split_first()?;
    // Asked of the object, so that a subclass may have its own.
    this.call_method0("close")?;
    Ok(arguments.py().None().into_bound(arguments.py()))
}
