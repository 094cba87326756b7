//! Python's syntax of patterns: what a pattern says, and what is wrong with it.
//!
//! It follows CPython's `re/_parser.py` (3.11), rule by rule, so that patterns
//! that CPython refuses are refused here for the same reason and at the same
//! position.

mod escape;
mod group;
mod repeat;
mod set;

use crate::flags;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use enroll_portable::{Error, Kind};
pub(crate) use escape::Single;
pub(crate) use set::{Item, Mode, Set};

/// Groups within groups are followed this far: each level takes about 1.2 KB of a
/// Cortex-M's stack when the engine compiles it.
const DEPTH: u8 = match cfg!(feature = "unicode") {
    true => 31,
    false => 11,
};

/// A part of a pattern.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    /// One character.
    One(Set),
    /// An assertion.
    At(At),
    /// A group, with its number if it captures.
    Group(Option<usize>, Vec<Node>),
    /// Alternatives.
    Either(Vec<Vec<Node>>),
    /// A repetition.
    Repeat {
        /// What is repeated: one node.
        of: Vec<Node>,
        /// At least this often.
        least: u32,
        /// At most this often.
        most: Option<u32>,
        /// Rather more often than less.
        greedy: bool,
    },
}

/// An assertion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum At {
    /// `\A`, and `^` of one line.
    Start,
    /// `^` of several lines.
    LineStart,
    /// `\Z`.
    End,
    /// `$` of one line: the end, or before a newline at the end.
    LastLine,
    /// `$` of several lines.
    LineEnd,
    /// `\b`, with the characters beyond ASCII or without.
    Word(bool),
    /// `\B`.
    NoWord(bool),
}

/// A pattern, read.
#[derive(Debug)]
pub(crate) struct Parsed {
    /// What it says.
    pub(crate) nodes: Vec<Node>,
    /// The flags of the call and those within.
    pub(crate) flags: u32,
    /// How many groups capture.
    pub(crate) groups: usize,
    /// Their names.
    pub(crate) names: Vec<(String, usize)>,
    /// Their numbers in the order in which they close.
    pub(crate) closing: Vec<usize>,
}

/// Reads a pattern: characters, or bytes as the characters of their numbers.
///
/// # Errors
///
/// ValueError for what is no pattern, or one that this engine cannot have.
pub(crate) fn parse(pattern: &[char], text: bool, flags: u32) -> Result<Parsed, Error> {
    let mut parser = Parser {
        pattern,
        at: 0,
        text,
        flags,
        depth: 0,
        groups: 0,
        names: Vec::new(),
        closing: Vec::new(),
        open: Vec::new(),
    };
    let mut nodes = parser.either(flags, true)?;
    if parser.next().is_some() {
        return Err(parser.wrong("unbalanced parenthesis", parser.at));
    }
    // What has set a flag for all set it before anything was read.
    nodes.shrink_to_fit();
    let mut flags = parser.flags;
    if text && flags & flags::ASCII == 0 {
        flags |= flags::UNICODE;
    }
    Ok(Parsed {
        nodes,
        flags,
        groups: parser.groups,
        names: parser.names,
        closing: parser.closing,
    })
}

struct Parser<'p> {
    pattern: &'p [char],
    at: usize,
    /// Whether the pattern is a text, and not bytes.
    text: bool,
    /// The flags of the whole pattern.
    flags: u32,
    depth: u8,
    groups: usize,
    names: Vec<(String, usize)>,
    closing: Vec<usize>,
    /// Numbers of groups that did not close yet.
    open: Vec<usize>,
}

