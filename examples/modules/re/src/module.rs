//! The functions of the module: a pattern's methods, with the pattern first.

use crate::pattern;
use crate::task::{bytes_of, subject};
use alloc::vec::Vec;
use enroll_portable::prelude::*;
use enroll_portable::{Tuple, Value};

pub(crate) fn compile<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    pattern: Value<'vm>,
    flags: i64,
) -> Result<Object<'vm>, Error> {
    pattern::of(cx, &pattern, flags)
}

macro_rules! whole {
    ($($name:ident -> $result:ty;)*) => {$(
        pub(crate) fn $name<'vm>(
            cx: &mut Cx<'_, 'vm, Portable>,
            pattern: Value<'vm>,
            string: Value<'vm>,
            flags: i64,
        ) -> Result<$result, Error> {
            let pattern = pattern::of(cx, &pattern, flags)?;
            pattern::$name(cx, &pattern, string, None, None)
        }
    )*};
}

whole! {
    search -> Value<'vm>;
    match_at -> Value<'vm>;
    fullmatch -> Value<'vm>;
    findall -> Vec<Value<'vm>>;
    finditer -> Object<'vm>;
}

pub(crate) fn split<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    pattern: Value<'vm>,
    string: Value<'vm>,
    maxsplit: i64,
    flags: i64,
) -> Result<Vec<Value<'vm>>, Error> {
    let pattern = pattern::of(cx, &pattern, flags)?;
    pattern::split(cx, &pattern, string, maxsplit)
}

pub(crate) fn sub<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    pattern: Value<'vm>,
    repl: Value<'vm>,
    string: Value<'vm>,
    count: i64,
    flags: i64,
) -> Result<Value<'vm>, Error> {
    let pattern = pattern::of(cx, &pattern, flags)?;
    pattern::sub(cx, &pattern, repl, string, count)
}

pub(crate) fn subn<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    pattern: Value<'vm>,
    repl: Value<'vm>,
    string: Value<'vm>,
    count: i64,
    flags: i64,
) -> Result<Tuple<'vm>, Error> {
    let pattern = pattern::of(cx, &pattern, flags)?;
    pattern::subn(cx, &pattern, repl, string, count)
}

/// A backslash before each character that means something in a pattern.
pub(crate) fn escape<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    pattern: Value<'vm>,
) -> Result<Value<'vm>, Error> {
    let pattern = subject(cx, &pattern)?;
    let mut escaped = Vec::new();
    for byte in bytes_of(&pattern) {
        if b"()[]{}?*+-|^$\\.&~# \t\n\r\x0b\x0c".contains(byte) {
            escaped.push(b'\\');
        }
        escaped.push(*byte);
    }
    Ok(crate::template::finished(
        escaped,
        pattern.as_str().is_some(),
    ))
}
