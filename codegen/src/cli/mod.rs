//! The command `cargo enroll`: what a firmware integrator asks about an image.
//!
//! It reads the plan that the firmware's build script wrote, so what it says is
//! what was built. Exit codes are Cargo's: 0, or 101 for any failure.

mod again;
mod assemble;
mod cargo;
mod check;
mod modules;
mod size;
mod symbols;
mod table;
mod verify;
mod why;

pub use check::check;
pub use modules::modules;
pub use size::size;
pub use verify::verify;
pub use why::why;

use std::ffi::OsString;
use std::process::ExitCode;

const USAGE: &str = "\
Questions about the native modules of a firmware

Usage: cargo enroll <COMMAND>

Commands:
  check [ARGS]    Say everything that a build would refuse, without compiling;
                  --json for programs
  modules [ARGS]  Build, and list the modules of the table, and those left out
                  with the reason
  size [ARGS]     Build, and list what each part takes of the image; more about
                  it: `cargo enroll size --help`
  verify [ARGS]   Build, and compare what was compiled with the generated table
  build -f FILE [--variant NAME] [ARGS]
                  Assemble a firmware from a manifest, and build it
  run -f FILE [--variant NAME] [ARGS]
                  The same, and run it
  assemble -f FILE [--variant NAME]
                  The same without building: print where its Cargo.toml is
  why NAME [ARGS] Say why a module, alias, attribute or name is in a firmware, or
                  is not; --json for programs
  help            Print this

ARGS are those of `cargo build`. With -f FILE, and --variant NAME if it is not
the manifest itself, each command is about an assembled firmware.
";

/// Runs the command with its arguments, the program's name left out.
///
/// Cargo calls `cargo-enroll enroll …`; the word is dropped.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let mut args = args.into_iter().peekable();
    args.next_if(|word| word == "enroll");
    let command = args.next();
    let args: Vec<OsString> = args.collect();
    match (&command, assemble::given(&args)) {
        (_, Err(message)) => return failed(&message),
        (Some(command), Ok(Some(given))) => {
            return assemble::run(command, &given).unwrap_or_else(|message| failed(&message));
        }
        (_, Ok(_)) => {}
    }
    let result = match command {
        Some(command) if command == "check" => check(&args),
        Some(command) if command == "modules" => modules(&args),
        Some(command) if command == "size" => size(&args),
        Some(command) if command == "verify" => verify(&args),
        Some(command) if command == "why" => why(&args),
        Some(command) if command == "build" || command == "run" || command == "assemble" => {
            Err(format!(
                "error: `{}` is about a manifest: -f firmware.toml",
                command.to_string_lossy()
            ))
        }
        Some(command) if command == "help" || command == "--help" || command == "-h" => {
            Ok(USAGE.to_owned())
        }
        Some(command) => Err(format!(
            "no such command: `{}`\n\n{USAGE}",
            command.to_string_lossy()
        )),
        None => Err(USAGE.to_owned()),
    };
    match result {
        Ok(report) => {
            print!("{report}");
            ExitCode::SUCCESS
        }
        Err(message) => failed(&message),
    }
}

fn failed(message: &str) -> ExitCode {
    eprintln!("{message}");
    ExitCode::from(101)
}
