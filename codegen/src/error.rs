//! What went wrong: collected over all stages, sorted by place, drawn with the
//! source line, and told once.

mod draw;
mod json;
mod kind;

use crate::place::Place;
use std::fmt;

pub use kind::Kind;

/// One thing that is wrong, or that deserves a warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What it is; the variants say when each occurs.
    pub kind: Kind,
    /// One line: what is wrong.
    pub message: String,
    /// Where, the most important place first, each with what to say there
    /// (possibly nothing).
    pub places: Vec<(Place, String)>,
    /// What to do about it, one line each.
    pub help: Vec<String>,
    /// What was reported below us (the output of a failed `cargo tree`, say).
    pub cause: Option<String>,
}

impl Diagnostic {
    /// An error or warning (the kind decides) with a message and no place yet.
    pub fn new(kind: Kind, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            kind,
            message: message.into(),
            places: Vec::new(),
            help: Vec::new(),
            cause: None,
        }
    }

    /// Adds a place with what is to be said there.
    #[must_use]
    pub fn at(mut self, place: Place, label: impl Into<String>) -> Diagnostic {
        self.places.push((place, label.into()));
        self
    }

    /// Adds a remedy.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help.push(help.into());
        self
    }

    /// Adds what was reported below us.
    #[must_use]
    pub fn cause(mut self, cause: impl fmt::Display) -> Diagnostic {
        self.cause = Some(cause.to_string());
        self
    }
}

impl Diagnostic {
    /// The whole of it in one line, for Cargo's warnings.
    pub fn one_line(&self) -> String {
        let mut line = self.message.clone();
        if let Some((place, _)) = self.places.first() {
            line.push_str(&format!(" ({place})"));
        }
        if let Some(cause) = &self.cause {
            line.push_str(": ");
            line.push_str(cause.trim_end());
        }
        for help in &self.help {
            line.push_str("; ");
            line.push_str(help);
        }
        line.replace(['\n', '\r'], " ")
    }
}

/// All that a run had to say.
///
/// A stage adds to it and goes on where it can, so that one build shows every
/// mistake.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// None yet.
    pub fn new() -> Diagnostics {
        Diagnostics::default()
    }

    /// Adds one; the same one twice is kept once.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if !self.list.contains(&diagnostic) {
            self.list.push(diagnostic);
        }
    }

    /// Adds all of another run.
    pub fn extend(&mut self, other: Diagnostics) {
        for diagnostic in other.list {
            self.push(diagnostic);
        }
    }

    /// Whether one of them is an error.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.kind.is_error())
    }

    /// All of them, sorted by place, those without a place first.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut list: Vec<&Diagnostic> = self.list.iter().collect();
        list.sort_by(|a, b| {
            let place = |d: &Diagnostic| d.places.first().map(|(place, _)| place.clone());
            place(a)
                .cmp(&place(b))
                .then_with(|| a.message.cmp(&b.message))
        });
        list
    }

    /// All of them drawn for a person, without colour.
    pub fn render(&self) -> String {
        draw::draw(&self.sorted(), false)
    }

    /// The same with the escape codes of a colour terminal, for a caller that
    /// was asked for colour.
    pub fn render_in_color(&self) -> String {
        draw::draw(&self.sorted(), true)
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Diagnostics {
        Diagnostics {
            list: vec![diagnostic],
        }
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render())
    }
}

impl std::error::Error for Diagnostics {}