impl Parser<'_> {
    fn next(&self) -> Option<char> {
        self.pattern.get(self.at).copied()
    }

    fn take(&mut self) -> Option<char> {
        let next = self.next()?;
        self.at += 1;
        Some(next)
    }

    /// A character, or what follows a backslash together with it, as nothing that
    /// ends anything.
    fn token(&mut self) -> Result<Option<char>, Error> {
        let start = self.at;
        let char = self.take();
        if char == Some('\\') && self.take().is_none() {
            return Err(self.wrong("bad escape (end of pattern)", start));
        }
        Ok(char)
    }

    fn matches(&mut self, wanted: char) -> bool {
        let found = self.next() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    /// Up to `most` characters of a kind.
    fn take_while(&mut self, most: usize, kind: fn(&char) -> bool) -> String {
        let rest = self.pattern.get(self.at..).unwrap_or_default();
        let taken: String = rest.iter().take(most).take_while(|c| kind(c)).collect();
        self.at += taken.chars().count();
        taken
    }

    /// Everything up to a character, which is taken too.
    fn until(&mut self, end: char, what: &str) -> Result<String, Error> {
        let start = self.at;
        let rest = self.pattern.get(self.at..).unwrap_or_default();
        let Some(len) = rest.iter().position(|&char| char == end) else {
            self.at = self.pattern.len();
            let message = match rest.is_empty() {
                true => format!("missing {what}"),
                false => format!("missing {end}, unterminated name"),
            };
            return Err(self.wrong(&message, start));
        };
        self.at += len + 1;
        if len == 0 {
            return Err(self.wrong(&format!("missing {what}"), start));
        }
        Ok(rest.iter().take(len).collect())
    }

    #[cold]
    fn wrong(&self, message: &str, position: usize) -> Error {
        Error::text(
            Kind::ValueError,
            format!("{message} at position {position}"),
        )
    }

    /// What a linear-time engine cannot have.
    #[cold]
    fn without(&self, what: &str, position: usize) -> Error {
        self.wrong(
            &format!("{what}: this engine works in linear time and has none"),
            position,
        )
    }

    /// Alternatives up to a closing parenthesis or the end.
    fn either(&mut self, flags: u32, first: bool) -> Result<Vec<Node>, Error> {
        let start = self.at;
        self.depth += 1;
        // The pattern itself is one level more.
        if self.depth > DEPTH + 1 {
            let message = format!("groups within groups go deeper than {DEPTH}");
            return Err(self.wrong(&message, start));
        }
        let one = self.sequence(flags, first)?;
        if self.next() != Some('|') {
            self.depth -= 1;
            return Ok(one);
        }
        let mut all = Vec::from([one]);
        while self.matches('|') {
            all.push(self.sequence(self.scope(flags, first), false)?);
        }
        self.depth -= 1;
        Ok(Vec::from([Node::Either(all)]))
    }

    /// The flags of a scope: at the top, those for all count too.
    fn scope(&self, flags: u32, top: bool) -> u32 {
        match top {
            true => self.flags,
            false => flags,
        }
    }

    fn sequence(&mut self, mut flags: u32, first: bool) -> Result<Vec<Node>, Error> {
        let mut nodes: Vec<Node> = Vec::new();
        while let Some(next) = self.next() {
            let start = self.at;
            if matches!(next, '|' | ')') {
                break;
            }
            self.at += 1;
            if flags & flags::VERBOSE != 0 {
                if is_blank(next) {
                    continue;
                }
                if next == '#' {
                    // A newline behind a backslash is no end, as in CPython.
                    while self.token()?.is_some_and(|char| char != '\n') {}
                    continue;
                }
            }
            match next {
                '\\' => nodes.push(self.escape(flags, start)?),
                '[' => nodes.push(Node::One(self.set(flags, start)?)),
                '*' | '+' | '?' | '{' => self.repeat(next, flags, start, &mut nodes)?,
                '.' => nodes.push(Node::One(Set::any(flags & flags::DOTALL != 0))),
                '^' => nodes.push(Node::At(match flags & flags::MULTILINE {
                    0 => At::Start,
                    _ => At::LineStart,
                })),
                '$' => nodes.push(Node::At(match flags & flags::MULTILINE {
                    0 => At::LastLine,
                    _ => At::LineEnd,
                })),
                '(' => {
                    let whole = first && nodes.is_empty();
                    if let Some(group) = self.group(flags, start, whole)? {
                        nodes.push(group);
                    } else if whole {
                        flags = self.scope(flags, true);
                    }
                }
                char => nodes.push(self.literal(char, flags)),
            }
        }
        Ok(nodes)
    }

    fn literal(&self, char: char, flags: u32) -> Node {
        Node::One(Set::of(Single::Char(char), self.mode(flags)))
    }

    fn mode(&self, flags: u32) -> Mode {
        Mode {
            unicode: cfg!(feature = "unicode") && self.text && flags & flags::ASCII == 0,
            ignore_case: flags & flags::IGNORECASE != 0,
        }
    }
}

fn is_blank(char: char) -> bool {
    matches!(char, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c')
}
