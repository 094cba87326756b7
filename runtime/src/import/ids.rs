//! The id table of compiled code.

use crate::Qstr;
use alloc::borrow::Cow;
use core::fmt;

/// The names that a module's code refers to by index: a constant of the firmware,
/// a part of a mapped image that is read in place, or a copy of one whose ids had
/// to be changed.
///
/// ```
/// use enroll::import::Ids;
/// use enroll::{Qstr, qstr};
///
/// static NAMES: [Qstr; 2] = [qstr!("argv"), qstr!("path")];
/// let ids = Ids::from(&NAMES[..]);
/// assert_eq!(ids.get(1), Some(qstr!("path")));
/// assert_eq!(ids.get(2), None);
/// ```
#[derive(Clone)]
pub struct Ids(Repr);

#[derive(Clone)]
enum Repr {
    Native(Cow<'static, [Qstr]>),
    /// Little-endian, at any address.
    #[cfg(feature = "image")]
    Mapped(&'static [[u8; 4]]),
}

impl Ids {
    /// None: the code of a script.
    pub const NONE: Ids = Ids(Repr::Native(Cow::Borrowed(&[])));

    /// A table of a mapped image, all of whose ids were verified.
    #[cfg(feature = "image")]
    pub(crate) fn mapped(table: &'static [[u8; 4]]) -> Ids {
        Ids(Repr::Mapped(table))
    }

    /// The name at an index.
    #[inline]
    #[must_use]
    pub fn get(&self, index: usize) -> Option<Qstr> {
        match &self.0 {
            Repr::Native(names) => names.get(index).copied(),
            #[cfg(feature = "image")]
            Repr::Mapped(table) => Qstr::from_raw(u32::from_le_bytes(*table.get(index)?)),
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.0 {
            Repr::Native(names) => names.len(),
            #[cfg(feature = "image")]
            Repr::Mapped(table) => table.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = Qstr> + '_ {
        (0..self.len()).filter_map(|index| self.get(index))
    }

    /// Whether the table is used where it lies, and takes no memory.
    #[must_use]
    pub fn is_in_place(&self) -> bool {
        match &self.0 {
            Repr::Native(names) => matches!(names, Cow::Borrowed(_)),
            #[cfg(feature = "image")]
            Repr::Mapped(_) => true,
        }
    }
}

impl<T: Into<Cow<'static, [Qstr]>>> From<T> for Ids {
    fn from(names: T) -> Ids {
        Ids(Repr::Native(names.into()))
    }
}

/// By the names, wherever the tables are.
impl PartialEq for Ids {
    fn eq(&self, other: &Ids) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

impl Eq for Ids {}

impl fmt::Debug for Ids {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
