//! The module `timeq`: what is due first, in a queue of bounded length.
//!
//! MicroPython's `utimeq` (`extmod/modutimeq.c` of earlier versions), which its first
//! scheduler was built on. A queue allocates when it is made and never again, so
//! an interrupt or a full heap cannot stop a scheduler.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod heap;
mod queue;

use enroll_portable::prelude::*;

enroll::register_module! {
    /// A bounded queue by ticks.
    pub static TIMEQ: Module<Portable> = "timeq" {
        "timeq" => Rom::Type(&queue::QUEUE),
    }
    class: extensible,
    aliases: ["utimeq"],
    requires: ["alloc"],
}
