//! What replaces a match: `\1`, `\g<name>`, and characters.

use crate::program::Program;
use crate::task::bytes_of;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use enroll_portable::prelude::*;
use enroll_portable::{Bytes, Str};

/// A replacement, read (CPython's `re/_parser.py`, `parse_template`).
#[derive(Debug)]
pub(crate) struct Template(Vec<Piece>);

#[derive(Debug)]
enum Piece {
    Text(Vec<u8>),
    Group(usize),
}

impl Template {
    /// Reads a replacement for the matches of a pattern, in texts or in bytes.
    ///
    /// # Errors
    ///
    /// ValueError for what is none, IndexError for a name of no group.
    pub(crate) fn new(
        template: &Value<'_>,
        program: &Program,
        text: bool,
    ) -> Result<Template, Error> {
        let mut reader = Reader {
            template: bytes_of(template),
            at: 0,
            text,
            pieces: Vec::new(),
        };
        while let Some(byte) = reader.take() {
            match byte {
                b'\\' => reader.escape(program)?,
                _ => reader.byte(byte),
            }
        }
        Ok(Template(reader.pieces))
    }

    /// Appends it, with the groups of a match.
    ///
    /// # Errors
    ///
    /// MemoryError where there is no room.
    pub(crate) fn fill(
        &self,
        spans: &[Option<(usize, usize)>],
        subject: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(), Error> {
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => append(out, text)?,
                // A group that did not match is empty.
                Piece::Group(number) => {
                    let span = spans.get(*number).copied().flatten();
                    let text = span.and_then(|(from, to)| subject.get(from..to));
                    append(out, text.unwrap_or_default())?;
                }
            }
        }
        Ok(())
    }
}

/// Appends bytes.
///
/// # Errors
///
/// MemoryError where there is no room.
pub(crate) fn append(out: &mut Vec<u8>, bytes: &[u8]) -> Result<(), Error> {
    out.try_reserve(bytes.len())
        .map_err(|_| Error::new(Kind::MemoryError, "no room for the result"))?;
    out.extend_from_slice(bytes);
    Ok(())
}

/// A text where the subject was one and it still is, else bytes.
pub(crate) fn finished<'vm>(out: Vec<u8>, text: bool) -> Value<'vm> {
    if !text {
        return Bytes::from(out).into();
    }
    match String::from_utf8(out) {
        Ok(text) => Str::from(text).into(),
        Err(error) => Bytes::from(error.into_bytes()).into(),
    }
}

struct Reader<'x> {
    template: &'x [u8],
    at: usize,
    text: bool,
    pieces: Vec<Piece>,
}

impl Reader<'_> {
    fn take(&mut self) -> Option<u8> {
        let next = self.template.get(self.at).copied();
        self.at += usize::from(next.is_some());
        next
    }

    fn take_if(&mut self, kind: fn(u8) -> bool) -> Option<u8> {
        let next = self
            .template
            .get(self.at)
            .copied()
            .filter(|&byte| kind(byte))?;
        self.at += 1;
        Some(next)
    }

    fn byte(&mut self, byte: u8) {
        match self.pieces.last_mut() {
            Some(Piece::Text(text)) => text.push(byte),
            _ => self.pieces.push(Piece::Text(Vec::from([byte]))),
        }
    }

    /// A character by its number.
    fn character(&mut self, number: u8) {
        match self.text {
            false => self.byte(number),
            true => {
                let mut buffer = [0; 4];
                let text = char::from(number).encode_utf8(&mut buffer);
                text.bytes().for_each(|byte| self.byte(byte));
            }
        }
    }

    #[cold]
    fn wrong(&self, message: &str, position: usize) -> Error {
        Error::text(
            Kind::ValueError,
            format!("{message} at position {position}"),
        )
    }

    fn escape(&mut self, program: &Program) -> Result<(), Error> {
        let start = self.at - 1;
        let Some(byte) = self.take() else {
            return Err(self.wrong("bad escape (end of pattern)", start));
        };
        let plain = match byte {
            b'g' => return self.named(program),
            b'0' => {
                let digits = [self.take_if(is_octal), self.take_if(is_octal)];
                let digits = digits.into_iter().flatten();
                let number = digits.fold(0u8, |sum, digit| sum.wrapping_mul(8) | (digit - b'0'));
                self.character(number);
                return Ok(());
            }
            b'1'..=b'9' => return self.number(byte, start, program),
            b'a' => 0x07,
            b'b' => 0x08,
            b'f' => 0x0c,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'v' => 0x0b,
            b'\\' => b'\\',
            _ if byte.is_ascii_alphabetic() => {
                let message = format!("bad escape \\{}", char::from(byte));
                return Err(self.wrong(&message, start));
            }
            _ => {
                self.byte(b'\\');
                byte
            }
        };
        self.byte(plain);
        Ok(())
    }

    fn number(&mut self, first: u8, start: usize, program: &Program) -> Result<(), Error> {
        let value = |digit: u8| usize::from(digit - b'0');
        let mut number = value(first);
        if let Some(second) = self.take_if(|byte| byte.is_ascii_digit()) {
            if is_octal(first)
                && is_octal(second)
                && let Some(third) = self.take_if(is_octal)
            {
                let octal = value(first) * 64 + value(second) * 8 + value(third);
                return match u8::try_from(octal) {
                    Ok(octal) => {
                        self.character(octal);
                        Ok(())
                    }
                    Err(_) => {
                        let digits = self.template.get(start + 1..self.at).unwrap_or_default();
                        let digits = String::from_utf8_lossy(digits);
                        let message =
                            format!("octal escape value \\{digits} outside of range 0-0o377");
                        Err(self.wrong(&message, start))
                    }
                };
            }
            number = number * 10 + value(second);
        }
        self.group(number, start + 1, program)
    }

    fn group(&mut self, number: usize, start: usize, program: &Program) -> Result<(), Error> {
        if number > program.groups {
            return Err(self.wrong(&format!("invalid group reference {number}"), start));
        }
        self.pieces.push(Piece::Group(number));
        Ok(())
    }

    /// `<name>` or `<number>`, after `\g`.
    fn named(&mut self, program: &Program) -> Result<(), Error> {
        if self.take_if(|byte| byte == b'<').is_none() {
            return Err(self.wrong("missing <", self.at));
        }
        let start = self.at;
        let rest = self.template.get(start..).unwrap_or_default();
        let Some(len) = rest.iter().position(|&byte| byte == b'>') else {
            return Err(match rest.is_empty() {
                true => self.wrong("missing group name", start),
                false => self.wrong("missing >, unterminated name", start),
            });
        };
        self.at += len + 1;
        let name = String::from_utf8_lossy(rest.get(..len).unwrap_or_default());
        if name.is_empty() {
            return Err(self.wrong("missing group name", start));
        }
        if name.bytes().all(|byte| byte.is_ascii_digit()) {
            let number = name.parse().unwrap_or(usize::MAX);
            return self.group(number, start, program);
        }
        if let Some(number) = program.group(&name) {
            return self.group(number, start, program);
        }
        let mut chars = name.chars();
        let identifier = chars.next().is_some_and(|c| c.is_alphabetic() || c == '_')
            && chars.all(|c| c.is_alphanumeric() || c == '_');
        Err(match identifier {
            true => Error::text(Kind::IndexError, format!("unknown group name '{name}'")),
            false => self.wrong(&format!("bad character in group name '{name}'"), start),
        })
    }
}

fn is_octal(byte: u8) -> bool {
    matches!(byte, b'0'..=b'7')
}
