//! Keys of dictionaries: which can be a name, and in which order they come.

use crate::options::Options;
use crate::text::Out;
use alloc::format;
use alloc::vec::Vec;
use core::cmp::Ordering;
use enroll_portable::Shape;
use enroll_portable::prelude::*;

/// Writes a key as a name; `false` where it is none and is to be left out.
///
/// # Errors
///
/// TypeError where it is none.
pub(crate) fn put<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    out: &mut Out,
    key: &Value<'vm>,
    options: &Options<'_>,
    before: &str,
) -> Result<bool, Error> {
    let datum = match cx.shape(key)? {
        Shape::Datum(datum) => datum,
        _ => key.clone(),
    };
    if !matches!(
        datum,
        Value::None | Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Str(_)
    ) {
        if options.skipkeys {
            return Ok(false);
        }
        let found = key.type_name();
        return Err(Error::text(
            Kind::TypeError,
            format!("keys must be str, int, float, bool or None, not {found}"),
        ));
    }
    out.put(before)?;
    if let Value::Str(text) = &datum {
        out.put_string(text, options.ensure_ascii)?;
    } else {
        out.put("\"")?;
        match datum {
            Value::Bool(true) => out.put("true")?,
            Value::Bool(false) => out.put("false")?,
            Value::Int(int) => out.put_int(int)?,
            Value::Float(float) => out.put_float(float, options.allow_nan)?,
            _ => out.put("null")?,
        }
        out.put("\"")?;
    }
    out.put(&options.key_separator)?;
    Ok(true)
}

/// Sorts pairs by their keys: texts by their characters, numbers by value.
///
/// # Errors
///
/// TypeError where there are both, or others.
pub(crate) fn sort(pairs: &mut [(Value<'_>, Value<'_>)]) -> Result<(), Error> {
    // Whether two keys can be compared does not depend on the order in which
    // that is asked: all are texts, or all are numbers.
    let is_number = |key: &Value<'_>| key.as_float().is_some();
    let of_one_kind = pairs.iter().all(|(key, _)| key.as_str().is_some())
        || pairs.iter().all(|(key, _)| is_number(key))
        || pairs.len() < 2;
    if !of_one_kind {
        let names = pairs.iter().map(|(key, _)| key.type_name());
        let mut names: Vec<&str> = names.collect();
        names.sort_unstable();
        names.dedup();
        return Err(Error::text(
            Kind::TypeError,
            format!("keys cannot be sorted: {}", names.join(", ")),
        ));
    }
    pairs.sort_by(|(left, _), (right, _)| compare(left, right));
    Ok(())
}

fn compare(left: &Value<'_>, right: &Value<'_>) -> Ordering {
    if let (Value::Str(left), Value::Str(right)) = (left, right) {
        return left.cmp(right);
    }
    if let (Some(left), Some(right)) = (left.as_int(), right.as_int()) {
        return left.cmp(&right);
    }
    match (left.as_float(), right.as_float()) {
        (Some(left), Some(right)) => left.total_cmp(&right),
        _ => Ordering::Equal,
    }
}
