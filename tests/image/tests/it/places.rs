//! Where things are in an image, and how they are changed there.

use enroll_abi::image::{ALIAS, CHECKSUM, FILE, MODULE, NAME, checksum};

/// The number at a place; 0 behind the end.
pub(crate) fn number(bytes: &[u8], at: usize) -> u32 {
    let number = bytes.get(at..).and_then(<[u8]>::first_chunk);
    number.map_or(0, |number| u32::from_le_bytes(*number))
}

/// Writes one there.
pub(crate) fn put(bytes: &mut [u8], at: usize, number: u32) {
    if let Some(field) = bytes.get_mut(at..).and_then(<[u8]>::first_chunk_mut) {
        *field = number.to_le_bytes();
    }
}

/// Right checksum, whatever else.
pub(crate) fn seal(bytes: &mut [u8]) {
    let sum = checksum(bytes);
    put(bytes, CHECKSUM, sum);
}

/// Where an entry of a table begins, whose place stands in the header.
fn entry(bytes: &[u8], table: usize, size: usize, at: usize) -> usize {
    number(bytes, table) as usize + size * at
}

pub(crate) fn name(bytes: &[u8], at: usize) -> usize {
    entry(bytes, 36, NAME, at)
}

pub(crate) fn module_at(bytes: &[u8], at: usize) -> usize {
    entry(bytes, 44, MODULE, at)
}

pub(crate) fn alias(bytes: &[u8], at: usize) -> usize {
    entry(bytes, 52, ALIAS, at)
}

pub(crate) fn data(bytes: &[u8], at: usize) -> usize {
    entry(bytes, 60, FILE, at)
}

/// Where the code of a module lies.
pub(crate) fn code(bytes: &[u8], at: usize) -> u32 {
    number(bytes, module_at(bytes, at) + 16)
}

pub(crate) fn put_range(bytes: &mut [u8], at: usize, offset: u32, len: usize) {
    put(bytes, at, offset);
    put(bytes, at + 4, len as u32);
}

pub(crate) fn copy(bytes: &mut [u8], from: usize, to: usize, len: usize) {
    bytes.copy_within(from..from + len, to);
}

pub(crate) fn swap(bytes: &mut [u8], one: usize, other: usize, len: usize) {
    for at in 0..len {
        bytes.swap(one + at, other + at);
    }
}
