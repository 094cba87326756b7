//! The type `aes`.

use crate::mode::{BLOCK, Mode, Process};
use alloc::boxed::Box;
use alloc::vec::Vec;
use enroll_portable::Bytes;
use enroll_portable::prelude::*;

/// `aes(key, mode, IV=None)`: a cipher that either encrypts or decrypts.
pub(crate) static AES: Type = Type::new(
    "aes",
    "aes(key, mode, IV=None): a cipher that either encrypts or decrypts.",
)
.slots(&[Slot::New(new), Slot::Arity(2, 3)])
.methods(&[
    ("encrypt", function!(encrypt(this, in_buf, out_buf = None))),
    ("decrypt", function!(decrypt(this, in_buf, out_buf = None))),
]);

/// The longest key.
const KEY: usize = 32;

struct Aes {
    mode: Mode,
    state: State,
}

/// The direction is not known before the first call, and a key is expanded for
/// one of them: it takes the place of what it was made of.
enum State {
    Fresh {
        key: [u8; KEY],
        size: usize,
        iv: [u8; BLOCK],
    },
    Started {
        encrypts: bool,
        cipher: Box<dyn Process>,
    },
}

fn new<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    _: &'static Type,
    args: Args<'_, 'vm>,
) -> Result<Value<'vm>, Error> {
    function!(build(key, mode, IV = None) as "aes").call(cx, args)
}

fn build<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    key: &Value<'vm>,
    mode: i64,
    iv: Option<&Value<'vm>>,
) -> Result<Object<'vm>, Error> {
    let mode = Mode::of(mode).ok_or(Error::new(Kind::ValueError, "no such mode"))?;
    let (bytes, size) = cx.bytes(key, |bytes| match bytes.len() {
        size @ (16 | 32) => {
            let mut key = [0; KEY];
            key[..size].copy_from_slice(bytes);
            Ok((key, size))
        }
        _ => Err(Error::new(
            Kind::ValueError,
            "a key has 16 bytes or 32 bytes",
        )),
    })??;
    let iv = match iv {
        Some(iv) => cx.bytes(iv, |bytes| <[u8; BLOCK]>::try_from(bytes))?.ok(),
        None if mode.needs_iv() => None,
        None => Some([0; BLOCK]),
    };
    let iv = iv.ok_or(Error::new(Kind::ValueError, "an IV has 16 bytes"))?;
    let state = State::Fresh {
        key: bytes,
        size,
        iv,
    };
    Ok(Object::new(&AES, Aes { mode, state }))
}

impl Aes {
    /// The cipher, which begins now unless it has.
    ///
    /// # Errors
    ///
    /// ValueError where it went the other way before.
    fn cipher(&mut self, encrypt: bool) -> Result<&mut dyn Process, Error> {
        if let State::Fresh { key, size, iv } = &self.state {
            let cipher = self
                .mode
                .start(encrypt, &key[..*size], iv)
                .map_err(|_| Error::new(Kind::ValueError, "no such key"))?;
            self.state = State::Started {
                encrypts: encrypt,
                cipher,
            };
        }
        match &mut self.state {
            State::Started { encrypts, cipher } if *encrypts == encrypt => Ok(&mut **cipher),
            _ => Err(Error::new(
                Kind::ValueError,
                "a cipher either encrypts or decrypts",
            )),
        }
    }
}

fn encrypt<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    in_buf: &Value<'vm>,
    out_buf: Option<&Value<'vm>>,
) -> Result<Value<'vm>, Error> {
    process(cx, this, in_buf, out_buf, true)
}

fn decrypt<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    in_buf: &Value<'vm>,
    out_buf: Option<&Value<'vm>>,
) -> Result<Value<'vm>, Error> {
    process(cx, this, in_buf, out_buf, false)
}

/// Nothing has happened where it fails, but for a buffer of the interpreter
/// that cannot be written any more.
fn process<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    in_buf: &Value<'vm>,
    out_buf: Option<&Value<'vm>>,
    encrypt: bool,
) -> Result<Value<'vm>, Error> {
    let Some(out_buf) = out_buf else {
        let mut data = copied(cx, in_buf)?;
        run(this, &mut data, encrypt)?;
        return Ok(Value::Bytes(Bytes::from(data)));
    };
    if same(in_buf, out_buf) {
        room(cx, out_buf, |data| run(this, data, encrypt))??;
        return Ok(out_buf.clone());
    }
    let mut data = copied(cx, in_buf)?;
    if room(cx, out_buf, |bytes| bytes.len())? < data.len() {
        return Err(Error::new(Kind::ValueError, "the output is too small"));
    }
    run(this, &mut data, encrypt)?;
    room(cx, out_buf, |bytes| {
        if let Some(bytes) = bytes.get_mut(..data.len()) {
            bytes.copy_from_slice(&data);
        }
    })?;
    Ok(out_buf.clone())
}

/// Encrypts or decrypts in place.
fn run(this: &Object<'_>, data: &mut [u8], encrypt: bool) -> Result<(), Error> {
    let mut aes = this.borrow_mut::<Aes>()?;
    if aes.mode.needs_blocks() && !data.len().is_multiple_of(BLOCK) {
        return Err(Error::new(
            Kind::ValueError,
            "the data are no multiple of 16 bytes",
        ));
    }
    aes.cipher(encrypt)?.process(data)
}

/// Whether both are one buffer, which is then changed where it is.
fn same<'vm>(one: &Value<'vm>, other: &Value<'vm>) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => one.is(other),
        (Value::Foreign(one), Value::Foreign(other)) => one == other,
        _ => false,
    }
}

/// A copy to work on, which becomes the result.
fn copied<'vm>(cx: &mut Cx<'_, 'vm, Portable>, value: &Value<'vm>) -> Result<Vec<u8>, Error> {
    cx.bytes(value, |bytes| {
        let mut copy = Vec::new();
        match copy.try_reserve_exact(bytes.len()) {
            Ok(()) => copy.extend_from_slice(bytes),
            Err(_) => return Err(Error::new(Kind::MemoryError, "no room for the result")),
        }
        Ok(copy)
    })?
}

/// Lends a buffer to write to.
fn room<'vm, R>(
    cx: &mut Cx<'_, 'vm, Portable>,
    value: &Value<'vm>,
    run: impl FnOnce(&mut [u8]) -> R,
) -> Result<R, Error> {
    cx.buffer(value, run)?.ok_or_else(|| {
        let message = alloc::format!("'{}' is no buffer to write to", value.type_name());
        Error::text(Kind::TypeError, message)
    })
}
