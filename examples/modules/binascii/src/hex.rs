//! Hexadecimal digits.

use crate::zeros;
use alloc::vec::Vec;
use enroll_portable::Bytes;
use enroll_portable::prelude::*;

/// `hexlify(data, sep=None, bytes_per_sep=1)`: CPython counts groups from the
/// end, those of a negative number from the beginning.
pub(crate) fn hexlify<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    data: &Value<'vm>,
    sep: Option<&Value<'vm>>,
    bytes_per_sep: i64,
) -> Result<Bytes<'vm>, Error> {
    let sep = match sep {
        Some(sep) => Some(separator(cx, sep)?),
        None => None,
    };
    cx.bytes(data, |bytes| match sep {
        Some(sep) => separated(bytes, sep, bytes_per_sep),
        None => digits(bytes),
    })?
    .map(Bytes::from)
}

fn separator<'vm>(cx: &mut Cx<'_, 'vm, Portable>, sep: &Value<'vm>) -> Result<u8, Error> {
    cx.bytes(sep, |bytes| match bytes {
        [byte] => Ok(*byte),
        _ => Err(Error::new(Kind::ValueError, "sep must be one byte")),
    })?
}

fn digits(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let mut digits = zeros(bytes.len().checked_mul(2))?;
    match base16ct::lower::encode(bytes, &mut digits) {
        Ok(_) => Ok(digits),
        Err(_) => Err(Error::new(Kind::RuntimeError, "digits have no room")),
    }
}

fn separated(bytes: &[u8], sep: u8, group: i64) -> Result<Vec<u8>, Error> {
    if group == 0 {
        return digits(bytes);
    }
    // A group that is longer than the data has no separator.
    let size = usize::try_from(group.unsigned_abs()).unwrap_or(usize::MAX);
    let separators = bytes.len().div_ceil(size).saturating_sub(1);
    let first = match bytes.len() % size {
        rest if rest > 0 && group > 0 => rest,
        _ => size,
    };
    let length = bytes.len().checked_mul(2);
    let mut text = zeros(length.and_then(|length| length.checked_add(separators)))?;
    text.clear();
    let (first, rest) = bytes.split_at(first.min(bytes.len()));
    text.extend_from_slice(&digits(first)?);
    for group in rest.chunks(size) {
        text.push(sep);
        text.extend_from_slice(&digits(group)?);
    }
    Ok(text)
}

/// `unhexlify(hexstr)`.
pub(crate) fn unhexlify<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    hexstr: &Value<'vm>,
) -> Result<Bytes<'vm>, Error> {
    cx.bytes(hexstr, |digits| {
        if !digits.len().is_multiple_of(2) {
            return Err(Error::new(Kind::ValueError, "the number of digits is odd"));
        }
        let mut bytes = zeros(Some(digits.len() / 2))?;
        match base16ct::mixed::decode(digits, &mut bytes) {
            Ok(_) => Ok(Bytes::from(bytes)),
            Err(_) => Err(Error::new(
                Kind::ValueError,
                "not all of it are hexadecimal digits",
            )),
        }
    })?
}
