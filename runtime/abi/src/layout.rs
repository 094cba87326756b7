//! The pool's layout: all names of a build, placed at build time.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::MAX_NAME;
use crate::hash::hash;
use crate::index::{FREE, Fault, MAX_ENTRIES, buckets_for, slots_for};
use crate::place::Search;

/// A pool's arrays, as the generated file writes them down.
///
/// Name `i` of the pool, in slot order, is `text[offsets[i]..offsets[i + 1]]`;
/// an empty range is a free slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The salt of all ids.
    pub salt: u32,
    /// How many names there are.
    pub len: usize,
    /// All names, one after the other.
    pub text: String,
    /// Where each slot's name begins, and where the last one ends.
    pub offsets: Vec<u32>,
    /// The pilot of each bucket.
    pub pilots: Vec<u8>,
}

impl Layout {
    /// Whether every offset fits into 16 bits, which saves half of their room.
    #[must_use]
    pub fn is_narrow(&self) -> bool {
        self.text.len() <= u16::MAX as usize
    }
}

/// Why names cannot share a pool. Numbers are positions in the list of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LayoutError {
    /// Occurs when two different names have one id under this salt:
    /// [`free_salt`] finds another one.
    Collision {
        /// The position of the first of the two.
        first: usize,
        /// The position of the second of the two.
        second: usize,
    },
    /// Occurs when a name is empty.
    Empty(usize),
    /// Occurs when a name is longer than [`MAX_NAME`] bytes.
    TooLong(usize),
    /// Occurs when there are 2³¹ bytes of text or more.
    TooLarge,
    /// Occurs when the search for pilots gave up, which random ids make less
    /// likely than a collision: another salt helps.
    Unplaced,
}

/// Lays out a pool of `names`; a name that is there twice counts once.
///
/// The result depends on the set of names and the salt alone, not on their
/// order. About a microsecond per name.
///
/// # Errors
///
/// See [`LayoutError`].
///
/// ```
/// let layout = enroll_abi::layout::layout(&["errno", "os", "os"], 0)?;
/// assert_eq!(layout.len, 2);
/// # Ok::<(), enroll_abi::layout::LayoutError>(())
/// ```
pub fn layout(names: &[&str], salt: u32) -> Result<Layout, LayoutError> {
    let entries = distinct(names)?;
    let ids: Vec<u32> = entries.iter().map(|&at| hash(names[at], salt)).collect();
    let mut slots = ids.len() + ids.len() / 48;
    for _ in 0..ATTEMPTS {
        match placed(&ids, slots) {
            Ok((pilots, owners)) => {
                let name = |owner: u32| match owner {
                    0 => "",
                    _ => names[entries[owner as usize - 1]],
                };
                return written(salt, ids.len(), owners.into_iter().map(name), pilots);
            }
            Err(Fault::Equal { first, second }) => {
                let (first, second) = (entries[first], entries[second]);
                return Err(LayoutError::Collision {
                    first: first.min(second),
                    second: first.max(second),
                });
            }
            // A little more room, and a new arrangement by the way.
            Err(_) => slots += 1 + slots / 64,
        }
    }
    Err(LayoutError::Unplaced)
}

const ATTEMPTS: usize = 64;

/// A salt under which no two of `names` collide, and how many were tried:
/// `tries` at most, from salt 0 on.
///
/// About one try for up to 10,000 names, two for 50,000, ten for 100,000; it
/// becomes hopeless past 200,000.
#[must_use]
pub fn free_salt(names: &[&str], tries: u32) -> Option<u32> {
    let mut distinct = names.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    let mut ids = vec![0; distinct.len()];
    (0..tries).find(|&salt| {
        for (id, name) in ids.iter_mut().zip(&distinct) {
            *id = hash(name, salt);
        }
        ids.sort_unstable();
        ids.windows(2).all(|pair| pair[0] != pair[1])
    })
}

/// The arrays of an [`Index`](crate::index::Index) over `ids`: pilots and slots.
///
/// It is what [`Table::build`](crate::index::Table::build) computes in a
/// constant, for a caller that learns the ids as it runs.
///
/// # Errors
///
/// As [`Table::build`](crate::index::Table::build).
pub fn index(ids: &[u32]) -> Result<(Vec<u8>, Vec<u16>), Fault> {
    if ids.len() > MAX_ENTRIES {
        return Err(Fault::Size);
    }
    let most = slots_for(ids.len());
    let mut attempts = (ids.len()..=most).rev().map(|slots| placed(ids, slots));
    let placed = attempts.find(|attempt| !matches!(attempt, Err(Fault::Unplaced)));
    let (pilots, owners) = placed.unwrap_or(Err(Fault::Unplaced))?;
    let slot = |owner: u32| match owner {
        0 => FREE,
        _ => (owner - 1) as u16,
    };
    Ok((pilots, owners.into_iter().map(slot).collect()))
}

/// The positions of the distinct names, in the order of their text.
fn distinct(names: &[&str]) -> Result<Vec<usize>, LayoutError> {
    let mut total = 0;
    for (at, name) in names.iter().enumerate() {
        match name.len() {
            0 => return Err(LayoutError::Empty(at)),
            length if length > MAX_NAME => return Err(LayoutError::TooLong(at)),
            length => total += length,
        }
    }
    if total >= 1 << 31 {
        return Err(LayoutError::TooLarge);
    }
    let mut entries: Vec<usize> = (0..names.len()).collect();
    entries.sort_by_key(|&at| names[at]);
    entries.dedup_by_key(|at| names[*at]);
    Ok(entries)
}

/// Pilots, and the owner of each of `slots` slots.
fn placed(ids: &[u32], slots: usize) -> Result<(Vec<u8>, Vec<u32>), Fault> {
    let buckets = buckets_for(ids.len());
    let mut pilots = vec![0; buckets];
    let mut owners = vec![0; slots];
    let mut search = Search {
        ids,
        pilots: &mut pilots,
        owners: &mut owners,
        sorted: &mut vec![0; ids.len()],
        ends: &mut vec![0; buckets],
        waiting: &mut vec![0; buckets],
    };
    search.run()?;
    Ok((pilots, owners))
}

fn written<'n>(
    salt: u32,
    len: usize,
    slots: impl Iterator<Item = &'n str>,
    pilots: Vec<u8>,
) -> Result<Layout, LayoutError> {
    let mut text = String::new();
    let mut offsets = vec![0];
    for name in slots {
        text.push_str(name);
        offsets.push(u32::try_from(text.len()).map_err(|_| LayoutError::TooLarge)?);
    }
    Ok(Layout {
        salt,
        len,
        text,
        offsets,
        pilots,
    })
}
