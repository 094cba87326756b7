//! Running cases in translation.

use crate::case::Case;
use crate::host::Host;
use crate::outcome::{Line, agree};
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

/// The marks of a host that leave out what the host can do all the same, each as a
/// line of a message.
pub fn needless_marks(
    case: &Case,
    host: Host,
    expected: &[Line],
    run: impl Fn(&Case) -> Option<Vec<Line>>,
) -> String {
    let mut needless = String::new();
    for (line, mark) in case.marks_of(host) {
        let tried = case.without(line, host);
        let lines = tried.lines_for(host);
        let theirs = expected.iter().filter(|line| lines.contains(&line.line));
        let expected: Vec<Line> = theirs.cloned().collect();
        if run(&tried).is_some_and(|printed| agree(host, &expected, &printed)) {
            let line = line.map_or(String::new(), |line| format!(":{line}"));
            needless += &format!("{}{line} needs no `not {host}: {}`\n", case.name, mark.why);
        }
    }
    needless
}

/// The program, for the message of one that failed.
fn numbered(program: &str) -> String {
    let lines = program.lines().enumerate();
    lines
        .map(|(at, line)| format!("{:4} {line}\n", at + 1))
        .collect()
}
