//! The flags, with CPython's numbers.

use enroll_portable::{Error, Kind};

pub(crate) const IGNORECASE: u32 = 2;
pub(crate) const LOCALE: u32 = 4;
pub(crate) const MULTILINE: u32 = 8;
pub(crate) const DOTALL: u32 = 16;
pub(crate) const UNICODE: u32 = 32;
pub(crate) const VERBOSE: u32 = 64;
pub(crate) const ASCII: u32 = 256;

const ALL: u32 = IGNORECASE | LOCALE | MULTILINE | DOTALL | UNICODE | VERBOSE | ASCII;

/// Each with the name that printing a pattern gives it.
pub(crate) const NAMES: [(u32, &str); 6] = [
    (IGNORECASE, "re.IGNORECASE"),
    (MULTILINE, "re.MULTILINE"),
    (DOTALL, "re.DOTALL"),
    (UNICODE, "re.UNICODE"),
    (VERBOSE, "re.VERBOSE"),
    (ASCII, "re.ASCII"),
];

/// Checks the flags of a call.
///
/// # Errors
///
/// ValueError for flags that are unknown or do not go with the pattern.
pub(crate) fn check(flags: i64, text: bool) -> Result<u32, Error> {
    let flags = u32::try_from(flags).ok().filter(|flags| flags & !ALL == 0);
    let flags = flags.ok_or(Error::new(Kind::ValueError, "unknown flags"))?;
    let wrong = match text {
        _ if flags & LOCALE != 0 => "LOCALE needs locales, which are not here",
        true if flags & ASCII != 0 && flags & UNICODE != 0 => "ASCII and UNICODE are incompatible",
        false if flags & UNICODE != 0 => "cannot use UNICODE flag with a bytes pattern",
        _ => return Ok(flags),
    };
    Err(Error::new(Kind::ValueError, wrong))
}

/// The flag of a letter within `(?…)`.
pub(crate) fn of_letter(letter: char) -> Option<u32> {
    Some(match letter {
        'i' => IGNORECASE,
        'L' => LOCALE,
        'm' => MULTILINE,
        's' => DOTALL,
        'u' => UNICODE,
        'x' => VERBOSE,
        'a' => ASCII,
        _ => return None,
    })
}
