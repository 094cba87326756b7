//! The module `sys`: what a script can know of the machine and set of the
//! interpreter.
//!
//! `ps1`, `ps2` and `path` can be stored and deleted: they go through the
//! delegation hook into slots of the interpreter, as in MicroPython
//! (`py/modsys.c`); everything else is constant.
//!
//! # Features
//!
//! - `alloc`: `path` starts as a list that scripts can append to. Without it,
//!   it starts as a constant one, which they can replace.
#![no_std]

#[cfg(feature = "alloc")]
extern crate alloc;

use enroll_portable::prelude::*;

enroll::register_module! {
    /// The interpreter and the machine it runs on.
    pub static SYS: Module<Portable> = "sys" {
        "byteorder" => Rom::Str(if cfg!(target_endian = "big") { "big" } else { "little" }),
        "implementation" => Rom::Tuple(&[Rom::Str("enroll"), VERSION]),
        "maxsize" => Rom::Int(isize::MAX as i64),
        "platform" => Rom::Str(PLATFORM),
        "version" => Rom::Str(concat!("enroll ", env!("CARGO_PKG_VERSION"))),
        "version_info" => VERSION,
    }
    aliases: ["usys"],
    init: setup,
    attr: delegate,
    dir: delegated,
}

/// The attributes that a script can set.
const SETTABLE: [Qstr; 3] = [qstr!("ps1"), qstr!("ps2"), qstr!("path")];

/// Where imports look first: beside the program, then in the frozen set.
const PATH: &[Rom] = &[Rom::Str(""), Rom::Str(".frozen")];

/// The version of the image's enroll.
const VERSION: Rom = Rom::Tuple(&[
    Rom::Int(number(env!("CARGO_PKG_VERSION_MAJOR"))),
    Rom::Int(number(env!("CARGO_PKG_VERSION_MINOR"))),
    Rom::Int(number(env!("CARGO_PKG_VERSION_PATCH"))),
]);

/// CPython's names where it has one.
const PLATFORM: &str = if cfg!(any(target_os = "linux", target_os = "android")) {
    "linux"
} else if cfg!(target_os = "macos") {
    "darwin"
} else if cfg!(windows) {
    "win32"
} else if cfg!(target_family = "wasm") {
    "wasm"
} else {
    "bare-metal"
};

const fn number(digits: &str) -> i64 {
    match i64::from_str_radix(digits, 10) {
        Ok(number) => number,
        Err(_) => panic!("Cargo's version is a number"),
    }
}

fn setup(cx: &mut Cx<'_, '_, Portable>) -> Result<(), Error> {
    *cx.slot(qstr!("ps1"))? = Some(">>> ".into());
    *cx.slot(qstr!("ps2"))? = Some("... ".into());
    *cx.slot(qstr!("path"))? = Some(path());
    Ok(())
}

#[cfg(feature = "alloc")]
fn path<'vm>() -> Value<'vm> {
    let entries: alloc::vec::Vec<Value<'vm>> = PATH.iter().map(Rom::value).collect();
    entries.into()
}

#[cfg(not(feature = "alloc"))]
fn path<'vm>() -> Value<'vm> {
    Rom::List(PATH).value()
}

fn delegate<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    name: Qstr,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    cx.delegate(&SETTABLE, name, access)
}

/// Names that have a value now: a deleted one is not listed.
fn delegated(cx: &mut Cx<'_, '_, Portable>, each: &mut dyn FnMut(Qstr)) -> Result<(), Error> {
    for name in SETTABLE {
        if cx.slot(name)?.is_some() {
            each(name);
        }
    }
    Ok(())
}
