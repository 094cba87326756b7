//! The hashes that were compared, each as a 31-bit id of a text.

/// A hash by name.
pub type Named = (&'static str, fn(&str, u32) -> u32);

/// All of them, the chosen one first.
pub const ALL: [Named; 5] = [
    ("enroll", enroll_abi::hash::hash),
    ("FNV-1a", fnv1a),
    ("murmur3_32", murmur3),
    ("fx-like", fx),
    ("SipHash-1-3", sip13),
];

const fn id(hash: u32) -> u32 {
    let id = hash >> 1;
    if id == 0 { 1 } else { id }
}

/// FNV-1a, 32 bits, a byte at a time.
#[must_use]
pub fn fnv1a(text: &str, salt: u32) -> u32 {
    let step = |hash: u32, byte: &u8| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
    id(text.as_bytes().iter().fold(0x811c_9dc5 ^ salt, step))
}

/// MurmurHash3, 32 bits.
#[must_use]
pub fn murmur3(text: &str, salt: u32) -> u32 {
    let scramble = |word: u32| {
        word.wrapping_mul(0xcc9e_2d51)
            .rotate_left(15)
            .wrapping_mul(0x1b87_3593)
    };
    let (words, rest) = text.as_bytes().as_chunks::<4>();
    let mut hash = words.iter().fold(salt, |hash, word| {
        (hash ^ scramble(u32::from_le_bytes(*word)))
            .rotate_left(13)
            .wrapping_mul(5)
            .wrapping_add(0xe654_6b64)
    });
    if !rest.is_empty() {
        let mut word = [0; 4];
        word[..rest.len()].copy_from_slice(rest);
        hash ^= scramble(u32::from_le_bytes(word));
    }
    hash ^= text.len() as u32;
    hash = (hash ^ (hash >> 16)).wrapping_mul(0x85eb_ca6b);
    hash = (hash ^ (hash >> 13)).wrapping_mul(0xc2b2_ae35);
    id(hash ^ (hash >> 16))
}

/// The multiplication and rotation of the Firefox hash, with the last word
/// overlapping and murmur3's end, without which its top bits are useless.
#[must_use]
pub fn fx(text: &str, salt: u32) -> u32 {
    let step = |hash: u32, word: u32| (hash.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9);
    let bytes = text.as_bytes();
    let (words, rest) = bytes.as_chunks::<4>();
    let mut hash = words.iter().fold(salt ^ text.len() as u32, |hash, word| {
        step(hash, u32::from_le_bytes(*word))
    });
    if !rest.is_empty() {
        let word = match bytes.last_chunk::<4>() {
            Some(last) => u32::from_le_bytes(*last),
            None => rest
                .iter()
                .fold(0, |word, &byte| word << 8 | u32::from(byte)),
        };
        hash = step(hash, word);
    }
    hash = (hash ^ (hash >> 16)).wrapping_mul(0x85eb_ca6b);
    hash = (hash ^ (hash >> 13)).wrapping_mul(0xc2b2_ae35);
    id(hash ^ (hash >> 16))
}

/// SipHash-1-3 as the standard library has it, with the salt written first.
#[must_use]
pub fn sip13(text: &str, salt: u32) -> u32 {
    use std::hash::Hasher;
    let mut hasher = std::collections::hash_map::DefaultHasher::new();
    hasher.write_u32(salt);
    hasher.write(text.as_bytes());
    id((hasher.finish() >> 32) as u32)
}
