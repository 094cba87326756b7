//! Ticks: the values of a counter that wraps around.
//!
//! `time.ticks_ms()` gives them, and `timeq` and `taskqueue` sort by them, so
//! the three modules have to agree on where they wrap. It is no module itself: it
//! registers nothing, and costs what is used of it.
//!
//! The period is 2^30, as MicroPython has it on 32-bit machines (`py/mpconfig.h`,
//! `MICROPY_PY_TIME_TICKS_PERIOD`). On a 64-bit one MicroPython's is larger; here
//! it is the same everywhere, so that a script which passes on a desktop has
//! seen the wrap-around that awaits it on a board: after twelve days of
//! milliseconds, after 18 minutes of microseconds.
//!
//! ```
//! use ticks::{PERIOD, Ticks};
//!
//! let start = Ticks::new(i64::from(PERIOD) - 100);
//! let later = start.checked_add(250).unwrap();
//! assert_eq!(later.get(), 150);
//! assert_eq!(later.since(start), 250);
//! assert_eq!(start.since(later), -250);
//! ```
#![no_std]
#![forbid(unsafe_code)]

use core::time::Duration;

/// How many values there are before they start again; a power of two.
pub const PERIOD: u32 = 1 << 30;

const HALF: u32 = PERIOD / 2;

/// A value of the counter, below [`PERIOD`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ticks(u32);

impl Ticks {
    /// The value that a script's integer stands for: what goes beyond the
    /// period, on either side, is wrapped.
    pub const fn new(value: i64) -> Ticks {
        Ticks::wrap(value as u32)
    }

    /// The bits above the period do not matter, so that 32 of a sum are enough.
    const fn wrap(value: u32) -> Ticks {
        Ticks(value & (PERIOD - 1))
    }

    /// A clock's milliseconds.
    pub const fn millis(time: Duration) -> Ticks {
        Ticks::count(time, 1_000, time.subsec_millis())
    }

    /// A clock's microseconds.
    pub const fn micros(time: Duration) -> Ticks {
        Ticks::count(time, 1_000_000, time.subsec_micros())
    }

    /// A clock's nanoseconds.
    pub const fn nanos(time: Duration) -> Ticks {
        Ticks::count(time, 1_000_000_000, time.subsec_nanos())
    }

    const fn count(time: Duration, a_second: u32, rest: u32) -> Ticks {
        let whole = (time.as_secs() as u32).wrapping_mul(a_second);
        Ticks::wrap(whole.wrapping_add(rest))
    }

    /// The value, as a script sees it.
    pub const fn get(self) -> u32 {
        self.0
    }

    /// How many ticks after `start` this is, negative for before: right as long
    /// as the two are less than half a period apart. At half a period it is
    /// negative either way (`time.ticks_diff`).
    pub const fn since(self, start: Ticks) -> i32 {
        let forward = self.0.wrapping_sub(start.0).wrapping_add(HALF) & (PERIOD - 1);
        // Both are below 2^30.
        forward as i32 - HALF as i32
    }

    /// The value so many ticks later, or earlier (`time.ticks_add`). `None` where
    /// [`since`](Ticks::since) could not tell the distance, in one direction
    /// or the other: half a period and more.
    pub const fn checked_add(self, delta: i64) -> Option<Ticks> {
        match delta.unsigned_abs() < HALF as u64 {
            true => Some(Ticks::wrap(self.0.wrapping_add(delta as u32))),
            false => None,
        }
    }
}
