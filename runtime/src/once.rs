//! Which modules of a table one interpreter has initialised.

use crate::ModuleId;

/// One bit a module, in memory of the interpreter; `W` words of 32 modules
/// each.
///
/// The table is shared by all interpreters of a process, so what each has done
/// is kept here.
///
/// ```
/// use enroll::{ModuleId, Once};
///
/// let mut once = Once::<1>::new();
/// let id = ModuleId::new(3);
/// assert_eq!(once.begin(id), Some(true));
/// assert_eq!(once.begin(id), Some(false)); // done, or under way
/// once.forget(id); // it failed, or was unloaded
/// assert_eq!(once.begin(id), Some(true));
/// assert_eq!(once.begin(ModuleId::new(32)), None); // no room: W is too small
/// ```
#[derive(Clone, Debug)]
pub struct Once<const W: usize>([u32; W]);

impl<const W: usize> Once<W> {
    /// Nothing is initialised.
    pub const fn new() -> Once<W> {
        Once([0; W])
    }

    /// Marks a module; `Some(true)` the first time: then its `init` is to run.
    /// `None` where `W` words do not reach that far.
    pub fn begin(&mut self, id: ModuleId) -> Option<bool> {
        let word = self.0.get_mut(id.index() / 32)?;
        let bit = 1 << (id.index() % 32);
        let first = *word & bit == 0;
        *word |= bit;
        Some(first)
    }

    /// Whether a module is marked.
    pub fn is_marked(&self, id: ModuleId) -> bool {
        self.0
            .get(id.index() / 32)
            .is_some_and(|word| word & 1 << (id.index() % 32) != 0)
    }

    /// Takes the mark away, after a failed `init` or an unload.
    pub fn forget(&mut self, id: ModuleId) {
        if let Some(word) = self.0.get_mut(id.index() / 32) {
            *word &= !(1 << (id.index() % 32));
        }
    }
}

impl<const W: usize> Default for Once<W> {
    fn default() -> Once<W> {
        Once::new()
    }
}
