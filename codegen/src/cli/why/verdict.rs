//! One reason, for people and for programs.

use crate::place::Place;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::Path;

/// Why something is in a firmware, or is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    /// Whether scripts can have it.
    pub(super) is_in: bool,
    /// For programs; see [`super::why`].
    pub(super) reason: &'static str,
    /// What follows the name and the firmware in a sentence.
    pub(super) message: String,
    /// The package that it comes from, as `name version`.
    pub(super) package: Option<String>,
    /// Where that stands, the most telling place first, each with what to say
    /// there (possibly nothing).
    pub(super) places: Vec<(Place, String)>,
    /// The packages from the firmware to that one.
    pub(super) chain: Vec<String>,
    /// What to do, or what else to know.
    pub(super) help: Vec<String>,
}

impl Verdict {
    pub(super) fn is_in(reason: &'static str, message: impl Into<String>) -> Verdict {
        Verdict {
            is_in: true,
            reason,
            message: message.into(),
            package: None,
            places: Vec::new(),
            chain: Vec::new(),
            help: Vec::new(),
        }
    }

    pub(super) fn is_out(reason: &'static str, message: impl Into<String>) -> Verdict {
        Verdict {
            is_in: false,
            ..Verdict::is_in(reason, message)
        }
    }

    pub(super) fn of(mut self, package: String, chain: Vec<String>) -> Verdict {
        self.package = Some(package);
        self.chain = chain;
        self
    }

    pub(super) fn at(mut self, place: &Place, label: impl Into<String>) -> Verdict {
        self.places.push((place.clone(), label.into()));
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Verdict {
        self.help.push(help.into());
        self
    }

    /// For a person; places below `root` are told from there.
    pub(super) fn text(&self, name: &str, firmware: &str, root: &Path) -> String {
        let is = if self.is_in { "is" } else { "is not" };
        let mut text = format!("`{name}` {is} in `{firmware}`: {}\n", self.message);
        for (place, label) in &self.places {
            let file = place.file.strip_prefix(root).unwrap_or(&place.file);
            let _ = write!(text, "  --> {}:{}", file.display(), place.line);
            if place.width > 0 || place.column > 1 {
                let _ = write!(text, ":{}", place.column);
            }
            if !label.is_empty() {
                let _ = write!(text, ": {label}");
            }
            text.push('\n');
        }
        if self.chain.len() > 1 {
            let _ = writeln!(text, "  = way: {}", self.chain.join(" → "));
        }
        for help in &self.help {
            let _ = writeln!(text, "  = help: {help}");
        }
        text
    }

    pub(super) fn json(&self, firmware: &str) -> Value {
        let places = self.places.iter().map(|(place, label)| {
            json!({
                "file": place.file,
                "line": place.line,
                "column": place.column,
                "label": label,
            })
        });
        json!({
            "firmware": firmware,
            "in": self.is_in,
            "reason": self.reason,
            "message": self.message,
            "package": self.package,
            "places": places.collect::<Vec<_>>(),
            "chain": self.chain,
            "help": self.help,
        })
    }
}
