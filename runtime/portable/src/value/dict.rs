//! Dictionaries: constants, or shared and mutable.

use crate::{Rom, Value};
#[cfg(feature = "alloc")]
use alloc::{rc::Rc, vec::Vec};
#[cfg(feature = "alloc")]
use core::cell::RefCell;

/// A dictionary in insertion order. Clones of a shared one are the same one.
///
/// Portable modules hand dictionaries to an interpreter, which turns them into
/// its own; so look-up here is linear.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Dict<'vm> {
    /// In read-only memory: nothing can be stored in it.
    Rom(&'static [(Rom, Rom)]),
    /// Made at run time.
    #[cfg(feature = "alloc")]
    Shared(Rc<RefCell<Vec<(Value<'vm>, Value<'vm>)>>>),
    /// Lent by the interpreter: nothing can be stored in it.
    Borrowed(&'vm [(Value<'vm>, Value<'vm>)]),
}

impl<'vm> Dict<'vm> {
    /// How many pairs there are.
    pub fn len(&self) -> usize {
        match self {
            Dict::Rom(pairs) => pairs.len(),
            #[cfg(feature = "alloc")]
            Dict::Shared(pairs) => pairs.borrow().len(),
            Dict::Borrowed(pairs) => pairs.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The pair at a position.
    pub fn pair(&self, index: usize) -> Option<(Value<'vm>, Value<'vm>)> {
        match self {
            Dict::Rom(pairs) => pairs
                .get(index)
                .map(|(key, value)| (key.value(), value.value())),
            #[cfg(feature = "alloc")]
            Dict::Shared(pairs) => pairs.borrow().get(index).cloned(),
            Dict::Borrowed(pairs) => pairs.get(index).cloned(),
        }
    }

    /// The value of a key, compared by structure. Linear.
    pub fn get(&self, key: &Value<'vm>) -> Option<Value<'vm>> {
        self.iter()
            .find_map(|(known, value)| (known == *key).then_some(value))
    }

    /// All pairs, in insertion order.
    pub fn iter(&self) -> impl Iterator<Item = (Value<'vm>, Value<'vm>)> + '_ {
        let mut index = 0;
        core::iter::from_fn(move || {
            let pair = self.pair(index)?;
            index += 1;
            Some(pair)
        })
    }
}

impl PartialEq for Dict<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len()
            && self
                .iter()
                .all(|(key, value)| other.get(&key) == Some(value))
    }
}

#[cfg(feature = "alloc")]
impl<'vm> FromIterator<(Value<'vm>, Value<'vm>)> for Dict<'vm> {
    /// The last value of a key wins.
    fn from_iter<I: IntoIterator<Item = (Value<'vm>, Value<'vm>)>>(pairs: I) -> Self {
        let mut kept: Vec<(Value<'vm>, Value<'vm>)> = Vec::new();
        for (key, value) in pairs {
            match kept.iter_mut().find(|(known, _)| *known == key) {
                Some((_, old)) => *old = value,
                None => kept.push((key, value)),
            }
        }
        Dict::Shared(Rc::new(RefCell::new(kept)))
    }
}
