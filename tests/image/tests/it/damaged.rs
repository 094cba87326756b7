//! Damaged images, and images that somebody made to do harm.

use crate::shown;
use enroll::import::{Image, ImageError, OnClash};
use enroll_abi::image::{CHECKSUM, HEADER, View, checksum};
use enroll_codegen::emit;
use images::{Random, TAG, names, rom, set};
use std::collections::BTreeMap;

const ROUNDS: usize = 10_000;

/// The number at a place; 0 behind the end.
pub(crate) fn number(bytes: &[u8], at: usize) -> u32 {
    let number = bytes.get(at..).and_then(<[u8]>::first_chunk);
    number.map_or(0, |number| u32::from_le_bytes(*number))
}

/// Writes one there.
pub(crate) fn put(bytes: &mut [u8], at: usize, number: u32) {
    if let Some(field) = bytes.get_mut(at..).and_then(<[u8]>::first_chunk_mut) {
        *field = number.to_le_bytes();
    }
}

/// Right checksum, whatever else.
pub(crate) fn seal(bytes: &mut [u8]) {
    let sum = checksum(bytes);
    put(bytes, CHECKSUM, sum);
}

/// Changes an image in one of the ways that media, transfers and attackers do.
fn damage(random: &mut Random, bytes: &mut Vec<u8>) -> &'static str {
    let len = bytes.len();
    let at = random.below(len);
    // Where the tables are, most of the time.
    let number_at = random.below(len.min(HEADER + 400)) & !3;
    let some = [
        0,
        1,
        4,
        len / 2,
        len - 1,
        len,
        len + 1,
        HEADER,
        u32::MAX as usize,
    ];
    match random.below(10) {
        0 => {
            bytes[at] ^= 1 << random.below(8);
            "bit"
        }
        1 => {
            bytes[at] = random.number() as u8;
            "byte"
        }
        2 => {
            bytes.truncate(at);
            "cut"
        }
        3 => {
            let more = 1 + random.below(40);
            bytes.extend((0..more).map(|_| random.number() as u8));
            "longer"
        }
        4 => {
            let count = 1 + random.below(16);
            let from = random.below(len - count.min(len - 1));
            let block: Vec<u8> = bytes[from..].iter().copied().take(count).collect();
            for (place, byte) in bytes[at..].iter_mut().zip(block) {
                *place = byte;
            }
            "moved"
        }
        5 => {
            let count = 1 + random.below(64);
            for byte in bytes[at..].iter_mut().take(count) {
                *byte = 0;
            }
            "zeroed"
        }
        6 => {
            put(bytes, number_at, *random.of(&some) as u32);
            "number"
        }
        7 => {
            // One that another place has: an offset, a count, an id.
            let other = random.below(len.min(HEADER + 400)) & !3;
            let copied = number(bytes, other);
            put(bytes, number_at, copied);
            "copied"
        }
        8 => {
            let field = 8 + 4 * random.below((HEADER - 8) / 4);
            put(bytes, field, *random.of(&some) as u32);
            "header"
        }
        _ => {
            let old = number(bytes, number_at);
            let step = 1 + random.below(8) as u32;
            put(bytes, number_at, old.wrapping_add(step));
            "step"
        }
    }
}

/// What an image that was accepted must be, whoever made it.
fn check_accepted(bytes: &[u8], round: usize) {
    let view = View::check(bytes, TAG).expect("it was accepted");
    let shown = shown::set(&view);
    // An honest writer could have written what can be seen of it.
    let honest = emit::image(&shown, view.salt(), TAG).expect("a well-formed set");
    let honest = View::check(&honest, TAG).map(|view| shown::set(&view));
    assert_eq!(honest.expect("a right image"), shown, "{round}");
    for on_clash in [OnClash::Refuse, OnClash::Patch] {
        let mut names = names(&["name1", "name2", "name3"]);
        let image = Image::check(rom(bytes), TAG).expect("it was accepted");
        let Ok(mounted) = image.mount(&mut names, on_clash) else {
            assert_ne!(view.salt(), 0, "{round}");
            continue;
        };
        assert_eq!(shown::found(&mounted, &names, &shown), shown, "{round}");
        // What it makes the interpreter keep is bounded by its length.
        assert!(names.len() <= view.names().len(), "{round}");
        let text: usize = view.names().map(|(_, text)| text.len()).sum();
        assert!(names.bytes() <= text, "{round}");
    }
}

#[test]
fn ten_thousand_damaged_images_do_no_harm() {
    let mut random = Random::new(2);
    let mut refused: BTreeMap<String, usize> = BTreeMap::new();
    let mut accepted: BTreeMap<&str, usize> = BTreeMap::new();
    let mut round = 0;
    while round < ROUNDS {
        let right = emit::image(&set(&mut random, 6), 0, TAG).expect("an image");
        let mut bytes = right.clone();
        let mut how = damage(&mut random, &mut bytes);
        // Half of them look undamaged; some were damaged more than once.
        let is_sealed = round % 2 == 1;
        while is_sealed && random.below(3) == 0 && !bytes.is_empty() {
            how = damage(&mut random, &mut bytes);
        }
        if is_sealed && bytes.len() >= HEADER {
            if random.below(2) == 0 {
                let len = bytes.len() as u32;
                put(&mut bytes, 20, len);
            }
            seal(&mut bytes);
        }
        if bytes == right {
            continue;
        }
        round += 1;
        match View::check(&bytes, TAG) {
            Ok(_) => {
                assert!(is_sealed, "round {round}: {how} was not noticed");
                *accepted.entry(how).or_default() += 1;
                check_accepted(&bytes, round);
            }
            Err(error) => {
                let told = match error {
                    ImageError::Invalid { what, .. } => what.to_owned(),
                    error => format!("{error:?}")
                        .split([' ', '{'])
                        .next()
                        .unwrap()
                        .to_owned(),
                };
                *refused.entry(told).or_default() += 1;
            }
        }
    }
    println!("{ROUNDS} damaged images; refused: {refused:#?}\naccepted: {accepted:#?}");
    // Every reason is met, and enough is accepted to say something.
    for reason in [
        "Foreign",
        "Format",
        "Abi",
        "Length",
        "Checksum",
        "Host",
        "the host's tag",
        "the names",
        "the modules",
        "the aliases",
        "the data files",
        "the text of a name",
        "the length of a name",
        "an id is not that of its name",
        "a range of a module",
        "the name of a module",
        "the modules are not sorted by their names",
        "a field that this version does not know",
        "an id in a module's table has no name",
        "the text of an alias",
        "an alias that no module can have",
        "the aliases are not sorted",
        "an alias of no module, or of one without aliases",
        "the path of a data file",
        "the data files are not sorted by their paths",
        "the content of a data file",
    ] {
        assert!(refused.contains_key(reason), "{reason}: {refused:#?}");
    }
    assert!(accepted.values().sum::<usize>() > 300, "{accepted:?}");
}

#[test]
fn every_byte_counts() {
    let mut random = Random::new(3);
    let right = emit::image(&set(&mut random, 6), 0, TAG).expect("an image");
    assert!(View::check(&right, TAG).is_ok());
    for at in 0..right.len() {
        for bit in 0..8 {
            let mut bytes = right.clone();
            bytes[at] ^= 1 << bit;
            assert!(View::check(&bytes, TAG).is_err(), "bit {bit} of byte {at}");
        }
        assert!(View::check(&right[..at], TAG).is_err(), "{at} bytes");
    }
}
