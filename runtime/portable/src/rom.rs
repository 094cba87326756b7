//! Constants of a module's table.

use crate::Function;
#[cfg(feature = "alloc")]
use crate::Type;
use crate::{Dict, List, Tuple, Value};

/// What an entry of a module may be: a constant in read-only memory.
///
/// It takes 24 bytes on a 64-bit machine and 16 on a 32-bit one; what it refers
/// to lies beside it.
///
/// ```
/// use enroll_portable::Rom;
///
/// static CODES: [(Rom, Rom); 2] = [
///     (Rom::Int(1), Rom::Str("EPERM")),
///     (Rom::Int(2), Rom::Str("ENOENT")),
/// ];
/// static ERRORCODE: Rom = Rom::Dict(&CODES);
/// assert_eq!(ERRORCODE.value().type_name(), "dict");
/// ```
#[derive(Clone, Copy, Debug)]
pub enum Rom {
    /// `None`.
    None,
    /// `True` or `False`.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A floating-point number.
    Float(f64),
    /// A text.
    Str(&'static str),
    /// Bytes.
    Bytes(&'static [u8]),
    /// A tuple.
    Tuple(&'static [Rom]),
    /// A list. Nothing can be stored in it, since it is read-only memory.
    List(&'static [Rom]),
    /// A dictionary, as pairs of key and value. Nothing can be stored in it.
    Dict(&'static [(Rom, Rom)]),
    /// A function, from [`function!`](crate::function!).
    Function(Function),
    /// A native type.
    #[cfg(feature = "alloc")]
    Type(&'static Type),
}

const _: () = assert!(size_of::<Rom>() <= 8 + 2 * size_of::<usize>());

impl Rom {
    /// The live value: nothing is copied and nothing allocated.
    #[inline]
    pub const fn value<'vm>(&self) -> Value<'vm> {
        match *self {
            Rom::None => Value::None,
            Rom::Bool(bool) => Value::Bool(bool),
            Rom::Int(int) => Value::Int(int),
            Rom::Float(float) => Value::Float(float),
            Rom::Str(text) => Value::Str(crate::Str::Borrowed(text)),
            Rom::Bytes(bytes) => Value::Bytes(crate::Bytes::Borrowed(bytes)),
            Rom::Tuple(items) => Value::Tuple(Tuple::Rom(items)),
            Rom::List(items) => Value::List(List::Rom(items)),
            Rom::Dict(pairs) => Value::Dict(Dict::Rom(pairs)),
            Rom::Function(function) => Value::Function(function),
            #[cfg(feature = "alloc")]
            Rom::Type(ty) => Value::Type(ty),
        }
    }
}
