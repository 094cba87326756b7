//! The default firmware: Lua 5.4 with native modules that the crates of its
//! build declare.
//!
//! `cargo run` plays a short tour, `cargo run -- script.lua` runs a file,
//! `cargo run -- -i` gives a prompt.

mod complete;
mod interpreter;
mod native;
mod options;
mod prompt;
mod tour;

use interpreter::Interpreter;
use options::{Options, Start};
use std::process::ExitCode;

// `BUILTINS`: every module that a crate of this build declares. `FROZEN`: the
// scripts of the folder `frozen`.
enroll::include_modules!();

fn main() -> ExitCode {
    let options = match Options::of(std::env::args_os().skip(1)) {
        Ok(options) => options,
        Err(wrong) => {
            eprintln!("firmware: {wrong}\n\n{}", options::USAGE);
            return ExitCode::FAILURE;
        }
    };
    match run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("firmware: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<(), interpreter::Failure> {
    if options.help {
        print!("{}", options::USAGE);
        return Ok(());
    }
    let interpreter = Interpreter::new(&options.arguments)?;
    if let Some(image) = &options.image {
        interpreter.mount(image)?;
    }
    let result = start(&interpreter, options);
    // Modules are shut down whatever happened; the first failure is told.
    let ended = interpreter.shutdown();
    result.and(ended)
}

fn start(interpreter: &Interpreter, options: &Options) -> Result<(), interpreter::Failure> {
    match &options.start {
        Start::Tour if options.interactive => {}
        Start::Tour => return tour::play(interpreter),
        Start::Code(code) => interpreter.run(code, "=(command line)")?,
        Start::File(path) => interpreter.run_file(path)?,
    }
    if options.interactive {
        prompt::run(interpreter)?;
    }
    Ok(())
}
