//! The subset of Python that cases are written in.
//!
//! `token` cuts the text, [`parse`] makes a tree of it, and refuses with a line
//! whatever a host's language has nothing for.

mod expression;
pub mod parse;
mod statement;
mod token;
pub mod tree;

use std::fmt;

/// What is wrong in the text of a case, or has no translation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

impl SyntaxError {
    /// An error at a line.
    pub fn at(line: usize, what: impl Into<String>) -> SyntaxError {
        SyntaxError {
            line,
            what: what.into(),
        }
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.what)
    }
}

impl std::error::Error for SyntaxError {}
