//! A scripting language on a microcontroller: Rhai, the modules of a library,
//! and a script that uses them, without an operating system.
//!
//! `cargo run --release` starts it in QEMU. It imports every module of its
//! table, runs `scripts/station.rhai`, compares what that prints with
//! `scripts/station.out`, and tells what RAM each part took. It ends with
//! status 0, or with 1 where anything is wrong.
#![no_std]
#![no_main]
#![deny(unsafe_code)]

extern crate alloc;

mod clock;
mod expected;
mod interpreter;
mod memory;

use cortex_m_rt::entry;
use cortex_m_semihosting::debug::{self, EXIT_FAILURE, EXIT_SUCCESS};
use cortex_m_semihosting::hprintln;
use panic_semihosting as _;

// `pub static BUILTINS`: the modules and names of this firmware.
enroll::include_modules!();

const SCRIPT: &str = include_str!("../scripts/station.rhai");

#[entry]
fn main() -> ! {
    memory::start();
    if let Some(peripherals) = cortex_m::Peripherals::take() {
        clock::start(peripherals.SYST);
    }
    let passed = interpreter::run(SCRIPT).is_ok_and(|()| expected::is_complete());
    hprintln!("ram: stack, deepest: {}", memory::stack_used());
    debug::exit(if passed { EXIT_SUCCESS } else { EXIT_FAILURE });
    // Without a debugger there is nobody to end for.
    loop {
        cortex_m::asm::wfi();
    }
}
