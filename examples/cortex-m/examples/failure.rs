//! Fails on purpose, so that the gate knows that a failed check in QEMU is
//! seen as a failure.
#![no_std]
#![no_main]

use cortex_m_rt::entry;
use panic_semihosting as _;

#[entry]
fn main() -> ! {
    panic!("this firmware is expected to fail");
}
