//! What a running script holds, as a portable module sees it.

mod dict;
mod list;
mod text;
mod tuple;

pub use dict::Dict;
pub use list::List;
pub use text::{Bytes, Str};
pub use tuple::Tuple;

use crate::error::Message;
#[cfg(feature = "alloc")]
use crate::{Bound, Foreign, Object, Type};
use crate::{Error, Function, Kind, Rom};
use enroll::ModuleId;

/// A value of a running script.
///
/// Cloning is cheap: it copies a few words and counts a reference at most.
/// What exists at run time only, beyond numbers and borrowed text, needs the
/// feature `alloc`.
///
/// `==` compares structure and never calls into an interpreter: objects and
/// foreign values are equal where they are the same one, and `Int(1)` is not
/// `Float(1.0)`. It is for tests and constants: of two lists that hold
/// themselves it does not end. A script's `==` is
/// [`Operate::equal`](crate::Operate::equal), which does.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum Value<'vm> {
    /// `None`.
    #[default]
    None,
    /// `True` or `False`.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A floating-point number.
    Float(f64),
    /// A text.
    Str(Str<'vm>),
    /// Bytes.
    Bytes(Bytes<'vm>),
    /// A tuple.
    Tuple(Tuple<'vm>),
    /// A list.
    List(List<'vm>),
    /// A dictionary.
    Dict(Dict<'vm>),
    /// A native function.
    Function(Function),
    /// A builtin module of the firmware's table.
    Module(ModuleId),
    /// A native type.
    #[cfg(feature = "alloc")]
    Type(&'static Type),
    /// An instance of a native type.
    #[cfg(feature = "alloc")]
    Object(Object<'vm>),
    /// A native function with its first argument.
    #[cfg(feature = "alloc")]
    Bound(Bound<'vm>),
    /// A value that the adopting interpreter alone understands.
    #[cfg(feature = "alloc")]
    Foreign(Foreign),
}

impl<'vm> Value<'vm> {
    /// The type's name as a script knows it: `int`, `str`, `module`, ….
    pub fn type_name(&self) -> &'static str {
        match self {
            Value::None => "NoneType",
            Value::Bool(_) => "bool",
            Value::Int(_) => "int",
            Value::Float(_) => "float",
            Value::Str(_) => "str",
            Value::Bytes(_) => "bytes",
            Value::Tuple(_) => "tuple",
            Value::List(_) => "list",
            Value::Dict(_) => "dict",
            Value::Function(_) => "function",
            Value::Module(_) => "module",
            #[cfg(feature = "alloc")]
            Value::Type(_) => "type",
            #[cfg(feature = "alloc")]
            Value::Object(object) => object.type_of().name(),
            #[cfg(feature = "alloc")]
            Value::Bound(_) => "method",
            #[cfg(feature = "alloc")]
            Value::Foreign(foreign) => foreign.type_name(),
        }
    }

    /// Whether it is `None`.
    pub fn is_none(&self) -> bool {
        matches!(self, Value::None)
    }

    /// The text of a `str`.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The bytes of a `bytes`.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Value::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// An `int`, or a `bool` as 0 or 1.
    pub fn as_int(&self) -> Option<i64> {
        match *self {
            Value::Int(int) => Some(int),
            Value::Bool(bool) => Some(bool.into()),
            _ => None,
        }
    }

    /// A `float`, or an `int` or `bool` as one.
    pub fn as_float(&self) -> Option<f64> {
        match *self {
            Value::Float(float) => Some(float),
            // A script's float is 53 bits wide; so is this conversion in
            // Python, which rounds as `as` does.
            _ => self.as_int().map(|int| int as f64),
        }
    }

    /// As an index into a sequence of that length: negative ones count from the
    /// end.
    ///
    /// # Errors
    ///
    /// TypeError where it is no `int`, IndexError where it is out of range.
    ///
    /// ```
    /// use enroll_portable::Value;
    ///
    /// assert_eq!(Value::Int(-1).as_index(3).ok(), Some(2));
    /// assert!(Value::Int(3).as_index(3).is_err());
    /// ```
    pub fn as_index(&self, len: usize) -> Result<usize, Error> {
        let Some(index) = self.as_int() else {
            return Err(Error::of(
                Kind::TypeError,
                Message::Unsupported {
                    what: "cannot be an index: an int is needed",
                    found: self.type_name(),
                },
            ));
        };
        let distance = usize::try_from(index.unsigned_abs()).ok();
        let position = match index < 0 {
            true => distance.and_then(|back| len.checked_sub(back)),
            false => distance,
        };
        position
            .filter(|&position| position < len)
            .ok_or(Error::new(Kind::IndexError, "index out of range"))
    }

    /// The instance, if it is one of a native type.
    #[cfg(feature = "alloc")]
    pub fn as_object(&self) -> Option<&Object<'vm>> {
        match self {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }
}

macro_rules! from_number {
    ($($int:ty)* => $variant:ident) => {$(
        impl From<$int> for Value<'_> {
            fn from(number: $int) -> Self {
                Value::$variant(number.into())
            }
        }
    )*};
}

from_number!(i8 i16 i32 i64 u8 u16 u32 => Int);
from_number!(f32 f64 => Float);
from_number!(bool => Bool);

impl From<()> for Value<'_> {
    fn from((): ()) -> Self {
        Value::None
    }
}

impl<'vm> From<&'vm str> for Value<'vm> {
    fn from(text: &'vm str) -> Self {
        Value::Str(Str::Borrowed(text))
    }
}

impl<'vm> From<&'vm [u8]> for Value<'vm> {
    fn from(bytes: &'vm [u8]) -> Self {
        Value::Bytes(Bytes::Borrowed(bytes))
    }
}

impl<'vm> From<Str<'vm>> for Value<'vm> {
    fn from(text: Str<'vm>) -> Self {
        Value::Str(text)
    }
}

impl<'vm> From<Bytes<'vm>> for Value<'vm> {
    fn from(bytes: Bytes<'vm>) -> Self {
        Value::Bytes(bytes)
    }
}

