//! The command `cargo enroll`.

use std::process::ExitCode;

fn main() -> ExitCode {
    enroll_codegen::cli::run(std::env::args_os().skip(1))
}
