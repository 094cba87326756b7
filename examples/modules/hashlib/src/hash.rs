//! What all hashes do.

use crate::running::{Running, zeros};
use alloc::boxed::Box;
use alloc::string::String;
use enroll_portable::Bytes;
use enroll_portable::prelude::*;

/// What the types of all hashes derive from. It has no name in the module:
/// CPython shows none either.
pub(crate) static HASH: Type = Type::new("hash", "A hash under way.")
    .slots(&[Slot::Attr(attr)])
    .methods(&[
        ("update", function!(update(this, data))),
        ("digest", function!(digest(this))),
        ("hexdigest", function!(hexdigest(this))),
        ("copy", function!(copy(this))),
    ]);

/// What those derive from whose digests have any length.
#[cfg(feature = "sha3")]
pub(crate) static ANY_LENGTH: Type =
    Type::new("hash", "A hash under way, whose digest has any length.")
        .slots(&[Slot::Parent(&HASH)])
        .methods(&[
            ("digest", function!(digest_of(this, length) as "digest")),
            (
                "hexdigest",
                function!(hexdigest_of(this, length) as "hexdigest"),
            ),
        ]);

/// The longest digest that a script may ask for, exclusive; CPython's limit.
#[cfg(feature = "sha3")]
const LONGEST: i64 = 1 << 29;

/// The payload of a hash.
pub(crate) struct Hash(Box<dyn Running>);

/// A hash of some data.
pub(crate) fn start<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    ty: &'static Type,
    running: Box<dyn Running>,
    data: &Value<'vm>,
) -> Result<Object<'vm>, Error> {
    let this = Object::new(ty, Hash(running));
    update(cx, &this, data)?;
    Ok(this)
}

/// The default of an argument that is bytes.
pub(crate) fn nothing<'vm>() -> Value<'vm> {
    Value::Bytes(Bytes::Borrowed(b""))
}

fn update<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    data: &Value<'vm>,
) -> Result<(), Error> {
    cx.bytes(data, |bytes| {
        this.borrow_mut::<Hash>()?.0.update(bytes);
        Ok(())
    })?
}

fn digest<'vm>(this: &Object<'vm>) -> Result<Bytes<'vm>, Error> {
    Ok(this.borrow::<Hash>()?.0.digest(0)?.into())
}

fn hexdigest(this: &Object<'_>) -> Result<String, Error> {
    hex(&this.borrow::<Hash>()?.0.digest(0)?)
}

#[cfg(feature = "sha3")]
fn digest_of<'vm>(this: &Object<'vm>, length: i64) -> Result<Bytes<'vm>, Error> {
    Ok(this.borrow::<Hash>()?.0.digest(bounded(length)?)?.into())
}

#[cfg(feature = "sha3")]
fn hexdigest_of(this: &Object<'_>, length: i64) -> Result<String, Error> {
    hex(&this.borrow::<Hash>()?.0.digest(bounded(length)?)?)
}

#[cfg(feature = "sha3")]
fn bounded(length: i64) -> Result<usize, Error> {
    match usize::try_from(length) {
        Ok(bounded) if length < LONGEST => Ok(bounded),
        Ok(_) => Err(Error::new(Kind::ValueError, "the length is too large")),
        Err(_) => Err(Error::new(Kind::ValueError, "the length is negative")),
    }
}

fn hex(digest: &[u8]) -> Result<String, Error> {
    let mut text = zeros(digest.len() * 2)?;
    let written = base16ct::lower::encode(digest, &mut text).is_ok();
    match String::from_utf8(text) {
        Ok(text) if written => Ok(text),
        _ => Err(Error::new(Kind::RuntimeError, "a digest has no text")),
    }
}

fn copy<'vm>(this: &Object<'vm>) -> Result<Object<'vm>, Error> {
    let running = this.borrow::<Hash>()?.0.copy();
    Ok(Object::new(this.type_of(), Hash(running)))
}

fn attr<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    name: &str,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    let Access::Load = access else {
        return Ok(Claim::Declined);
    };
    let size = |of: fn(&dyn Running) -> usize| {
        let hash = this.borrow::<Hash>()?;
        // The largest is 168.
        Ok(Claim::Value(Value::Int(of(&*hash.0) as i64)))
    };
    match name {
        "name" => Ok(Claim::Value(this.type_of().name().into())),
        "digest_size" => size(|running| running.digest_size()),
        "block_size" => size(|running| running.block_size()),
        _ => Ok(Claim::Declined),
    }
}
