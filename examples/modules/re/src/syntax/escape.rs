//! What follows a backslash.

use super::{At, Node, Parser, Set};
use crate::flags;
use alloc::format;
use alloc::string::String;
use enroll_portable::Error;

/// What stands for one character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Single {
    Char(char),
    Class(Class),
}

/// `\d`, `\s` or `\w`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Class {
    /// The letter, in lower case.
    pub(crate) letter: char,
    /// Whether it was in upper case: all others.
    pub(crate) negated: bool,
}

impl Parser<'_> {
    /// An escape outside of a set, after its backslash.
    pub(super) fn escape(&mut self, flags: u32, start: usize) -> Result<Node, Error> {
        let Some(char) = self.take() else {
            return Err(self.wrong("bad escape (end of pattern)", start));
        };
        let unicode = self.mode(flags).unicode;
        let single = match char {
            'A' => return Ok(Node::At(At::Start)),
            'Z' => return Ok(Node::At(At::End)),
            'b' => return Ok(Node::At(At::Word(unicode))),
            'B' => return Ok(Node::At(At::NoWord(unicode))),
            '0' => {
                let digits = self.take_while(2, is_octal);
                Single::Char(self.octal(&digits, start)?)
            }
            '1'..='9' => {
                let more = self.take_while(1, char::is_ascii_digit);
                let last = match is_octal(&char) && more.chars().all(|char| is_octal(&char)) {
                    true if !more.is_empty() => self.take_while(1, is_octal),
                    _ => String::new(),
                };
                let digits = format!("{char}{more}");
                if last.is_empty() {
                    return Err(self.back_reference(&digits, start));
                }
                Single::Char(self.octal(&format!("{digits}{last}"), start)?)
            }
            _ => self.common(char, start)?,
        };
        let flags = match single {
            Single::Char(_) => flags,
            // Classes have both cases already.
            Single::Class(_) => flags & !flags::IGNORECASE,
        };
        Ok(Node::One(Set::of(single, self.mode(flags))))
    }

    /// An escape within a set, after its backslash.
    pub(super) fn set_escape(&mut self, start: usize) -> Result<Single, Error> {
        let Some(char) = self.take() else {
            return Err(self.wrong("bad escape (end of pattern)", start));
        };
        match char {
            'b' => Ok(Single::Char('\x08')),
            '0'..='7' => {
                let digits = format!("{char}{}", self.take_while(2, is_octal));
                self.octal(&digits, start).map(Single::Char)
            }
            '8' | '9' => Err(self.wrong(&format!("bad escape \\{char}"), start)),
            _ => self.common(char, start),
        }
    }

    fn common(&mut self, char: char, start: usize) -> Result<Single, Error> {
        Ok(Single::Char(match char {
            'd' | 's' | 'w' | 'D' | 'S' | 'W' => {
                return Ok(Single::Class(Class {
                    letter: char.to_ascii_lowercase(),
                    negated: char.is_ascii_uppercase(),
                }));
            }
            'a' => '\x07',
            'f' => '\x0c',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\x0b',
            'x' => self.hex(2, char, start)?,
            'u' if self.text => self.hex(4, char, start)?,
            'U' if self.text => self.hex(8, char, start)?,
            'N' if self.text => {
                return Err(self.wrong("\\N: the names of characters are not here", start));
            }
            _ if char.is_ascii_alphabetic() => {
                return Err(self.wrong(&format!("bad escape \\{char}"), start));
            }
            _ => char,
        }))
    }

    fn hex(&mut self, digits: usize, letter: char, start: usize) -> Result<char, Error> {
        let found = self.take_while(digits, char::is_ascii_hexdigit);
        if found.len() != digits {
            let message = format!("incomplete escape \\{letter}{found}");
            return Err(self.wrong(&message, start));
        }
        let code = u32::from_str_radix(&found, 16).unwrap_or(u32::MAX);
        char::from_u32(code)
            .ok_or_else(|| self.wrong(&format!("bad escape \\{letter}{found}"), start))
    }

    fn octal(&self, digits: &str, start: usize) -> Result<char, Error> {
        let code = u32::from_str_radix(digits, 8).unwrap_or(0);
        match u8::try_from(code) {
            Ok(code) => Ok(code.into()),
            Err(_) => {
                let message = format!("octal escape value \\{digits} outside of range 0-0o377");
                Err(self.wrong(&message, start))
            }
        }
    }

    #[cold]
    fn back_reference(&self, digits: &str, start: usize) -> Error {
        match digits.parse() {
            Ok(group) if group <= self.groups && self.open.contains(&group) => {
                self.wrong("cannot refer to an open group", start)
            }
            Ok(group) if group <= self.groups => {
                self.without(&format!("backreference \\{digits}"), start)
            }
            _ => self.wrong(
                &format!("invalid group reference {digits}"),
                start.saturating_add(1),
            ),
        }
    }
}

fn is_octal(char: &char) -> bool {
    matches!(char, '0'..='7')
}
