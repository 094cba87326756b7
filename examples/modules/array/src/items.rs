//! Bytes that grow, and never ask for more memory than there is.

use crate::code::{Code, Item, Number};
use crate::slice::Slice;
use alloc::vec::Vec;
use core::ops::Range;
use enroll_portable::prelude::*;

/// The bytes that an array may have: what a 32-bit machine can address anyway.
/// A number that a script got wrong should not take a server's memory.
pub(crate) const MOST: usize = i32::MAX as usize;

/// The items of an array.
pub(crate) struct Items {
    pub(crate) code: Code,
    pub(crate) bytes: Vec<u8>,
}

impl Items {
    pub(crate) fn new(code: Code) -> Items {
        Items {
            code,
            bytes: Vec::new(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.bytes.len() / self.code.size()
    }

    pub(crate) fn get(&self, index: usize) -> Option<Number> {
        self.code.decode(self.place(index))
    }

    /// Nothing where there is no such item.
    pub(crate) fn set(&mut self, index: usize, item: &Item) {
        let size = self.code.size();
        let places = self.bytes.chunks_exact_mut(size);
        if let Some(place) = places.into_iter().nth(index) {
            for (to, from) in place.iter_mut().zip(item.bytes()) {
                *to = *from;
            }
        }
    }

    /// # Errors
    ///
    /// MemoryError where there is no room.
    pub(crate) fn push(&mut self, item: &Item) -> Result<(), Error> {
        extend(&mut self.bytes, item.bytes())
    }

    /// The items that a slice means.
    ///
    /// # Errors
    ///
    /// MemoryError where there is no room.
    pub(crate) fn part(&self, slice: Slice) -> Result<Items, Error> {
        let mut part = Items::new(self.code);
        make_room(
            &mut part.bytes,
            slice.count.saturating_mul(self.code.size()),
        )?;
        for position in slice.positions() {
            part.bytes.extend_from_slice(self.place(position));
        }
        Ok(part)
    }

    /// Exchanges the items of a range for others.
    ///
    /// # Errors
    ///
    /// MemoryError where there is no room.
    pub(crate) fn replace(&mut self, items: Range<usize>, others: &[u8]) -> Result<(), Error> {
        let size = self.code.size();
        let bytes = items.start.saturating_mul(size)..items.end.saturating_mul(size);
        replace(&mut self.bytes, bytes, others)
    }

    /// The bytes of an item; none where there is no such item.
    fn place(&self, index: usize) -> &[u8] {
        let size = self.code.size();
        let start = index.saturating_mul(size);
        let bytes = self.bytes.get(start..start.saturating_add(size));
        bytes.unwrap_or(&[])
    }
}

/// Exchanges the bytes of a range, as far as they are there, for others.
///
/// # Errors
///
/// MemoryError where there is no room.
pub(crate) fn replace(to: &mut Vec<u8>, range: Range<usize>, bytes: &[u8]) -> Result<(), Error> {
    let end = range.end.min(to.len());
    let start = range.start.min(end);
    make_room(to, bytes.len().saturating_sub(end - start))?;
    to.splice(start..end, bytes.iter().copied());
    Ok(())
}

/// # Errors
///
/// MemoryError where there is no room.
pub(crate) fn extend(to: &mut Vec<u8>, bytes: &[u8]) -> Result<(), Error> {
    make_room(to, bytes.len())?;
    to.extend_from_slice(bytes);
    Ok(())
}

/// So many zeros.
///
/// # Errors
///
/// MemoryError where there is no room.
pub(crate) fn zeros(len: usize) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    make_room(&mut bytes, len)?;
    bytes.resize(len, 0);
    Ok(bytes)
}

/// A copy.
///
/// # Errors
///
/// MemoryError where there is no room.
pub(crate) fn copied(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let mut copy = Vec::new();
    extend(&mut copy, bytes)?;
    Ok(copy)
}

/// Bytes as a value of a script.
///
/// # Errors
///
/// MemoryError where there is no room.
pub(crate) fn value<'vm>(bytes: &[u8]) -> Result<Value<'vm>, Error> {
    ask(bytes.len())?;
    Ok(Value::Bytes(enroll_portable::Bytes::copied(bytes)))
}

/// Whether there is room for a value of so many bytes: making one cannot fail
/// politely.
///
/// # Errors
///
/// MemoryError where there is none.
pub(crate) fn ask(len: usize) -> Result<(), Error> {
    // With the count of references.
    make_room(&mut Vec::new(), len.saturating_add(2 * size_of::<usize>()))
}

fn make_room(bytes: &mut Vec<u8>, more: usize) -> Result<(), Error> {
    let fits = bytes.len().checked_add(more).is_some_and(|len| len <= MOST);
    match fits && bytes.try_reserve(more).is_ok() {
        true => Ok(()),
        false => Err(Error::new(Kind::MemoryError, "no room for so many items")),
    }
}
