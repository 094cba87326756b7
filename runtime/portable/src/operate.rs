//! What a portable function does with values and with its module's state.

mod buffer;
mod compare;
mod context;
mod depth;
mod hash;
mod item;
mod write;

#[cfg(feature = "alloc")]
mod attribute;
#[cfg(feature = "alloc")]
mod iterate;
#[cfg(feature = "alloc")]
mod shape;

use crate::error::Message;
use crate::{Args, Error, Kind, Style, Value};
#[cfg(feature = "alloc")]
use alloc::{string::String, vec::Vec};
use core::fmt;
use core::time::Duration;
use enroll::{Access, Claim, Qstr};

/// The operations of a script, on any value, and the state of the module.
///
/// Portable values are handled here; a foreign one goes to the interpreter
/// ([`Vm`](crate::Vm)). It is implemented for `Cx<'_, 'vm, Portable>`.
pub trait Operate<'vm> {
    /// `n` words that the module of this call keeps under a name of its own,
    /// zero at first.
    ///
    /// # Errors
    ///
    /// RuntimeError outside a module, MemoryError where there is no room.
    fn words(&mut self, name: Qstr, n: usize) -> Result<&mut [u32], Error>;

    /// The value of a delegated attribute of the module of this call, nothing
    /// at first.
    ///
    /// # Errors
    ///
    /// RuntimeError outside a module, MemoryError where there is no room.
    fn slot(&mut self, name: Qstr) -> Result<&mut Option<Value<'vm>>, Error>;

    /// Answers an attribute hook for the names that have a slot: loads what was
    /// stored, and a deleted one reads as missing (MicroPython's
    /// `mp_module_generic_attr`).
    ///
    /// # Errors
    ///
    /// As [`slot`](Operate::slot).
    fn delegate(
        &mut self,
        names: &[Qstr],
        name: Qstr,
        access: Access<'_, Value<'vm>>,
    ) -> Result<Claim<Value<'vm>>, Error>;

    /// The module's state of a type, its default at first.
    ///
    /// # Errors
    ///
    /// RuntimeError outside a module, MemoryError where there is no room.
    #[cfg(feature = "alloc")]
    fn state<T: Default + 'static>(&mut self) -> Result<&mut T, Error>;

    /// Calls a function, method, type, or anything the interpreter can call.
    ///
    /// # Errors
    ///
    /// TypeError where it cannot be called, and what the callee fails with.
    fn call(&mut self, callee: &Value<'vm>, args: Args<'_, 'vm>) -> Result<Value<'vm>, Error>;

    /// `object[index]`.
    ///
    /// # Errors
    ///
    /// IndexError, KeyError; TypeError where the object has no items.
    fn item(&mut self, object: &Value<'vm>, index: &Value<'vm>) -> Result<Value<'vm>, Error>;

    /// `object[index] = value`, or `del object[index]`, or the item.
    ///
    /// # Errors
    ///
    /// As [`item`](Operate::item), TypeError also for what cannot change.
    fn subscript(
        &mut self,
        object: &Value<'vm>,
        index: &Value<'vm>,
        access: Access<'_, Value<'vm>>,
    ) -> Result<Claim<Value<'vm>>, Error>;

    /// `len(object)`.
    ///
    /// # Errors
    ///
    /// TypeError where it has no length.
    fn len(&mut self, object: &Value<'vm>) -> Result<usize, Error>;

    /// `left == right`, as a script has it: `1 == 1.0 == True`.
    ///
    /// # Errors
    ///
    /// What a type's or the interpreter's comparison fails with.
    fn equal(&mut self, left: &Value<'vm>, right: &Value<'vm>) -> Result<bool, Error>;

    /// A hash that equal values share, whatever their type; it is the same on
    /// every machine.
    ///
    /// # Errors
    ///
    /// TypeError for what can change, or has an equality of its own and no hash.
    fn hash(&mut self, value: &Value<'vm>) -> Result<u64, Error>;

    /// Lends the bytes of an object with a buffer, to read and to change: a
    /// native type's [`Slot::Buffer`](crate::Slot::Buffer), or a mutable buffer of
    /// the interpreter. `None` where it has none.
    ///
    /// # Errors
    ///
    /// What the type's slot or the interpreter fails with.
    #[cfg(feature = "alloc")]
    fn buffer<R>(
        &mut self,
        object: &Value<'vm>,
        run: impl FnOnce(&mut [u8]) -> R,
    ) -> Result<Option<R>, Error>;

    /// Lends the bytes of anything that is bytes, to read: a `bytes`, an object
    /// with a buffer, and a `str`, which is its UTF-8.
    ///
    /// A function that hashes or sends bytes takes a `&Value` and asks here. An
    /// interpreter with one type for both, as Lua has, gives a `str` where the
    /// bytes happen to be UTF-8, so a parameter of type `&[u8]` would refuse them;
    /// MicroPython's buffer protocol has texts as well.
    ///
    /// ```
    /// use enroll_portable::prelude::*;
    ///
    /// fn sum<'vm>(cx: &mut Cx<'_, 'vm, Portable>, data: &Value<'vm>) -> Result<u64, Error> {
    ///     cx.bytes(data, |bytes| bytes.iter().map(|&byte| u64::from(byte)).sum())
    /// }
    /// # struct Small;
    /// # impl enroll_portable::Vm<'_> for Small {}
    /// # let mut small = Small;
    /// # let cx = &mut Portable::cx(&mut small);
    /// assert_eq!(sum(cx, &"ab".into()).ok(), Some(195));
    /// assert_eq!(sum(cx, &b"ab"[..].into()).ok(), Some(195));
    /// assert!(sum(cx, &1.into()).is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// TypeError where it is none of these, and what the type's slot or the
    /// interpreter fails with.
    fn bytes<R>(&mut self, object: &Value<'vm>, run: impl FnOnce(&[u8]) -> R) -> Result<R, Error>;

    /// The time of a clock that never goes back, since a start of the
    /// interpreter's choice.
    ///
    /// # Errors
    ///
    /// NotImplementedError where there is none. A module that is nothing without
    /// a clock says `requires: ["clock"]`.
    fn monotonic(&mut self) -> Result<Duration, Error>;

    /// The time since the beginning of 1970, UTC.
    ///
    /// # Errors
    ///
    /// NotImplementedError where nobody knows.
    fn unix_time(&mut self) -> Result<Duration, Error>;

    /// Waits.
    ///
    /// # Errors
    ///
    /// NotImplementedError where there is no clock, and what an interpreter
    /// that is interrupted fails with.
    fn sleep(&mut self, time: Duration) -> Result<(), Error>;

    /// Whether a condition of this value holds.
    ///
    /// # Errors
    ///
    /// What a type's own answer fails with.
    fn truth(&mut self, value: &Value<'vm>) -> Result<bool, Error>;

    /// What a value holds, for a module that takes any value apart, as a
    /// serializer does.
    ///
    /// # Errors
    ///
    /// What the interpreter fails with.
    #[cfg(feature = "alloc")]
    fn shape(&mut self, value: &Value<'vm>) -> Result<crate::Shape<'vm>, Error>;

    /// Makes of a list, dictionary or tuple what it would be if this function
    /// returned it: the interpreter's own, and not one of this module that scripts
    /// see from outside. For what is made to be handed to a callback: an argument
    /// is still held by the caller.
    ///
    /// # Errors
    ///
    /// What the interpreter fails with.
    #[cfg(feature = "alloc")]
    fn own(&mut self, value: Value<'vm>) -> Result<Value<'vm>, Error>;

    /// A number that no other value has as long as this one lives: whether two
    /// are the same one, or one holds itself. `None` for what has none, a number
    /// or a constant.
    #[cfg(feature = "alloc")]
    fn identity(&mut self, value: &Value<'vm>) -> Option<usize>;

    /// Writes a value as `str` or `repr` does.
    ///
    /// # Errors
    ///
    /// MemoryError where `out` is full, and what a type's own slot fails with.
    fn write(
        &mut self,
        value: &Value<'vm>,
        style: Style,
        out: &mut dyn fmt::Write,
    ) -> Result<(), Error>;

    /// `str(value)` or `repr(value)` as a text.
    ///
    /// # Errors
    ///
    /// As [`write`](Operate::write).
    #[cfg(feature = "alloc")]
    fn text_of(&mut self, value: &Value<'vm>, style: Style) -> Result<String, Error> {
        let mut text = String::new();
        self.write(value, style, &mut text)?;
        Ok(text)
    }

    /// `object.name`, or `None` where there is no such attribute.
    ///
    /// # Errors
    ///
    /// What a slot or the interpreter fails with.
    #[cfg(feature = "alloc")]
    fn find_attr(&mut self, object: &Value<'vm>, name: &str) -> Result<Option<Value<'vm>>, Error>;

    /// `object.name`.
    ///
    /// # Errors
    ///
    /// AttributeError, with both names.
    #[cfg(feature = "alloc")]
    fn attr(&mut self, object: &Value<'vm>, name: &str) -> Result<Value<'vm>, Error>;

    /// `object.name = value`, or `del object.name` where the value is `None`.
    ///
    /// # Errors
    ///
    /// AttributeError, with both names.
    #[cfg(feature = "alloc")]
    fn set_attr(
        &mut self,
        object: &Value<'vm>,
        name: &str,
        value: Option<&Value<'vm>>,
    ) -> Result<(), Error>;

    /// `object.name(args)`, without making the bound method.
    ///
    /// # Errors
    ///
    /// As [`attr`](Operate::attr) and [`call`](Operate::call).
    #[cfg(feature = "alloc")]
    fn call_method(
        &mut self,
        object: &Value<'vm>,
        name: &str,
        args: Args<'_, 'vm>,
    ) -> Result<Value<'vm>, Error>;

    /// `iter(object)`.
    ///
    /// # Errors
    ///
    /// TypeError where it cannot be iterated.
    #[cfg(feature = "alloc")]
    fn iter(&mut self, object: &Value<'vm>) -> Result<Value<'vm>, Error>;

    /// The next item of an iterator; `None` at its end.
    ///
    /// # Errors
    ///
    /// TypeError where it is no iterator, and what it fails with.
    #[cfg(feature = "alloc")]
    fn next(&mut self, iterator: &Value<'vm>) -> Result<Option<Value<'vm>>, Error>;

    /// All items of an iterable, in a vector.
    ///
    /// # Errors
    ///
    /// As [`iter`](Operate::iter) and [`next`](Operate::next).
    #[cfg(feature = "alloc")]
    fn collect(&mut self, object: &Value<'vm>) -> Result<Vec<Value<'vm>>, Error> {
        let iterator = self.iter(object)?;
        let mut items = Vec::new();
        while let Some(item) = self.next(&iterator)? {
            items.push(item);
        }
        Ok(items)
    }

    /// An operator of one operand.
    ///
    /// # Errors
    ///
    /// TypeError where the value has none like it.
    #[cfg(feature = "alloc")]
    fn unary(&mut self, op: crate::types::Unary, value: &Value<'vm>) -> Result<Value<'vm>, Error>;

    /// An operator of two operands, of which one is an instance of a native
    /// type: the left one is asked first, then the right one.
    ///
    /// # Errors
    ///
    /// TypeError where neither answers.
    #[cfg(feature = "alloc")]
    fn binary(
        &mut self,
        op: crate::types::Binary,
        left: &Value<'vm>,
        right: &Value<'vm>,
    ) -> Result<Value<'vm>, Error>;
}

#[cold]
fn unsupported(value: &Value<'_>, what: &'static str) -> Error {
    Error::of(
        Kind::TypeError,
        Message::Unsupported {
            what,
            found: value.type_name(),
        },
    )
}
