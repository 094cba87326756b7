//! The type `BufferedWriter`: gathers what is written for another stream.

use crate::room;
use alloc::vec::Vec;
use enroll_portable::prelude::*;

/// `BufferedWriter(stream, size)`.
///
/// As in MicroPython (`py/modio.c`), the stream is written `size` bytes at a
/// time, for storage that takes whole blocks. It is the only value of an
/// instance; whatever has a method `write` can be one.
pub(crate) static BUFFERED_WRITER: Type = Type::new(
    "BufferedWriter",
    "BufferedWriter(stream, size): writes to a stream, size bytes at a time.",
)
.slots(&[Slot::New(new), Slot::Arity(2, 2)])
.methods(&[
    ("write", function!(write(this, data))),
    ("flush", function!(flush(this))),
]);

/// How many writers may stand before a stream, one before the other. Each takes
/// stack.
const DEEPEST: u8 = 8;

/// EAGAIN: a stream that cannot take anything now.
const AGAIN: i32 = 11;
/// EIO: a stream that takes nothing, or more than there is.
const BROKEN: i32 = 5;

/// The payload.
struct Writer {
    size: usize,
    /// What waits; nothing while the stream is written.
    waiting: Option<Vec<u8>>,
    /// How many writers stand before this one.
    depth: u8,
}

fn new<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    _: &'static Type,
    args: Args<'_, 'vm>,
) -> Result<Value<'vm>, Error> {
    function!(build(stream, size) as "BufferedWriter").call(cx, args)
}

fn build<'vm>(stream: Value<'vm>, size: i64) -> Result<Object<'vm>, Error> {
    let size = match usize::try_from(size) {
        Ok(size @ 1..) => size,
        _ => return Err(Error::new(Kind::ValueError, "the size must be 1 or more")),
    };
    let depth = match stream.as_object().map(|object| object.borrow::<Writer>()) {
        Some(Ok(before)) => before.depth.saturating_add(1),
        _ => 0,
    };
    if depth >= DEEPEST {
        return Err(Error::new(
            Kind::ValueError,
            "too many writers stand before one another",
        ));
    }
    let mut waiting = Vec::new();
    room::make(&mut waiting, size)?;
    let writer = Writer {
        size,
        waiting: Some(waiting),
        depth,
    };
    Ok(Object::with_values(&BUFFERED_WRITER, writer, [stream]))
}

/// How many bytes were written, which is all of them.
fn write<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    data: Value<'vm>,
) -> Result<usize, Error> {
    // A copy, since scripts run between its parts.
    let data = cx.bytes(&data, |bytes| {
        let mut copy = Vec::new();
        room::make(&mut copy, bytes.len())?;
        copy.extend_from_slice(bytes);
        Ok::<_, Error>(copy)
    })??;
    let mut left = data.as_slice();
    while !left.is_empty() {
        let full = {
            let mut writer = this.borrow_mut::<Writer>()?;
            let size = writer.size;
            let waiting = writer.waiting.as_mut().ok_or(in_use())?;
            // One that could not be written before is full already.
            let fits = size.saturating_sub(waiting.len()).min(left.len());
            let (now, later) = left.split_at_checked(fits).unwrap_or((left, &[]));
            waiting.extend_from_slice(now);
            left = later;
            waiting.len() >= size
        };
        if full {
            flush(cx, this)?;
        }
    }
    Ok(data.len())
}

/// Writes what waits. What the stream does not take waits on.
fn flush<'vm>(cx: &mut Cx<'_, 'vm, Portable>, this: &Object<'vm>) -> Result<(), Error> {
    let waiting = this.borrow_mut::<Writer>()?.waiting.take();
    let mut waiting = waiting.ok_or(in_use())?;
    let stream = this.values()?.front().cloned().unwrap_or_default();
    let mut result = Ok(());
    while !waiting.is_empty() && result.is_ok() {
        result = step(cx, &stream, &mut waiting);
    }
    this.borrow_mut::<Writer>()?.waiting = Some(waiting);
    result
}

/// Writes once, and takes away what was written.
fn step<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    stream: &Value<'vm>,
    waiting: &mut Vec<u8>,
) -> Result<(), Error> {
    room::ask(waiting.len())?;
    let bytes = Value::Bytes(enroll_portable::Bytes::copied(waiting));
    let written = match cx.call_method(stream, "write", Args::new(&[bytes]))? {
        Value::None => return Err(Error::os(AGAIN)),
        written => written,
    };
    let written = written.as_int().ok_or(Error::new(
        Kind::TypeError,
        "the stream's write() must return an int or None",
    ))?;
    match usize::try_from(written) {
        Ok(len @ 1..) if len <= waiting.len() => {
            waiting.drain(..len);
            Ok(())
        }
        Ok(_) => Err(Error::os(BROKEN)),
        // As in MicroPython, a negative number is a code of `errno`.
        Err(_) => {
            let code = written.checked_neg().map(i32::try_from);
            Err(Error::os(code.and_then(Result::ok).unwrap_or(BROKEN)))
        }
    }
}

#[cold]
fn in_use() -> Error {
    Error::new(
        Kind::RuntimeError,
        "the writer is writing, and its stream must not write to it",
    )
}
