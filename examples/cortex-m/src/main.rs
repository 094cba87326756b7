//! A firmware without operating system, allocator or `std`: native modules of
//! other crates and of its own, found at build time, in the read-only memory
//! of a Cortex-M3.
//!
//! `cargo run --release` starts it in QEMU. It checks itself, prints what its
//! tables take, and ends with status 0, or with 1 where a check fails.
#![no_std]
#![no_main]
#![forbid(unsafe_code)]

mod checks;
mod machine;
mod memory;
mod report;

use cortex_m_rt::entry;
use cortex_m_semihosting::debug::{self, EXIT_FAILURE, EXIT_SUCCESS};
use panic_semihosting as _;
use report::Report;

// `pub static BUILTINS`: the modules and names of this firmware.
enroll::include_modules!();

#[entry]
fn main() -> ! {
    let mut report = Report::default();
    checks::run(&mut report);
    debug::exit(if report.summary() {
        EXIT_SUCCESS
    } else {
        EXIT_FAILURE
    });
    // Without a debugger there is nobody to end for.
    loop {
        cortex_m::asm::wfi();
    }
}
