//! `loads` and `load`.

use crate::parse::{Hooks, parse};
use crate::place;
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use enroll_portable::prelude::*;

#[allow(clippy::too_many_arguments, reason = "CPython's function has as many")]
pub(crate) fn loads<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    s: Value<'vm>,
    object_hook: Value<'vm>,
    parse_float: Value<'vm>,
    parse_int: Value<'vm>,
    parse_constant: Value<'vm>,
    object_pairs_hook: Value<'vm>,
) -> Result<Value<'vm>, Error> {
    let given = |hook: Value<'vm>| Some(hook).filter(|hook| !hook.is_none());
    let hooks = Hooks {
        object: given(object_hook),
        pairs: given(object_pairs_hook),
        float: given(parse_float),
        int: given(parse_int),
        constant: given(parse_constant),
    };
    let text = text(cx, &s)?;
    parse(cx, &text, &hooks)
}

#[allow(clippy::too_many_arguments, reason = "CPython's function has as many")]
pub(crate) fn load<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    fp: Value<'vm>,
    object_hook: Value<'vm>,
    parse_float: Value<'vm>,
    parse_int: Value<'vm>,
    parse_constant: Value<'vm>,
    object_pairs_hook: Value<'vm>,
) -> Result<Value<'vm>, Error> {
    let s = cx.call_method(&fp, "read", Args::NONE)?;
    loads(
        cx,
        s,
        object_hook,
        parse_float,
        parse_int,
        parse_constant,
        object_pairs_hook,
    )
}

/// The text of what a script gave: a text, or bytes of UTF-8.
fn text<'x, 'vm>(cx: &mut Cx<'_, 'vm, Portable>, s: &'x Value<'vm>) -> Result<Cow<'x, str>, Error> {
    const MARK: &str = "\u{feff}";
    if let Value::Str(text) = s {
        if text.starts_with(MARK) {
            let message = "Unexpected UTF-8 BOM (decode using utf-8-sig)";
            return Err(place::wrong(text, message, 0));
        }
        return Ok(Cow::Borrowed(text));
    }
    let decode = |bytes: &[u8]| match core::str::from_utf8(bytes) {
        Ok(text) => Ok(String::from(text.strip_prefix(MARK).unwrap_or(text))),
        Err(error) => Err(Error::text(
            Kind::ValueError,
            format!(
                "bytes are not UTF-8 from position {} on",
                error.valid_up_to()
            ),
        )),
    };
    match cx.bytes(s, decode) {
        Ok(text) => text.map(Cow::Owned),
        Err(error) if error.kind() == Kind::TypeError => {
            let found = s.type_name();
            Err(Error::text(
                Kind::TypeError,
                format!("the JSON object must be str, bytes or bytearray, not {found}"),
            ))
        }
        Err(error) => Err(error),
    }
}
