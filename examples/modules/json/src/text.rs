//! Strings and numbers in JSON's form.

use alloc::string::String;
use core::fmt::Write;
use enroll_portable::prelude::*;

/// A text that grows, or is out of memory.
#[derive(Default)]
pub(crate) struct Out(pub(crate) String);

impl Out {
    /// Appends a text.
    ///
    /// # Errors
    ///
    /// MemoryError where there is no room.
    pub(crate) fn put(&mut self, text: &str) -> Result<(), Error> {
        self.0.try_reserve(text.len()).map_err(|_| no_room())?;
        self.0.push_str(text);
        Ok(())
    }

    /// Appends a string in quotes.
    ///
    /// # Errors
    ///
    /// MemoryError where there is no room.
    pub(crate) fn put_string(&mut self, text: &str, ensure_ascii: bool) -> Result<(), Error> {
        let escaped = serde_json::to_string(text).map_err(|_| no_room())?;
        // What it leaves as it is and CPython does not: from DEL on.
        let is_plain = |char: &char| matches!(char, '\0'..='~');
        if !ensure_ascii || escaped.chars().all(|char| is_plain(&char)) {
            return self.put(&escaped);
        }
        for char in escaped.chars() {
            if is_plain(&char) {
                self.put(char.encode_utf8(&mut [0; 4]))?;
                continue;
            }
            for unit in char.encode_utf16(&mut [0; 2]) {
                write!(self, "\\u{unit:04x}").map_err(|_| no_room())?;
            }
        }
        Ok(())
    }

    /// Appends an integer.
    ///
    /// # Errors
    ///
    /// MemoryError where there is no room.
    pub(crate) fn put_int(&mut self, int: i64) -> Result<(), Error> {
        write!(self, "{int}").map_err(|_| no_room())
    }

    /// Appends a float as Python writes it; infinity and NaN, which are no JSON,
    /// by the names that they have in JavaScript.
    ///
    /// # Errors
    ///
    /// ValueError for those unless they are allowed.
    pub(crate) fn put_float(&mut self, float: f64, allow_nan: bool) -> Result<(), Error> {
        if float.is_finite() {
            let shortest = serde_json::to_string(&float).map_err(|_| no_room())?;
            return self.put_digits(&shortest);
        }
        if !allow_nan {
            return Err(Error::new(
                Kind::ValueError,
                "Out of range float values are not JSON compliant",
            ));
        }
        self.put(match float.is_nan() {
            true => "NaN",
            false if float > 0.0 => "Infinity",
            false => "-Infinity",
        })
    }

    /// Appends a finite float of any form as Python writes it: digits that read
    /// back as the same float, with an exponent below 1e-4 and from 1e16 on.
    fn put_digits(&mut self, float: &str) -> Result<(), Error> {
        let (sign, float) = match float.strip_prefix('-') {
            Some(float) => ("-", float),
            None => ("", float),
        };
        let (mantissa, exponent) = float.split_once('e').unwrap_or((float, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all: String = [whole, fraction].concat();
        let digits = all.trim_start_matches('0');
        let zeros = all.len() - digits.len();
        let digits = digits.trim_end_matches('0');
        self.put(sign)?;
        let (Some(first), Ok(exponent)) = (digits.get(..1), exponent.parse::<i32>()) else {
            return self.put("0.0");
        };
        let rest = digits.get(1..).unwrap_or_default();
        // Of the first digit; a float has no more than some hundred.
        let exponent = exponent + whole.len() as i32 - zeros as i32 - 1;
        let width = usize::try_from(exponent.unsigned_abs()).unwrap_or_default();
        match exponent {
            -4..0 => write!(self, "0.{:0<1$}{digits}", "", width - 1),
            0..16 if rest.len() <= width => {
                write!(self, "{digits}{:0<1$}.0", "", width - rest.len())
            }
            0..16 => {
                let (whole, fraction) = digits.split_at_checked(width + 1).unwrap_or_default();
                write!(self, "{whole}.{fraction}")
            }
            _ => {
                let point = if rest.is_empty() { "" } else { "." };
                let sign = if exponent < 0 { '-' } else { '+' };
                write!(self, "{first}{point}{rest}e{sign}{width:02}")
            }
        }
        .map_err(|_| no_room())
    }
}

impl Write for Out {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        self.put(text).map_err(|_| core::fmt::Error)
    }
}

#[cold]
fn no_room() -> Error {
    Error::new(Kind::MemoryError, "no room for the text")
}
