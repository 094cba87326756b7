//! Sets of characters: `[…]`, and what stands for one character without them.

use super::Parser;
use super::escape::{Class, Single};
use alloc::format;
use alloc::vec::Vec;
use enroll_portable::Error;

/// What the characters of a set mean.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mode {
    /// Beyond ASCII too.
    pub(crate) unicode: bool,
    /// In either case.
    pub(crate) ignore_case: bool,
}

/// One character of a text.
#[derive(Clone, Debug)]
pub(crate) struct Set {
    pub(crate) items: Vec<Item>,
    /// All others.
    pub(crate) negated: bool,
    pub(crate) mode: Mode,
}

/// A part of a set.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Item {
    /// From the first to the last.
    Range(char, char),
    /// `\d` and its like.
    Class(Class),
}

impl From<Single> for Item {
    fn from(single: Single) -> Item {
        match single {
            Single::Char(char) => Item::Range(char, char),
            Single::Class(class) => Item::Class(class),
        }
    }
}

impl Set {
    pub(super) fn of(single: Single, mode: Mode) -> Set {
        Set {
            items: Vec::from([single.into()]),
            negated: false,
            mode,
        }
    }

    /// What `.` is.
    pub(super) fn any(newline: bool) -> Set {
        let mut items = Vec::new();
        if !newline {
            items.push(Item::Range('\n', '\n'));
        }
        Set {
            items,
            negated: true,
            mode: Mode {
                unicode: false,
                ignore_case: false,
            },
        }
    }
}

impl Parser<'_> {
    /// A set, after its bracket.
    pub(super) fn set(&mut self, flags: u32, start: usize) -> Result<Set, Error> {
        let mut set = Set {
            items: Vec::new(),
            negated: self.matches('^'),
            mode: self.mode(flags),
        };
        loop {
            let here = self.at;
            let first = match self.member(start)? {
                Single::Char(']') if !set.items.is_empty() && self.bare(here) => break,
                first => first,
            };
            if !self.matches('-') {
                set.items.push(first.into());
                continue;
            }
            let before = self.at;
            let last = self.member(start)?;
            if last == Single::Char(']') && self.bare(before) {
                set.items.push(first.into());
                set.items.push(Item::Range('-', '-'));
                break;
            }
            match (first, last) {
                (Single::Char(first), Single::Char(last)) if first <= last => {
                    set.items.push(Item::Range(first, last));
                }
                _ => {
                    let span = self.pattern.get(here..self.at).unwrap_or_default();
                    let span: alloc::string::String = span.iter().collect();
                    return Err(self.wrong(&format!("bad character range {span}"), here));
                }
            }
        }
        Ok(set)
    }

    /// Whether what stands there is no escape.
    fn bare(&self, at: usize) -> bool {
        self.pattern.get(at) != Some(&'\\')
    }

    fn member(&mut self, start: usize) -> Result<Single, Error> {
        let here = self.at;
        match self.take() {
            None => Err(self.wrong("unterminated character set", start)),
            Some('\\') => self.set_escape(here),
            Some(char) => Ok(Single::Char(char)),
        }
    }
}
