//! The hash of a stream.

use crate::{algorithm, hash};
use enroll_portable::prelude::*;

/// How many bytes are read at a time: room that a microcontroller has.
const CHUNK: i64 = 1024;

/// `file_digest(fileobj, digest)`: a hash of all that is left of a stream.
/// `digest` is a name, or what makes a hash when it is called.
pub(crate) fn file_digest<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    fileobj: &Value<'vm>,
    digest: &Value<'vm>,
) -> Result<Value<'vm>, Error> {
    let read = cx.find_attr(fileobj, "read")?;
    if read.is_none() {
        return Err(Error::new(
            Kind::ValueError,
            "what has no `read` is no stream",
        ));
    }
    let hash = match digest.as_str() {
        Some(name) => algorithm::new(cx, name, hash::nothing(), true)?,
        None => cx.call(digest, Args::NONE)?,
    };
    loop {
        let chunk = cx.call_method(fileobj, "read", Args::new(&[Value::Int(CHUNK)]))?;
        // Nothing at the end is `None` in some interpreters.
        if chunk.is_none() || cx.bytes(&chunk, <[u8]>::is_empty)? {
            return Ok(hash);
        }
        cx.call_method(&hash, "update", Args::new(&[chunk]))?;
    }
}
