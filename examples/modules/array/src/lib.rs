//! The module `array`: numbers of one machine type in a row, and `bytearray`.
//!
//! `array.array` is CPython's and MicroPython's. `bytearray`, a builtin there, is
//! in this module for interpreters that have no bytes which can change: it is
//! what their scripts hand to whatever fills or draws into a buffer. Both lend
//! their bytes ([`Operate::buffer`]).
#![no_std]

extern crate alloc;

mod array;
mod bytearray;
mod code;
mod items;
mod iterator;
mod slice;

use enroll_portable::prelude::*;

enroll::register_module! {
    /// Arrays of numbers.
    pub static ARRAY: Module<Portable> = "array" {
        "array" => Rom::Type(&array::ARRAY),
        "bytearray" => Rom::Type(&bytearray::BYTEARRAY),
    }
    requires: ["alloc"],
    class: extensible,
}
