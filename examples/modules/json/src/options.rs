//! How a value is written.

use alloc::format;
use alloc::string::String;
use enroll_portable::prelude::*;

/// Spaces for one level, at most.
const WIDEST: i64 = 1000;

/// The arguments of `dumps`, but for the value.
pub(crate) struct Options<'vm> {
    pub(crate) skipkeys: bool,
    pub(crate) ensure_ascii: bool,
    pub(crate) check_circular: bool,
    pub(crate) allow_nan: bool,
    pub(crate) sort_keys: bool,
    /// What a level is indented by; without it, all is on one line.
    pub(crate) indent: Option<String>,
    pub(crate) item_separator: String,
    pub(crate) key_separator: String,
    /// Called with what cannot be written.
    pub(crate) default: Option<Value<'vm>>,
}

/// What a level is indented by.
///
/// # Errors
///
/// TypeError for what is no number, text or None, ValueError for a number that
/// is too large.
pub(crate) fn indent(indent: &Value<'_>) -> Result<Option<String>, Error> {
    if indent.is_none() {
        return Ok(None);
    }
    if let Some(text) = indent.as_str() {
        return Ok(Some(text.into()));
    }
    let Some(width) = indent.as_int() else {
        return Err(wrong("indent", "an int or a str", indent));
    };
    if width > WIDEST {
        return Err(Error::text(
            Kind::ValueError,
            format!("an indent of more than {WIDEST}"),
        ));
    }
    let width = usize::try_from(width).unwrap_or(0);
    Ok(Some(" ".repeat(width)))
}

/// What stands between items, and between a key and its value.
///
/// # Errors
///
/// TypeError for what is no pair of texts.
pub(crate) fn separators<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    separators: &Value<'vm>,
    is_indented: bool,
) -> Result<(String, String), Error> {
    if separators.is_none() {
        let item = if is_indented { "," } else { ", " };
        return Ok((item.into(), ": ".into()));
    }
    let pair = cx.collect(separators)?;
    match &*pair {
        [Value::Str(item), Value::Str(key)] => Ok((String::from(&**item), String::from(&**key))),
        _ => Err(wrong("separators", "two texts", separators)),
    }
}

#[cold]
fn wrong(name: &str, expected: &str, found: &Value<'_>) -> Error {
    let found = found.type_name();
    Error::text(
        Kind::TypeError,
        format!("{name}: expected {expected}, not {found}"),
    )
}
