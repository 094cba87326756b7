//! `(…)`, with all that may follow `(?`.

use super::{Node, Parser};
use crate::flags;
use alloc::format;
use alloc::string::String;
use enroll_portable::Error;

/// Those of which one excludes the others.
const KINDS: u32 = flags::ASCII | flags::LOCALE | flags::UNICODE;

impl Parser<'_> {
    /// A group, after its parenthesis; `None` for a comment and for flags.
    /// `first` where flags for all may stand.
    pub(super) fn group(
        &mut self,
        flags: u32,
        start: usize,
        first: bool,
    ) -> Result<Option<Node>, Error> {
        if !self.matches('?') {
            return self.capture(flags, start, None).map(Some);
        }
        let Some(char) = self.take() else {
            return Err(self.wrong("unexpected end of pattern", self.at));
        };
        match char {
            'P' => self.named(flags, start).map(Some),
            ':' => self.within(flags, start, None).map(Some),
            '#' => {
                while let Some(char) = self.token()? {
                    if char == ')' {
                        return Ok(None);
                    }
                }
                Err(self.wrong("missing ), unterminated comment", start))
            }
            '=' => Err(self.without("look-ahead (?=", start)),
            '!' => Err(self.without("negative look-ahead (?!", start)),
            '<' => match self.take() {
                None => Err(self.wrong("unexpected end of pattern", self.at)),
                Some('=') => Err(self.without("look-behind (?<=", start)),
                Some('!') => Err(self.without("negative look-behind (?<!", start)),
                Some(other) => Err(self.wrong(&format!("unknown extension ?<{other}"), start + 1)),
            },
            '(' => Err(self.without("conditional (?(", start)),
            '>' => Err(self.without("atomic group (?>", start)),
            _ if char == '-' || is_flag(char) => match self.inline(char, flags)? {
                Some(flags) => self.within(flags, start, None).map(Some),
                None if first => Ok(None),
                None => Err(self.wrong("global flags not at the start of the expression", start)),
            },
            '\\' => {
                let next = self.take().unwrap_or('\\');
                Err(self.wrong(&format!("unknown extension ?\\{next}"), start + 1))
            }
            _ => Err(self.wrong(&format!("unknown extension ?{char}"), start + 1)),
        }
    }

    fn named(&mut self, flags: u32, start: usize) -> Result<Node, Error> {
        if self.matches('<') {
            let here = self.at;
            let name = self.until('>', "group name")?;
            let identifier = name.chars().enumerate().all(|(position, char)| {
                char == '_'
                    || match position {
                        0 => char.is_alphabetic(),
                        _ => char.is_alphanumeric(),
                    }
            });
            if !identifier {
                let message = format!("bad character in group name '{name}'");
                return Err(self.wrong(&message, here));
            }
            return self.capture(flags, start, Some(name));
        }
        if self.matches('=') {
            let here = self.at;
            let name = self.until(')', "group name")?;
            return Err(match self.names.iter().any(|(known, _)| *known == name) {
                true => self.without(&format!("backreference (?P={name})"), start),
                false => self.wrong(&format!("unknown group name '{name}'"), here),
            });
        }
        Err(match self.take() {
            None => self.wrong("unexpected end of pattern", self.at),
            Some(other) => self.wrong(&format!("unknown extension ?P{other}"), start + 1),
        })
    }

    fn capture(&mut self, flags: u32, start: usize, name: Option<String>) -> Result<Node, Error> {
        self.groups += 1;
        let number = self.groups;
        if let Some(name) = name {
            if let Some((_, other)) = self.names.iter().find(|(known, _)| *known == name) {
                let message = format!(
                    "redefinition of group name '{name}' as group {number}; was group {other}"
                );
                // Where the name stands: after `(?P<`.
                return Err(self.wrong(&message, start + 4));
            }
            self.names.push((name, number));
        }
        self.open.push(number);
        let node = self.within(flags, start, Some(number))?;
        self.open.pop();
        self.closing.push(number);
        Ok(node)
    }

    fn within(&mut self, flags: u32, start: usize, number: Option<usize>) -> Result<Node, Error> {
        let nodes = self.either(flags, false)?;
        if !self.matches(')') {
            return Err(self.wrong("missing ), unterminated subpattern", start));
        }
        Ok(Node::Group(number, nodes))
    }

    /// Flags after `(?`: those of a scope, which ends in a colon, or `None`
    /// where they are for all.
    fn inline(&mut self, first: char, outside: u32) -> Result<Option<u32>, Error> {
        let (mut on, mut off) = (0, 0);
        let mut next = first;
        while next != '-' {
            on |= self.flag(next, on, false)?;
            next = match self.take() {
                None => return Err(self.wrong("missing -, : or )", self.at)),
                Some(')') => {
                    self.flags |= on;
                    return Ok(None);
                }
                Some(':') => return Ok(Some(scoped(outside, on, off))),
                Some(next) if next == '-' || is_letter(next) => next,
                Some(_) => return Err(self.wrong("missing -, : or )", self.at - 1)),
            };
        }
        loop {
            let here = self.at;
            match self.take() {
                Some(':') if off != 0 => break,
                Some(next) if is_flag(next) => off |= self.flag(next, on, true)?,
                Some(next) if is_letter(next) => return Err(self.wrong("unknown flag", here)),
                _ if off == 0 => return Err(self.wrong("missing flag", here)),
                _ => return Err(self.wrong("missing :", here)),
            }
        }
        if on & off != 0 {
            return Err(self.wrong("bad inline flags: flag turned on and off", self.at - 1));
        }
        Ok(Some(scoped(outside, on, off)))
    }

    fn flag(&self, letter: char, on: u32, off: bool) -> Result<u32, Error> {
        let Some(flag) = flags::of_letter(letter) else {
            return Err(self.wrong("unknown flag", self.at - 1));
        };
        let wrong = if off && flag & KINDS != 0 {
            "bad inline flags: cannot turn off flags 'a', 'u' and 'L'"
        } else if flag == flags::LOCALE && self.text {
            "bad inline flags: cannot use 'L' flag with a str pattern"
        } else if flag == flags::LOCALE {
            "bad inline flags: LOCALE needs locales, which are not here"
        } else if flag == flags::UNICODE && !self.text {
            "bad inline flags: cannot use 'u' flag with a bytes pattern"
        } else if flag & KINDS != 0 && on & KINDS & !flag != 0 {
            "bad inline flags: flags 'a', 'u' and 'L' are incompatible"
        } else {
            return Ok(flag);
        };
        Err(self.wrong(wrong, self.at))
    }
}

fn scoped(outside: u32, on: u32, off: u32) -> u32 {
    let kept = match on & KINDS {
        0 => outside,
        _ => outside & !KINDS,
    };
    (kept & !off) | on
}

fn is_flag(char: char) -> bool {
    flags::of_letter(char).is_some()
}

fn is_letter(char: char) -> bool {
    char.is_alphabetic()
}
