//! What both streams can do.

use crate::room;
use crate::stream::{Stream, open};
use alloc::vec::Vec;
use enroll_portable::{Function, prelude::*};

pub(crate) const METHODS: &[(&str, Function)] = &[
    ("close", function!(close(this))),
    ("flush", function!(flush(this))),
    ("getvalue", function!(getvalue(this))),
    ("ioctl", function!(ioctl(this, request, arg = 0))),
    ("isatty", function!(isatty(this))),
    ("read", function!(read(this, size = None))),
    ("readable", function!(able(this) as "readable")),
    (
        "readinto",
        function!(readinto(this, buffer, max_len = None)),
    ),
    ("readline", function!(readline(this, size = None))),
    ("readlines", function!(readlines(this, hint = None))),
    ("seek", function!(seek(this, offset, whence = 0))),
    ("seekable", function!(able(this) as "seekable")),
    ("tell", function!(tell(this))),
    ("truncate", function!(truncate(this, size = None))),
    ("writable", function!(able(this) as "writable")),
    ("write", function!(write)),
    ("writelines", function!(writelines(this, lines))),
];

/// Lends what is written: of a text its UTF-8, else anything that is bytes.
///
/// # Errors
///
/// TypeError where it is something else, and what `run` fails with.
pub(crate) fn contents<'vm, R>(
    cx: &mut Cx<'_, 'vm, Portable>,
    text: bool,
    value: &Value<'vm>,
    run: impl FnOnce(&[u8]) -> Result<R, Error>,
) -> Result<R, Error> {
    match value {
        Value::Str(text) => run(text.as_bytes()),
        _ if text => {
            let found = value.type_name();
            let message = alloc::format!("a text stream takes str, not {found}");
            Err(Error::text(Kind::TypeError, message))
        }
        _ => cx.bytes(value, run)?,
    }
}

/// Whether a `str` or `bytes` is empty.
pub(crate) fn is_empty(value: &Value<'_>) -> bool {
    match value {
        Value::Str(text) => text.is_empty(),
        Value::Bytes(bytes) => bytes.is_empty(),
        _ => true,
    }
}

/// No limit where it is negative or left out.
fn limit(size: Option<i64>) -> Option<u64> {
    size.and_then(|size| u64::try_from(size).ok())
}

fn read<'vm>(this: &Object<'vm>, size: Option<i64>) -> Result<Value<'vm>, Error> {
    open(this)?.read(limit(size))
}

fn readline<'vm>(this: &Object<'vm>, size: Option<i64>) -> Result<Value<'vm>, Error> {
    open(this)?.read_line(limit(size))
}

/// All lines, or no more once the hint is reached, in a text once it is exceeded:
/// CPython's two do not agree.
fn readlines<'vm>(this: &Object<'vm>, hint: Option<i64>) -> Result<Vec<Value<'vm>>, Error> {
    let start = open(this)?.at();
    let hint = limit(hint).filter(|&hint| hint > 0);
    let text = this.borrow::<Stream>()?.text;
    let hint = hint.map(|hint| hint.saturating_add(u64::from(text)));
    let mut lines = Vec::new();
    loop {
        let mut memory = open(this)?;
        let line = memory.read_line(None)?;
        if is_empty(&line) {
            return Ok(lines);
        }
        room::make(&mut lines, 1)?;
        lines.push(line);
        if hint.is_some_and(|hint| memory.at() - start >= hint) {
            return Ok(lines);
        }
    }
}

/// Into a buffer, or its first `max_len` bytes. How many bytes were read.
fn readinto<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    buffer: Value<'vm>,
    max_len: Option<i64>,
) -> Result<usize, Error> {
    drop(open(this)?);
    let most = limit(max_len).and_then(|most| usize::try_from(most).ok());
    let read = cx.buffer(&buffer, |bytes| {
        let len = most.unwrap_or(bytes.len()).min(bytes.len());
        let bytes = bytes.get_mut(..len).unwrap_or_default();
        Ok(open(this)?.read_into(bytes))
    })?;
    read.ok_or_else(|| {
        let found = buffer.type_name();
        let message = alloc::format!("a buffer that can be changed is needed, not {found}");
        Error::text(Kind::TypeError, message)
    })?
}

