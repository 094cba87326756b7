//! A perfect hash over ids: at most one candidate for any id.
//!
//! An id is a good hash already, so its top bits choose a bucket. Each bucket
//! has one byte, its pilot, which was searched for at build time so that all
//! ids of the bucket fall into slots of their own. Looking an id up is: bucket,
//! pilot, slot, one comparison; there is nothing to scan and no second probe.
//!
//! One search finds the pilots: in constants for a module's entries
//! ([`Table::build`]), and at run time for a pool ([`crate::layout`]).

use crate::place::Search;

// Without a call, for the search in constants.
macro_rules! bucket_of {
    ($id:expr, $buckets:expr) => {
        (($id as u64 * $buckets as u64) >> 31) as usize
    };
}
macro_rules! slot_of {
    ($id:expr, $pilot:expr, $slots:expr) => {{
        let mixed = ($id as u64 * (0x9e37_79b9 + (($pilot as u64) << 8))) as u32;
        ((mixed as u64 * $slots as u64) >> 32) as usize
    }};
}
pub(crate) use {bucket_of, slot_of};

/// The bucket of an id among `buckets`, or a number past them for an id with
/// its top bit set (an id of the overflow half is in no table).
#[inline]
#[must_use]
pub const fn bucket(id: u32, buckets: usize) -> usize {
    bucket_of!(id, buckets)
}

/// The slot of an id under its bucket's pilot, below `slots`.
///
/// The pilot changes the factor, so that ids of one bucket do not move in
/// step: two that share a slot under one pilot part under another.
#[inline]
#[must_use]
pub const fn slot(id: u32, pilot: u8, slots: usize) -> usize {
    slot_of!(id, pilot, slots)
}

/// How many buckets, of one byte each, a table of `entries` ids has.
#[must_use]
pub const fn buckets_for(entries: usize) -> usize {
    entries.div_ceil(3)
}

/// How many slots a [`Table`] of `entries` ids has: a few more than entries,
/// which makes the search for pilots short enough for constants.
#[must_use]
pub const fn slots_for(entries: usize) -> usize {
    if entries == 0 {
        0
    } else {
        entries + entries / 8 + 3
    }
}

/// The most entries a [`Table`] can hold: an entry number is 16 bits, and one
/// value says that a slot is free.
pub const MAX_ENTRIES: usize = u16::MAX as usize;

pub(crate) const FREE: u16 = u16::MAX;

/// Finds the entry of an id in a table whose entries keep their own order.
///
/// It holds no ids: it names the one entry that could have the id, and the
/// table's own ids decide.
#[derive(Clone, Copy, Debug)]
pub struct Index<'a> {
    pilots: &'a [u8],
    slots: &'a [u16],
}

impl<'a> Index<'a> {
    /// The index of a table without entries.
    pub const EMPTY: Index<'static> = Index {
        pilots: &[],
        slots: &[],
    };

    /// An index over the arrays of a [`Table`].
    #[must_use]
    pub const fn new(pilots: &'a [u8], slots: &'a [u16]) -> Index<'a> {
        Index { pilots, slots }
    }

    /// The number of the only entry that can have `id`. Constant time: two
    /// loads.
    #[inline]
    #[must_use]
    pub fn candidate(&self, id: u32) -> Option<usize> {
        let pilot = *self.pilots.get(bucket(id, self.pilots.len()))?;
        let entry = *self.slots.get(slot(id, pilot, self.slots.len()))?;
        (entry != FREE).then_some(entry as usize)
    }

    /// The position of `id` in `ids`, the ids the index was built from.
    /// Constant time, one comparison.
    #[inline]
    #[must_use]
    pub fn get(&self, ids: &[u32], id: u32) -> Option<usize> {
        let entry = self.candidate(id)?;
        (*ids.get(entry)? == id).then_some(entry)
    }
}

/// An index built in a constant: `P` pilots and `S` slots.
///
/// ```
/// use enroll_abi::index::{Fault, Index, Table, buckets_for, slots_for};
///
/// const IDS: [u32; 3] = [0x1234_5678, 0x2345_6789, 0x3456_789a];
/// static TABLE: Table<{ buckets_for(3) }, { slots_for(3) }> = match Table::build(&IDS) {
///     Ok(table) => table,
///     Err(Fault::Equal { .. }) => panic!("two entries have one id"),
///     Err(_) => panic!("no index was found"),
/// };
/// assert_eq!(TABLE.index().get(&IDS, 0x2345_6789), Some(1));
/// assert_eq!(TABLE.index().get(&IDS, 0x2345_678a), None);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Table<const P: usize, const S: usize> {
    pilots: [u8; P],
    slots: [u16; S],
    /// How many of `slots` are in use; the others gave room for more attempts.
    used: usize,
}

impl<const P: usize, const S: usize> Table<P, S> {
    /// Builds the index of `ids`, whose entry numbers are their positions.
    ///
    /// `P` is [`buckets_for`] and `S` is [`slots_for`] the number of ids.
    ///
    /// # Errors
    ///
    /// [`Fault::Equal`] with the positions of two equal ids, [`Fault::Size`]
    /// for more than [`MAX_ENTRIES`] or for a `P` or `S` that is too small,
    /// and [`Fault::Unplaced`].
    pub const fn build(ids: &[u32]) -> Result<Table<P, S>, Fault> {
        if ids.len() > MAX_ENTRIES || ids.len() > S || (P == 0 && !ids.is_empty()) {
            return Err(Fault::Size);
        }
        let mut used = S;
        loop {
            let mut table = Table {
                pilots: [0; P],
                slots: [FREE; S],
                used,
            };
            match table.fill(ids) {
                Ok(()) => return Ok(table),
                // Another number of slots is another arrangement.
                Err(Fault::Unplaced) if used > ids.len() => used -= 1,
                Err(fault) => return Err(fault),
            }
        }
    }

    const fn fill(&mut self, ids: &[u32]) -> Result<(), Fault> {
        let mut owners = [0; S];
        let owners = owners.split_at_mut(self.used).0;
        let mut search = Search {
            ids,
            pilots: &mut self.pilots,
            owners,
            sorted: &mut [0; S],
            ends: &mut [0; P],
            waiting: &mut [0; P],
        };
        if let Err(fault) = search.run() {
            return Err(fault);
        }
        let mut slot = 0;
        while slot < owners.len() {
            if owners[slot] != 0 {
                self.slots[slot] = (owners[slot] - 1) as u16;
            }
            slot += 1;
        }
        Ok(())
    }

    /// The index over this table's arrays.
    #[inline]
    #[must_use]
    pub const fn index(&self) -> Index<'_> {
        Index::new(&self.pilots, self.slots.split_at(self.used).0)
    }
}

/// Why there is no index for a list of ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// Occurs when two ids are equal; the positions of both, the smaller
    /// first.
    Equal {
        /// The position of the first of the two.
        first: usize,
        /// The position of the second of the two.
        second: usize,
    },
    /// Occurs when there are too many ids for the table.
    Size,
    /// Occurs when an id is zero or has its top bit set: it is no hash.
    Range {
        /// The position of the id.
        at: usize,
    },
    /// Occurs when the search for pilots gave up, which random ids make less
    /// likely than a collision of two names; another salt helps.
    Unplaced,
}
