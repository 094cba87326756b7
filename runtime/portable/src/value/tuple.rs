//! Tuples: constants, lent, or shared behind a count.

use crate::{Rom, Value};
#[cfg(feature = "alloc")]
use alloc::{rc::Rc, vec::Vec};

/// A tuple.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Tuple<'vm> {
    /// In read-only memory.
    Rom(&'static [Rom]),
    /// Made at run time.
    #[cfg(feature = "alloc")]
    Shared(Rc<[Value<'vm>]>),
    /// Lent by the interpreter.
    Borrowed(&'vm [Value<'vm>]),
}

impl<'vm> Tuple<'vm> {
    /// How many items there are.
    pub fn len(&self) -> usize {
        match self {
            Tuple::Rom(items) => items.len(),
            #[cfg(feature = "alloc")]
            Tuple::Shared(items) => items.len(),
            Tuple::Borrowed(items) => items.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// An item.
    pub fn get(&self, index: usize) -> Option<Value<'vm>> {
        match self {
            Tuple::Rom(items) => items.get(index).map(Rom::value),
            #[cfg(feature = "alloc")]
            Tuple::Shared(items) => items.get(index).cloned(),
            Tuple::Borrowed(items) => items.get(index).cloned(),
        }
    }

    /// All items.
    pub fn iter(&self) -> impl Iterator<Item = Value<'vm>> + '_ {
        (0..self.len()).filter_map(|index| self.get(index))
    }
}

impl PartialEq for Tuple<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

#[cfg(feature = "alloc")]
impl<'vm> From<Vec<Value<'vm>>> for Tuple<'vm> {
    fn from(items: Vec<Value<'vm>>) -> Self {
        Tuple::Shared(items.into())
    }
}

#[cfg(feature = "alloc")]
impl<'vm> FromIterator<Value<'vm>> for Tuple<'vm> {
    fn from_iter<I: IntoIterator<Item = Value<'vm>>>(items: I) -> Self {
        Tuple::Shared(items.into_iter().collect())
    }
}
