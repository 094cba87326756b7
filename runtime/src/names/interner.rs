//! Interning over a fixed set of names, whatever hashes them.

use super::probe::Probe;
use super::{Limits, NamesError};
use crate::{Pool, Qstr};
use alloc::string::String;
use alloc::vec::Vec;
use enroll_abi::MAX_NAME;

/// The names that are always there, and both hashes: tests have weaker ones.
pub(super) trait Fixed {
    /// The id of a fixed name.
    fn get(&self, text: &str) -> Option<Qstr>;
    /// The text of a fixed name.
    fn text(&self, name: Qstr) -> Option<&'static str>;
    /// The id that a text has if no other text holds it.
    fn id(&self, text: &str) -> Qstr;
    /// The keyed hash that the tables of dynamic names use.
    fn keyed(&self, key: [u32; 2], bytes: &[u8]) -> u32;
}

impl Fixed for &'static Pool {
    #[inline]
    fn get(&self, text: &str) -> Option<Qstr> {
        Pool::get(self, text)
    }

    #[inline]
    fn text(&self, name: Qstr) -> Option<&'static str> {
        Pool::text(self, name)
    }

    #[inline]
    fn id(&self, text: &str) -> Qstr {
        Qstr::of(text, self.salt())
    }

    #[inline]
    fn keyed(&self, key: [u32; 2], bytes: &[u8]) -> u32 {
        super::keyed::half_sip_13(key, bytes)
    }
}

/// Fixed names and those interned since.
#[derive(Debug)]
pub(super) struct Interner<F> {
    pub(super) fixed: F,
    pub(super) limits: Limits,
    key: [u32; 2],
    text: String,
    entries: Vec<Entry>,
    by_text: Probe,
    by_id: Probe,
    /// How many ids of the overflow half are given out.
    overflow: u32,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    id: Qstr,
    /// Where its text ends; it begins where the entry before ends.
    end: u32,
}

/// The top bit, which no hash has.
const OVERFLOW: u32 = 1 << 31;

impl<F: Fixed> Interner<F> {
    pub(super) fn new(fixed: F, limits: Limits, key: u64) -> Interner<F> {
        Interner {
            fixed,
            limits,
            key: [key as u32, (key >> 32) as u32],
            text: String::new(),
            entries: Vec::new(),
            by_text: Probe::default(),
            by_id: Probe::default(),
            overflow: 0,
        }
    }

    #[inline]
    pub(super) fn get(&self, text: &str) -> Option<Qstr> {
        self.fixed.get(text).or_else(|| self.dynamic(text))
    }

    pub(super) fn intern(&mut self, text: &str) -> Result<Qstr, NamesError> {
        if let Some(name) = self.get(text) {
            return Ok(name);
        }
        self.check(text)?;
        let id = self.free_id(text);
        self.reserve(text)?;
        let entry = self.entries.len();
        self.by_text.insert(self.hash(text), entry);
        self.by_id.insert(self.hash_id(id), entry);
        self.text.push_str(text);
        self.entries.push(Entry {
            id,
            end: self.text.len() as u32,
        });
        if id.raw() & OVERFLOW != 0 {
            self.overflow += 1;
        }
        Ok(id)
    }

    #[inline]
    pub(super) fn text(&self, name: Qstr) -> Option<&str> {
        match self.fixed.text(name) {
            Some(text) => Some(text),
            None => self.at(self.position(name)?),
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (Qstr, &str)> {
        let named = |(at, entry): (usize, &Entry)| Some((entry.id, self.at(at)?));
        self.entries.iter().enumerate().filter_map(named)
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn bytes(&self) -> usize {
        self.text.len()
    }

    fn dynamic(&self, text: &str) -> Option<Qstr> {
        let found = self
            .by_text
            .find(self.hash(text), |at| self.at(at) == Some(text))?;
        Some(self.entries.get(found)?.id)
    }

    /// The entry with an id.
    fn position(&self, name: Qstr) -> Option<usize> {
        let is = |at: usize| self.entries.get(at).is_some_and(|entry| entry.id == name);
        self.by_id.find(self.hash_id(name), is)
    }

    fn at(&self, entry: usize) -> Option<&str> {
        let from = match entry.checked_sub(1) {
            Some(before) => self.entries.get(before)?.end,
            None => 0,
        };
        self.text
            .get(from as usize..self.entries.get(entry)?.end as usize)
    }

    /// The text's own id, unless another text holds it.
    fn free_id(&self, text: &str) -> Qstr {
        let own = self.fixed.id(text);
        if self.fixed.text(own).is_none() && self.position(own).is_none() {
            return own;
        }
        // Not 0, for the top bit.
        Qstr::from_raw(OVERFLOW | self.overflow).unwrap_or(own)
    }

    fn check(&self, text: &str) -> Result<(), NamesError> {
        if text.len() > MAX_NAME {
            return Err(NamesError::TooLong { length: text.len() });
        }
        if self.entries.len() >= self.limits.names {
            return Err(NamesError::TooMany {
                limit: self.limits.names,
            });
        }
        if self.text.len() + text.len() > self.limits.bytes {
            return Err(NamesError::TooMuchText {
                limit: self.limits.bytes,
            });
        }
        Ok(())
    }

    /// Allocates all that one more name needs, so that a failure changes
    /// nothing.
    fn reserve(&mut self, text: &str) -> Result<(), NamesError> {
        let fail = |_| NamesError::OutOfMemory;
        self.text.try_reserve(text.len()).map_err(fail)?;
        self.entries.try_reserve(1).map_err(fail)?;
        let mut by_text = core::mem::take(&mut self.by_text);
        let mut by_id = core::mem::take(&mut self.by_id);
        let grown = by_text
            .reserve(|at| self.hash(self.at(at).unwrap_or_default()))
            .and_then(|()| {
                by_id.reserve(|at| {
                    self.entries
                        .get(at)
                        .map_or(0, |entry| self.hash_id(entry.id))
                })
            });
        (self.by_text, self.by_id) = (by_text, by_id);
        grown.map_err(fail)
    }

    fn hash(&self, text: &str) -> u32 {
        self.fixed.keyed(self.key, text.as_bytes())
    }

    /// Keyed as well: ids are chosen by whoever chooses texts.
    fn hash_id(&self, name: Qstr) -> u32 {
        self.fixed.keyed(self.key, &name.raw().to_le_bytes())
    }
}

#[cfg(test)]
mod tests;
