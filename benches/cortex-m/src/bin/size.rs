//! Nothing but one table, chosen by `TABLE` and `NAMES`, to be weighed.
#![no_std]
#![no_main]

use core::hint::black_box;
use cortex_m_rt::entry;
use panic_semihosting as _;

include!(concat!(env!("OUT_DIR"), "/table.rs"));

#[entry]
fn main() -> ! {
    loop {
        black_box(find(black_box("errno")));
    }
}
