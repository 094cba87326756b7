//! The module `collections`: `deque` and `namedtuple`, as CPython and
//! MicroPython have them.
//!
//! Both are native types made of slots. No code is generated for a named tuple:
//! its type is an object that knows the fields.
#![no_std]

extern crate alloc;

mod deque;
mod named;

use enroll_portable::prelude::*;

enroll::register_module! {
    /// Containers.
    pub static COLLECTIONS: Module<Portable> = "collections" {
        "deque" => Rom::Type(&deque::DEQUE),
        "namedtuple" => Rom::Function(function!(named::namedtuple(typename, field_names))),
    }
    class: extensible,
    requires: ["alloc"],
}
