//! Counts instructions: in QEMU with `-icount shift=0` each takes a nanosecond,
//! and SysTick counts 25 MHz, so a tick is 40 instructions.
#![no_std]
#![no_main]

use core::hint::black_box;
use cortex_m::peripheral::SYST;
use cortex_m::peripheral::syst::SystClkSource;
use cortex_m_rt::entry;
use cortex_m_semihosting::debug::{self, EXIT_SUCCESS};
use cortex_m_semihosting::hprintln;
use enroll::{Pool, Qstr};
use panic_semihosting as _;

#[path = "../../../src/hashes.rs"]
mod hashes;

static ASKED: &[&str] = include!(concat!(env!("OUT_DIR"), "/asked.rs"));
static OTHERS: &[&str] = include!(concat!(env!("OUT_DIR"), "/others.rs"));
static POOL: Pool = include!(concat!(env!("OUT_DIR"), "/pool.rs"));

const NANOSECONDS_PER_TICK: u32 = 40;
const ROUNDS: u32 = 20;

/// Instructions for one call, without those of the loop around it.
fn count(syst: &mut SYST, names: &[&str], call: impl Fn(&str) -> u32) -> u32 {
    let empty = ticks(syst, names, |name| name.len() as u32);
    let full = ticks(syst, names, call);
    (full.saturating_sub(empty)) * NANOSECONDS_PER_TICK / (ROUNDS * names.len() as u32)
}

#[inline(never)]
fn ticks(syst: &mut SYST, names: &[&str], call: impl Fn(&str) -> u32) -> u32 {
    syst.clear_current();
    let before = SYST::get_current();
    for _ in 0..ROUNDS {
        for name in names {
            black_box(call(black_box(name)));
        }
    }
    before.wrapping_sub(SYST::get_current()) & 0x00ff_ffff
}

#[entry]
fn main() -> ! {
    let Some(peripherals) = cortex_m::Peripherals::take() else {
        panic!("the peripherals are taken once");
    };
    let mut syst = peripherals.SYST;
    syst.set_clock_source(SystClkSource::Core);
    syst.set_reload(0x00ff_ffff);
    syst.clear_current();
    syst.enable_counter();

    hprintln!("{:>28} {:>6} {:>6} {:>6} {:>6} {:>6}", "", "4", "9", "16", "32", "real");
    for (name, hash) in hashes::ALL {
        let mut row = [0; 5];
        let texts = ["argv", "delegated", "a_name_of_16_abc", "a_long_name_which_has_32_letters"];
        for (count_of, text) in row.iter_mut().zip(texts) {
            *count_of = count(&mut syst, &[text; 16], |text| hash(text, 0));
        }
        row[4] = count(&mut syst, ASKED, |text| hash(text, 0));
        hprintln!(
            "{:>28} {:>6} {:>6} {:>6} {:>6} {:>6}",
            name, row[0], row[1], row[2], row[3], row[4]
        );
    }
    let pool = black_box(&POOL);
    let raw = |name: Option<Qstr>| name.map_or(1, Qstr::raw);
    let hit = count(&mut syst, ASKED, |text| raw(pool.get(text)));
    let miss = count(&mut syst, OTHERS, |text| raw(pool.get(text)));
    let both = count(&mut syst, ASKED, |text| {
        pool.get(text).and_then(|name| pool.text(name)).map_or(0, str::len) as u32
    });
    hprintln!("text to id, hit {}, miss {}; id to text {}", hit, miss, both - hit);
    let (text, above) = pool.size();
    hprintln!(
        "{} names: {} bytes of text, {} above it with the pool's {}",
        pool.len(),
        text,
        above + size_of::<Pool>(),
        size_of::<Pool>()
    );
    debug::exit(EXIT_SUCCESS);
    loop {}
}
