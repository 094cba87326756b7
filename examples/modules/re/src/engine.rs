//! A compiled pattern.

use crate::syntax::{self, Parsed};
use crate::write;
use alloc::boxed::Box;
use alloc::format;
use alloc::vec::Vec;
use enroll_portable::{Error, Kind};
use regex_automata::util::primitives::NonMaxUsize;
use regex_automata::util::syntax::Config as Syntax;
use regex_automata::{Anchored, Input, meta};

/// How large a compiled pattern may become, in bytes.
const SIZE: usize = match cfg!(feature = "unicode") {
    true => 10 << 20,
    false => 32 << 10,
};

/// A pattern for texts or for bytes, that matches parts or the whole.
pub(crate) struct Engine {
    regex: meta::Regex,
    groups: Vec<Vec<usize>>,
    marks: Vec<usize>,
}

/// Where a match and its groups are, in bytes.
pub(crate) type Spans = Box<[Option<(usize, usize)>]>;

/// What an engine is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Aim {
    /// Texts, and not bytes.
    pub(crate) text: bool,
    /// Which matches it is to find.
    pub(crate) finds: Finds,
}

/// Which matches an engine finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Finds {
    /// Any.
    Parts,
    /// Those of a whole text.
    Whole,
    /// Those of at least one character.
    NonEmpty,
}

impl Engine {
    /// Compiles what was read.
    ///
    /// # Errors
    ///
    /// ValueError where it is too large, or needs what the engine has not.
    pub(crate) fn new(parsed: &Parsed, aim: Aim) -> Result<Engine, Error> {
        let written = write::write(parsed, aim.finds == Finds::Whole)?;
        let syntax = Syntax::new().unicode(aim.text).utf8(aim.text);
        let config = meta::Config::new()
            .utf8_empty(aim.text)
            .nfa_size_limit(Some(SIZE));
        let regex = meta::Builder::new()
            .syntax(syntax)
            .configure(config)
            .build(&written.text)
            .map_err(|error| {
                Error::text(
                    Kind::ValueError,
                    match error.size_limit() {
                        Some(_) => {
                            format!("the pattern is too large: it takes more than {SIZE} bytes")
                        }
                        None => format!("the pattern cannot be compiled: {error}"),
                    },
                )
            })?;
        Ok(Engine {
            regex,
            groups: written.groups,
            marks: written.marks,
        })
    }

    /// The leftmost match from a position on, or one that begins there. What
    /// stands before it still counts for `^` and `\b`.
    pub(crate) fn search(&self, haystack: &[u8], start: usize, anchored: bool) -> Option<Spans> {
        if start > haystack.len() {
            return None;
        }
        let anchor = match anchored {
            true => Anchored::Yes,
            false => Anchored::No,
        };
        let input = Input::new(haystack).range(start..).anchored(anchor);
        let captures = match self.groups.len() + self.marks.len() {
            // The engines that know no groups are faster.
            1 => 1,
            _ => self.regex.captures_len(),
        };
        let mut slots: Vec<Option<NonMaxUsize>> = Vec::new();
        slots.resize(captures.saturating_mul(2), None);
        self.regex.search_slots(&input, &mut slots)?;
        let slot = |index: usize| slots.get(index).copied().flatten().map(NonMaxUsize::get);
        let one = |&group: &usize| Some((slot(group * 2)?, slot(group * 2 + 1)?));
        let group = |all: &Vec<usize>| all.iter().find_map(one);
        // A newline that `$` has looked at is no part of the match.
        let marks = self.marks.iter().filter_map(|mark| slot(mark * 2));
        let end = marks.min().unwrap_or(usize::MAX);
        let spans = self.groups.iter().map(group);
        Some(
            spans
                .map(|span| span.map(|(from, to)| (from.min(end), to.min(end))))
                .collect(),
        )
    }
}

/// Reads a pattern for one kind of texts.
pub(crate) fn read(source: &Source<'_>, text: bool, flags: u32) -> Result<Parsed, Error> {
    let pattern: Vec<char> = match (source, text) {
        (Source::Text(source), true) => source.chars().collect(),
        (Source::Text(source), false) => source.bytes().map(char::from).collect(),
        (Source::Bytes(source), _) => source.iter().copied().map(char::from).collect(),
    };
    syntax::parse(&pattern, text, flags)
}

/// What a script gave as a pattern.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Source<'x> {
    Text(&'x str),
    Bytes(&'x [u8]),
}
