//! Attributes of native objects that are no methods: `object.name`.

use crate::guest::adopt::{adopt, offer};
use crate::object::operator::on;
use crate::{Arguments, CPython};
use enroll::{Access, Claim, Cx};
use enroll_portable::{Slot, Value};
use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;

/// `object.name`, where the class has nothing of that name.
pub(super) fn load<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let [this, name] = arguments.exactly()?;
    match ask(cx, &this, &name, Access::Load)? {
        Claim::Value(value) => adopt(cx, this.py(), value),
        _ => Err(missing(&this, &name)),
    }
}

/// `object.name = value`.
pub(super) fn store<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = arguments.py();
    let [this, name, value] = arguments.exactly()?;
    let offered = offer(cx, &value);
    if !ask(cx, &this, &name, Access::Store(&offered))?.is_claimed() {
        // A subclass that a script made has attributes of its own.
        let object = py.get_type::<PyAny>();
        object.call_method1("__setattr__", (this, name, value))?;
    }
    Ok(py.None().into_bound(py))
}

/// `del object.name`.
pub(super) fn delete<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = arguments.py();
    let [this, name] = arguments.exactly()?;
    if !ask(cx, &this, &name, Access::Delete)?.is_claimed() {
        let object = py.get_type::<PyAny>();
        object.call_method1("__delattr__", (this, name))?;
    }
    Ok(py.None().into_bound(py))
}

fn ask(
    cx: &mut Cx<'_, 'static, CPython>,
    this: &Bound<'_, PyAny>,
    name: &Bound<'_, PyAny>,
    access: Access<'_, Value<'static>>,
) -> PyResult<Claim<Value<'static>>> {
    let name: String = name.extract()?;
    on(cx, this, |cx, value| {
        let Value::Object(object) = value else {
            return Ok(Claim::Declined);
        };
        let slot = object.type_of().slot(|slot| match slot {
            Slot::Attr(function) => Some(*function),
            _ => None,
        });
        match slot {
            Some(function) => function(cx, object, &name, access),
            None => Ok(Claim::Declined),
        }
    })
}

/// With what Python needs to suggest a similar name.
#[cold]
fn missing(this: &Bound<'_, PyAny>, name: &Bound<'_, PyAny>) -> PyErr {
    let class = this.get_type().name().map(|name| name.to_string());
    let error = PyAttributeError::new_err(format!(
        "'{}' object has no attribute '{name}'",
        class.unwrap_or_default()
    ));
    let value = error.value(this.py());
    // Two attributes that every such exception has.
    let _ = value.setattr("name", name);
    let _ = value.setattr("obj", this);
    error
}
