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

/// SipHash-1-3 under a key of the salt.
#[must_use]
pub fn sip13(text: &str, salt: u32) -> u32 {
    let salt = u64::from(salt);
    let mut state = [
        0x736f_6d65_7073_6575 ^ salt,
        0x646f_7261_6e64_6f6d,
        0x6c79_6765_6e65_7261 ^ salt,
        0x7465_6462_7974_6573,
    ];
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    last[7] = text.len() as u8;
    for word in words.iter().chain([&last]) {
        let word = u64::from_le_bytes(*word);
        state[3] ^= word;
        sip_round(&mut state);
        state[0] ^= word;
    }
    state[2] ^= 0xff;
    for _ in 0..3 {
        sip_round(&mut state);
    }
    let hash = state[0] ^ state[1] ^ state[2] ^ state[3];
    id((hash >> 32) as u32)
}

fn sip_round([a, b, c, d]: &mut [u64; 4]) {
    *a = a.wrapping_add(*b);
    *b = b.rotate_left(13) ^ *a;
    *a = a.rotate_left(32);
    *c = c.wrapping_add(*d);
    *d = d.rotate_left(16) ^ *c;
    *a = a.wrapping_add(*d);
    *d = d.rotate_left(21) ^ *a;
    *c = c.wrapping_add(*b);
    *b = b.rotate_left(17) ^ *c;
    *c = c.rotate_left(32);
}