impl From<&'static Rom> for Value<'_> {
    fn from(rom: &'static Rom) -> Self {
        rom.value()
    }
}

impl From<Function> for Value<'_> {
    fn from(function: Function) -> Self {
        Value::Function(function)
    }
}

impl<'vm, T: Into<Value<'vm>>> From<Option<T>> for Value<'vm> {
    fn from(option: Option<T>) -> Self {
        option.map_or(Value::None, Into::into)
    }
}

#[cfg(feature = "alloc")]
mod shared {
    use super::*;
    use alloc::string::String;
    use alloc::vec::Vec;

    impl From<String> for Value<'_> {
        fn from(text: String) -> Self {
            Value::Str(text.into())
        }
    }

    impl<'vm, T: Into<Value<'vm>>> From<Vec<T>> for Value<'vm> {
        /// A list.
        fn from(items: Vec<T>) -> Self {
            Value::List(items.into_iter().map(Into::into).collect())
        }
    }

    impl<'vm> From<Tuple<'vm>> for Value<'vm> {
        fn from(tuple: Tuple<'vm>) -> Self {
            Value::Tuple(tuple)
        }
    }

    impl<'vm> From<List<'vm>> for Value<'vm> {
        fn from(list: List<'vm>) -> Self {
            Value::List(list)
        }
    }

    impl<'vm> From<Dict<'vm>> for Value<'vm> {
        fn from(dict: Dict<'vm>) -> Self {
            Value::Dict(dict)
        }
    }

    impl<'vm> From<Object<'vm>> for Value<'vm> {
        fn from(object: Object<'vm>) -> Self {
            Value::Object(object)
        }
    }

    impl From<&'static Type> for Value<'_> {
        fn from(ty: &'static Type) -> Self {
            Value::Type(ty)
        }
    }
}
