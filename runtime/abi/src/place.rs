//! The search for pilots that puts every id into a slot of its own.

use crate::index::{Fault, bucket, slot};

/// Working memory of [`place`].
pub(crate) struct Scratch<'a> {
    /// As many as ids, or more: the entries, bucket after bucket.
    pub(crate) sorted: &'a mut [u32],
    /// As many as buckets: where each bucket ends in `sorted`.
    pub(crate) ends: &'a mut [u32],
    /// As many as buckets: the buckets still to be placed.
    pub(crate) queue: &'a mut [u32],
}

/// Finds a pilot for every bucket, and the entry (plus one; zero is free) of
/// every slot.
///
/// Large buckets go first, while there is room. A bucket that fits nowhere
/// takes the place of the smallest buckets it can, which are then placed again:
/// this is what lets a pool be nearly full. The number of such moves is
/// bounded, so it always ends; it is deterministic.
pub(crate) const fn place(
    ids: &[u32],
    pilots: &mut [u8],
    owners: &mut [u32],
    scratch: &mut Scratch<'_>,
) -> Result<(), Fault> {
    if let Err(fault) = sort(ids, pilots.len(), scratch) {
        return Err(fault);
    }
    // The queue is a stack: its top, the largest bucket, is its last.
    let mut waiting = order(scratch);
    let mut moves = 0;
    let mut turn = 0u32;
    while waiting > 0 {
        waiting -= 1;
        let chosen = scratch.queue[waiting];
        let (pilot, cost) = best_pilot(ids, owners, scratch, chosen, turn, pilots.len());
        if cost == u32::MAX {
            return Err(Fault::Unplaced);
        }
        if cost > 0 {
            moves += 1;
            if moves > 1000 + 16 * pilots.len() {
                return Err(Fault::Unplaced);
            }
            turn = turn.wrapping_mul(0x915f_77f5).wrapping_add(0x2545_f491);
        }
        pilots[chosen as usize] = pilot;
        let (from, to) = range(scratch, chosen);
        let mut at = from;
        while at < to {
            let entry = scratch.sorted[at];
            let target = slot(ids[entry as usize], pilot, owners.len());
            if owners[target] != 0 {
                let evicted = bucket(ids[owners[target] as usize - 1], pilots.len());
                remove(ids, owners, scratch, evicted as u32, pilots[evicted]);
                scratch.queue[waiting] = evicted as u32;
                waiting += 1;
            }
            owners[target] = entry + 1;
            at += 1;
        }
    }
    Ok(())
}

/// Sorts the entries by bucket, and finds equal ids: they share a bucket.
const fn sort(ids: &[u32], buckets: usize, scratch: &mut Scratch<'_>) -> Result<(), Fault> {
    let mut entry = 0;
    while entry < ids.len() {
        if ids[entry] == 0 || ids[entry] >> 31 != 0 {
            return Err(Fault::Range { at: entry });
        }
        scratch.ends[bucket(ids[entry], buckets)] += 1;
        entry += 1;
    }
    let mut total = 0;
    let mut each = 0;
    while each < buckets {
        let count = scratch.ends[each];
        scratch.ends[each] = total;
        total += count;
        each += 1;
    }
    // What is a bucket's start at first has become its end afterwards.
    let mut entry = 0;
    while entry < ids.len() {
        let end = &mut scratch.ends[bucket(ids[entry], buckets)];
        scratch.sorted[*end as usize] = entry as u32;
        *end += 1;
        entry += 1;
    }
    match equal(ids, scratch) {
        Some((first, second)) => Err(Fault::Equal { first, second }),
        None => Ok(()),
    }
}

/// The pair of equal ids whose second comes first in the list.
const fn equal(ids: &[u32], scratch: &Scratch<'_>) -> Option<(usize, usize)> {
    let mut found: Option<(usize, usize)> = None;
    let mut each = 0;
    while each < scratch.ends.len() {
        let (from, to) = range(scratch, each as u32);
        let mut at = from;
        'bucket: while at < to {
            let second = scratch.sorted[at] as usize;
            let mut before = from;
            while before < at {
                let first = scratch.sorted[before] as usize;
                if ids[first] == ids[second] {
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

/// Fills the stack of buckets, the largest on top, and returns its height:
/// empty buckets are left out.
const fn order(scratch: &mut Scratch<'_>) -> usize {
    let mut height = 0;
    let mut size = 1;
    let mut larger = true;
    while larger {
        larger = false;
        let mut each = 0;
        while each < scratch.ends.len() {
            let (from, to) = range(scratch, each as u32);
            if to - from == size {
                scratch.queue[height] = each as u32;
                height += 1;
            } else if to - from > size {
                larger = true;
            }
            each += 1;
        }
        size += 1;
    }
    height
}

/// The pilot that moves the fewest entries, and how bad that is: 0 where all
/// slots are free, `u32::MAX` where no pilot keeps the bucket's own ids apart.
const fn best_pilot(
    ids: &[u32],
    owners: &[u32],
    scratch: &Scratch<'_>,
    chosen: u32,
    first: u32,
    buckets: usize,
) -> (u8, u32) {
    let mut best = (0, u32::MAX);
    let mut tried = 0;
    while tried < 256 {
        let pilot = (tried + first) as u8;
        let cost = cost(ids, owners, scratch, chosen, pilot, best.1, buckets);
        if cost < best.1 {
            best = (pilot, cost);
        }
        if cost == 0 {
            break;
        }
        tried += 1;
    }
    best
}

/// What placing a bucket under `pilot` costs: the squares of the sizes of the
/// buckets in its way, or `u32::MAX` once that is not below `limit`.
const fn cost(
    ids: &[u32],
    owners: &[u32],
    scratch: &Scratch<'_>,
    chosen: u32,
    pilot: u8,
    limit: u32,
    buckets: usize,
) -> u32 {
    let (from, to) = range(scratch, chosen);
    let mut cost = 0;
    let mut at = from;
    while at < to {
        let target = slot(ids[scratch.sorted[at] as usize], pilot, owners.len());
        if owners[target] != 0 {
            let other = bucket(ids[owners[target] as usize - 1], buckets);
            let (start, end) = range(scratch, other as u32);
            cost += ((end - start) * (end - start)) as u32;
            if cost >= limit {
                return u32::MAX;
            }
        }
        let mut before = from;
        while before < at {
            if slot(ids[scratch.sorted[before] as usize], pilot, owners.len()) == target {
                return u32::MAX;
            }
            before += 1;
        }
        at += 1;
    }
    cost
}

/// Frees the slots of a placed bucket.
const fn remove(ids: &[u32], owners: &mut [u32], scratch: &Scratch<'_>, evicted: u32, pilot: u8) {
    let (mut at, to) = range(scratch, evicted);
    while at < to {
        let target = slot(ids[scratch.sorted[at] as usize], pilot, owners.len());
        owners[target] = 0;
        at += 1;
    }
}

/// Where a bucket's entries lie in `sorted`.
const fn range(scratch: &Scratch<'_>, bucket: u32) -> (usize, usize) {
    let bucket = bucket as usize;
    let start = if bucket == 0 {
        0
    } else {
        scratch.ends[bucket - 1] as usize
    };
    (start, scratch.ends[bucket] as usize)
}
