//! The module `hashlib`: secure hashes, as CPython and MicroPython have them.
//!
//! Each hash is a native type over a crate of RustCrypto, and all share their
//! methods. A hash may go on after `digest`, as in CPython; in MicroPython it is
//! final then. Data are `bytes`, anything with a buffer, or a `str`, which is its
//! UTF-8.
//!
//! # Features
//!
//! `sha224` and `sha256` are always there; the others by default.
//!
//! - `md5`, `sha1`, `sha512` (with `sha384`).
//! - `sha3`: SHA-3 and SHAKE.
//! - `blake2`: `blake2b` and `blake2s`, with keys.
//! - `pbkdf2`: `pbkdf2_hmac`, with any of these but SHAKE.
#![no_std]

extern crate alloc;

mod algorithm;
#[cfg(feature = "blake2")]
mod blake;
#[cfg(feature = "pbkdf2")]
mod derive;
mod file;
mod hash;
mod running;

use enroll_portable::prelude::*;

enroll::register_module! {
    /// Secure hashes.
    pub static HASHLIB: Module<Portable> = "hashlib" {
        "algorithms_available" => algorithm::NAMES,
        "algorithms_guaranteed" => algorithm::NAMES,
        "new" => Rom::Function(function!(
            algorithm::new(name, data = hash::nothing(), *, usedforsecurity = true)
        )),
        "file_digest" => Rom::Function(function!(file::file_digest(fileobj, digest))),
        #[cfg(feature = "pbkdf2")]
        "pbkdf2_hmac" => Rom::Function(function!(
            derive::pbkdf2_hmac(hash_name, password, salt, iterations, dklen = None)
        )),
        #[cfg(feature = "md5")]
        "md5" => Rom::Type(&algorithm::MD5),
        #[cfg(feature = "sha1")]
        "sha1" => Rom::Type(&algorithm::SHA1),
        "sha224" => Rom::Type(&algorithm::SHA224),
        "sha256" => Rom::Type(&algorithm::SHA256),
        #[cfg(feature = "sha512")]
        "sha384" => Rom::Type(&algorithm::SHA384),
        #[cfg(feature = "sha512")]
        "sha512" => Rom::Type(&algorithm::SHA512),
        #[cfg(feature = "sha3")]
        "sha3_224" => Rom::Type(&algorithm::SHA3_224),
        #[cfg(feature = "sha3")]
        "sha3_256" => Rom::Type(&algorithm::SHA3_256),
        #[cfg(feature = "sha3")]
        "sha3_384" => Rom::Type(&algorithm::SHA3_384),
        #[cfg(feature = "sha3")]
        "sha3_512" => Rom::Type(&algorithm::SHA3_512),
        #[cfg(feature = "sha3")]
        "shake_128" => Rom::Type(&algorithm::SHAKE_128),
        #[cfg(feature = "sha3")]
        "shake_256" => Rom::Type(&algorithm::SHAKE_256),
        #[cfg(feature = "blake2")]
        "blake2b" => Rom::Type(&blake::BLAKE2B),
        #[cfg(feature = "blake2")]
        "blake2s" => Rom::Type(&blake::BLAKE2S),
    }
    class: extensible,
    requires: ["alloc"],
}
