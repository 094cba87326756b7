//! Diagnostics for programs.

use super::{Diagnostic, Diagnostics};
use serde_json::{Value, json};

impl Diagnostic {
    /// The diagnostic as one JSON object: `kind`, `level`, `message`, `places`
    /// (`file`, `line`, `column`, `width`, `label`), `help`, `cause` and
    /// `rendered`, the text that a person is shown.
    pub fn json(&self) -> Value {
        let places = self.places.iter().map(|(place, label)| {
            json!({
                "file": place.file.to_string_lossy(),
                "line": place.line,
                "column": place.column,
                "width": place.width,
                "label": label,
            })
        });
        json!({
            "kind": self.kind.name(),
            "level": if self.kind.is_error() { "error" } else { "warning" },
            "message": self.message,
            "places": places.collect::<Vec<_>>(),
            "help": self.help,
            "cause": self.cause,
            "rendered": Diagnostics::from(self.clone()).render(),
        })
    }
}
