//! The module `cryptolib`: AES, as MicroPython has it (`extmod/modcryptolib.c`).
//!
//! Cipher and modes are RustCrypto's `aes`, `ecb`, `cbc` and `ctr`. Without
//! instructions for AES, `aes` computes in constant time: no table look-up and
//! no branch depends on key or data.
//!
//! # Features
//!
//! - `ctr` (default): counter mode.
#![no_std]

extern crate alloc;

mod cipher;
mod mode;

use enroll_portable::prelude::*;
use mode::Mode;

enroll::register_module! {
    /// Ciphers.
    pub static CRYPTOLIB: Module<Portable> = "cryptolib" {
        "aes" => Rom::Type(&cipher::AES),
        "MODE_ECB" => Rom::Int(Mode::ECB),
        "MODE_CBC" => Rom::Int(Mode::CBC),
        #[cfg(feature = "ctr")]
        "MODE_CTR" => Rom::Int(Mode::CTR),
    }
    class: extensible,
    requires: ["alloc"],
}