/// `write(data)`, `write(data, max_len)`, `write(data, offset, max_len)`: how
/// many units were written.
fn write<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    data: Value<'vm>,
    first: Option<i64>,
    second: Option<i64>,
) -> Result<usize, Error> {
    let text = this.borrow::<Stream>()?.text;
    // Which of two errors comes first differs in CPython.
    if !text {
        drop(open(this)?);
    }
    let (offset, most) = match (first, second) {
        (offset, Some(most)) => (limit(offset), limit(Some(most))),
        (most, None) => (None, limit(most)),
    };
    contents(cx, text, &data, |bytes| {
        let part = part(text, bytes, offset.unwrap_or(0), most);
        open(this)?.write(part)
    })
}

/// At most so many units after an offset.
fn part(text: bool, bytes: &[u8], offset: u64, most: Option<u64>) -> &[u8] {
    let place = |bytes: &[u8], units: u64| {
        let units = usize::try_from(units).unwrap_or(usize::MAX);
        match core::str::from_utf8(bytes) {
            Ok(chars) if text => {
                let end = chars.char_indices().nth(units);
                end.map_or(bytes.len(), |(place, _)| place)
            }
            _ => units.min(bytes.len()),
        }
    };
    if offset == 0 && most.is_none() {
        return bytes;
    }
    let left = bytes.get(place(bytes, offset)..).unwrap_or(&[]);
    let end = most.map_or(left.len(), |most| place(left, most));
    left.get(..end).unwrap_or(left)
}

fn writelines<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    lines: Value<'vm>,
) -> Result<(), Error> {
    drop(open(this)?);
    let iterator = cx.iter(&lines)?;
    while let Some(line) = cx.next(&iterator)? {
        write(cx, this, line, None, None)?;
    }
    Ok(())
}

/// From the start, the position or the end. In a text it counts characters, and
/// any offset is allowed.
fn seek(this: &Object<'_>, offset: i64, whence: i64) -> Result<u64, Error> {
    let mut memory = open(this)?;
    let from = match whence {
        0 if offset < 0 => {
            let message = alloc::format!("negative seek value {offset}");
            return Err(Error::text(Kind::ValueError, message));
        }
        0 => 0,
        1 => memory.at(),
        2 => memory.units() as u64,
        _ => {
            let message = alloc::format!("invalid whence ({whence}, should be 0, 1 or 2)");
            return Err(Error::text(Kind::ValueError, message));
        }
    };
    let at = match u64::try_from(offset) {
        Ok(forward) => from.saturating_add(forward),
        Err(_) => from.saturating_sub(offset.unsigned_abs()),
    };
    if i64::try_from(at).is_err() {
        return Err(Error::new(Kind::OverflowError, "new position too large"));
    }
    memory.seek(at);
    Ok(at)
}

fn tell(this: &Object<'_>) -> Result<u64, Error> {
    Ok(open(this)?.at())
}

/// Cuts the stream off at a size, or at the position, which stays.
fn truncate(this: &Object<'_>, size: Option<i64>) -> Result<u64, Error> {
    let mut memory = open(this)?;
    let size = match size {
        None => memory.at(),
        Some(size) => u64::try_from(size).map_err(|_| {
            Error::text(
                Kind::ValueError,
                alloc::format!("negative size value {size}"),
            )
        })?,
    };
    memory.truncate(size);
    Ok(size)
}

fn getvalue<'vm>(this: &Object<'vm>) -> Result<Value<'vm>, Error> {
    open(this)?.all()
}

fn close(this: &Object<'_>) -> Result<(), Error> {
    this.borrow_mut::<Stream>()?.memory = None;
    Ok(())
}

/// Nothing waits.
fn flush(this: &Object<'_>) -> Result<(), Error> {
    drop(open(this)?);
    Ok(())
}

fn able(this: &Object<'_>) -> Result<bool, Error> {
    drop(open(this)?);
    Ok(true)
}

fn isatty(this: &Object<'_>) -> Result<bool, Error> {
    drop(open(this)?);
    Ok(false)
}

/// The requests of MicroPython's `py/stream.h` that mean something in memory.
fn ioctl(this: &Object<'_>, request: i64, arg: i64) -> Result<i64, Error> {
    const FLUSH: i64 = 1;
    const POLL: i64 = 3;
    const CLOSE: i64 = 4;
    const READ: i64 = 0x01;
    const WRITE: i64 = 0x04;
    const INVALID: i64 = 0x20;
    match request {
        FLUSH => Ok(0),
        // Neither a read nor a write ever waits.
        POLL if this.borrow::<Stream>()?.memory.is_some() => Ok(arg & (READ | WRITE)),
        POLL => Ok(INVALID),
        CLOSE => close(this).map(|()| 0),
        // EINVAL
        _ => Err(Error::os(22)),
    }
}
