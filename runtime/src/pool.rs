//! All names of a build, from text to [`Qstr`] and back.

use enroll_abi::index::{bucket, slot};

use crate::Qstr;

/// All names of a build, in read-only memory: their text, where each begins,
/// and a byte for about three of them to find one by its hash.
///
/// The generated file holds the one pool of a firmware. A pool knows no ids and
/// no pointers: an id is its text's hash, computed again where it is needed.
/// So a name costs 2.4 bytes above its text while there are less than 64 KiB of
/// text, and 4.5 bytes beyond.
#[derive(Clone, Copy, Debug)]
pub struct Pool {
    salt: u32,
    len: u32,
    slots: u32,
    text: &'static str,
    offsets: Offsets,
    pilots: &'static [u8],
}

/// Where the names of a [`Pool`] begin in its text, and where the last one
/// ends; an empty range is a free slot.
#[derive(Clone, Copy, Debug)]
pub enum Offsets {
    /// For a text below 64 KiB.
    U16(&'static [u16]),
    /// For any other.
    U32(&'static [u32]),
}

impl Pool {
    /// A pool without a name.
    pub const EMPTY: Pool = Pool::new(0, 0, "", Offsets::U16(&[]), &[]);

    /// The pool that a layout of the code generator describes
    /// (`enroll_abi::layout::Layout` has the same parts).
    ///
    /// Arrays that belong to no layout do no harm: names are not found.
    #[must_use]
    pub const fn new(
        salt: u32,
        len: u32,
        text: &'static str,
        offsets: Offsets,
        pilots: &'static [u8],
    ) -> Pool {
        let bounds = match offsets {
            Offsets::U16(offsets) => offsets.len(),
            Offsets::U32(offsets) => offsets.len(),
        };
        Pool {
            salt,
            len,
            slots: bounds.saturating_sub(1) as u32,
            text,
            offsets,
            pilots,
        }
    }

    /// The salt of this build, with which all its ids were computed.
    #[inline]
    #[must_use]
    pub const fn salt(&self) -> u32 {
        self.salt
    }

    /// How many names there are.
    #[inline]
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len as usize
    }

    /// Whether there is no name.
    #[inline]
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The name with this text, if it is one of the build's.
    ///
    /// Constant time apart from the hash and one comparison of text.
    #[inline]
    #[must_use]
    pub fn get(&self, text: &str) -> Option<Qstr> {
        let name = Qstr::of(text, self.salt);
        let (from, to) = self.range(self.slot(name)?)?;
        // Most misses end here, before any text is read.
        if to.wrapping_sub(from) != text.len() || text.is_empty() {
            return None;
        }
        let found = self.text.as_bytes().get(from..to)?;
        is_same(found, text.as_bytes()).then_some(name)
    }

    /// The text of a name of the build; `None` for every other id, also one
    /// that was interned at run time.
    ///
    /// Hashes the one candidate's text. Pools of one build agree on it whatever
    /// their order, so bytecode may hold ids.
    #[inline]
    #[must_use]
    pub fn text(&self, name: Qstr) -> Option<&'static str> {
        let text = self.at(self.slot(name)?)?;
        (Qstr::of(text, self.salt) == name).then_some(text)
    }

    /// All names with their text, in the pool's own order.
    pub fn iter(&self) -> impl Iterator<Item = (Qstr, &'static str)> + use<> {
        let pool = *self;
        (0..pool.slots()).filter_map(move |slot| {
            let text = pool.at(slot)?;
            Some((Qstr::of(text, pool.salt), text))
        })
    }

    /// How many bytes of read-only memory the pool's arrays take: the text, and
    /// what comes on top of it. The `Pool` itself is `size_of::<Pool>()` more,
    /// once.
    #[must_use]
    pub const fn size(&self) -> (usize, usize) {
        let offsets = match self.offsets {
            Offsets::U16(offsets) => size_of_val(offsets),
            Offsets::U32(offsets) => size_of_val(offsets),
        };
        (self.text.len(), offsets + self.pilots.len())
    }

    /// The only slot in which a name can be.
    #[inline]
    fn slot(&self, name: Qstr) -> Option<usize> {
        let pilot = *self.pilots.get(bucket(name.raw(), self.pilots.len()))?;
        Some(slot(name.raw(), pilot, self.slots()))
    }

    #[inline]
    const fn slots(&self) -> usize {
        self.slots as usize
    }

    #[inline]
    fn range(&self, slot: usize) -> Option<(usize, usize)> {
        // The end first: the other bound then needs no check.
        match self.offsets {
            Offsets::U16(offsets) => {
                let to = *offsets.get(slot + 1)?;
                Some((usize::from(*offsets.get(slot)?), usize::from(to)))
            }
            Offsets::U32(offsets) => {
                let to = *offsets.get(slot + 1)?;
                Some((*offsets.get(slot)? as usize, to as usize))
            }
        }
    }

    /// The text in a slot, unless it is free.
    #[inline]
    fn at(&self, slot: usize) -> Option<&'static str> {
        let (from, to) = self.range(slot)?;
        self.text.get(from..to).filter(|text| !text.is_empty())
    }
}

/// Whether two texts of one length are equal.
///
/// Nearly all names are short, and two overlapping chunks at both ends compare
/// them without a call of `memcmp`, which takes a good part of a look-up. Chunks
/// of 16 bytes pay where a register holds one: on a Cortex-M3 they cost every
/// other name more instructions than the call they save.
#[inline]
fn is_same(a: &[u8], b: &[u8]) -> bool {
    const WIDE: bool = cfg!(target_pointer_width = "64");
    if a.len() > if WIDE { 32 } else { 16 } {
        return is_same_long(a, b);
    }
    if WIDE && let Some(same) = ends::<16>(a, b) {
        return same;
    }
    if let Some(same) = ends::<8>(a, b) {
        return same;
    }
    ends::<4>(a, b).unwrap_or_else(|| a.iter().eq(b))
}

/// Apart, so that the registers which `memcmp` takes are free for short texts.
#[cold]
#[inline(never)]
fn is_same_long(a: &[u8], b: &[u8]) -> bool {
    a == b
}

/// Compares the first and the last `N` bytes; `None` where there are fewer.
#[inline]
fn ends<const N: usize>(a: &[u8], b: &[u8]) -> Option<bool> {
    let first = a.first_chunk::<N>()? == b.first_chunk::<N>()?;
    let last = a.last_chunk::<N>()? == b.last_chunk::<N>()?;
    Some(first & last)
}

#[cfg(test)]
mod tests {
    use super::is_same;

    #[test]
    fn texts_of_every_length_are_compared_whole() {
        let text: [u8; 40] = core::array::from_fn(|at| at as u8);
        for length in 0..=40 {
            let a = &text[..length];
            assert!(is_same(a, a), "{length}");
            for at in 0..length {
                let mut other = text;
                other[at] ^= 0x40;
                assert!(!is_same(a, &other[..length]), "{length} at {at}");
            }
        }
    }
}
