//! The names of a run-time module with their values, in the order they came.

use crate::Qstr;
use core::hash::{BuildHasherDefault, Hasher};
use indexmap::IndexMap;

/// A namespace. An id is a hash already, and the dynamic ones are spread by
/// [`Names`](crate::Names).
pub(crate) type Dict<V> = IndexMap<Qstr, V, BuildHasherDefault<IdHasher>>;

/// Spreads an id over both ends of a word, since the table takes its buckets
/// from one and its tags from the other.
#[derive(Default)]
pub(crate) struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u32(byte.into());
        }
    }

    #[inline]
    fn write_u32(&mut self, id: u32) {
        self.0 = (self.0 ^ u64::from(id)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 ^= self.0 >> 32;
    }
}
