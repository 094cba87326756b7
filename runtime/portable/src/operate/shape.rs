//! What a value holds, and which one it is.

use crate::{Dict, Error, List, Portable, Shape, Value};
use alloc::rc::Rc;
use enroll::Cx;

pub(super) fn shape<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    value: &Value<'vm>,
) -> Result<Shape<'vm>, Error> {
    match value {
        Value::None
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Float(_)
        | Value::Str(_)
        | Value::Bytes(_) => Ok(Shape::Datum(value.clone())),
        Value::Tuple(_) | Value::List(_) => Ok(Shape::Sequence),
        Value::Dict(_) => Ok(Shape::Mapping),
        Value::Foreign(_) => cx.host().shape(value),
        _ => Ok(Shape::Opaque),
    }
}

pub(super) fn identity<'vm>(cx: &mut Cx<'_, 'vm, Portable>, value: &Value<'vm>) -> Option<usize> {
    match value {
        Value::List(List::Shared(items)) => Some(Rc::as_ptr(items).addr()),
        Value::Dict(Dict::Shared(pairs)) => Some(Rc::as_ptr(pairs).addr()),
        Value::Object(object) => Some(object.identity()),
        Value::Foreign(_) => cx.host().identity(value),
        _ => None,
    }
}
