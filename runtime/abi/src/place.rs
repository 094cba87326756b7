//! The search for pilots that puts every id into a slot of its own.
//!
//! It runs in the compiler's interpreter of constants, where a call costs as
//! much as twenty additions and every loop is counted: hence a quick way without
//! calls for nearly all buckets, and a thorough one for the rest.

use crate::index::{Fault, bucket_of, slot_of};

/// A search: what it is given, what it fills, and its working memory.
pub(crate) struct Search<'a> {
    /// What is to be placed.
    pub(crate) ids: &'a [u32],
    /// Filled: a pilot for every bucket.
    pub(crate) pilots: &'a mut [u8],
    /// Filled: the entry in every slot, plus one; 0 is free. All 0 at first.
    pub(crate) owners: &'a mut [u32],
    /// As many as ids, or more: the entries, bucket after bucket.
    pub(crate) sorted: &'a mut [u32],
    /// As many as pilots: where each bucket ends in `sorted`. All 0 at first.
    pub(crate) ends: &'a mut [u32],
    /// As many as pilots: a stack of the buckets still to be placed.
    pub(crate) waiting: &'a mut [u32],
}

/// How many buckets that moved others are kept from being moved themselves:
/// two could move each other for ever.
const RECENT: usize = 4;

/// What a place costs that cannot be had.
const IMPOSSIBLE: u32 = u32::MAX;

