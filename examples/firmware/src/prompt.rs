//! The prompt: a line is run when it is complete, and its values are printed.

use crate::complete::Completion;
use crate::interpreter::{Failure, Interpreter, Piece};
use rustyline::error::ReadlineError;
use rustyline::history::MemHistory;
use rustyline::{CompletionType, Config, Editor};
use std::io::{BufRead, IsTerminal};

/// Runs what is typed until the input ends.
///
/// # Errors
///
/// Where the input cannot be read; at its end, where it was no terminal and a
/// piece failed.
pub(crate) fn run(interpreter: &Interpreter) -> Result<(), Failure> {
    if std::io::stdin().is_terminal() {
        edit(interpreter)
    } else {
        read(interpreter)
    }
}

fn edit(interpreter: &Interpreter) -> Result<(), Failure> {
    let config = Config::builder()
        .completion_type(CompletionType::List)
        .auto_add_history(true)
        .build();
    let mut editor = Editor::with_history(config, MemHistory::new()).map_err(unreadable)?;
    editor.set_helper(Some(Completion::new(interpreter)));
    interpreter.print("Tab completes modules and attributes; Ctrl-D ends.")?;
    let mut typed = Typed::default();
    loop {
        interpreter.flush();
        match editor.readline(&typed.prompt(interpreter)) {
            Ok(line) => {
                typed.line(interpreter, &line);
            }
            Err(ReadlineError::Interrupted) => typed = Typed::default(),
            Err(ReadlineError::Eof) => return Ok(()),
            Err(error) => return Err(unreadable(error)),
        }
    }
}

fn read(interpreter: &Interpreter) -> Result<(), Failure> {
    let mut typed = Typed::default();
    let mut failed = 0;
    for line in std::io::stdin().lock().lines() {
        if !typed.line(interpreter, &line.map_err(unreadable)?) {
            failed += 1;
        }
    }
    if !typed.source.is_empty() {
        return Err(Failure::new("the input ends within a statement"));
    }
    match failed {
        0 => Ok(()),
        1 => Err(Failure::new("a line of the input failed")),
        many => Err(Failure::new(format!("{many} lines of the input failed"))),
    }
}

fn unreadable(error: impl std::fmt::Display) -> Failure {
    Failure::new(format!("cannot read the input: {error}"))
}

/// Lines that make no complete piece yet.
#[derive(Default)]
struct Typed {
    source: String,
}

impl Typed {
    /// `sys.ps1` and `sys.ps2`, which a script can set; after a deletion, what
    /// Lua's own prompt has.
    fn prompt(&self, interpreter: &Interpreter) -> String {
        let (name, default) = match self.source.is_empty() {
            true => ("ps1", "> "),
            false => ("ps2", ">> "),
        };
        let prompt = interpreter.attribute("sys", name);
        prompt.unwrap_or_else(|| default.to_owned())
    }

    /// Adds a line and runs the piece if that completes it. Tells an error, and
    /// whether there was none.
    fn line(&mut self, interpreter: &Interpreter, line: &str) -> bool {
        self.source.push_str(line);
        let done = match interpreter.compile(&self.source) {
            Ok(Piece::Incomplete) => {
                self.source.push('\n');
                return true;
            }
            Ok(Piece::Complete(function)) => interpreter.show(&function),
            Err(failure) => Err(failure),
        };
        self.source.clear();
        if let Err(failure) = &done {
            eprintln!("{failure}");
        }
        done.is_ok()
    }
}
