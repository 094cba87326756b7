//! What a stream in memory holds: bytes, or a text, and a position.

use crate::room;
use alloc::vec::Vec;
use core::ops::Range;
use enroll_portable::prelude::*;

/// The contents of an open stream.
///
/// Sizes and positions count *units*: bytes, or the characters of a text, as in
/// CPython. A text is kept as UTF-8, with the place of the position beside it, so
/// that reading and writing on from there count nothing anew. A jump is counted
/// from the start or from the position, unless all of the text is ASCII.
pub(crate) struct Memory {
    text: bool,
    bytes: Vec<u8>,
    /// How many units the bytes are.
    units: usize,
    /// The position in units, which may lie beyond the end.
    at: u64,
    /// The position in bytes, or the end.
    place: usize,
}

impl Memory {
    pub(crate) fn new(text: bool) -> Memory {
        Memory {
            text,
            bytes: Vec::new(),
            units: 0,
            at: 0,
            place: 0,
        }
    }

    /// Makes room for so many bytes in all.
    ///
    /// # Errors
    ///
    /// MemoryError where there is none.
    pub(crate) fn reserve(&mut self, len: usize) -> Result<(), Error> {
        room::make(&mut self.bytes, len)
    }

    pub(crate) fn at(&self) -> u64 {
        self.at
    }

    pub(crate) fn units(&self) -> usize {
        self.units
    }

    /// Goes to a position.
    pub(crate) fn seek(&mut self, at: u64) {
        self.place = self.place_of(at);
        self.at = at;
    }

    /// The value of what is read next, at most so many units.
    ///
    /// # Errors
    ///
    /// MemoryError where there is no room for it.
    pub(crate) fn read<'vm>(&mut self, most: Option<u64>) -> Result<Value<'vm>, Error> {
        let left = self.units as u64 - self.at.min(self.units as u64);
        let units = most.unwrap_or(left).min(left);
        self.take(units as usize)
    }

    /// As [`read`](Memory::read), up to and with the next end of a line.
    ///
    /// # Errors
    ///
    /// MemoryError where there is no room for it.
    pub(crate) fn read_line<'vm>(&mut self, most: Option<u64>) -> Result<Value<'vm>, Error> {
        let left = self.bytes.get(self.place..).unwrap_or(&[]);
        // A character has 4 bytes at most, and what is beyond the limit need not
        // be searched.
        let window = most.and_then(|most| usize::try_from(most.saturating_mul(4)).ok());
        let left = window.and_then(|len| left.get(..len)).unwrap_or(left);
        let line = match left.iter().position(|&byte| byte == b'\n') {
            Some(end) => left.get(..=end).unwrap_or(left),
            None => left,
        };
        let units = self.count(line) as u64;
        self.take(most.unwrap_or(units).min(units) as usize)
    }

    /// So many units, which are there.
    fn take<'vm>(&mut self, units: usize) -> Result<Value<'vm>, Error> {
        let end = self.after(self.place, units);
        let value = self.value(self.place..end)?;
        self.at += units as u64;
        self.place = end;
        Ok(value)
    }

    /// Fills a buffer as far as there is something, of a text with whole
    /// characters. How many bytes that were.
    pub(crate) fn read_into(&mut self, buffer: &mut [u8]) -> usize {
        let left = self.bytes.get(self.place..).unwrap_or(&[]);
        let mut len = left.len().min(buffer.len());
        while self.text && left.get(len).is_some_and(|&byte| is_within(byte)) {
            len -= 1;
        }
        let read = left.get(..len).unwrap_or(&[]);
        for (to, from) in buffer.iter_mut().zip(read) {
            *to = *from;
        }
        self.at += self.count(read) as u64;
        self.place += len;
        len
    }

    /// Everything.
    ///
    /// # Errors
    ///
    /// MemoryError where there is no room for it.
    pub(crate) fn all<'vm>(&self) -> Result<Value<'vm>, Error> {
        self.value(0..self.bytes.len())
    }

    /// Writes bytes, of a text in UTF-8, over what is there. A hole between the
    /// end and the position is filled with zeros.
    ///
    /// # Errors
    ///
    /// OverflowError where the stream would be too long, MemoryError where there
    /// is no room.
    pub(crate) fn write(&mut self, new: &[u8]) -> Result<usize, Error> {
        let units = self.count(new);
        if units == 0 {
            return Ok(0);
        }
        let end = self.at.checked_add(units as u64);
        if end.is_none_or(|end| end > room::MOST as u64) {
            return Err(Error::new(Kind::OverflowError, "new position too large"));
        }
        // Both fit now.
        let hole = (self.at as usize).saturating_sub(self.units);
        let over = units.min(self.units.saturating_sub(self.at as usize));
        let range = self.place..self.after(self.place, over);
        let more = new.len().saturating_sub(range.len());
        room::make(&mut self.bytes, hole.saturating_add(more))?;
        self.bytes.resize(self.bytes.len() + hole, 0);
        let range = range.start + hole..range.end + hole;
        match self.bytes.get_mut(range.clone()) {
            Some(old) if old.len() == new.len() => old.copy_from_slice(new),
            _ => drop(self.bytes.splice(range.clone(), new.iter().copied())),
        }
        self.units += hole + units - over;
        self.at += units as u64;
        self.place = range.start + new.len();
        Ok(units)
    }

    /// Cuts the stream off after so many units.
    pub(crate) fn truncate(&mut self, units: u64) {
        if units < self.units as u64 {
            self.bytes.truncate(self.place_of(units));
            self.units = units as usize;
            self.place = self.place.min(self.bytes.len());
        }
    }

    /// Whether a unit is a byte.
    fn is_even(&self) -> bool {
        self.units == self.bytes.len()
    }

    /// Where a position is in bytes; the end for one beyond it.
    fn place_of(&self, at: u64) -> usize {
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        match usize::try_from(self.at) {
            _ if at >= self.units => self.bytes.len(),
            Ok(known) if known <= at => self.after(self.place, at - known),
            _ => self.after(0, at),
        }
    }

    /// The place that lies so many units after another one, or the end.
    fn after(&self, place: usize, units: usize) -> usize {
        if self.is_even() {
            return place.saturating_add(units).min(self.bytes.len());
        }
        let left = self.bytes.get(place..).unwrap_or(&[]);
        let mut starts = (place..).zip(left).filter(|(_, byte)| !is_within(**byte));
        starts
            .nth(units)
            .map_or(self.bytes.len(), |(place, _)| place)
    }

    /// How many units some bytes are.
    fn count(&self, bytes: &[u8]) -> usize {
        match self.text {
            true => bytes.iter().filter(|byte| !is_within(**byte)).count(),
            false => bytes.len(),
        }
    }

    fn value<'vm>(&self, range: Range<usize>) -> Result<Value<'vm>, Error> {
        let bytes = self.bytes.get(range).unwrap_or(&[]);
        room::ask(bytes.len())?;
        if !self.text {
            return Ok(Value::Bytes(enroll_portable::Bytes::copied(bytes)));
        }
        match core::str::from_utf8(bytes) {
            Ok(text) => Ok(Value::Str(Str::copied(text))),
            // Whole characters alone go in and out.
            Err(_) => Err(Error::new(Kind::RuntimeError, "the text is broken")),
        }
    }
}

/// Whether a byte of UTF-8 goes on with a character.
fn is_within(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}
