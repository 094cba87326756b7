//! A part of Python's syntax: what the cases are written in.
//!
//! Statements: expressions, assignments (also `+=`, also to attributes, items and
//! several names), `del`, `import`, `from`, `def`, `class`, `if`, `for`, `while`,
//! `try`, `raise`, `return`, `global`, `pass`, `break`, `continue`. Expressions: literals
//! without `{1}` and f-strings, arithmetic with `+ - * %`, comparisons, `and or not`,
//! calls with named and starred arguments, attributes, items without slices,
//! `lambda`, conditional expressions, list comprehensions of one `for`.

mod expression;
mod statement;
mod token;
pub(crate) mod tree;

use std::fmt;

/// Why a text is no script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    pub(crate) line: usize,
    pub(crate) what: String,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (line {})", self.what, self.line)
    }
}

/// The statements of a script.
pub(crate) fn parse(source: &str) -> Result<tree::Block, SyntaxError> {
    statement::Parser::new(token::tokens(source)?).script()
}
