//! Bytes that scripts and modules share: Rhai's blobs are given by value.

use crate::Rhai;
use crate::error::Error;
use crate::guest::{enter, native, receive};
use alloc::vec::Vec;
use core::fmt;
use enroll::{Access, Claim, Cx};
use enroll_portable::types::Type;
use enroll_portable::{
    Bytes, Error as Failure, Kind, Object, Operate, Portable, Slot, Style, Value, function,
};
use rhai::Dynamic;

/// What `bytearray` gives.
static BYTEARRAY: Type = Type::new("bytearray", "Bytes that can be changed.")
    .slots(&[
        Slot::Len(len),
        Slot::Subscript(subscript),
        Slot::Iter(iter),
        Slot::Equal(equal),
        Slot::Print(print),
        Slot::Buffer(buffer),
    ])
    .methods(&[("to_blob", function!(to_blob(this)))]);

/// So many zeros, or a copy of the bytes of a blob, a text or an object.
pub(crate) fn bytearray(cx: &mut Cx<'_, '_, Rhai>, from: Dynamic) -> Result<Dynamic, Error> {
    let from = receive(cx, from)?;
    let most = cx.host().engine()?.max_array_size();
    let object = enter(cx, |cx| {
        let bytes = match from {
            Value::Int(length) => zeros(length, most)?,
            _ => cx.bytes(&from, <[u8]>::to_vec)?,
        };
        Ok(Object::new(&BYTEARRAY, bytes))
    })?;
    Ok(native(cx, object.into()))
}

fn zeros(length: i64, most: usize) -> Result<Vec<u8>, Failure> {
    let length = usize::try_from(length)
        .map_err(|_| Failure::new(Kind::ValueError, "a length is not negative"))?;
    // The engine's limit for arrays, which is for blobs too; 0 is none.
    if most > 0 && length > most {
        return Err(Failure::new(
            Kind::ValueError,
            "it would be longer than an array may be",
        ));
    }
    let mut bytes = Vec::new();
    bytes
        .try_reserve_exact(length)
        .map_err(|_| Failure::new(Kind::MemoryError, "no room for so many bytes"))?;
    bytes.resize(length, 0);
    Ok(bytes)
}

fn len<'vm>(_: &mut Cx<'_, 'vm, Portable>, this: &Object<'vm>) -> Result<usize, Failure> {
    Ok(this.borrow::<Vec<u8>>()?.len())
}

fn subscript<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    index: &Value<'vm>,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Failure> {
    let mut bytes = this.borrow_mut::<Vec<u8>>()?;
    let position = index.as_index(bytes.len())?;
    let Some(byte) = bytes.get_mut(position) else {
        return Ok(Claim::Declined);
    };
    match access {
        Access::Load => Ok(Claim::Value((*byte).into())),
        Access::Store(value) => {
            let value = value.as_int().and_then(|value| u8::try_from(value).ok());
            *byte = value.ok_or(Failure::new(
                Kind::ValueError,
                "a byte is an int in 0..=255",
            ))?;
            Ok(Claim::Done)
        }
        Access::Delete => Ok(Claim::Declined),
    }
}

fn iter<'vm>(cx: &mut Cx<'_, 'vm, Portable>, this: &Object<'vm>) -> Result<Value<'vm>, Failure> {
    let bytes = to_blob(this)?;
    cx.iter(&bytes)
}

fn equal<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    other: &Value<'vm>,
) -> Result<bool, Failure> {
    let bytes = this.borrow::<Vec<u8>>()?.clone();
    match other {
        Value::Bytes(other) => Ok(**other == *bytes),
        Value::Object(_) => Ok(cx.buffer(other, |other| *other == *bytes)?.unwrap_or(false)),
        _ => Ok(false),
    }
}

fn print<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    _: Style,
    out: &mut dyn fmt::Write,
) -> Result<(), Failure> {
    let bytes = to_blob(this)?;
    let full = |_| Failure::new(Kind::MemoryError, "no room for a text");
    out.write_str("bytearray(").map_err(full)?;
    cx.write(&bytes, Style::Repr, out)?;
    out.write_str(")").map_err(full)
}

fn buffer<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    run: &mut dyn FnMut(&mut [u8]),
) -> Result<(), Failure> {
    run(&mut this.borrow_mut::<Vec<u8>>()?);
    Ok(())
}

fn to_blob<'vm>(this: &Object<'vm>) -> Result<Value<'vm>, Failure> {
    Ok(Value::Bytes(Bytes::copied(&this.borrow::<Vec<u8>>()?)))
}
