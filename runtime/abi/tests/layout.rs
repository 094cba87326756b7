//! The pool's layout and the run-time index: complete, dense, deterministic.
#![cfg(feature = "alloc")]

use enroll_abi::MAX_NAME;
use enroll_abi::hash::hash;
use enroll_abi::index::{Fault, Index, bucket, slot};
use enroll_abi::layout::{Layout, LayoutError, index, layout};

fn names(count: usize, family: u32) -> Vec<String> {
    (0..count).map(|n| format!("n{family}_{n}")).collect()
}

fn laid_out(names: &[String], salt: u32) -> Result<Layout, LayoutError> {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    layout(&names, salt)
}

/// The one slot a name can be in.
fn found<'l>(layout: &'l Layout, name: &str) -> &'l str {
    let id = hash(name, layout.salt);
    let pilot = layout.pilots[bucket(id, layout.pilots.len())];
    let at = slot(id, pilot, layout.offsets.len() - 1);
    &layout.text[layout.offsets[at] as usize..layout.offsets[at + 1] as usize]
}

#[test]
fn c05_one_candidate_for_every_name_at_any_size() {
    let sizes = (1..=300).chain([1_000, 3_000, 10_000]);
    for count in sizes {
        for family in 0..3 {
            let names = names(count, family);
            let layout = laid_out(&names, 0).unwrap();
            assert_eq!(layout.len, count);
            assert!(names.iter().all(|name| found(&layout, name) == name));
        }
    }
}

#[test]
fn c05_at_most_two_and_a_half_bytes_a_name() {
    for count in (100..400).chain([1_000, 5_000]) {
        let layout = laid_out(&names(count, 0), 0).unwrap();
        let bytes = 2 * layout.offsets.len() + layout.pilots.len();
        assert!(2 * bytes <= 5 * count, "{bytes} bytes for {count} names");
    }
}

#[test]
fn c05_two_hundred_thousand_names() {
    let names = names(200_000, 9);
    let texts: Vec<&str> = names.iter().map(String::as_str).collect();
    // All but the few that collide, which no salt avoids among so many.
    let mut ids: Vec<(u32, &str)> = texts.iter().map(|text| (hash(text, 0), *text)).collect();
    ids.sort_unstable();
    ids.dedup_by_key(|(id, _)| *id);
    let texts: Vec<&str> = ids.into_iter().map(|(_, text)| text).collect();
    assert!(texts.len() > 199_900);
    let layout = layout(&texts, 0).unwrap();
    assert!(texts.iter().all(|text| found(&layout, text) == *text));
    assert!(!layout.is_narrow());
}

#[test]
fn c22_the_set_of_names_decides() {
    let mut names = names(500, 1);
    let first = laid_out(&names, 7).unwrap();
    names.reverse();
    names.extend_from_within(..10);
    assert_eq!(laid_out(&names, 7).unwrap(), first);
}

#[test]
fn names_that_cannot_be_are_told_by_position() {
    let long = "x".repeat(MAX_NAME);
    let too_long = "x".repeat(MAX_NAME + 1);
    for (names, result) in [
        (vec![], Ok(0)),
        (vec!["a", "a"], Ok(1)),
        (vec!["a", &long], Ok(2)),
        (vec!["a", ""], Err(LayoutError::Empty(1))),
        (vec!["a", "b", &too_long], Err(LayoutError::TooLong(2))),
    ] {
        assert_eq!(layout(&names, 0).map(|layout| layout.len), result);
    }
}

#[test]
fn c05_an_index_that_is_built_at_run_time_agrees() {
    for count in (0..=300).chain([2_000, 10_000]) {
        let ids: Vec<u32> = (0..count).map(|n| hash(&format!("entry {n}"), 3)).collect();
        let (pilots, slots) = index(&ids).unwrap();
        let index = Index::new(&pilots, &slots);
        for (at, &id) in ids.iter().enumerate() {
            assert_eq!(index.candidate(id), Some(at), "{count} entries");
        }
        assert_eq!(index.get(&ids, 0x8000_0001), None);
    }
    assert_eq!(
        index(&[5, 6, 5]),
        Err(Fault::Equal {
            first: 0,
            second: 2
        })
    );
    assert_eq!(index(&[5, 0]), Err(Fault::Range { at: 1 }));
    assert_eq!(index(&[1 << 31]), Err(Fault::Range { at: 0 }));
    assert_eq!(index(&vec![1; 70_000]), Err(Fault::Size));
}
