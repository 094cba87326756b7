//! Memory that is asked for before it is used.

use alloc::vec::Vec;
use enroll_portable::prelude::*;

/// The bytes that a stream may have: what a 32-bit machine can address anyway. A
/// position that a script got wrong should not take a server's memory.
pub(crate) const MOST: usize = i32::MAX as usize;

/// Makes room for more items.
///
/// # Errors
///
/// MemoryError where there is none.
pub(crate) fn make<T>(items: &mut Vec<T>, more: usize) -> Result<(), Error> {
    let fits = items.len().checked_add(more).is_some_and(|len| len <= MOST);
    match fits && items.try_reserve(more).is_ok() {
        true => Ok(()),
        false => Err(Error::new(Kind::MemoryError, "no room for so much")),
    }
}

/// Whether there is room for a value of so many bytes: making one cannot fail
/// politely.
///
/// # Errors
///
/// MemoryError where there is none.
pub(crate) fn ask(len: usize) -> Result<(), Error> {
    // With the count of references.
    let len = len.saturating_add(2 * size_of::<usize>());
    make(&mut Vec::<u8>::new(), len)
}
