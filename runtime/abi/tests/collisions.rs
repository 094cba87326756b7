//! How likely two names collide, and how soon a salt is found.
#![cfg(feature = "alloc")]

use enroll_abi::hash::hash;
use enroll_abi::layout::{LayoutError, free_salt, layout};

/// The chance that some two of `names` random 31-bit ids are equal.
fn chance(names: f64) -> f64 {
    1.0 - (-names * (names - 1.0) / 2f64.powi(32)).exp()
}

#[test]
fn c02_the_figures_of_the_documentation() {
    for (names, percent, tries) in [
        (1_300.0, 0.04, 1.0),
        (10_000.0, 2.3, 1.0),
        (50_000.0, 44.0, 2.0),
        (100_000.0, 90.0, 10.0),
    ] {
        let chance = chance(names);
        assert!(
            (chance * 100.0 / percent - 1.0).abs() < 0.03,
            "{names}: {chance}"
        );
        let expected: f64 = 1.0 / (1.0 - chance);
        assert!(
            (expected.round() - tries).abs() < 1.0,
            "{names}: {expected} tries"
        );
    }
}

/// Whether two of these names have one id.
fn collide(names: &[String], salt: u32) -> bool {
    let mut ids: Vec<u32> = names.iter().map(|name| hash(name, salt)).collect();
    ids.sort_unstable();
    ids.windows(2).any(|pair| pair[0] == pair[1])
}

#[test]
fn c02_the_hash_keeps_to_them() {
    let names: Vec<String> = (0..100_000).map(|n| format!("name_{n}")).collect();
    for (count, salts) in [(10_000, 100), (50_000, 24), (100_000, 8)] {
        let seen = (0..salts)
            .filter(|&salt| collide(&names[..count], salt))
            .count() as f64;
        let chance = chance(count as f64);
        let mean = chance * f64::from(salts);
        let deviation = (mean * (1.0 - chance)).sqrt();
        assert!(
            (seen - mean).abs() < 4.0 * deviation,
            "{count}: {seen}, {mean:.1} expected"
        );
    }
}

#[test]
fn c01_a_collision_names_both_and_a_free_salt_is_found() {
    let names: Vec<String> = (0..100_000).map(|n| format!("name_{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let Err(LayoutError::Collision { first, second }) = layout(&names, 0) else {
        panic!("100,000 names are expected to collide");
    };
    assert!(first < second);
    assert_eq!(hash(names[first], 0), hash(names[second], 0));
    let salt = free_salt(&names, 100).unwrap();
    assert!(salt > 0);
    assert_eq!(layout(&names, salt).unwrap().len, names.len());
    assert!(
        (0..salt).all(|salt| layout(&names, salt).is_err()),
        "the first free one"
    );
    assert_eq!(
        free_salt(&names, salt),
        None,
        "only as many tries as asked for"
    );
}
