//! Base64 (RFC 4648).

use crate::zeros;
use ::base64::Engine;
use ::base64::alphabet::STANDARD;
use ::base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use alloc::vec::Vec;
use enroll_portable::Bytes;
use enroll_portable::prelude::*;

/// With padding one way. The other way it is told what [`relevant`] has left, and
/// bits that no byte has are ignored.
const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::RequireNone)
        .with_decode_allow_trailing_bits(true),
);

/// `b2a_base64(data, *, newline=True)`.
pub(crate) fn b2a_base64<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    data: &Value<'vm>,
    newline: bool,
) -> Result<Bytes<'vm>, Error> {
    cx.bytes(data, |bytes| {
        let length = ::base64::encoded_len(bytes.len(), true);
        let length = length.and_then(|length| length.checked_add(usize::from(newline)));
        let mut text = zeros(length)?;
        let written = ENGINE
            .encode_slice(bytes, &mut text)
            .map_err(|_| Error::new(Kind::RuntimeError, "the text has no room"))?;
        if let (true, Some(last)) = (newline, text.get_mut(written)) {
            *last = b'\n';
        }
        Ok(Bytes::from(text))
    })?
}

/// `a2b_base64(data)`: what is no character of Base64 is skipped.
pub(crate) fn a2b_base64<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    data: &Value<'vm>,
) -> Result<Bytes<'vm>, Error> {
    let text = cx.bytes(data, relevant)??;
    // Four characters are three bytes, and two or three of them one or two.
    let mut bytes = zeros(Some(text.len() / 4 * 3 + text.len() % 4 * 3 / 4))?;
    match ENGINE.decode_slice(&text, &mut bytes) {
        Ok(_) => Ok(Bytes::from(bytes)),
        Err(_) => Err(Error::new(Kind::RuntimeError, "the bytes have no room")),
    }
}

/// The characters of Base64 up to the end, which padding that completes four of
/// them is (RFC 2045, 6.8).
///
/// # Errors
///
/// ValueError where the last ones are no four and nothing pads them.
fn relevant(text: &[u8]) -> Result<Vec<u8>, Error> {
    let mut found = Vec::new();
    found
        .try_reserve_exact(text.len())
        .map_err(|_| Error::new(Kind::MemoryError, "no room for the result"))?;
    // How many `=` came since the last character.
    let mut pads = 0;
    for &byte in text {
        match byte {
            b'=' => {
                let begun = found.len() % 4;
                pads += 1;
                if begun >= 2 && begun + pads >= 4 {
                    return Ok(found);
                }
            }
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' => {
                found.push(byte);
                pads = 0;
            }
            _ => {}
        }
    }
    match found.len() % 4 {
        0 => Ok(found),
        1 => Err(Error::new(
            Kind::ValueError,
            "the number of characters is 1 more than a multiple of 4",
        )),
        _ => Err(Error::new(Kind::ValueError, "the padding is missing")),
    }
}
