//! The types `StringIO` and `BytesIO`.

use crate::memory::Memory;
use crate::methods::{self, METHODS};
use core::cell::RefMut;
use enroll_portable::prelude::*;

/// `StringIO(initial_value="")`, or with a size in bytes to make room for.
pub(crate) static STRING_IO: Type = Type::new(
    "StringIO",
    "StringIO(initial_value=''): a stream of text in memory.",
)
.slots(&[
    Slot::New(new_text),
    Slot::Arity(0, 1),
    Slot::Attr(attr),
    Slot::Iter(iter),
    Slot::Next(next),
])
.methods(METHODS);

/// `BytesIO(initial_bytes=b"")`, or with a size in bytes to make room for.
pub(crate) static BYTES_IO: Type = Type::new(
    "BytesIO",
    "BytesIO(initial_bytes=b''): a stream of bytes in memory.",
)
.slots(&[
    Slot::New(new_bytes),
    Slot::Arity(0, 1),
    Slot::Attr(attr),
    Slot::Iter(iter),
    Slot::Next(next),
])
.methods(METHODS);

/// The payload of both.
pub(crate) struct Stream {
    pub(crate) text: bool,
    /// Nothing in a closed one.
    pub(crate) memory: Option<Memory>,
}

fn new_text<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    _: &'static Type,
    args: Args<'_, 'vm>,
) -> Result<Value<'vm>, Error> {
    function!(text(initial_value = Value::None) as "StringIO").call(cx, args)
}

fn new_bytes<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    _: &'static Type,
    args: Args<'_, 'vm>,
) -> Result<Value<'vm>, Error> {
    function!(bytes(initial_bytes = Value::None) as "BytesIO").call(cx, args)
}

fn text<'vm>(cx: &mut Cx<'_, 'vm, Portable>, initial: Value<'vm>) -> Result<Object<'vm>, Error> {
    build(cx, &STRING_IO, initial)
}

fn bytes<'vm>(cx: &mut Cx<'_, 'vm, Portable>, initial: Value<'vm>) -> Result<Object<'vm>, Error> {
    build(cx, &BYTES_IO, initial)
}

fn build<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    ty: &'static Type,
    initial: Value<'vm>,
) -> Result<Object<'vm>, Error> {
    let text = ty.is(&STRING_IO);
    let mut memory = Memory::new(text);
    match &initial {
        Value::None => {}
        Value::Int(size) => {
            let negative = |_| Error::new(Kind::ValueError, "negative size");
            memory.reserve(usize::try_from(*size).map_err(negative)?)?;
        }
        initial => {
            methods::contents(cx, text, initial, |bytes| memory.write(bytes).map(|_| ()))?;
            memory.seek(0);
        }
    }
    let memory = Some(memory);
    Ok(Object::new(ty, Stream { text, memory }))
}

/// What an open stream holds.
///
/// # Errors
///
/// ValueError where it is closed.
pub(crate) fn open<'a>(this: &'a Object<'_>) -> Result<RefMut<'a, Memory>, Error> {
    let stream = this.borrow_mut::<Stream>()?;
    RefMut::filter_map(stream, |stream| stream.memory.as_mut())
        .map_err(|_| Error::new(Kind::ValueError, "I/O operation on closed file"))
}

fn attr<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    name: &str,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    Ok(match (name, access) {
        ("closed", Access::Load) => Claim::Value(this.borrow::<Stream>()?.memory.is_none().into()),
        _ => Claim::Declined,
    })
}

fn iter<'vm>(_: &mut Cx<'_, 'vm, Portable>, this: &Object<'vm>) -> Result<Value<'vm>, Error> {
    drop(open(this)?);
    Ok(this.clone().into())
}

/// Line by line.
fn next<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
) -> Result<Option<Value<'vm>>, Error> {
    let line = open(this)?.read_line(None)?;
    Ok(Some(line).filter(|line| !methods::is_empty(line)))
}
