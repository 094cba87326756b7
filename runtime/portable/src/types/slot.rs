//! What a type can do beside its methods.

use crate::types::{Binary, Object, Type, Unary};
use crate::{Args, Error, Portable, Style, Value};
use core::any::Any;
use core::fmt;
use enroll::{Access, Claim, Cx};

/// One capability of a native type: a tag and a function pointer.
///
/// Each is handed the context and the instance, `this`.
#[non_exhaustive]
pub enum Slot {
    /// The type it derives from, whose slots and methods it has too.
    Parent(&'static Type),
    /// Constructs an instance, when a script calls the type. The type that is
    /// handed on may be a derived one.
    New(NewSlot),
    /// The least and the most arguments by position that [`Slot::New`] takes. An
    /// interpreter that finds a function by the number of its arguments, as Rhai
    /// does, keeps one for each; without it, it keeps one for up to 8.
    Arity(u8, u8),
    /// Calls an instance.
    Call(CallSlot),
    /// Writes an instance, for `str`, `repr` and printing.
    Print(PrintSlot),
    /// Unary operators; `None` for one it does not have.
    Unary(UnarySlot),
    /// Binary operators; `None` for one it does not have.
    Binary(BinarySlot),
    /// Attributes that are no methods: fields, computed ones. Asked first.
    Attr(AttrSlot),
    /// Items: `this[index]`.
    Subscript(SubscriptSlot),
    /// An iterator over the instance.
    Iter(IterSlot),
    /// The next item of an iterator; `None` at its end. A type with it is its
    /// own iterator unless it has [`Slot::Iter`] too.
    Next(NextSlot),
    /// How many items it has.
    Len(LenSlot),
    /// `this == other`; without it, instances are equal where they are the same.
    Equal(EqualSlot),
    /// A hash that equal values share; without it, and with [`Slot::Equal`], an
    /// instance cannot be a key.
    Hash(HashSlot),
    /// Lends the instance's bytes.
    Buffer(BufferSlot),
    /// Runs when the last reference to an instance is gone, before the payload
    /// itself is dropped. It has no context: an interpreter may be gone by then.
    Drop(DropSlot),
}

/// See [`Slot::New`].
pub type NewSlot = for<'a, 'b, 'vm, 'x> fn(
    &'a mut Cx<'b, 'vm, Portable>,
    &'static Type,
    Args<'x, 'vm>,
) -> Result<Value<'vm>, Error>;

/// See [`Slot::Call`].
pub type CallSlot = for<'a, 'b, 'vm, 'x> fn(
    &'a mut Cx<'b, 'vm, Portable>,
    &'x Object<'vm>,
    Args<'x, 'vm>,
) -> Result<Value<'vm>, Error>;

/// See [`Slot::Print`].
pub type PrintSlot = for<'a, 'b, 'vm, 'x> fn(
    &'a mut Cx<'b, 'vm, Portable>,
    &'x Object<'vm>,
    Style,
    &'x mut dyn fmt::Write,
) -> Result<(), Error>;

/// See [`Slot::Unary`].
pub type UnarySlot = for<'a, 'b, 'vm, 'x> fn(
    &'a mut Cx<'b, 'vm, Portable>,
    &'x Object<'vm>,
    Unary,
) -> Result<Option<Value<'vm>>, Error>;

/// See [`Slot::Binary`]. With `reversed`, the instance is the right operand.
pub type BinarySlot = for<'a, 'b, 'vm, 'x> fn(
    &'a mut Cx<'b, 'vm, Portable>,
    &'x Object<'vm>,
    Binary,
    &'x Value<'vm>,
    bool,
) -> Result<Option<Value<'vm>>, Error>;

/// See [`Slot::Attr`].
pub type AttrSlot = for<'a, 'b, 'vm, 'x> fn(
    &'a mut Cx<'b, 'vm, Portable>,
    &'x Object<'vm>,
    &'x str,
    Access<'x, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error>;

/// See [`Slot::Subscript`].
pub type SubscriptSlot = for<'a, 'b, 'vm, 'x> fn(
    &'a mut Cx<'b, 'vm, Portable>,
    &'x Object<'vm>,
    &'x Value<'vm>,
    Access<'x, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error>;

/// See [`Slot::Iter`].
pub type IterSlot = for<'a, 'b, 'vm, 'x> fn(
    &'a mut Cx<'b, 'vm, Portable>,
    &'x Object<'vm>,
) -> Result<Value<'vm>, Error>;

/// See [`Slot::Next`].
pub type NextSlot = for<'a, 'b, 'vm, 'x> fn(
    &'a mut Cx<'b, 'vm, Portable>,
    &'x Object<'vm>,
) -> Result<Option<Value<'vm>>, Error>;

/// See [`Slot::Len`].
pub type LenSlot =
    for<'a, 'b, 'vm, 'x> fn(&'a mut Cx<'b, 'vm, Portable>, &'x Object<'vm>) -> Result<usize, Error>;

/// See [`Slot::Equal`].
pub type EqualSlot = for<'a, 'b, 'vm, 'x> fn(
    &'a mut Cx<'b, 'vm, Portable>,
    &'x Object<'vm>,
    &'x Value<'vm>,
) -> Result<bool, Error>;

/// See [`Slot::Hash`].
pub type HashSlot =
    for<'a, 'b, 'vm, 'x> fn(&'a mut Cx<'b, 'vm, Portable>, &'x Object<'vm>) -> Result<u64, Error>;

/// See [`Slot::Buffer`]. The function is to be called once.
pub type BufferSlot = for<'a, 'b, 'vm, 'x> fn(
    &'a mut Cx<'b, 'vm, Portable>,
    &'x Object<'vm>,
    &'x mut dyn FnMut(&mut [u8]),
) -> Result<(), Error>;

/// See [`Slot::Drop`].
pub type DropSlot = fn(&mut dyn Any);
