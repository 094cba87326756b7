//! The module `taskqueue`: the core of MicroPython's `asyncio`
//! (`extmod/modasyncio.c`), `TaskQueue` and `Task`.
//!
//! A queue is a pairing heap of the tasks that wait, by the ticks at which each is
//! due. What a task is to run belongs to the event loop, which is a script.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod heap;
mod queue;
mod task;

use enroll_portable::prelude::*;

enroll::register_module! {
    /// The tasks of an event loop.
    pub static TASKQUEUE: Module<Portable> = "taskqueue" {
        "TaskQueue" => Rom::Type(&queue::QUEUE),
        "Task" => Rom::Type(&task::TASK),
    }
    class: extensible,
    requires: ["alloc", "clock"],
}
