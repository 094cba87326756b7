//! The functions a module may have beside its table.

use crate::{Cx, Host, Qstr};

/// What a script wants of an attribute that no table answers.
#[derive(Debug)]
pub enum Access<'v, V> {
    /// Read it.
    Load,
    /// Give it this value.
    Store(&'v V),
    /// Delete it.
    Delete,
}

// Not derived: a reference can be copied whatever it refers to.
impl<V> Clone for Access<'_, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V> Copy for Access<'_, V> {}

/// A delegation hook's answer.
///
/// The third answer, failing, is the hook's `Err`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim<V> {
    /// The name is not the hook's; whoever comes next is asked.
    Declined,
    /// The value of a load.
    Value(V),
    /// A store or delete was carried out.
    Done,
}

impl<V> Claim<V> {
    /// The value of a load, if it was one.
    pub fn value(self) -> Option<V> {
        match self {
            Claim::Value(value) => Some(value),
            Claim::Declined | Claim::Done => None,
        }
    }

    /// Whether the hook took the name.
    pub fn is_claimed(&self) -> bool {
        !matches!(self, Claim::Declined)
    }
}

/// Runs once per interpreter at the first import, or at the end
/// (`__init__`, `__deinit__`).
pub type InitHook<H> =
    for<'a, 'b, 'vm> fn(&'a mut Cx<'b, 'vm, H>) -> Result<(), <H as Host>::Error>;

/// Delegation: MicroPython's `MP_REGISTER_MODULE_DELEGATION` with an answer.
pub type AttrHook<H> =
    for<'a, 'b, 'vm, 'v> fn(
        &'a mut Cx<'b, 'vm, H>,
        Qstr,
        Access<'v, <H as Host>::Value<'vm>>,
    ) -> Result<Claim<<H as Host>::Value<'vm>>, <H as Host>::Error>;

/// `__getattr__` (PEP 562): asked last; `None` becomes an AttributeError.
pub type GetattrHook<H> =
    for<'a, 'b, 'vm> fn(
        &'a mut Cx<'b, 'vm, H>,
        Qstr,
    ) -> Result<Option<<H as Host>::Value<'vm>>, <H as Host>::Error>;

/// Hands every name that the delegation hook or `__getattr__` answers to the
/// function it is given.
pub type DirHook<H> = for<'a, 'b, 'vm, 'f> fn(
    &'a mut Cx<'b, 'vm, H>,
    &'f mut dyn FnMut(Qstr),
) -> Result<(), <H as Host>::Error>;
