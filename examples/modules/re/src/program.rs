//! A pattern with its flags, and the engines that were needed for it so far.

use crate::engine::{Aim, Engine, Finds, Source, read};
use crate::flags;
use crate::nonempty::{is_eager, nonempty};
use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::OnceCell;
use enroll_portable::prelude::*;

/// How many compiled patterns an interpreter keeps.
const KEPT: usize = match cfg!(feature = "perf") {
    true => 64,
    false => 4,
};

/// What `compile()` makes, shared by all patterns of its text and flags.
pub(crate) struct Program {
    source: Owned,
    /// As they were given.
    given: u32,
    /// With those that the pattern sets itself.
    pub(crate) flags: u32,
    /// How many groups capture.
    pub(crate) groups: usize,
    pub(crate) names: Vec<(String, usize)>,
    closing: Vec<usize>,
    /// Whether no match of some characters is left where an empty one was found.
    is_eager: bool,
    /// `None` where a pattern has nothing to find.
    engines: [OnceCell<Option<Engine>>; 6],
}

#[derive(Debug, PartialEq, Eq)]
enum Owned {
    Text(Box<str>),
    Bytes(Box<[u8]>),
}

/// The compiled patterns of an interpreter, the last used one last.
#[derive(Default)]
struct Cache(Vec<Rc<Program>>);

impl Program {
    fn new(source: &Source<'_>, given: u32) -> Result<Program, Error> {
        let text = matches!(source, Source::Text(_));
        let parsed = read(source, text, given)?;
        let finds = Finds::Parts;
        let aim = Aim { text, finds };
        let engine = Engine::new(&parsed, aim)?;
        let program = Program {
            source: match source {
                Source::Text(source) => Owned::Text((*source).into()),
                Source::Bytes(source) => Owned::Bytes((*source).into()),
            },
            given,
            flags: parsed.flags,
            is_eager: is_eager(&parsed.nodes),
            groups: parsed.groups,
            names: parsed.names,
            closing: parsed.closing,
            engines: Default::default(),
        };
        // It is the first, so there is none yet.
        let _ = program.cell(aim).set(Some(engine));
        Ok(program)
    }

    fn cell(&self, aim: Aim) -> &OnceCell<Option<Engine>> {
        let [parts, whole, some, byte_parts, byte_whole, byte_some] = &self.engines;
        match (aim.text, aim.finds) {
            (true, Finds::Parts) => parts,
            (true, Finds::Whole) => whole,
            (true, Finds::NonEmpty) => some,
            (false, Finds::Parts) => byte_parts,
            (false, Finds::Whole) => byte_whole,
            (false, Finds::NonEmpty) => byte_some,
        }
    }

    /// The engine for an aim, compiled when it is first needed; `None` where there
    /// is nothing to find.
    ///
    /// # Errors
    ///
    /// ValueError where the pattern cannot be compiled for it.
    pub(crate) fn engine(&self, aim: Aim) -> Result<Option<&Engine>, Error> {
        if aim.finds == Finds::NonEmpty && self.is_eager {
            return Ok(None);
        }
        let cell = self.cell(aim);
        if let Some(engine) = cell.get() {
            return Ok(engine.as_ref());
        }
        let given = match aim.text {
            true => self.given,
            // A text's pattern for bytes: what was meant for texts is not meant.
            false => self.given & !flags::UNICODE,
        };
        let mut parsed = read(&self.source(), aim.text, given)?;
        let mut is_found = true;
        if aim.finds == Finds::NonEmpty {
            let nodes = nonempty(parsed.nodes);
            is_found = nodes.is_some();
            parsed.nodes = nodes.unwrap_or_default();
        }
        let engine = match is_found {
            true => Some(Engine::new(&parsed, aim)?),
            false => None,
        };
        Ok(cell.get_or_init(|| engine).as_ref())
    }

    /// The pattern.
    pub(crate) fn source(&self) -> Source<'_> {
        match &self.source {
            Owned::Text(text) => Source::Text(text),
            Owned::Bytes(bytes) => Source::Bytes(bytes),
        }
    }

    /// Whether it is a pattern of texts.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self.source, Owned::Text(_))
    }

    fn is(&self, source: &Source<'_>, given: u32) -> bool {
        self.given == given
            && match (&self.source, source) {
                (Owned::Text(own), Source::Text(other)) => **own == **other,
                (Owned::Bytes(own), Source::Bytes(other)) => **own == **other,
                _ => false,
            }
    }

    /// Whether it is the same pattern with the same flags.
    pub(crate) fn same(&self, other: &Program) -> bool {
        self.flags == other.flags && self.source == other.source
    }

    /// The number of a group's name.
    pub(crate) fn group(&self, name: &str) -> Option<usize> {
        let named = self.names.iter().find(|(known, _)| known == name);
        named.map(|(_, number)| *number)
    }

    /// The group that closed last, of those that matched.
    pub(crate) fn last_group(&self, spans: &[Option<(usize, usize)>]) -> Option<usize> {
        let closed = self.closing.iter().filter_map(|&number| {
            let (_, end) = spans.get(number).copied().flatten()?;
            Some((end, number))
        });
        // Of those that end at one place the last: `max_by_key` gives that.
        closed.max_by_key(|(end, _)| *end).map(|(_, number)| number)
    }
}

/// A compiled pattern, from the cache where it is.
///
/// # Errors
///
/// ValueError for what is no pattern.
pub(crate) fn compile(
    cx: &mut Cx<'_, '_, Portable>,
    source: &Source<'_>,
    given: u32,
) -> Result<Rc<Program>, Error> {
    let kept = &mut cx.state::<Cache>()?.0;
    let known = kept.iter().position(|program| program.is(source, given));
    if let Some(position) = known {
        let program = kept.remove(position);
        kept.push(Rc::clone(&program));
        return Ok(program);
    }
    let program = Rc::new(Program::new(source, given)?);
    if kept.len() >= KEPT {
        kept.remove(0);
    }
    kept.push(Rc::clone(&program));
    Ok(program)
}

/// `purge()`: forgets all of them.
///
/// # Errors
///
/// MemoryError where the interpreter keeps no state.
pub(crate) fn purge(cx: &mut Cx<'_, '_, Portable>) -> Result<(), Error> {
    cx.state::<Cache>()?.0.clear();
    Ok(())
}
