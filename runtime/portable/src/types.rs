//! Native types as constant tables of the slots they have.

mod object;
mod operator;
mod slot;

pub use object::{Bound, Foreign, Object};
pub use operator::{Binary, Unary};
pub use slot::{
    AttrSlot, BinarySlot, BufferSlot, CallSlot, DropSlot, EqualSlot, HashSlot, IterSlot, LenSlot,
    NewSlot, NextSlot, PrintSlot, Slot, SubscriptSlot, UnarySlot,
};

use crate::Function;
use core::fmt;

/// A native type: a name, methods, and only the slots it has, all of it
/// constant (MicroPython's `mp_obj_type_t`).
///
/// Eight words for the type, two for each slot, four for each method: six slots
/// and no method are 160 bytes on a 64-bit machine, 80 on a 32-bit one.
///
/// ```
/// use enroll_portable::prelude::*;
///
/// /// What an instance holds beside values.
/// struct Count(i64);
///
/// static COUNTER: Type = Type::new("Counter", "Counts what it is called for.")
///     .slots(&[Slot::New(new), Slot::Len(len)])
///     .methods(&[("add", function!(add(this, by = 1)))]);
///
/// fn new<'vm>(_: &mut Cx<'_, 'vm, Portable>, ty: &'static Type, _: Args<'_, 'vm>)
///     -> Result<Value<'vm>, Error> {
///     Ok(Object::new(ty, Count(0)).into())
/// }
/// fn add(this: &Object<'_>, by: i64) -> Result<i64, Error> {
///     let mut count = this.borrow_mut::<Count>()?;
///     count.0 += by;
///     Ok(count.0)
/// }
/// fn len<'vm>(_: &mut Cx<'_, 'vm, Portable>, this: &Object<'vm>) -> Result<usize, Error> {
///     Ok(this.borrow::<Count>()?.0 as usize)
/// }
/// assert!(COUNTER.method("add").is_some());
/// ```
pub struct Type {
    name: &'static str,
    doc: &'static str,
    methods: &'static [(&'static str, Function)],
    slots: &'static [Slot],
}

impl Type {
    /// A type without slots and methods.
    pub const fn new(name: &'static str, doc: &'static str) -> Type {
        Type {
            name,
            doc,
            methods: &[],
            slots: &[],
        }
    }

    /// With these slots: one of a kind.
    #[must_use]
    pub const fn slots(self, slots: &'static [Slot]) -> Type {
        Type { slots, ..self }
    }

    /// With these methods. The first parameter of each is the instance.
    #[must_use]
    pub const fn methods(self, methods: &'static [(&'static str, Function)]) -> Type {
        Type { methods, ..self }
    }

    /// Its name.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Its documentation; empty where there is none.
    pub const fn doc(&self) -> &'static str {
        self.doc
    }

    /// The type it derives from.
    pub fn parent(&'static self) -> Option<&'static Type> {
        self.slots.iter().find_map(|slot| match slot {
            Slot::Parent(parent) => Some(*parent),
            _ => None,
        })
    }

    /// The type, its parent, and so on.
    pub fn ancestry(&'static self) -> impl Iterator<Item = &'static Type> {
        core::iter::successors(Some(self), |ty| ty.parent())
    }

    /// Whether it is `other` or derives from it. A type is its address: two
    /// statics of one name are two types.
    pub fn is(&'static self, other: &'static Type) -> bool {
        self.ancestry().any(|ty| core::ptr::eq(ty, other))
    }

    /// How many arguments by position its constructor takes, where it says so
    /// ([`Slot::Arity`]).
    ///
    /// ```
    /// # use enroll_portable::{Slot, Type};
    /// static POINT: Type = Type::new("Point", "").slots(&[Slot::Arity(2, 3)]);
    /// static PIXEL: Type = Type::new("Pixel", "").slots(&[Slot::Parent(&POINT)]);
    /// assert_eq!((POINT.arity(), PIXEL.arity()), (Some((2, 3)), Some((2, 3))));
    /// ```
    pub fn arity(&'static self) -> Option<(u8, u8)> {
        self.slot(|slot| match slot {
            Slot::Arity(least, most) => Some((*least, *most)),
            _ => None,
        })
    }

    /// A method, its own or inherited. Linear in the number of methods.
    pub fn method(&'static self, name: &str) -> Option<Function> {
        self.ancestry().find_map(|ty| {
            ty.methods
                .iter()
                .find_map(|(known, function)| (*known == name).then_some(*function))
        })
    }

    /// The names of its methods, its own first.
    pub fn method_names(&'static self) -> impl Iterator<Item = &'static str> {
        self.ancestry()
            .flat_map(|ty| ty.methods.iter().map(|(name, _)| *name))
    }

    /// What `pick` makes of the first slot it takes, its own slots first, then
    /// those it inherits. For an adopting interpreter, to know which there are.
    ///
    /// ```
    /// # use enroll_portable::prelude::*;
    /// static EMPTY: Type = Type::new("empty", "");
    /// let has_len = |ty: &'static Type| ty.slot(|slot| matches!(slot, Slot::Len(_)).then_some(()));
    /// assert!(has_len(&EMPTY).is_none());
    /// ```
    #[inline]
    pub fn slot<F>(&'static self, mut pick: impl FnMut(&Slot) -> Option<F>) -> Option<F> {
        self.ancestry()
            .find_map(|ty| ty.slots.iter().find_map(&mut pick))
    }
}

impl fmt::Debug for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<type {}>", self.name)
    }
}

/// The same static.
impl PartialEq for Type {
    fn eq(&self, other: &Type) -> bool {
        core::ptr::eq(self, other)
    }
}

impl Eq for Type {}
