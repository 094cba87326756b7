//! Bytes that a value lends.

use crate::{Error, Portable, Value};
#[cfg(feature = "alloc")]
use crate::{Object, Slot};
use enroll::Cx;

/// What [`Operate::buffer`](crate::Operate::buffer) lends.
#[cfg(feature = "alloc")]
pub(super) fn buffer<'vm, R>(
    cx: &mut Cx<'_, 'vm, Portable>,
    object: &Value<'vm>,
    run: impl FnOnce(&mut [u8]) -> R,
) -> Result<Option<R>, Error> {
    lend(cx, object, true, run)
}

/// What [`Operate::bytes`](crate::Operate::bytes) lends.
pub(super) fn bytes<'vm, R>(
    cx: &mut Cx<'_, 'vm, Portable>,
    object: &Value<'vm>,
    run: impl FnOnce(&[u8]) -> R,
) -> Result<R, Error> {
    match object {
        Value::Bytes(bytes) => return Ok(run(bytes)),
        Value::Str(text) => return Ok(run(text.as_bytes())),
        _ => {}
    }
    #[cfg(feature = "alloc")]
    if let Some(result) = lend(cx, object, false, |bytes| run(bytes))? {
        return Ok(result);
    }
    let _ = cx;
    Err(super::unsupported(object, "is not bytes-like"))
}

#[cfg(feature = "alloc")]
fn lend<'vm, R>(
    cx: &mut Cx<'_, 'vm, Portable>,
    object: &Value<'vm>,
    write: bool,
    run: impl FnOnce(&mut [u8]) -> R,
) -> Result<Option<R>, Error> {
    let mut run = Some(run);
    let mut result = None;
    let mut once = |bytes: &mut [u8]| {
        if let Some(run) = run.take() {
            result = Some(run(bytes));
        }
    };
    match object {
        Value::Object(this) => native(cx, this, &mut once)?,
        Value::Foreign(_) => cx.host().buffer(object, write, &mut once)?,
        _ => {}
    }
    Ok(result)
}

#[cfg(feature = "alloc")]
fn native<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    run: &mut dyn FnMut(&mut [u8]),
) -> Result<(), Error> {
    let slot = this.type_of().slot(|slot| match slot {
        Slot::Buffer(function) => Some(*function),
        _ => None,
    });
    match slot {
        Some(function) => function(cx, this, run),
        None => Ok(()),
    }
}
