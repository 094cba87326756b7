//! Equality, truth, and the operators of native types.

#[cfg(feature = "alloc")]
use crate::error::Message;
#[cfg(feature = "alloc")]
use crate::operate::depth::nested;
use crate::operate::depth::{LIMIT, too_deep};
#[cfg(feature = "alloc")]
use crate::operate::unsupported;
#[cfg(feature = "alloc")]
use crate::types::{Binary, Slot, Unary};
use crate::{Dict, Error, Operate, Portable, Value};
#[cfg(feature = "alloc")]
use crate::{Kind, Object};
use enroll::Cx;

pub(super) fn equal<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    left: &Value<'vm>,
    right: &Value<'vm>,
) -> Result<bool, Error> {
    at(cx, left, right, LIMIT)
}

fn at<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    left: &Value<'vm>,
    right: &Value<'vm>,
    depth: u8,
) -> Result<bool, Error> {
    let depth = depth.checked_sub(1).ok_or(too_deep())?;
    #[cfg(feature = "alloc")]
    {
        for (this, other) in [(left, right), (right, left)] {
            if let Value::Object(object) = this
                && let Some(function) = object.type_of().slot(|slot| match slot {
                    Slot::Equal(function) => Some(*function),
                    _ => None,
                })
            {
                let answer = object.once(|| nested(cx, |cx| function(cx, object, other)));
                return answer.flatten().ok_or(too_deep())?;
            }
        }
        if matches!(left, Value::Foreign(_)) || matches!(right, Value::Foreign(_)) {
            return cx.host().equal(left, right);
        }
    }
    match (left, right) {
        (Value::Tuple(left), Value::Tuple(right)) => {
            sequences(cx, depth, left.len(), right.len(), |index| {
                Some((left.get(index)?, right.get(index)?))
            })
        }
        (Value::List(left), Value::List(right)) => {
            sequences(cx, depth, left.len(), right.len(), |index| {
                Some((left.get(index)?, right.get(index)?))
            })
        }
        (Value::Dict(left), Value::Dict(right)) => dicts(cx, depth, left, right),
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

/// The same pairs, in any order.
fn dicts<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    depth: u8,
    left: &Dict<'vm>,
    right: &Dict<'vm>,
) -> Result<bool, Error> {
    if left.len() != right.len() {
        return Ok(false);
    }
    'pairs: for (key, value) in left.iter() {
        for (known, other) in right.iter() {
            if at(cx, &key, &known, depth)? {
                match at(cx, &value, &other, depth)? {
                    true => continue 'pairs,
                    false => return Ok(false),
                }
            }
        }
        return Ok(false);
    }
    Ok(true)
}

/// Whether a float is an integer's exact value: `2**53 + 1` is no float.
pub(super) fn is_exactly(float: f64, int: i64) -> bool {
    // The conversion saturates, so the top of the range is asked apart.
    float == int as f64 && float < 9_223_372_036_854_775_808.0 && float as i64 == int
}

fn sequences<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    depth: u8,
    left: usize,
    right: usize,
    pair: impl Fn(usize) -> Option<(Value<'vm>, Value<'vm>)>,
) -> Result<bool, Error> {
    if left != right {
        return Ok(false);
    }
    for index in 0..left {
        match pair(index) {
            Some((left, right)) if at(cx, &left, &right, depth)? => {}
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
