//! Running cases in translation.

use crate::case::Case;
use crate::host::Host;
use crate::outcome::Line;
use crate::{lua, rhai};

/// The hosts that this package runs; `cpython/` has the others.
pub const TRANSLATED: [Host; 2] = [Host::Lua, Host::Rhai];

/// What a case prints on a host of [`TRANSLATED`].
///
/// # Errors
///
/// What has no translation, with its line, and what the program failed with.
pub fn run(case: &Case, host: Host) -> Result<Vec<Line>, String> {
    let statements = case.statements_for(host);
    let place = |error: crate::language::SyntaxError| format!("{}:{error}", case.name);
    let printed = match host {
        Host::Lua => {
            let program = lua::translate(&statements).map_err(place)?;
            let ran = enroll_tests_library_lua::run(lua::PRELUDE, &program);
            ran.map_err(|error| format!("{error}\n{}", numbered(&program)))?
        }
        Host::Rhai => {
            let program = rhai::translate(&statements).map_err(place)?;
            let ran = enroll_tests_library_rhai::run(rhai::PRELUDE, &program);
            ran.map_err(|error| format!("{error}\n{}", numbered(&program)))?
        }
        other => return Err(format!("{other} runs elsewhere")),
    };
    let lines = printed.iter().map(|(line, text)| Line::new(*line, text));
    Ok(lines.collect())
}

/// The program, for the message of one that failed.
fn numbered(program: &str) -> String {
    let lines = program.lines().enumerate();
    lines
        .map(|(at, line)| format!("{:4} {line}\n", at + 1))
        .collect()
}
