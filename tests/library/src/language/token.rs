//! From text to tokens: names, literals, operators, lines and indentation.

use super::SyntaxError;

/// A token.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Name(String),
    Int(i64),
    Float(f64),
    Str(String),
    Bytes(Vec<u8>),
    Operator(&'static str),
    /// The end of a statement.
    Newline,
    Indent,
    Dedent,
    End,
}

/// A comment without its `#`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Counted from 1.
    pub line: usize,
    /// The text, trimmed.
    pub text: String,
    /// Whether nothing stands before it.
    pub is_alone: bool,
}

/// Longest first, so that `==` is not two `=`.
const OPERATORS: &[&str] = &[
    "//", "==", "!=", "<=", ">=", "<<", ">>", "(", ")", "[", "]", "{", "}", ",", ":", ".", "=",
    "<", ">", "+", "-", "*", "/", "%", "&", "|", "^", "~",
];

/// The tokens of a text, each with its line, and its comments.
pub(super) type Tokens = (Vec<(Token, usize)>, Vec<Comment>);

pub(super) fn tokens(source: &str) -> Result<Tokens, SyntaxError> {
    let mut lexer = Lexer {
        rest: source,
        line: 1,
        depth: 0,
        indents: vec![0],
        tokens: Vec::new(),
        comments: Vec::new(),
    };
    while lexer.line()? {}
    while lexer.indents.pop().is_some_and(|indent| indent > 0) {
        lexer.push(Token::Dedent);
    }
    lexer.push(Token::End);
    Ok((lexer.tokens, lexer.comments))
}

struct Lexer<'a> {
    rest: &'a str,
    line: usize,
    /// Open brackets: within them the end of a line means nothing.
    depth: usize,
    indents: Vec<usize>,
    tokens: Vec<(Token, usize)>,
    comments: Vec<Comment>,
}

impl<'a> Lexer<'a> {
    fn push(&mut self, token: Token) {
        self.tokens.push((token, self.line));
    }

