//! Finds an entry by a hash: open addressing over entry numbers.

use alloc::collections::TryReserveError;
use alloc::vec::Vec;

/// A power of two of places, each 0 or an entry number plus one; at most three
/// quarters are taken, so every search ends.
#[derive(Debug, Default)]
pub(super) struct Probe {
    places: Vec<u32>,
    taken: usize,
}

impl Probe {
    /// The first entry under `hash` that `is` the wanted one.
    pub(super) fn find(&self, hash: u32, is: impl Fn(usize) -> bool) -> Option<usize> {
        self.from(hash)
            .map_while(|place| (*place as usize).checked_sub(1))
            .find(|&entry| is(entry))
    }

    /// Makes sure that one more entry finds a place; `hash` gives the hash of
    /// an entry that is there.
    pub(super) fn reserve(&mut self, hash: impl Fn(usize) -> u32) -> Result<(), TryReserveError> {
        if (self.taken + 1) * 4 <= self.places.len() * 3 {
            return Ok(());
        }
        let size = (self.places.len() * 2).max(8);
        let mut places = Vec::new();
        places.try_reserve_exact(size)?;
        places.resize(size, 0);
        let entries = self.taken;
        *self = Probe { places, taken: 0 };
        for entry in 0..entries {
            self.insert(hash(entry), entry);
        }
        Ok(())
    }

    /// Adds an entry, for which there is a place.
    pub(super) fn insert(&mut self, hash: u32, entry: usize) {
        let size = self.places.len();
        for step in 0..size {
            let at = (hash as usize).wrapping_add(step) & (size - 1);
            if self.places[at] == 0 {
                self.places[at] = entry as u32 + 1;
                self.taken += 1;
                return;
            }
        }
    }

    /// All places, in the order in which a hash tries them.
    fn from(&self, hash: u32) -> impl Iterator<Item = &u32> {
        let start = hash as usize & self.places.len().saturating_sub(1);
        let (before, after) = self.places.split_at(start.min(self.places.len()));
        after.iter().chain(before)
    }
}
