//! The content hash that is a name's id.

/// The id of `text`: 31 bits, never zero, for any text up to any length.
///
/// The same text and salt give the same id in every build, on every target,
/// in either byte order, in constants and at run time. It is part of
/// [`ABI`](crate::ABI): a change here is a new ABI.
///
/// Eight bytes are read at a time, as two little-endian words that are
/// multiplied to 64 bits, and both halves of the product are kept; the last
/// eight bytes may overlap what was read before, so no text has a slow tail.
/// A further product makes every bit of the id depend on every bit of the
/// text. All steps are 32 bits wide with one widening multiplication, which is
/// a single instruction from Cortex-M3 up. Linear in the length.
///
/// It is not a keyed hash: who knows the salt finds a second text for an id in
/// seconds. Names that come from strangers belong into an index of their own.
///
/// ```
/// use enroll_abi::hash::hash;
///
/// const ERRNO: u32 = hash("errno", 0);
/// assert_eq!(ERRNO, hash("errno", 0));
/// assert_ne!(ERRNO, hash("errno", 1));
/// assert!(ERRNO != 0 && ERRNO >> 31 == 0);
/// ```
#[inline]
#[must_use]
pub const fn hash(text: &str, salt: u32) -> u32 {
    let bytes = text.as_bytes();
    let mut state = (salt ^ SEED.0, bytes.len() as u32 ^ SEED.1);
    let mut rest = bytes;
    while rest.len() > 8 {
        let Some((head, tail)) = rest.split_first_chunk::<8>() else {
            break;
        };
        state = absorb(state, pair(head));
        rest = tail;
    }
    let last = match bytes.last_chunk::<8>() {
        Some(last) => pair(last),
        None => short(bytes),
    };
    let (low, high) = absorb(absorb(state, last), SEED);
    let id = (low ^ high) >> 1;
    if id == 0 { 1 } else { id }
}

/// Bytes above 0x7f everywhere: with salt 0 no ASCII text of up to eight bytes
/// makes a factor zero, which would hide the other factor.
const SEED: (u32, u32) = (0xd3c5_ca59, 0xf4b4_bc9b);

/// Multiplies two words of text into the state.
#[inline]
const fn absorb(state: (u32, u32), words: (u32, u32)) -> (u32, u32) {
    let product = (state.0 ^ words.0) as u64 * (state.1 ^ words.1) as u64;
    (product as u32, (product >> 32) as u32)
}

#[inline]
const fn pair(bytes: &[u8; 8]) -> (u32, u32) {
    let [a, b, c, d, e, f, g, h] = *bytes;
    (
        u32::from_le_bytes([a, b, c, d]),
        u32::from_le_bytes([e, f, g, h]),
    )
}

/// Fewer than eight bytes as two words. The length is in the state, so
/// overlapping reads keep different texts apart.
#[inline]
const fn short(bytes: &[u8]) -> (u32, u32) {
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(first), Some(last)) => (u32::from_le_bytes(*first), u32::from_le_bytes(*last)),
        _ => match *bytes {
            [a, b, c] => (u32::from_le_bytes([a, b, c, 0]), 0),
            [a, b] => (u32::from_le_bytes([a, b, 0, 0]), 0),
            [a] => (a as u32, 0),
            _ => (0, 0),
        },
    }
}
