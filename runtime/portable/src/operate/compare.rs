//! Equality, truth, and the operators of native types.

#[cfg(feature = "alloc")]
use crate::error::Message;
#[cfg(feature = "alloc")]
use crate::operate::unsupported;
#[cfg(feature = "alloc")]
use crate::types::{Binary, Slot, Unary};
use crate::{Error, Operate, Portable, Value};
#[cfg(feature = "alloc")]
use crate::{Kind, Object};
use enroll::Cx;

pub(super) fn equal<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    left: &Value<'vm>,
    right: &Value<'vm>,
) -> Result<bool, Error> {
    #[cfg(feature = "alloc")]
    {
        for (this, other) in [(left, right), (right, left)] {
            if let Value::Object(object) = this
                && let Some(function) = object.type_of().slot(|slot| match slot {
                    Slot::Equal(function) => Some(*function),
                    _ => None,
                })
            {
                return function(cx, object, other);
            }
        }
        if matches!(left, Value::Foreign(_)) || matches!(right, Value::Foreign(_)) {
            return cx.host().equal(left, right);
        }
    }
    match (left, right) {
        (Value::Tuple(left), Value::Tuple(right)) => {
            sequences(cx, left.len(), right.len(), |index| {
                Some((left.get(index)?, right.get(index)?))
            })
        }
        (Value::List(left), Value::List(right)) => {
            sequences(cx, left.len(), right.len(), |index| {
                Some((left.get(index)?, right.get(index)?))
            })
        }
        (Value::Float(left), Value::Float(right)) => Ok(left == right),
        (Value::Float(float), other) | (other, Value::Float(float)) => {
            Ok(other.as_int().is_some_and(|int| is_exactly(*float, int)))
        }
        _ => match (left.as_int(), right.as_int()) {
            (Some(left), Some(right)) => Ok(left == right),
            _ => Ok(left == right),
        },
    }
}

/// Whether a float is an integer's exact value: `2**53 + 1` is no float.
fn is_exactly(float: f64, int: i64) -> bool {
    // The conversion saturates, so the top of the range is asked apart.
    float == int as f64 && float < 9_223_372_036_854_775_808.0 && float as i64 == int
}

fn sequences<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    left: usize,
    right: usize,
    pair: impl Fn(usize) -> Option<(Value<'vm>, Value<'vm>)>,
) -> Result<bool, Error> {
    if left != right {
        return Ok(false);
    }
    for index in 0..left {
        match pair(index) {
            Some((left, right)) if cx.equal(&left, &right)? => {}
            _ => return Ok(false),
        }
    }
    Ok(true)
}

pub(super) fn truth<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    value: &Value<'vm>,
) -> Result<bool, Error> {
    match value {
        Value::None => Ok(false),
        Value::Bool(bool) => Ok(*bool),
        Value::Int(int) => Ok(*int != 0),
        Value::Float(float) => Ok(*float != 0.0),
        Value::Str(_) | Value::Bytes(_) | Value::Tuple(_) | Value::List(_) | Value::Dict(_) => {
            Ok(cx.len(value)? != 0)
        }
        #[cfg(feature = "alloc")]
        Value::Object(object) => {
            if let Some(Value::Bool(bool)) = ask_unary(cx, Unary::Bool, object)? {
                return Ok(bool);
            }
            let has_length = object.type_of().slot(|slot| match slot {
                Slot::Len(function) => Some(*function),
                _ => None,
            });
            match has_length {
                Some(function) => Ok(function(cx, object)? != 0),
                None => Ok(true),
            }
        }
        _ => Ok(true),
    }
}

#[cfg(feature = "alloc")]
fn ask_unary<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    op: Unary,
    object: &Object<'vm>,
) -> Result<Option<Value<'vm>>, Error> {
    let slot = object.type_of().slot(|slot| match slot {
        Slot::Unary(function) => Some(*function),
        _ => None,
    });
    match slot {
        Some(function) => function(cx, object, op),
        None => Ok(None),
    }
}

#[cfg(feature = "alloc")]
pub(super) fn unary<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    op: Unary,
    value: &Value<'vm>,
) -> Result<Value<'vm>, Error> {
    if op == Unary::Bool {
        return truth(cx, value).map(Value::Bool);
    }
    if let Value::Object(object) = value
        && let Some(answer) = ask_unary(cx, op, object)?
    {
        return Ok(answer);
    }
    Err(unsupported(value, "object does not support this operator"))
}

#[cfg(feature = "alloc")]
pub(super) fn binary<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    op: Binary,
    left: &Value<'vm>,
    right: &Value<'vm>,
) -> Result<Value<'vm>, Error> {
    for (this, other, reversed) in [(left, right, false), (right, left, true)] {
        // `in` belongs to the container alone.
        if reversed && op == Binary::Contains {
            continue;
        }
        if let Value::Object(object) = this
            && let Some(function) = object.type_of().slot(|slot| match slot {
                Slot::Binary(function) => Some(*function),
                _ => None,
            })
            && let Some(answer) = function(cx, object, op, other, reversed)?
        {
            return Ok(answer);
        }
    }
    Err(Error::of(
        Kind::TypeError,
        Message::Operands {
            left: left.type_name(),
            right: right.type_name(),
        },
    ))
}
