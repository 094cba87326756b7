//! Seconds that a script gives: integers, and floats where there are any.

use core::time::Duration;
use enroll_portable::prelude::*;
use enroll_portable::{FromArgument, Mismatch};

/// How long to wait.
pub(crate) struct Delay(pub(crate) Duration);

impl<'x, 'vm> FromArgument<'x, 'vm> for Delay {
    const EXPECTED: &'static str = EXPECTED;

    fn from_argument(value: &'x Value<'vm>) -> Result<Delay, Mismatch> {
        #[cfg(feature = "float")]
        if let Value::Float(seconds) = *value {
            return match Duration::try_from_secs_f64(seconds) {
                Ok(time) => Ok(Delay(time)),
                // Not a number is neither.
                Err(_) if seconds > 0.0 => Err(too_large()),
                Err(_) => Err(negative()),
            };
        }
        let seconds = value.as_int().ok_or(Mismatch::Type)?;
        let seconds = u64::try_from(seconds).map_err(|_| negative())?;
        Ok(Delay(Duration::from_secs(seconds)))
    }
}

#[cfg(feature = "float")]
const EXPECTED: &str = "float";
#[cfg(not(feature = "float"))]
const EXPECTED: &str = "int";

#[cold]
fn negative() -> Mismatch {
    Mismatch::Other(Error::new(
        Kind::ValueError,
        "sleep length must be non-negative",
    ))
}

#[cfg(feature = "float")]
#[cold]
fn too_large() -> Mismatch {
    Mismatch::Other(Error::new(Kind::OverflowError, "sleep length is too large"))
}

/// A point in time, in whole seconds since the beginning of 1970: the one that
/// a fraction lies in, as in CPython.
#[cfg(feature = "calendar")]
pub(crate) struct Timestamp(pub(crate) i64);

#[cfg(feature = "calendar")]
impl<'x, 'vm> FromArgument<'x, 'vm> for Timestamp {
    const EXPECTED: &'static str = EXPECTED;

    fn from_argument(value: &'x Value<'vm>) -> Result<Timestamp, Mismatch> {
        #[cfg(feature = "float")]
        if let Value::Float(seconds) = *value {
            if seconds.is_nan() {
                return Err(Mismatch::Other(Error::new(
                    Kind::ValueError,
                    "not a number is no time",
                )));
            }
            // What is out of range becomes the first or last integer, which are
            // out of range too.
            let whole = seconds as i64;
            let later = whole as f64 > seconds;
            return Ok(Timestamp(whole.saturating_sub(later.into())));
        }
        value.as_int().map(Timestamp).ok_or(Mismatch::Type)
    }
}
