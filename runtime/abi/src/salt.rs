//! The number that moves all ids at once, when two names collide.

/// The environment variable that holds the salt, decimal, best set in `[env]`
/// of `.cargo/config.toml`.
pub const VARIABLE: &str = "ENROLL_QSTR_SALT";

/// A value of [`VARIABLE`] that is not a decimal number below 2³².
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

impl core::fmt::Display for Malformed {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("ENROLL_QSTR_SALT must be a decimal number from 0 to 4294967295")
    }
}

impl core::error::Error for Malformed {}

/// The salt that a value of [`VARIABLE`] means; absent or empty means 0.
///
/// # Errors
///
/// [`Malformed`] for anything but decimal digits (no sign, no space), and for
/// numbers of 2³² and above.
///
/// ```
/// use enroll_abi::salt::{self, Malformed};
///
/// const SALT: Result<u32, Malformed> = salt::parse(Some("17"));
/// assert_eq!(SALT, Ok(17));
/// assert_eq!(salt::parse(None), Ok(0));
/// assert_eq!(salt::parse(Some("0x11")), Err(Malformed));
/// ```
pub const fn parse(value: Option<&str>) -> Result<u32, Malformed> {
    let Some(value) = value else {
        return Ok(0);
    };
    let mut rest = value.as_bytes();
    let mut salt = 0u32;
    while let [digit, tail @ ..] = rest {
        if !digit.is_ascii_digit() {
            return Err(Malformed);
        }
        let Some(shifted) = salt.checked_mul(10) else {
            return Err(Malformed);
        };
        let Some(sum) = shifted.checked_add((*digit - b'0') as u32) else {
            return Err(Malformed);
        };
        salt = sum;
        rest = tail;
    }
    Ok(salt)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c01_salt_is_decimal_or_absent() {
        for (value, salt) in [
            (None, Ok(0)),
            (Some(""), Ok(0)),
            (Some("0"), Ok(0)),
            (Some("007"), Ok(7)),
            (Some("4294967295"), Ok(u32::MAX)),
            (Some("4294967296"), Err(Malformed)),
            (Some("99999999999"), Err(Malformed)),
            (Some("-1"), Err(Malformed)),
            (Some("+1"), Err(Malformed)),
            (Some("1 "), Err(Malformed)),
            (Some("1a"), Err(Malformed)),
            (Some("١"), Err(Malformed)),
        ] {
            assert_eq!(parse(value), salt, "{value:?}");
        }
    }
}
