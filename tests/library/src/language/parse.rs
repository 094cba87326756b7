//! The parser's position, and what it expects there.

use super::SyntaxError;
pub use super::token::Comment;
use super::token::{Token, tokens};
use super::tree::Block;

/// The statements of a case, and its comments.
///
/// # Errors
///
/// What is outside of the subset, with its line.
pub fn parse(source: &str) -> Result<(Block, Vec<Comment>), SyntaxError> {
    let (tokens, comments) = tokens(source)?;
    let mut parser = Parser { tokens, at: 0 };
    Ok((parser.program()?, comments))
}

pub(super) struct Parser {
    tokens: Vec<(Token, usize)>,
    at: usize,
}

impl Parser {
    pub(super) fn peek(&self) -> &Token {
        self.tokens
            .get(self.at)
            .map_or(&Token::End, |(token, _)| token)
    }

    /// Where the next token stands.
    pub(super) fn line(&self) -> usize {
        let at = self.at.min(self.tokens.len().saturating_sub(1));
        self.tokens.get(at).map_or(1, |(_, line)| *line)
    }

    /// Where the one before it stood.
    pub(super) fn last_line(&self) -> usize {
        let before = self.at.checked_sub(1);
        before
            .and_then(|at| self.tokens.get(at))
            .map_or(1, |(_, line)| *line)
    }

    pub(super) fn next(&mut self) -> Token {
        let token = self.peek().clone();
        self.at += 1;
        token
    }

    pub(super) fn error<T>(&self, what: impl Into<String>) -> Result<T, SyntaxError> {
        Err(SyntaxError::at(self.last_line(), what))
    }

    pub(super) fn is_operator(&self, wanted: &str) -> bool {
        matches!(self.peek(), Token::Operator(found) if *found == wanted)
    }

    pub(super) fn take_operator(&mut self, wanted: &str) -> bool {
        let is_there = self.is_operator(wanted);
        self.at += usize::from(is_there);
        is_there
    }

    pub(super) fn is_word(&self, wanted: &str) -> bool {
        matches!(self.peek(), Token::Name(found) if found == wanted)
    }

    pub(super) fn take_word(&mut self, wanted: &str) -> bool {
        let is_there = self.is_word(wanted);
        self.at += usize::from(is_there);
        is_there
    }

    pub(super) fn take(&mut self, wanted: &Token) -> bool {
        let is_there = self.peek() == wanted;
        self.at += usize::from(is_there);
        is_there
    }

    pub(super) fn expect(&mut self, wanted: &str) -> Result<(), SyntaxError> {
        if self.take_operator(wanted) {
            return Ok(());
        }
        let found = self.next();
        self.error(format!("expected `{wanted}`, found {found:?}"))
    }

    pub(super) fn name(&mut self) -> Result<String, SyntaxError> {
        match self.next() {
            Token::Name(name) => Ok(name),
            found => self.error(format!("expected a name, found {found:?}")),
        }
    }

    /// Names with commas, up to an operator that stays.
    pub(super) fn names(&mut self, end: &str) -> Result<Vec<String>, SyntaxError> {
        let mut names = Vec::new();
        while !self.is_operator(end) {
            names.push(self.name()?);
            if !self.take_operator(",") {
                break;
            }
        }
        Ok(names)
    }
}
