//! The command `cargo enroll`: what a firmware integrator asks about an image.
//!
//! It reads the plan that the firmware's build script wrote, so what it says is
//! what was built. Exit codes are Cargo's: 0, or 101 for any failure.

mod again;
mod assemble;
mod cargo;
mod check;
mod diff;
mod generate;
mod graph;
mod modules;
mod names;
mod options;
mod plan;
mod recorded;
mod report;
mod size;
mod symbols;
mod table;
mod verify;
mod why;

pub use check::check;
pub use diff::diff;
pub use generate::generate;
pub use graph::graph;
pub use modules::modules;
pub use names::names;
pub use plan::plan;
pub use report::report;
pub use size::size;
pub use verify::verify;
pub use why::why;

#[doc = include_str!("../../MANIFEST.md")]
pub mod manifest {}

use std::ffi::OsString;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

/// One word after `cargo enroll`.
struct Command {
    name: &'static str,
    /// What `--help` prints: a line that the list of commands shows too, then
    /// usage and details.
    help: &'static str,
    /// What it does with the words that follow: the text to print, or the error.
    run: fn(&[OsString]) -> Result<String, String>,
}

/// All of them, in the order in which they are listed.
const COMMANDS: &[Command] = &[
    Command {
        name: "build",
        help: assemble::BUILD,
        run: assemble::without_manifest,
    },
    Command {
        name: "run",
        help: assemble::RUN,
        run: assemble::without_manifest,
    },
    Command {
        name: "assemble",
        help: assemble::ASSEMBLE,
        run: assemble::without_manifest,
    },
    Command {
        name: "check",
        help: check::HELP,
        run: check,
    },
    Command {
        name: "modules",
        help: modules::HELP,
        run: modules,
    },
    Command {
        name: "names",
        help: names::HELP,
        run: names,
    },
    Command {
        name: "diff",
        help: diff::HELP,
        run: diff,
    },
    Command {
        name: "plan",
        help: plan::HELP,
        run: plan,
    },
    Command {
        name: "report",
        help: report::HELP,
        run: report,
    },
    Command {
        name: "size",
        help: size::HELP,
        run: size,
    },
    Command {
        name: "verify",
        help: verify::HELP,
        run: verify,
    },
    Command {
        name: "why",
        help: why::HELP,
        run: why,
    },
    Command {
        name: "graph",
        help: graph::HELP,
        run: graph,
    },
    Command {
        name: "generate",
        help: generate::HELP,
        run: generate,
    },
];

/// Runs the command with its arguments, the program's name left out.
///
/// Cargo calls `cargo-enroll enroll …`; the word is dropped.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let mut args = args.into_iter().peekable();
    args.next_if(|word| word == "enroll");
    let name = args.next();
    let args: Vec<OsString> = args.collect();
    // A page is not about any firmware.
    let given = match asks_for_page(&args) {
        true => Ok(None),
        false => assemble::given(&args),
    };
    let answered = match (&name, given) {
        (_, Err(message)) => Err(message),
        (Some(name), Ok(Some(given))) => match assemble::run(name, &given) {
            Ok(code) => return code,
            Err(message) => Err(message),
        },
        (_, Ok(_)) => answer(name, &args),
    };
    match answered {
        Ok(report) => match print(&report) {
            Ok(()) => ExitCode::SUCCESS,
            Err(message) => {
                eprintln!("{message}");
                ExitCode::from(101)
            }
        },
        Err(message) => {
            // Nothing, where an object on stdout has said it.
            match message.trim_end() {
                "" => {}
                message => eprintln!("{message}"),
            }
            ExitCode::from(101)
        }
    }
}

/// Writes to stdout. That nobody reads it to its end, as `head` does not, is no
/// failure.
fn print(text: &str) -> Result<(), String> {
    let mut stdout = std::io::stdout().lock();
    let written = stdout.write_all(text.as_bytes());
    match written.and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(format!("error: could not write the answer: {error}"))
        }
        _ => Ok(()),
    }
}

fn is_help(word: &OsString) -> bool {
    word == "--help" || word == "-h"
}

/// What stands behind `--` is not for us.
fn asks_for_page(args: &[OsString]) -> bool {
    args.iter().take_while(|word| *word != "--").any(is_help)
}

fn answer(name: Option<OsString>, args: &[OsString]) -> Result<String, String> {
    let Some(name) = name else {
        return Err(usage());
    };
    let command = |name: &OsString| COMMANDS.iter().find(|command| *name == *command.name);
    let unknown = |name: &OsString| {
        let name = name.to_string_lossy();
        let names = COMMANDS.iter().map(|command| command.name);
        let near = crate::near::near(&name, names).map(|near| format!(": {near}"));
        format!(
            "error: no such command: `{name}`{}\n\n{}",
            near.unwrap_or_default(),
            usage()
        )
    };
    if name == "help" || is_help(&name) {
        return match args.first() {
            None => Ok(usage()),
            Some(of) => command(of)
                .map(|command| command.help.to_owned())
                .ok_or_else(|| unknown(of)),
        };
    }
    let command = command(&name).ok_or_else(|| unknown(&name))?;
    match asks_for_page(args) {
        true => Ok(command.help.to_owned()),
        false => (command.run)(args),
    }
}

/// The list of commands.
fn usage() -> String {
    let mut out = "Questions about the native modules of a firmware\n\n\
                   Usage: cargo enroll <COMMAND>\n\nCommands:\n"
        .to_owned();
    let lines = COMMANDS
        .iter()
        .map(|command| {
            (
                command.name,
                command.help.lines().next().unwrap_or_default(),
            )
        })
        .chain([("help", "Print this, or the page of a command")]);
    for (name, about) in lines {
        let _ = writeln!(out, "  {name:<9} {about}");
    }
    out.push_str(
        "\n`cargo enroll help COMMAND` tells more. Most commands take the arguments of \
         `cargo build`, and\n-f FILE with --variant NAME for a firmware that a manifest assembles.\n",
    );
    out
}

#[cfg(test)]
mod tests {
    use super::{COMMANDS, answer, usage};
    use std::ffi::OsString;

    #[test]
    fn every_command_is_listed_with_a_line_and_has_a_page() {
        let usage = usage();
        for command in COMMANDS {
            let about = command.help.lines().next().unwrap_or_default();
            assert!(usage.contains(&format!("  {:<9} {about}\n", command.name)));
            // The list fits into 80 columns.
            assert!((10..69).contains(&about.len()), "{about}");
            let named = format!("\nUsage: cargo enroll {} ", command.name);
            assert!(command.help.contains(&named), "{}", command.help);
            for words in [[command.name, "--help"], ["help", command.name]] {
                let words = words.map(OsString::from);
                let page = answer(Some(words[0].clone()), &words[1..]);
                assert_eq!(page.as_deref(), Ok(command.help));
            }
        }
    }

    #[test]
    fn a_command_that_is_none_is_told_with_near_ones() {
        let told = answer(Some("module".into()), &[]).unwrap_err();
        assert!(
            told.contains("no such command: `module`: did you mean `modules`?"),
            "{told}"
        );
        assert!(told.ends_with(&usage()));
        assert_eq!(answer(None, &[]), Err(usage()));
        assert_eq!(answer(Some("-h".into()), &[]), Ok(usage()));
    }
}
