//! Where a text is wrong.

use alloc::format;
use enroll_portable::{Error, Kind};

/// An error at a byte of a text, with the line, column and position that a
/// script counts in characters.
#[cold]
pub(crate) fn wrong(text: &str, message: &str, at: usize) -> Error {
    let place = Place::new(text, at);
    Error::text(Kind::ValueError, format!("{message}: {place}"))
}

/// A place in a text, in characters.
pub(crate) struct Place {
    line: usize,
    column: usize,
    char: usize,
}

impl Place {
    /// The place of a byte.
    #[cold]
    pub(crate) fn new(text: &str, at: usize) -> Place {
        let before = text.get(..at).unwrap_or(text);
        let line = before.rsplit('\n').next().unwrap_or_default();
        Place {
            line: before.matches('\n').count() + 1,
            column: line.chars().count() + 1,
            char: before.chars().count(),
        }
    }
}

impl core::fmt::Display for Place {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let Place { line, column, char } = self;
        write!(f, "line {line} column {column} (char {char})")
    }
}
