//! Every path of interning, under hashes weak enough to need them all.

extern crate std;

use super::*;
use enroll_abi::hash::hash;
use std::collections::HashMap;
use std::string::ToString;
use std::vec::Vec;

/// Fixed names, with only so many ids and so many different keyed hashes.
#[derive(Clone, Copy)]
struct Weak {
    ids: u32,
    keyed: u32,
}

/// Under [`Weak::ids`] equal to 4 these have four different ids.
const FIXED: [&str; 3] = ["argv", "path", "ps1"];

impl Fixed for Weak {
    fn get(&self, text: &str) -> Option<Qstr> {
        FIXED.contains(&text).then(|| self.id(text))
    }

    fn text(&self, name: Qstr) -> Option<&'static str> {
        FIXED.into_iter().find(|text| self.id(text) == name)
    }

    fn id(&self, text: &str) -> Qstr {
        let weak = match FIXED.iter().position(|fixed| *fixed == text) {
            Some(at) => at as u32,
            None => hash(text, 0) % self.ids,
        };
        Qstr::from_raw(weak + 1).unwrap()
    }

    fn keyed(&self, key: [u32; 2], bytes: &[u8]) -> u32 {
        super::super::keyed::half_sip_13(key, bytes) % self.keyed
    }
}

const LIMITS: Limits = Limits {
    names: 300,
    bytes: 1_000,
};

/// A small generator with a fixed seed (xorshift32).
struct Random(u32);

impl Random {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 % limit
    }
}

#[test]
fn c04_agrees_with_a_model_under_any_hash() {
    let (mut overflown, mut refused) = (0, 0);
    for (seed, (ids, keyed)) in [
        (4, 1),
        (4, 1 << 31),
        (64, 2),
        (1 << 20, 7),
        (1 << 20, 1 << 31),
    ]
    .into_iter()
    .enumerate()
    {
        let weak = Weak { ids, keyed };
        let mut interner = Interner::new(weak, LIMITS, 17);
        let mut model: HashMap<String, Qstr> = HashMap::new();
        let mut random = Random(seed as u32 + 1);
        for _ in 0..4_000 {
            let text = match random.below(8) {
                0 => FIXED[random.below(3) as usize].to_string(),
                _ => std::format!("{:x}", random.below(600)),
            };
            let known = weak.get(&text).or_else(|| model.get(&text).copied());
            assert_eq!(interner.get(&text), known, "{text}");
            if random.below(2) == 0 {
                continue;
            }
            match interner.intern(&text) {
                Ok(name) => {
                    let own = weak.id(&text);
                    match known {
                        Some(known) => assert_eq!(name, known),
                        None => {
                            let held = weak.text(own).is_some()
                                || model.values().any(|other| *other == own);
                            assert_eq!(name == own, !held, "the hash, unless it is taken");
                            assert!(model.values().all(|other| *other != name));
                            model.insert(text.clone(), name);
                        }
                    }
                    assert_eq!(interner.text(name), Some(&*text));
                    overflown += u32::from(name.raw() & OVERFLOW != 0);
                }
                Err(error) => {
                    refused += 1;
                    assert_eq!(known, None, "a known name is never refused");
                    let bytes: usize = model.keys().map(|text| text.len()).sum();
                    match error {
                        NamesError::TooMany { limit } => assert_eq!(limit, model.len()),
                        NamesError::TooMuchText { limit } => {
                            assert!(bytes + text.len() > limit);
                        }
                        _ => panic!("{error}"),
                    }
                }
            }
        }
        for (text, name) in &model {
            assert_eq!(interner.get(text), Some(*name));
            assert_eq!(interner.text(*name), Some(&**text));
        }
        assert_eq!(interner.len(), model.len());
        assert_eq!(interner.iter().count(), model.len());
        assert!(interner.iter().all(|(name, text)| model[text] == name));
    }
    assert!(overflown > 1_000 && refused > 1_000, "every path ran");
}

#[test]
fn c04_a_second_text_for_a_fixed_id_gets_one_of_its_own() {
    let weak = Weak { ids: 3, keyed: 1 };
    let mut interner = Interner::new(weak, LIMITS, 0);
    let names: Vec<Qstr> = ["a", "b", "c", "d", "e"]
        .iter()
        .map(|text| interner.intern(text).unwrap())
        .collect();
    for (at, name) in names.iter().enumerate() {
        assert_eq!(name.raw(), OVERFLOW | at as u32, "all three ids are taken");
    }
    assert_eq!(interner.text(weak.id("argv")), Some("argv"));
    assert_eq!(interner.text(Qstr::from_raw(OVERFLOW | 5).unwrap()), None);
}

#[test]
fn c04_only_interning_interns() {
    let weak = Weak {
        ids: 1 << 20,
        keyed: 1 << 31,
    };
    let interner = Interner::new(weak, LIMITS, 0);
    assert_eq!(interner.get("speed"), None);
    assert_eq!(interner.text(weak.id("speed")), None);
    assert_eq!((interner.len(), interner.bytes()), (0, 0));
}

#[test]
fn c04_limits_are_exact_and_leave_everything_as_it_was() {
    let weak = Weak {
        ids: 1 << 20,
        keyed: 1 << 31,
    };
    let limits = Limits { names: 2, bytes: 5 };
    let mut interner = Interner::new(weak, limits, 0);
    let too_long = "x".repeat(MAX_NAME + 1);
    assert_eq!(
        interner.intern(&too_long),
        Err(NamesError::TooLong { length: 1_025 })
    );
    assert!(interner.intern("abc").is_ok());
    assert_eq!(
        interner.intern("def"),
        Err(NamesError::TooMuchText { limit: 5 })
    );
    assert_eq!(interner.get("def"), None);
    assert!(interner.intern("de").is_ok());
    assert_eq!(interner.intern(""), Err(NamesError::TooMany { limit: 2 }));
    assert!(interner.intern("abc").is_ok(), "a known name never fails");
    assert!(interner.intern("argv").is_ok());
    assert_eq!((interner.len(), interner.bytes()), (2, 5));
}
