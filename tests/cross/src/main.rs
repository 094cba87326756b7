//! A firmware for machines of another word size and byte order: native modules
//! of other crates and of its own, found at build time.
//!
//! It checks itself, prints what is wrong, and ends with status 0, or with 1
//! where a check fails.
#![no_std]
#![no_main]
#![deny(unsafe_code)]

mod checks;
#[path = "../../../runtime/abi/tests/known/mod.rs"]
mod known;
#[expect(
    unsafe_code,
    reason = "the way in and out of a program without `std` is C's"
)]
mod machine;
mod report;

use report::Report;

// `pub static BUILTINS`: the modules and names of this firmware.
enroll::include_modules!();

enroll::register_module! {
    /// The program's own.
    static MACHINE: Module<cross_vm::Vm> = "machine" {}
}

/// Runs every check; whether nothing was wrong.
fn run() -> bool {
    let mut report = Report::default();
    checks::run(&mut report);
    report.summary()
}
