//! The content hash that is a name's id.

/// The id of `text`: 31 bits, never zero, for any text up to any length.
///
/// The same text and salt give the same id in every build, on every target,
/// in either byte order, in constants and at run time. It is part of
/// [`ABI`](crate::ABI): a change here is a new ABI.
///
/// Eight bytes are read at a time, as two little-endian words that are
/// multiplied to 64 bits, and both halves of the product are kept; the last
/// eight bytes may overlap what was read before, so no text has a slow tail. A
/// last product takes in the length and makes every bit of the id depend on
/// every bit of the text. One widening multiplication of 32 bits is all it
/// needs: a single instruction on 64-bit machines and from Cortex-M3 up. Linear
/// in the length.
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
    let mut state = SEED ^ ((salt as u64) << 32);
    let mut rest = bytes;
    while let Some((head, tail)) = rest.split_first_chunk::<8>()
        && !tail.is_empty()
    {
        state = multiply(state ^ u64::from_le_bytes(*head));
        rest = tail;
    }
    let last = match bytes.last_chunk::<8>() {
        Some(last) => u64::from_le_bytes(*last),
        None => short(bytes),
    };
    state = multiply(state ^ last);
    // Only here, where no text can undo it: as texts below eight bytes overlap
    // themselves, "P10127" and "P101127" differ in one bit of one word, which
    // the length would cancel if it met the words.
    state = multiply(state ^ SEED ^ bytes.len() as u64);
    let id = (state as u32 ^ (state >> 32) as u32) >> 1;
    if id == 0 { 1 } else { id }
}

/// Odd in both halves, and beyond ASCII in every byte: with salt 0 no ASCII
/// text of up to eight bytes makes a factor zero, which would hide the other
/// factor.
const SEED: u64 = 0xf4b4_bc9b_d3c5_ca59;

/// The product of the two halves.
#[inline]
const fn multiply(state: u64) -> u64 {
    (state as u32 as u64) * (state >> 32)
}

/// All of a text below eight bytes in one word. Longer texts may give the same
/// word, texts of the same length never.
#[inline]
const fn short(bytes: &[u8]) -> u64 {
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(first), Some(last)) => {
            u32::from_le_bytes(*first) as u64 | (u32::from_le_bytes(*last) as u64) << 32
        }
        _ => match *bytes {
            [] => 0,
            [first, ..] => {
                let (middle, last) = (bytes[bytes.len() / 2], bytes[bytes.len() - 1]);
                u32::from_le_bytes([first, middle, last, 0]) as u64
            }
        },
    }
}
