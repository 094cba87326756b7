//! The time since the start, by the timer that every Cortex-M has.
//!
//! The cycle counter of the processor would be simpler, but QEMU has none.

use core::cell::Cell;
use core::time::Duration;
use cortex_m::peripheral::SYST;
use cortex_m::peripheral::syst::SystClkSource;
use cortex_m_rt::exception;
use critical_section::Mutex;

/// Cycles of the processor in a second, on this board.
const FREQUENCY: u64 = 25_000_000;
/// Cycles from one interrupt to the next: a millisecond.
const PERIOD: u32 = 25_000;

/// How often the timer has come to its end.
static PERIODS: Mutex<Cell<u64>> = Mutex::new(Cell::new(0));
/// The last answer, in cycles.
static LAST: Mutex<Cell<u64>> = Mutex::new(Cell::new(0));

/// Starts the timer; before it, time stands still.
pub fn start(mut timer: SYST) {
    timer.set_clock_source(SystClkSource::Core);
    timer.set_reload(PERIOD - 1);
    timer.clear_current();
    timer.enable_counter();
    timer.enable_interrupt();
}

#[exception]
fn SysTick() {
    critical_section::with(|cs| {
        let periods = PERIODS.borrow(cs);
        periods.set(periods.get() + 1);
    });
}

/// The clock of the firmware's modules.
pub struct SysTickClock;

impl enroll_rhai::Clock for SysTickClock {
    fn monotonic(&self) -> Option<Duration> {
        Some(since_start())
    }

    fn sleep(&self, time: Duration) -> bool {
        let start = since_start();
        while since_start().saturating_sub(start) < time {
            // The timer wakes it.
            cortex_m::asm::wfi();
        }
        true
    }
}

fn since_start() -> Duration {
    let cycles = critical_section::with(|cs| {
        let gone = PERIOD - 1 - SYST::get_current().min(PERIOD - 1);
        let now = PERIODS.borrow(cs).get() * u64::from(PERIOD) + u64::from(gone);
        // Where the timer has begun again and its interrupt still waits, this
        // is a period behind.
        let last = LAST.borrow(cs);
        last.set(last.get().max(now));
        last.get()
    });
    let (seconds, rest) = (cycles / FREQUENCY, cycles % FREQUENCY);
    Duration::from_secs(seconds) + Duration::from_nanos(rest * (1_000_000_000 / FREQUENCY))
}
