//! The module `platform`: what the firmware was compiled by and for.
//!
//! Functions are those of MicroPython (`extmod/modplatform.c`) and some of
//! CPython's. All of them are constants that the build script writes down; none
//! is a path, a time or the name of a machine, so that the same compiler gives
//! the same firmware everywhere.
#![no_std]

use enroll_portable::prelude::*;

enroll::register_module! {
    /// What the firmware was compiled by and for.
    pub static PLATFORM: Module<Portable> = "platform" {
        "platform" => Rom::Function(function!(platform(aliased = false, terse = false))),
        "python_compiler" => Rom::Function(function!(python_compiler())),
        "libc_ver" => Rom::Function(function!(libc_ver())),
        "machine" => Rom::Function(function!(machine())),
        "system" => Rom::Function(function!(system())),
        "python_implementation" => Rom::Function(function!(python_implementation())),
        "python_version" => Rom::Function(function!(python_version())),
        "RUSTC" => Rom::Str(env!("PLATFORM_RUSTC")),
        "TARGET" => Rom::Str(env!("PLATFORM_TARGET")),
        "PROFILE" => Rom::Str(env!("PLATFORM_PROFILE")),
        "VERSION" => VERSION,
    }
    class: extensible,
}

/// The version of the image's enroll.
const VERSION: Rom = Rom::Str(env!("CARGO_PKG_VERSION"));

fn platform(_aliased: bool, terse: bool) -> &'static Rom {
    match terse {
        true => &Rom::Str(env!("PLATFORM_TERSE")),
        false => &Rom::Str(env!("PLATFORM_NAME")),
    }
}

fn python_compiler() -> &'static Rom {
    &Rom::Str(concat!("rustc ", env!("PLATFORM_RUSTC")))
}

/// Which version of it a program finds is not known before it runs.
fn libc_ver() -> &'static Rom {
    &Rom::Tuple(&[Rom::Str(env!("PLATFORM_LIBC")), Rom::Str("")])
}

fn machine() -> &'static Rom {
    &Rom::Str(env!("PLATFORM_MACHINE"))
}

fn system() -> &'static Rom {
    &Rom::Str(env!("PLATFORM_SYSTEM"))
}

/// As `sys.implementation` says.
fn python_implementation() -> &'static Rom {
    &Rom::Str("enroll")
}

fn python_version() -> &'static Rom {
    &VERSION
}
