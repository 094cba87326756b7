//! From text to tokens: names, literals, operators, lines and indentation.

use super::SyntaxError;
use std::rc::Rc;

/// A token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    Name(Rc<str>),
    Int(i64),
    Text(Rc<str>),
    Operator(&'static str),
    /// The end of a statement.
    Newline,
    Indent,
    Dedent,
    End,
}

/// Longest first, so that `==` is not two `=`.
const OPERATORS: &[&str] = &[
    "**", "==", "!=", "<=", ">=", "+=", "-=", "(", ")", "[", "]", "{", "}", ",", ":", ".", ";",
    "=", "<", ">", "+", "-", "*", "%",
];

/// The tokens of a script, each with its line, counted from 1.
pub(crate) fn tokens(source: &str) -> Result<Vec<(Token, usize)>, SyntaxError> {
    let mut lexer = Lexer {
        rest: source,
        line: 1,
        depth: 0,
        indents: vec![0],
        tokens: Vec::new(),
    };
    while lexer.line()? {}
    lexer.close();
    Ok(lexer.tokens)
}

struct Lexer<'a> {
    rest: &'a str,
    line: usize,
    /// Open brackets: within them the end of a line means nothing.
    depth: usize,
    indents: Vec<usize>,
    tokens: Vec<(Token, usize)>,
}

impl<'a> Lexer<'a> {
    fn push(&mut self, token: Token) {
        self.tokens.push((token, self.line));
    }

    fn error<T>(&self, what: impl Into<String>) -> Result<T, SyntaxError> {
        Err(SyntaxError {
            line: self.line,
            what: what.into(),
        })
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    /// One logical line. `false` at the end of the text.
    fn line(&mut self) -> Result<bool, SyntaxError> {
        if self.rest.is_empty() {
            return Ok(false);
        }
        let indent = self.rest.len() - self.rest.trim_start_matches(' ').len();
        self.take(indent);
        if self.rest.is_empty() || self.rest.starts_with(['\n', '#']) {
            self.comment();
            self.end_of_line();
            return Ok(true);
        }
        self.indent(indent)?;
        loop {
            self.rest = self.rest.trim_start_matches([' ', '\t', '\r']);
            self.comment();
            if self.rest.is_empty() || (self.rest.starts_with('\n') && self.depth == 0) {
                break;
            }
            if self.end_of_line() {
                continue;
            }
            self.token()?;
        }
        self.push(Token::Newline);
        self.end_of_line();
        Ok(true)
    }

    fn comment(&mut self) {
        if self.rest.starts_with('#') {
            let length = self.rest.find('\n').unwrap_or(self.rest.len());
            self.take(length);
        }
    }

    fn end_of_line(&mut self) -> bool {
        let is_end = self.rest.starts_with('\n');
        if is_end {
            self.take(1);
            self.line += 1;
        }
        is_end
    }

    fn indent(&mut self, indent: usize) -> Result<(), SyntaxError> {
        let current = self.indents.last().copied().unwrap_or(0);
        if indent > current {
            self.indents.push(indent);
            self.push(Token::Indent);
        }
        while self.indents.last().is_some_and(|&known| known > indent) {
            self.indents.pop();
            self.push(Token::Dedent);
        }
        if self.indents.last() != Some(&indent) {
            return self.error("unindent does not match any outer indentation level");
        }
        Ok(())
    }

    fn close(&mut self) {
        while self.indents.pop().is_some_and(|indent| indent > 0) {
            self.push(Token::Dedent);
        }
        self.push(Token::End);
    }

    fn token(&mut self) -> Result<(), SyntaxError> {
        let first = self.rest.chars().next().unwrap_or('\n');
        if first.is_alphabetic() || first == '_' {
            let length = self
                .rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(self.rest.len());
            let name = self.take(length);
            self.push(Token::Name(name.into()));
            return Ok(());
        }
        if first.is_ascii_digit() {
            let length = self
                .rest
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(self.rest.len());
            let Ok(number) = self.take(length).parse() else {
                return self.error("an integer does not fit into 64 bits");
            };
            self.push(Token::Int(number));
            return Ok(());
        }
        if first == '"' || first == '\'' {
            return self.text(first);
        }
        let Some(operator) = OPERATORS.iter().find(|op| self.rest.starts_with(**op)) else {
            return self.error(format!("invalid syntax at {first:?}"));
        };
        self.take(operator.len());
        match *operator {
            "(" | "[" | "{" => self.depth += 1,
            ")" | "]" | "}" => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.push(Token::Operator(operator));
        Ok(())
    }

    fn text(&mut self, quote: char) -> Result<(), SyntaxError> {
        let triple = quote.to_string().repeat(3);
        let is_triple = self.rest.starts_with(&triple);
        let end = if is_triple { &triple[..] } else { &triple[..1] };
        self.take(end.len());
        let start = self.line;
        let mut text = String::new();
        while !self.rest.starts_with(end) {
            let Some(next) = self.rest.chars().next() else {
                return self.error("unterminated string literal");
            };
            self.take(next.len_utf8());
            match next {
                '\n' if !is_triple => return self.error("unterminated string literal"),
                '\n' => {
                    self.line += 1;
                    text.push(next);
                }
                '\\' => {
                    let escaped = self.rest.chars().next().unwrap_or('\\');
                    self.take(escaped.len_utf8().min(self.rest.len()));
                    text.push(match escaped {
                        'n' => '\n',
                        't' => '\t',
                        other => other,
                    });
                }
                _ => text.push(next),
            }
        }
        self.take(end.len());
        self.tokens.push((Token::Text(text.into()), start));
        Ok(())
    }
}
