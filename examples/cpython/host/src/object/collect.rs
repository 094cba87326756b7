//! What CPython's garbage collector sees of native objects.
//!
//! It counts the references to an object, and takes away those that it finds
//! within garbage. So a reference may be shown only by the one that owns it: what
//! has other clones is not, and what it refers to then counts as in use. So does
//! everything in another thread, and while it is borrowed.

use crate::object::held::Held;
use enroll_portable::{Dict, List, Tuple, Value};
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::{Py, PyAny};
use std::rc::Rc;

/// Values within values are followed this far; what is deeper counts as in use.
const DEPTH: u8 = 64;

impl Held<'_> {
    /// Shows the Python objects that a value is the only one to refer to.
    pub(super) fn show(&self, index: usize, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.look(index, |value| show(value, visit, DEPTH))
            .unwrap_or(Ok(()))
    }

    /// Takes the values out of an object that nobody reaches any more.
    pub(super) fn empty(&self, index: usize) {
        let taken = self.look(index, |value| match value {
            Value::Object(object) if !object.is_shared() => {
                let mut values = object.values_mut().ok()?;
                Some(values.drain(..).collect())
            }
            Value::List(List::Shared(items)) if Rc::strong_count(items) == 1 => {
                Some(std::mem::take(&mut *items.try_borrow_mut().ok()?))
            }
            Value::Dict(Dict::Shared(pairs)) if Rc::strong_count(pairs) == 1 => {
                let pairs = std::mem::take(&mut *pairs.try_borrow_mut().ok()?);
                let values = pairs.into_iter().flat_map(|(key, value)| [key, value]);
                Some(values.collect::<Vec<_>>())
            }
            _ => None,
        });
        // Nothing is borrowed now: their end may run anything.
        drop(taken);
    }
}

fn show(value: &Value<'_>, visit: &PyVisit<'_>, depth: u8) -> Result<(), PyTraverseError> {
    let Some(depth) = depth.checked_sub(1) else {
        return Ok(());
    };
    match value {
        Value::Foreign(foreign) if !foreign.is_shared() => {
            match foreign.downcast_ref::<Py<PyAny>>() {
                Some(object) => visit.call(object),
                None => Ok(()),
            }
        }
        Value::Object(object) if !object.is_shared() => match object.values() {
            Ok(values) => values
                .iter()
                .try_for_each(|value| show(value, visit, depth)),
            Err(_) => Ok(()),
        },
        Value::Tuple(Tuple::Shared(items)) if Rc::strong_count(items) == 1 => {
            items.iter().try_for_each(|value| show(value, visit, depth))
        }
        Value::List(List::Shared(items)) if Rc::strong_count(items) == 1 => {
            match items.try_borrow() {
                Ok(items) => items.iter().try_for_each(|value| show(value, visit, depth)),
                Err(_) => Ok(()),
            }
        }
        Value::Dict(Dict::Shared(pairs)) if Rc::strong_count(pairs) == 1 => {
            match pairs.try_borrow() {
                Ok(pairs) => pairs.iter().try_for_each(|(key, value)| {
                    show(key, visit, depth)?;
                    show(value, visit, depth)
                }),
                Err(_) => Ok(()),
            }
        }
        _ => Ok(()),
    }
}
