//! From a script's value to a Rust type.

#[cfg(feature = "alloc")]
use crate::Object;
use crate::Value;
use crate::{Bytes, Dict, Error, List, Str, Tuple};
#[cfg(feature = "alloc")]
use alloc::{string::String, vec::Vec};

/// A type that a parameter of a native function may have.
///
/// ```
/// use enroll_portable::{FromArgument, Mismatch, Value};
///
/// /// Of a pin: 0 to 29.
/// struct Pin(u8);
///
/// impl<'x, 'vm> FromArgument<'x, 'vm> for Pin {
///     const EXPECTED: &'static str = "a pin's number";
///
///     fn from_argument(value: &'x Value<'vm>) -> Result<Pin, Mismatch> {
///         match value.as_int().ok_or(Mismatch::Type)? {
///             pin @ 0..=29 => Ok(Pin(pin as u8)),
///             value => Err(Mismatch::Range { value, min: 0, max: 29 }),
///         }
///     }
/// }
/// assert!(Pin::from_argument(&Value::Int(30)).is_err());
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a parameter of a native function",
    note = "use an integer, `f64`, `bool`, `&str`, `&[u8]`, `Value`, `Option` of one of them, or implement `FromArgument` for it"
)]
pub trait FromArgument<'x, 'vm>: Sized {
    /// What a message says was expected.
    const EXPECTED: &'static str;

    /// Converts an argument.
    ///
    /// # Errors
    ///
    /// Why it does not fit; the caller knows function and position.
    fn from_argument(value: &'x Value<'vm>) -> Result<Self, Mismatch>;
}

/// Why an argument does not fit.
#[derive(Clone, Debug)]
pub enum Mismatch {
    /// It is of another type: a `TypeError`.
    Type,
    /// It is an integer out of range: an `OverflowError`.
    Range {
        /// The integer.
        value: i64,
        /// The least that fits.
        min: i64,
        /// The greatest that fits.
        max: i64,
    },
    /// Anything else.
    Other(Error),
}

macro_rules! integer {
    ($($int:ty)*) => {$(
        impl<'x, 'vm> FromArgument<'x, 'vm> for $int {
            const EXPECTED: &'static str = "int";

            #[inline]
            fn from_argument(value: &'x Value<'vm>) -> Result<$int, Mismatch> {
                let value = value.as_int().ok_or(Mismatch::Type)?;
                value.try_into().map_err(|_| Mismatch::Range {
                    value,
                    // An end beyond `i64` is no end for a script's integer.
                    min: i64::try_from(<$int>::MIN).unwrap_or(i64::MIN),
                    max: i64::try_from(<$int>::MAX).unwrap_or(i64::MAX),
                })
            }
        }
    )*};
}

integer!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);

macro_rules! argument {
    ($([$($generic:tt)*] $type:ty = $expected:literal, $value:pat => $result:expr;)*) => {$(
        impl<'x, 'vm, $($generic)*> FromArgument<'x, 'vm> for $type {
            const EXPECTED: &'static str = $expected;

            #[inline]
            fn from_argument(value: &'x Value<'vm>) -> Result<Self, Mismatch> {
                match value {
                    $value => $result,
                    #[allow(unreachable_patterns, reason = "`Value` itself is always right")]
                    _ => Err(Mismatch::Type),
                }
            }
        }
    )*};
}

argument! {
    [] bool = "bool", Value::Bool(bool) => Ok(*bool);
    [] f64 = "float", value => value.as_float().ok_or(Mismatch::Type);
    [] f32 = "float", value => value.as_float().map(|float| float as f32).ok_or(Mismatch::Type);
    [] &'x str = "str", Value::Str(text) => Ok(text);
    [] Str<'vm> = "str", Value::Str(text) => Ok(text.clone());
    [] &'x [u8] = "bytes", Value::Bytes(bytes) => Ok(bytes);
    [] Bytes<'vm> = "bytes", Value::Bytes(bytes) => Ok(bytes.clone());
    [] &'x Tuple<'vm> = "tuple", Value::Tuple(tuple) => Ok(tuple);
    [] &'x List<'vm> = "list", Value::List(list) => Ok(list);
    [] &'x Dict<'vm> = "dict", Value::Dict(dict) => Ok(dict);
    [] Value<'vm> = "object", value => Ok(value.clone());
    [] &'x Value<'vm> = "object", value => Ok(value);
}

#[cfg(feature = "alloc")]
argument! {
    [] String = "str", Value::Str(text) => Ok((**text).into());
    [] Vec<u8> = "bytes", Value::Bytes(bytes) => Ok(bytes.to_vec());
    [] Vec<Value<'vm>> = "list or tuple", value => match value {
        Value::List(list) => Ok(list.iter().collect()),
        Value::Tuple(tuple) => Ok(tuple.iter().collect()),
        _ => Err(Mismatch::Type),
    };
    [] &'x Object<'vm> = "native object", Value::Object(object) => Ok(object);
}

impl<'x, 'vm> FromArgument<'x, 'vm> for char {
    const EXPECTED: &'static str = "str of one character";

    fn from_argument(value: &'x Value<'vm>) -> Result<char, Mismatch> {
        let mut chars = value.as_str().ok_or(Mismatch::Type)?.chars();
        match (chars.next(), chars.next()) {
            (Some(char), None) => Ok(char),
            _ => Err(Mismatch::Type),
        }
    }
}
