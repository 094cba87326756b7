//! The command `cargo enroll`, as a target of this package: so Cargo tells the
//! tests where it is.

use std::process::ExitCode;

fn main() -> ExitCode {
    enroll_codegen::cli::run(std::env::args_os().skip(1))
}
