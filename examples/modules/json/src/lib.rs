//! The module `json`, as CPython has it: the same texts, the same values, the same
//! errors.
//!
//! `serde_json` reads and writes the strings, with their escapes and surrogates.
//! What is around them is walked here in loops: `serde_json` calls itself for each
//! level, which takes a microcontroller's stack, and knows neither `NaN` nor
//! CPython's hooks.
#![no_std]

extern crate alloc;

mod dump;
mod encode;
mod key;
mod load;
mod options;
mod parse;
mod place;
mod text;

use enroll_portable::prelude::*;

/// Lists and objects within each other are followed this far, in both
/// directions: as far as values are compared and written.
const DEPTH: usize = 64;

enroll::register_module! {
    /// Reads and writes JSON.
    pub static JSON: Module<Portable> = "json" {
        "dumps" => Rom::Function(function!(dump::dumps(
            obj,
            *,
            skipkeys = false,
            ensure_ascii = true,
            check_circular = true,
            allow_nan = true,
            indent = Value::None,
            separators = Value::None,
            default = Value::None,
            sort_keys = false,
        ))),
        "dump" => Rom::Function(function!(dump::dump(
            obj,
            fp,
            *,
            skipkeys = false,
            ensure_ascii = true,
            check_circular = true,
            allow_nan = true,
            indent = Value::None,
            separators = Value::None,
            default = Value::None,
            sort_keys = false,
        ))),
        "loads" => Rom::Function(function!(load::loads(
            s,
            *,
            object_hook = Value::None,
            parse_float = Value::None,
            parse_int = Value::None,
            parse_constant = Value::None,
            object_pairs_hook = Value::None,
        ))),
        "load" => Rom::Function(function!(load::load(
            fp,
            *,
            object_hook = Value::None,
            parse_float = Value::None,
            parse_int = Value::None,
            parse_constant = Value::None,
            object_pairs_hook = Value::None,
        ))),
    }
    class: extensible,
    requires: ["alloc", "float"],
}

/// A list or object within too many others.
#[cold]
fn too_deep() -> Error {
    Error::text(
        Kind::RuntimeError,
        alloc::format!("lists and objects within each other go deeper than {DEPTH}"),
    )
}