impl Search<'_> {
    /// Finds all pilots.
    ///
    /// Large buckets go first, while there is room. A bucket that fits nowhere
    /// takes the place of the smallest buckets it can, which are then placed
    /// again: this is what lets a pool be nearly full. The number of such moves
    /// is bounded, so it always ends; it is deterministic. After a failure,
    /// another number of slots is another arrangement of everything.
    pub(crate) const fn run(&mut self) -> Result<(), Fault> {
        if let Err(fault) = self.sort() {
            return Err(fault);
        }
        let mut height = self.stack();
        let mut moves = 0;
        let mut recent = [u32::MAX; RECENT];
        while height > 0 {
            height -= 1;
            let chosen = self.waiting[height];
            if self.place_quickly(chosen) {
                continue;
            }
            let (pilot, cost) = self.best_pilot(chosen, &recent);
            recent[moves % RECENT] = chosen;
            moves += 1;
            if cost == IMPOSSIBLE || moves > 32 + self.pilots.len() / 4 {
                return Err(match self.equal() {
                    Some((first, second)) => Fault::Equal { first, second },
                    None => Fault::Unplaced,
                });
            }
            self.pilots[chosen as usize] = pilot;
            let (mut at, end) = self.range(chosen);
            while at < end {
                let entry = self.sorted[at];
                let target = self.target(entry, pilot);
                if self.owners[target] != 0 {
                    let moved = self.bucket(self.owners[target] - 1);
                    self.remove(moved);
                    self.waiting[height] = moved;
                    height += 1;
                }
                self.owners[target] = entry + 1;
                at += 1;
            }
        }
        Ok(())
    }

    /// Places a bucket under the first pilot for which all its slots are free.
    const fn place_quickly(&mut self, chosen: u32) -> bool {
        let (start, end) = self.range(chosen);
        let slots = self.owners.len();
        let mut pilot = 0;
        loop {
            let mut at = start;
            while at < end {
                let entry = self.sorted[at];
                let target = slot_of!(self.ids[entry as usize], pilot, slots);
                if self.owners[target] != 0 {
                    break;
                }
                self.owners[target] = entry + 1;
                at += 1;
            }
            if at == end {
                self.pilots[chosen as usize] = pilot;
                return true;
            }
            while at > start {
                at -= 1;
                self.owners[slot_of!(self.ids[self.sorted[at] as usize], pilot, slots)] = 0;
            }
            if pilot == u8::MAX {
                return false;
            }
            pilot += 1;
        }
    }

    /// Sorts the entries by bucket.
    const fn sort(&mut self) -> Result<(), Fault> {
        let (count, buckets) = (self.ids.len(), self.pilots.len());
        let mut entry = 0;
        while entry < count {
            let id = self.ids[entry];
            if id == 0 || id >> 31 != 0 {
                return Err(Fault::Range { at: entry });
            }
            self.ends[bucket_of!(id, buckets)] += 1;
            entry += 1;
        }
        let mut total = 0;
        let mut each = 0;
        while each < buckets {
            let size = self.ends[each];
            self.ends[each] = total;
            total += size;
            each += 1;
        }
        // What is a bucket's start at first has become its end afterwards.
        let mut entry = 0;
        while entry < count {
            let bucket = bucket_of!(self.ids[entry], buckets);
            self.sorted[self.ends[bucket] as usize] = entry as u32;
            self.ends[bucket] += 1;
            entry += 1;
        }
        Ok(())
    }

    /// The pair of equal ids whose second comes first in the list. Equal ids
    /// share a bucket, which then fits nowhere.
    const fn equal(&self) -> Option<(usize, usize)> {
        let mut found: Option<(usize, usize)> = None;
        let mut each = 0;
        while each < self.ends.len() {
            let (start, end) = self.range(each as u32);
            let mut at = start;
            'bucket: while at < end {
                let second = self.sorted[at] as usize;
                let mut before = start;
                while before < at {
                    let first = self.sorted[before] as usize;
                    if self.ids[first] == self.ids[second] {
                        if let Some((_, earlier)) = found
                            && earlier < second
                        {
                            break 'bucket;
                        }
                        found = Some((first, second));
                        break 'bucket;
                    }
                    before += 1;
                }
                at += 1;
            }
            each += 1;
        }
        found
    }

    /// Stacks the buckets, the larger above the smaller, and returns the
    /// stack's height: empty buckets are left out.
    const fn stack(&mut self) -> usize {
        // How many buckets are of each size, then where they go. Sizes above
        // the last one, which random ids never reach, count as that.
        let mut places = [0; 16];
        let mut start = 0;
        let mut each = 0;
        while each < self.ends.len() {
            let size = self.ends[each] - start;
            places[if size < 15 { size as usize } else { 15 }] += 1;
            start = self.ends[each];
            each += 1;
        }
        let mut height = 0;
        let mut size = 1;
        while size < 16 {
            let count = places[size];
            places[size] = height;
            height += count;
            size += 1;
        }
        let mut start = 0;
        let mut each = 0;
        while each < self.ends.len() {
            let size = self.ends[each] - start;
            let size = if size < 15 { size as usize } else { 15 };
            if size > 0 {
                self.waiting[places[size]] = each as u32;
                places[size] += 1;
            }
            start = self.ends[each];
            each += 1;
        }
        height
    }

    /// The pilot that moves the fewest entries, and how bad that is: 0 where
    /// all its slots are free.
    const fn best_pilot(&self, chosen: u32, recent: &[u32; RECENT]) -> (u8, u32) {
        let mut best = (0, IMPOSSIBLE);
        let mut pilot = 0;
        loop {
            let cost = self.cost(chosen, pilot, best.1, recent);
            if cost < best.1 {
                best = (pilot, cost);
            }
            if cost == 0 || pilot == u8::MAX {
                return best;
            }
            pilot += 1;
        }
    }

    /// What placing a bucket under `pilot` costs: the squares of the sizes of
    /// the buckets in its way; impossible once that is not below `limit`.
    const fn cost(&self, chosen: u32, pilot: u8, limit: u32, recent: &[u32; RECENT]) -> u32 {
        let (start, end) = self.range(chosen);
        let mut cost = 0;
        let mut at = start;
        while at < end {
            let target = self.target(self.sorted[at], pilot);
            if self.owners[target] != 0 {
                let other = self.bucket(self.owners[target] - 1);
                cost += self.size(other) * self.size(other);
                if cost >= limit || is_in(recent, other) {
                    return IMPOSSIBLE;
                }
            }
            let mut before = start;
            while before < at {
                if self.target(self.sorted[before], pilot) == target {
                    return IMPOSSIBLE;
                }
                before += 1;
            }
            at += 1;
        }
        cost
    }

    /// Frees the slots of a placed bucket.
    const fn remove(&mut self, placed: u32) {
        let pilot = self.pilots[placed as usize];
        let (mut at, end) = self.range(placed);
        while at < end {
            self.owners[self.target(self.sorted[at], pilot)] = 0;
            at += 1;
        }
    }

    const fn bucket(&self, entry: u32) -> u32 {
        bucket_of!(self.ids[entry as usize], self.pilots.len()) as u32
    }

    const fn target(&self, entry: u32, pilot: u8) -> usize {
        slot_of!(self.ids[entry as usize], pilot, self.owners.len())
    }

    const fn size(&self, bucket: u32) -> u32 {
        let (start, end) = self.range(bucket);
        (end - start) as u32
    }

    /// Where a bucket's entries lie in `sorted`.
    const fn range(&self, bucket: u32) -> (usize, usize) {
        let end = self.ends[bucket as usize] as usize;
        match (bucket as usize).checked_sub(1) {
            Some(before) => (self.ends[before] as usize, end),
            None => (0, end),
        }
    }
}

const fn is_in(recent: &[u32; RECENT], bucket: u32) -> bool {
    let mut at = 0;
    while at < RECENT && recent[at] != bucket {
        at += 1;
    }
    at < RECENT
}
