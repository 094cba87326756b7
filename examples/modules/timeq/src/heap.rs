//! A binary heap of fixed capacity, by ticks that wrap around.

use crate::queue::Payloads;
use alloc::vec::Vec;
use ticks::Ticks;

/// When an entry is due, and how many came before it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key {
    pub(crate) at: Ticks,
    /// Wraps around too; entries that are compared are fewer than half of it.
    pub(crate) number: u32,
}

impl Key {
    /// Whether this one leaves first: due earlier, or as early and put in before.
    ///
    /// At exactly half a period neither is earlier, as in MicroPython.
    fn is_before(self, other: Key) -> bool {
        match self.at == other.at {
            true => (self.number.wrapping_sub(other.number) as i32) < 0,
            false => other.at.since(self.at) > 0,
        }
    }
}

/// Keys in the order of a heap; what belongs to each lies at the same position
/// elsewhere ([`Payloads`]), and is moved along.
pub(crate) struct Heap {
    keys: Vec<Key>,
    most: usize,
    next: u32,
}

impl Heap {
    /// With room for `most`; `None` where there is no memory for it.
    pub(crate) fn new(most: usize) -> Option<Heap> {
        let mut keys = Vec::new();
        keys.try_reserve_exact(most).ok()?;
        Some(Heap {
            keys,
            most,
            next: 0,
        })
    }

    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    pub(crate) fn is_full(&self) -> bool {
        self.keys.len() >= self.most
    }

    pub(crate) fn first(&self) -> Option<Key> {
        self.keys.first().copied()
    }

    /// In the order of the heap, the first one due first.
    pub(crate) fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// Puts in a key whose payload is the last one already. There is room.
    pub(crate) fn push(&mut self, at: Ticks, payloads: &mut Payloads<'_, '_>) {
        let number = self.next;
        self.next = self.next.wrapping_add(1);
        self.keys.push(Key { at, number });
        self.rise(self.keys.len() - 1, payloads);
    }

    /// Takes the key of that number out; its payload is the last one then.
    pub(crate) fn take(&mut self, number: u32, payloads: &mut Payloads<'_, '_>) -> bool {
        let Some(mut place) = self.keys.iter().position(|key| key.number == number) else {
            return false;
        };
        let last = self.keys.len() - 1;
        self.swap(place, last, payloads);
        self.keys.truncate(last);
        if place == last {
            return true;
        }
        // What came from the end may belong above or below.
        place = self.rise(place, payloads);
        loop {
            let mut least = place;
            for child in [2 * place + 1, 2 * place + 2] {
                if child < last && self.keys[child].is_before(self.keys[least]) {
                    least = child;
                }
            }
            if least == place {
                return true;
            }
            self.swap(place, least, payloads);
            place = least;
        }
    }

    /// Moves a key up as long as it is before what is above, and tells where to.
    fn rise(&mut self, mut place: usize, payloads: &mut Payloads<'_, '_>) -> usize {
        while let Some(parent) = place.checked_sub(1).map(|below| below / 2) {
            if !self.keys[place].is_before(self.keys[parent]) {
                break;
            }
            self.swap(place, parent, payloads);
            place = parent;
        }
        place
    }

    fn swap(&mut self, one: usize, other: usize, payloads: &mut Payloads<'_, '_>) {
        self.keys.swap(one, other);
        payloads.swap(one, other);
    }
}
