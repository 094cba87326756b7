//! The module `time`: clocks, ticks that wrap around, and dates.
//!
//! Ticks and sleeps are those of MicroPython (`extmod/modtime.c`), with a period
//! of 2^30 everywhere; `strftime`, `strptime`, `monotonic` and `perf_counter`
//! those of CPython. Dates are counted in UTC from the beginning of 1970, for
//! the years 1 to 9999. `README.md` has all functions, and what differs.
//!
//! The calendar and its formats are `chrono`'s: of the crates that are kept it is
//! the smallest which formats without `std`.
//!
//! # Features
//!
//! - `calendar` (default): dates. It needs an allocator; without it the module
//!   needs none.
//! - `float` (default): fractions of a second in `time` and `sleep`, and
//!   `monotonic` and `perf_counter`, which are nothing without.
#![no_std]

#[cfg(feature = "calendar")]
extern crate alloc;

#[cfg(feature = "calendar")]
mod calendar;
mod clock;
#[cfg(feature = "calendar")]
mod format;
#[cfg(feature = "calendar")]
mod parse;
mod seconds;

use enroll_portable::prelude::*;

enroll::register_module! {
    /// Clocks, ticks and dates.
    pub static TIME: Module<Portable> = "time" {
        "ticks_ms" => Rom::Function(function!(clock::ticks_ms())),
        "ticks_us" => Rom::Function(function!(clock::ticks_us())),
        "ticks_cpu" => Rom::Function(function!(clock::ticks_cpu())),
        "ticks_add" => Rom::Function(function!(clock::ticks_add(ticks, delta))),
        "ticks_diff" => Rom::Function(function!(clock::ticks_diff(ticks1, ticks2))),
        "sleep" => Rom::Function(function!(clock::sleep(seconds))),
        "sleep_ms" => Rom::Function(function!(clock::sleep_ms(ms))),
        "sleep_us" => Rom::Function(function!(clock::sleep_us(us))),
        "time" => Rom::Function(function!(clock::time())),
        "time_ns" => Rom::Function(function!(clock::time_ns())),
        "monotonic_ns" => Rom::Function(function!(clock::monotonic_ns())),
        "perf_counter_ns" => Rom::Function(function!(clock::monotonic_ns() as "perf_counter_ns")),
        #[cfg(feature = "float")]
        "monotonic" => Rom::Function(function!(clock::monotonic())),
        #[cfg(feature = "float")]
        "perf_counter" => Rom::Function(function!(clock::monotonic() as "perf_counter")),
        #[cfg(feature = "calendar")]
        "gmtime" => Rom::Function(function!(calendar::gmtime(secs = None))),
        #[cfg(feature = "calendar")]
        "localtime" => Rom::Function(function!(calendar::gmtime(secs = None) as "localtime")),
        #[cfg(feature = "calendar")]
        "mktime" => Rom::Function(function!(calendar::mktime(tuple))),
        #[cfg(feature = "calendar")]
        "strftime" => Rom::Function(function!(format::strftime(format, t = Value::None))),
        #[cfg(feature = "calendar")]
        "strptime" => Rom::Function(function!(parse::strptime(string, format = parse::DEFAULT))),
    }
    class: extensible,
    aliases: ["utime"],
    requires: ["clock"],
}
