//! A module object of one interpreter, as a number.

/// A module object of one interpreter: what a host's module value holds.
///
/// Two numbers, so that one which outlived its module finds nothing instead of
/// another module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Handle {
    pub(crate) place: u32,
    pub(crate) generation: u32,
}

impl Handle {
    /// Both numbers in one, to put into a host's value.
    #[must_use]
    pub const fn raw(self) -> u64 {
        (self.generation as u64) << 32 | self.place as u64
    }

    /// The handle that [`raw`](Handle::raw) gave. Any other number finds no
    /// module, or another one.
    #[must_use]
    pub const fn from_raw(raw: u64) -> Handle {
        Handle {
            place: raw as u32,
            generation: (raw >> 32) as u32,
        }
    }
}
