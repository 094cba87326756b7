//! From what a Rust function returns to a script's value.

use crate::{Bytes, Dict, Error, Function, Kind, List, Rom, Str, Tuple, Value};
#[cfg(feature = "alloc")]
use crate::{Object, Type};
#[cfg(feature = "alloc")]
use alloc::{string::String, vec::Vec};

/// A Rust value that becomes a script's.
///
/// With `alloc`, a `&str` or `&[u8]` is copied; return a [`Str`] or a `Value`
/// to lend one that lives as long as the interpreter, a constant above all.
/// Without, it must live that long.
#[diagnostic::on_unimplemented(
    message = "a native function cannot return `{Self}`",
    note = "return a number, `bool`, text, `Value`, `()`, or an `Option` or `Result<_, Error>` of one of them"
)]
pub trait IntoValue<'vm> {
    /// Converts it.
    ///
    /// # Errors
    ///
    /// `OverflowError` for an integer that a script cannot hold.
    fn into_value(self) -> Result<Value<'vm>, Error>;
}

/// What a native function may return: a value, or a `Result` of one.
#[diagnostic::on_unimplemented(
    message = "a native function cannot return `{Self}`",
    note = "return a number, `bool`, text, `Value`, `()`, or an `Option` or `Result<_, Error>` of one of them"
)]
pub trait IntoResult<'vm> {
    /// Converts it.
    ///
    /// # Errors
    ///
    /// The function's own, and those of [`IntoValue::into_value`].
    fn into_result(self) -> Result<Value<'vm>, Error>;
}

impl<'vm, T: IntoValue<'vm>> IntoResult<'vm> for T {
    #[inline]
    fn into_result(self) -> Result<Value<'vm>, Error> {
        self.into_value()
    }
}

impl<'vm, T: IntoValue<'vm>, E: Into<Error>> IntoResult<'vm> for Result<T, E> {
    #[inline]
    fn into_result(self) -> Result<Value<'vm>, Error> {
        match self {
            Ok(value) => value.into_value(),
            Err(error) => Err(error.into()),
        }
    }
}

macro_rules! infallible {
    ($($type:ty)*) => {$(
        impl<'vm> IntoValue<'vm> for $type {
            #[inline]
            fn into_value(self) -> Result<Value<'vm>, Error> {
                Ok(self.into())
            }
        }
    )*};
}

infallible! {
    () bool i8 i16 i32 i64 u8 u16 u32 f32 f64
    Str<'vm> Bytes<'vm> Function &'static Rom
}

impl<'vm> IntoValue<'vm> for Value<'vm> {
    #[inline]
    fn into_value(self) -> Result<Value<'vm>, Error> {
        Ok(self)
    }
}

macro_rules! too_wide {
    ($($int:ty)*) => {$(
        impl<'vm> IntoValue<'vm> for $int {
            #[inline]
            fn into_value(self) -> Result<Value<'vm>, Error> {
                match i64::try_from(self) {
                    Ok(int) => Ok(Value::Int(int)),
                    Err(_) => Err(Error::new(
                        Kind::OverflowError,
                        "the result does not fit a 64-bit integer",
                    )),
                }
            }
        }
    )*};
}

too_wide!(u64 usize isize i128 u128);

impl<'vm, T: IntoValue<'vm>> IntoValue<'vm> for Option<T> {
    #[inline]
    fn into_value(self) -> Result<Value<'vm>, Error> {
        match self {
            Some(value) => value.into_value(),
            None => Ok(Value::None),
        }
    }
}

#[cfg(not(feature = "alloc"))]
impl<'vm, 'text: 'vm> IntoValue<'vm> for &'text str {
    fn into_value(self) -> Result<Value<'vm>, Error> {
        Ok(Value::Str(Str::Borrowed(self)))
    }
}

#[cfg(not(feature = "alloc"))]
impl<'vm, 'bytes: 'vm> IntoValue<'vm> for &'bytes [u8] {
    fn into_value(self) -> Result<Value<'vm>, Error> {
        Ok(Value::Bytes(Bytes::Borrowed(self)))
    }
}

#[cfg(feature = "alloc")]
impl<'vm> IntoValue<'vm> for &str {
    fn into_value(self) -> Result<Value<'vm>, Error> {
        Ok(Value::Str(Str::copied(self)))
    }
}

#[cfg(feature = "alloc")]
impl<'vm> IntoValue<'vm> for &[u8] {
    fn into_value(self) -> Result<Value<'vm>, Error> {
        Ok(Value::Bytes(Bytes::copied(self)))
    }
}

impl<'vm> IntoValue<'vm> for Tuple<'vm> {
    fn into_value(self) -> Result<Value<'vm>, Error> {
        Ok(Value::Tuple(self))
    }
}

impl<'vm> IntoValue<'vm> for List<'vm> {
    fn into_value(self) -> Result<Value<'vm>, Error> {
        Ok(Value::List(self))
    }
}

impl<'vm> IntoValue<'vm> for Dict<'vm> {
    fn into_value(self) -> Result<Value<'vm>, Error> {
        Ok(Value::Dict(self))
    }
}

#[cfg(feature = "alloc")]
infallible!(String Object<'vm> &'static Type);

/// A list.
#[cfg(feature = "alloc")]
impl<'vm, T: IntoValue<'vm>> IntoValue<'vm> for Vec<T> {
    fn into_value(self) -> Result<Value<'vm>, Error> {
        let items: Result<List<'vm>, Error> = self.into_iter().map(T::into_value).collect();
        Ok(Value::List(items?))
    }
}

macro_rules! tuple {
    ($($name:ident)*) => {
        /// A tuple.
        #[cfg(feature = "alloc")]
        impl<'vm, $($name: IntoValue<'vm>),*> IntoValue<'vm> for ($($name,)*) {
            fn into_value(self) -> Result<Value<'vm>, Error> {
                #[allow(non_snake_case, reason = "a type parameter names its value")]
                let ($($name,)*) = self;
                let items = [$($name.into_value()?),*];
                Ok(Value::Tuple(items.into_iter().collect()))
            }
        }
    };
}

tuple!(A);
tuple!(A B);
tuple!(A B C);
tuple!(A B C D);
