//! The module `select`: waits until one of several streams is ready
//! (`extmod/modselect.c`).
//!
//! A stream is any object that answers `ioctl(3, flags)` with the flags that are
//! ready: what MicroPython asks of streams written in Python (`py/stream.h`,
//! `MP_STREAM_POLL`). The streams of the module `io` do, and so may objects of a
//! script.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod poll;
mod ready;
mod three;

use enroll_portable::prelude::*;

enroll::register_module! {
    /// Waits for streams.
    pub static SELECT: Module<Portable> = "select" {
        "poll" => Rom::Type(&poll::POLL),
        "select" => Rom::Function(function!(three::select(rlist, wlist, xlist, timeout = Value::None))),
        "POLLIN" => Rom::Int(ready::IN as i64),
        "POLLOUT" => Rom::Int(ready::OUT as i64),
        "POLLERR" => Rom::Int(ready::ERR as i64),
        "POLLHUP" => Rom::Int(ready::HUP as i64),
    }
    class: extensible,
    requires: ["alloc", "clock"],
}
