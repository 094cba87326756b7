//! A program that embeds Rhai, with native modules that the crates of its build
//! declare.
//!
//! `cargo run -p rhai-firmware` plays a short tour, `cargo run -p rhai-firmware
//! -- script.rhai` runs a file.

use enroll_rhai::{Interpreter, Report};
use rhai::Engine;
use rhai::packages::{Package, StandardPackage};
use std::process::ExitCode;

// `BUILTINS`: every module that a crate of this build declares.
enroll::include_modules!();

const TOUR: &str = include_str!("../scripts/tour.rhai");

fn main() -> ExitCode {
    let source = match std::env::args().nth(1) {
        None => Ok(TOUR.to_owned()),
        Some(file) => {
            std::fs::read_to_string(&file).map_err(|error| format!("cannot read {file}: {error}"))
        }
    };
    match source.and_then(|source| run(&source)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("rhai-firmware: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(source: &str) -> Result<(), String> {
    let rhai = start()?;
    let result = rhai.run(source);
    // Modules are shut down whatever happened; the first failure is told.
    let ended = rhai.shutdown();
    result
        .and(ended)
        .map_err(|error| Report(&error).to_string())
}

fn start() -> Result<Interpreter, String> {
    let mut engine = Engine::new_raw();
    engine.register_global_module(StandardPackage::new().as_shared_module());
    engine.on_print(|text| println!("{text}"));
    engine.on_debug(|text, _, _| eprintln!("{text}"));
    enroll_rhai::install(engine, &BUILTINS).map_err(|error| error.to_string())
}
