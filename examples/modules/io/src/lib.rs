//! The module `io`: streams in memory.
//!
//! `StringIO` and `BytesIO` are those of CPython, with what MicroPython adds: a
//! size instead of contents, parts of what is written, `ioctl`.
//! `BufferedWriter` is MicroPython's.
#![no_std]

extern crate alloc;

mod buffered;
mod memory;
mod methods;
mod room;
mod stream;

use enroll_portable::prelude::*;

enroll::register_module! {
    /// Streams in memory.
    pub static IO: Module<Portable> = "io" {
        "StringIO" => Rom::Type(&stream::STRING_IO),
        "BytesIO" => Rom::Type(&stream::BYTES_IO),
        "BufferedWriter" => Rom::Type(&buffered::BUFFERED_WRITER),
        "SEEK_SET" => Rom::Int(0),
        "SEEK_CUR" => Rom::Int(1),
        "SEEK_END" => Rom::Int(2),
    }
    requires: ["alloc"],
    class: extensible,
}
