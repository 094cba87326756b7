//! The module `re`: regular expressions, as CPython and MicroPython have them, on
//! the engine of the crate `regex`.
//!
//! It takes Python's syntax (`syntax`), writes it as the engine's (`write`) and
//! compiles it (`engine`). A search takes time in proportion to the text, whatever
//! the pattern: so there are no back references and no look-around, and a pattern
//! that asks for them is refused.
#![no_std]

extern crate alloc;

mod engine;
mod flags;
mod matched;
mod module;
mod nonempty;
mod pattern;
mod program;
mod replace;
mod scan;
mod syntax;
mod task;
mod template;
mod write;

use enroll_portable::prelude::*;

const fn flag(flag: u32) -> Rom {
    Rom::Int(flag as i64)
}

enroll::register_module! {
    /// Regular expressions.
    pub static RE: Module<Portable> = "re" {
        "compile" => Rom::Function(function!(module::compile(pattern, flags = 0))),
        "search" => Rom::Function(function!(module::search(pattern, string, flags = 0))),
        "match" => Rom::Function(function!(module::match_at(pattern, string, flags = 0) as "match")),
        "fullmatch" => Rom::Function(function!(module::fullmatch(pattern, string, flags = 0))),
        "split" => Rom::Function(function!(
            module::split(pattern, string, maxsplit = 0, flags = 0)
        )),
        "findall" => Rom::Function(function!(module::findall(pattern, string, flags = 0))),
        "finditer" => Rom::Function(function!(module::finditer(pattern, string, flags = 0))),
        "sub" => Rom::Function(function!(
            module::sub(pattern, repl, string, count = 0, flags = 0)
        )),
        "subn" => Rom::Function(function!(
            module::subn(pattern, repl, string, count = 0, flags = 0)
        )),
        "escape" => Rom::Function(function!(module::escape(pattern))),
        "purge" => Rom::Function(function!(program::purge)),
        "Pattern" => Rom::Type(&pattern::PATTERN),
        "Match" => Rom::Type(&matched::MATCH),
        "NOFLAG" => Rom::Int(0),
        "I" => flag(flags::IGNORECASE),
        "IGNORECASE" => flag(flags::IGNORECASE),
        "M" => flag(flags::MULTILINE),
        "MULTILINE" => flag(flags::MULTILINE),
        "S" => flag(flags::DOTALL),
        "DOTALL" => flag(flags::DOTALL),
        "X" => flag(flags::VERBOSE),
        "VERBOSE" => flag(flags::VERBOSE),
        "A" => flag(flags::ASCII),
        "ASCII" => flag(flags::ASCII),
        "U" => flag(flags::UNICODE),
        "UNICODE" => flag(flags::UNICODE),
    }
    class: extensible,
    requires: ["alloc"],
}
