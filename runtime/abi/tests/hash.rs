//! The hash is an ABI: its values, and what they are worth.

mod known;

use enroll_abi::hash::hash;
use known::KNOWN;

#[test]
fn c03_known_values() {
    for (text, salt, id) in KNOWN {
        assert_eq!(hash(text, salt), id, "{text:?}");
    }
    const AT_COMPILE_TIME: u32 = hash("errno", 0);
    assert_eq!(AT_COMPILE_TIME, hash("errno", 0));
}

/// The same by another way: byte by byte, without overlapping reads.
fn slowly(text: &str, salt: u32) -> u32 {
    let bytes = text.as_bytes();
    let word = |from: usize, count: usize| {
        (0..count).fold(0u64, |word, at| {
            word | u64::from(bytes[from + at]) << (8 * at)
        })
    };
    let (mut low, mut high) = (0xd3c5_ca59_u64, 0xf4b4_bc9b_u64 ^ u64::from(salt));
    let mut step = |words: u64| {
        let product = (low ^ words & 0xffff_ffff) * (high ^ words >> 32);
        (low, high) = (product & 0xffff_ffff, product >> 32);
    };
    let length = bytes.len();
    let mut from = 0;
    while from + 8 < length {
        step(word(from, 8));
        from += 8;
    }
    step(match length {
        0 => 0,
        1..=3 => word(0, 1) | word(length / 2, 1) << 8 | word(length - 1, 1) << 16,
        4..=7 => word(0, 4) | word(length - 4, 4) << 32,
        _ => word(length - 8, 8),
    });
    step(0xf4b4_bc9b_d3c5_ca59 ^ length as u64);
    (((low ^ high) >> 1) as u32).max(1)
}

#[test]
fn c03_words_are_little_endian_whatever_the_machine() {
    let long = "The quick brown fox jumps over the lazy dog; größer als ∞.";
    let ends = (0..=long.len()).filter(|&end| long.is_char_boundary(end));
    for text in ends.map(|end| &long[..end]) {
        for salt in [0, 1, 0x8000_0000, u32::MAX] {
            let id = hash(text, salt);
            assert_eq!(id, slowly(text, salt), "{text:?}");
            assert!(id != 0 && id >> 31 == 0);
        }
    }
}

/// Families of names as people make them: numbered, enumerated, short.
fn families() -> Vec<(&'static str, Vec<String>)> {
    let letters = "abcdefghijklmnopqrstuvwxyz_0123456789";
    let mut short = Vec::new();
    for a in letters.chars() {
        short.push(format!("{a}"));
        for b in letters.chars() {
            short.push(format!("{a}{b}"));
            short.extend(letters.chars().map(|c| format!("{a}{b}{c}")));
        }
    }
    vec![
        ("short", short),
        ("P0", (0..100_000).map(|n| format!("P{n}")).collect()),
        (
            "name_0",
            (0..100_000).map(|n| format!("name_{n}")).collect(),
        ),
        (
            "00000000",
            (0..100_000).map(|n| format!("{n:08x}")).collect(),
        ),
        ("aaaa", (1..500).map(|n| "a".repeat(n)).collect()),
        (
            "gpio_0_1_out",
            (0..100_000)
                .map(|n| format!("gpio_{}_{}_out", n % 317, n / 317))
                .collect(),
        ),
    ]
}

#[test]
fn c03_collides_no_more_than_chance() {
    for (family, names) in families() {
        let mut collisions = 0;
        let salts = 0..8;
        for salt in salts.clone() {
            let mut ids: Vec<u32> = names.iter().map(|name| hash(name, salt)).collect();
            ids.sort_unstable();
            collisions += ids.windows(2).filter(|pair| pair[0] == pair[1]).count();
        }
        let count = names.len() as f64;
        let expected = salts.len() as f64 * count * count / 2f64.powi(32);
        // Five standard deviations of a Poisson variable.
        let limit = expected + 5.0 * expected.sqrt() + 1.0;
        assert!(
            (collisions as f64) < limit,
            "{family}: {collisions} collisions, {expected:.1} expected"
        );
    }
}

#[test]
fn c03_top_and_low_bits_are_evenly_spread() {
    for (family, names) in families()
        .into_iter()
        .filter(|(_, names)| names.len() > 10_000)
    {
        for (which, shift) in [("top", 31 - 8), ("middle", 12), ("low", 0)] {
            let mut buckets = [0u32; 256];
            for name in &names {
                buckets[(hash(name, 0) >> shift & 0xff) as usize] += 1;
            }
            let mean = names.len() as f64 / 256.0;
            let chi2: f64 = buckets
                .iter()
                .map(|&count| (f64::from(count) - mean).powi(2) / mean)
                .sum();
            // 255 degrees of freedom: 255 ± 22.6.
            assert!(
                (142.0..368.0).contains(&chi2),
                "{family}, {which} bits: {chi2:.0}"
            );
        }
    }
}

#[test]
fn c03_every_bit_of_the_text_reaches_every_bit_of_the_id() {
    // Bits 0 to 6, so that the text remains ASCII.
    for length in [3, 4, 7, 8, 9, 16, 17] {
        let texts: Vec<String> = (0..2_000u32)
            .map(|n| {
                let seed = hash(&format!("{n}"), length as u32);
                (0..length)
                    .map(|at| char::from(hash(&format!("{at}"), seed) as u8 & 0x7f))
                    .collect()
            })
            .collect();
        for byte in 0..length {
            for bit in 0..7 {
                let mut flips = [0u32; 31];
                for text in &texts {
                    let mut other = text.clone().into_bytes();
                    other[byte] ^= 1 << bit;
                    let other = String::from_utf8(other).unwrap();
                    let changed = hash(text, 0) ^ hash(&other, 0);
                    for (at, flips) in flips.iter_mut().enumerate() {
                        *flips += changed >> at & 1;
                    }
                }
                for (at, flips) in flips.into_iter().enumerate() {
                    let share = f64::from(flips) / texts.len() as f64;
                    assert!(
                        (0.4..0.6).contains(&share),
                        "length {length}, byte {byte}, bit {bit} changes bit {at} in {share:.3}"
                    );
                }
            }
        }
    }
}
