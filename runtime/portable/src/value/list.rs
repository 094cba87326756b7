//! Lists: constants, or shared and mutable.

use crate::{Rom, Value};
#[cfg(feature = "alloc")]
use alloc::{rc::Rc, vec::Vec};
#[cfg(feature = "alloc")]
use core::cell::RefCell;

/// A list. Clones of a shared one are the same list.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum List<'vm> {
    /// In read-only memory: nothing can be stored in it.
    Rom(&'static [Rom]),
    /// Made at run time.
    #[cfg(feature = "alloc")]
    Shared(Rc<RefCell<Vec<Value<'vm>>>>),
    /// Lent by the interpreter: nothing can be stored in it.
    Borrowed(&'vm [Value<'vm>]),
}

impl<'vm> List<'vm> {
    /// How many items there are.
    pub fn len(&self) -> usize {
        match self {
            List::Rom(items) => items.len(),
            #[cfg(feature = "alloc")]
            List::Shared(items) => items.borrow().len(),
            List::Borrowed(items) => items.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// An item.
    pub fn get(&self, index: usize) -> Option<Value<'vm>> {
        match self {
            List::Rom(items) => items.get(index).map(Rom::value),
            #[cfg(feature = "alloc")]
            List::Shared(items) => items.borrow().get(index).cloned(),
            List::Borrowed(items) => items.get(index).cloned(),
        }
    }

    /// All items. A list that changes meanwhile does no harm: the index counts
    /// on, as in Python.
    pub fn iter(&self) -> impl Iterator<Item = Value<'vm>> + '_ {
        let mut index = 0;
        core::iter::from_fn(move || {
            let item = self.get(index)?;
            index += 1;
            Some(item)
        })
    }
}

impl PartialEq for List<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

#[cfg(feature = "alloc")]
impl<'vm> FromIterator<Value<'vm>> for List<'vm> {
    fn from_iter<I: IntoIterator<Item = Value<'vm>>>(items: I) -> Self {
        List::Shared(Rc::new(RefCell::new(items.into_iter().collect())))
    }
}