    fn error<T>(&self, what: impl Into<String>) -> Result<T, SyntaxError> {
        Err(SyntaxError::at(self.line, what))
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    /// The length of what begins the rest and consists of such characters.
    fn run(&self, of: impl Fn(char) -> bool) -> usize {
        self.rest.find(|c| !of(c)).unwrap_or(self.rest.len())
    }

    /// One logical line. `false` at the end of the text.
    fn line(&mut self) -> Result<bool, SyntaxError> {
        if self.rest.is_empty() {
            return Ok(false);
        }
        let indent = self.run(|c| c == ' ');
        self.take(indent);
        if self.rest.is_empty() || self.rest.starts_with(['\n', '#']) {
            self.comment(true);
            self.end_of_line();
            return Ok(true);
        }
        self.indent(indent)?;
        loop {
            let blanks = self.run(|c| c == ' ');
            self.take(blanks);
            self.comment(false);
            if self.rest.is_empty() || (self.rest.starts_with('\n') && self.depth == 0) {
                break;
            }
            if !self.end_of_line() {
                self.token()?;
            }
        }
        self.push(Token::Newline);
        self.end_of_line();
        Ok(true)
    }

    fn comment(&mut self, is_alone: bool) {
        if self.rest.starts_with('#') {
            let length = self.run(|c| c != '\n');
            let text = self.take(length).trim_start_matches('#').trim().to_owned();
            self.comments.push(Comment {
                line: self.line,
                text,
                is_alone,
            });
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
        if self.indents.last().is_some_and(|&current| indent > current) {
            self.indents.push(indent);
            self.push(Token::Indent);
        }
        while self.indents.last().is_some_and(|&known| known > indent) {
            self.indents.pop();
            self.push(Token::Dedent);
        }
        if self.indents.last() != Some(&indent) {
            return self.error("the indentation matches no line above");
        }
        Ok(())
    }

    fn token(&mut self) -> Result<(), SyntaxError> {
        let first = self.rest.chars().next().unwrap_or('\n');
        for (prefix, is_raw, is_bytes) in [
            ("", false, false),
            ("r", true, false),
            ("b", false, true),
            ("rb", true, true),
            ("br", true, true),
        ] {
            if let Some(after) = self.rest.strip_prefix(prefix)
                && let Some(quote @ ('"' | '\'')) = after.chars().next()
            {
                self.take(prefix.len());
                return self.text(quote, is_raw, is_bytes);
            }
        }
        if first.is_alphabetic() || first == '_' {
            let length = self.run(|c| c.is_alphanumeric() || c == '_');
            let name = self.take(length).to_owned();
            self.push(Token::Name(name));
            return Ok(());
        }
        if first.is_ascii_digit() {
            return self.number();
        }
        let Some(operator) = OPERATORS.iter().find(|op| self.rest.starts_with(**op)) else {
            return self.error(format!("{first:?} is outside of the subset"));
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

    fn number(&mut self) -> Result<(), SyntaxError> {
        if self.rest.starts_with("0x") {
            self.take(2);
            let length = self.run(|c| c.is_ascii_hexdigit());
            return match i64::from_str_radix(self.take(length), 16) {
                Ok(number) => {
                    self.push(Token::Int(number));
                    Ok(())
                }
                Err(_) => self.error("an integer has at most 64 bits"),
            };
        }
        let mut length = self.run(|c| c.is_ascii_digit());
        let mut is_float = false;
        let digits = |text: &str| {
            text.find(|c: char| !c.is_ascii_digit())
                .unwrap_or(text.len())
        };
        if let Some(after) = self.rest[length..].strip_prefix('.') {
            is_float = true;
            length += 1 + digits(after);
        }
        if let Some(after) = self.rest[length..].strip_prefix('e') {
            is_float = true;
            let sign = usize::from(after.starts_with(['+', '-']));
            length += 1 + sign + digits(&after[sign..]);
        }
        let text = self.take(length);
        let token = match is_float {
            true => text.parse().ok().map(Token::Float),
            false => text.parse().ok().map(Token::Int),
        };
        match token {
            Some(token) => {
                self.push(token);
                Ok(())
            }
            None => self.error("an integer has at most 64 bits"),
        }
    }

    fn text(&mut self, quote: char, is_raw: bool, is_bytes: bool) -> Result<(), SyntaxError> {
        if self.rest.starts_with(&quote.to_string().repeat(3)) {
            return self.error("a text stands on one line");
        }
        self.take(1);
        let mut text = String::new();
        let mut bytes = Vec::new();
        loop {
            let Some(next) = self.rest.chars().next().filter(|&next| next != '\n') else {
                return self.error("a text without an end");
            };
            self.take(next.len_utf8());
            let mut value = u32::from(next);
            if next == quote {
                break;
            } else if next == '\\' && is_raw {
                // A raw text has the backslash and what follows it, even a quote.
                text.push('\\');
                bytes.push(b'\\');
                let Some(after) = self.rest.chars().next() else {
                    continue;
                };
                self.take(after.len_utf8());
                value = after.into();
            } else if next == '\\' {
                value = self.escape(is_bytes)?;
            }
            match (is_bytes, u8::try_from(value), char::from_u32(value)) {
                (true, Ok(byte), _) => bytes.push(byte),
                (false, _, Some(char)) => text.push(char),
                _ => return self.error("no such character"),
            }
        }
        self.push(match is_bytes {
            true => Token::Bytes(bytes),
            false => Token::Str(text),
        });
        Ok(())
    }

    /// What follows a backslash.
    fn escape(&mut self, is_bytes: bool) -> Result<u32, SyntaxError> {
        let kind = self.rest.chars().next().unwrap_or('\n');
        self.take(kind.len_utf8().min(self.rest.len()));
        let digits = match kind {
            'n' => return Ok(10),
            'r' => return Ok(13),
            't' => return Ok(9),
            'b' => return Ok(8),
            'f' => return Ok(12),
            '0' => return Ok(0),
            '\\' | '\'' | '"' => return Ok(kind.into()),
            'x' => 2,
            'u' if !is_bytes => 4,
            'U' if !is_bytes => 8,
            other => return self.error(format!("the escape \\{other} is outside of the subset")),
        };
        let number = self.rest.get(..digits);
        match number.and_then(|number| u32::from_str_radix(number, 16).ok()) {
            Some(number) => {
                self.take(digits);
                Ok(number)
            }
            None => self.error(format!("\\{kind} needs {digits} hexadecimal digits")),
        }
    }
}
