//! The module `binascii`: bytes as hexadecimal digits and as Base64, and back.
//!
//! Functions are those of MicroPython (`extmod/modbinascii.c`), with CPython's
//! parameters. Data are `bytes`, anything with a buffer, or a `str`, which is its
//! UTF-8; results are `bytes`.
//!
//! # Features
//!
//! - `crc32` (default): the checksum.
#![no_std]

extern crate alloc;

mod base64;
#[cfg(feature = "crc32")]
mod checksum;
mod hex;

use alloc::vec::Vec;
use enroll_portable::prelude::*;

enroll::register_module! {
    /// Bytes as text, and back.
    pub static BINASCII: Module<Portable> = "binascii" {
        "hexlify" => Rom::Function(function!(hex::hexlify(data, sep = None, bytes_per_sep = 1))),
        "unhexlify" => Rom::Function(function!(hex::unhexlify(hexstr))),
        "b2a_hex" => Rom::Function(
            function!(hex::hexlify(data, sep = None, bytes_per_sep = 1) as "b2a_hex")
        ),
        "a2b_hex" => Rom::Function(function!(hex::unhexlify(hexstr) as "a2b_hex")),
        "b2a_base64" => Rom::Function(function!(base64::b2a_base64(data, *, newline = true))),
        "a2b_base64" => Rom::Function(function!(base64::a2b_base64(data))),
        #[cfg(feature = "crc32")]
        "crc32" => Rom::Function(function!(checksum::crc32(data, value = 0))),
    }
    class: extensible,
    requires: ["alloc"],
}

/// Zeros to write a result over.
///
/// # Errors
///
/// MemoryError where there is no room for them; `None` is more than can be
/// counted.
fn zeros(length: Option<usize>) -> Result<Vec<u8>, Error> {
    let full = || Error::new(Kind::MemoryError, "no room for the result");
    let length = length.ok_or_else(full)?;
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(length).map_err(|_| full())?;
    bytes.resize(length, 0);
    Ok(bytes)
}
