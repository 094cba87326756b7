//! Names interned at run time, over a real pool and its real hash.
#![cfg(feature = "alloc")]

use enroll::{Limits, Names, NamesError, Offsets, Pool, Qstr, qstr};
use enroll_abi::layout::layout;

/// Has the id of "argv" under salt 0; a search of a few seconds finds one.
const TWIN: &str = "iwypcfi";

fn pool() -> &'static Pool {
    let layout = layout(&["argv", "path", "ps1"], 0).unwrap();
    let offsets: Vec<u16> = layout.offsets.iter().map(|&at| at as u16).collect();
    Box::leak(Box::new(Pool::new(
        layout.salt,
        layout.len as u32,
        layout.text.leak(),
        Offsets::U16(offsets.leak()),
        layout.pilots.leak(),
    )))
}

#[test]
fn c04_a_strangers_text_never_takes_a_names_id() {
    assert_eq!(Qstr::of(TWIN, 0), Qstr::of("argv", 0));
    let mut names = Names::new(pool());
    assert_eq!(names.get(TWIN), None, "the pool compares the text");
    let twin = names.intern(TWIN).unwrap();
    assert_eq!(twin.raw() >> 31, 1);
    assert_eq!(names.intern(TWIN), Ok(twin));
    assert_eq!(names.text(twin), Some(TWIN));
    assert_eq!(names.intern("argv"), Ok(Qstr::of("argv", 0)));
    assert_eq!(names.text(Qstr::of("argv", 0)), Some("argv"));
}

#[test]
fn c04_of_two_dynamic_names_the_first_keeps_the_hash() {
    for (first, second) in [(TWIN, "argv"), ("argv", TWIN)] {
        let mut names = Names::new(&Pool::EMPTY);
        let (one, two) = (names.intern(first).unwrap(), names.intern(second).unwrap());
        assert_eq!(one, Qstr::of(first, 0));
        assert_eq!(two.raw() >> 31, 1);
        assert_eq!(
            (names.text(one), names.text(two)),
            (Some(first), Some(second))
        );
    }
}

#[test]
fn c04_a_name_that_was_not_declared_still_equals_its_constant() {
    // Not promised (another text may hold the id), but so unless it does.
    let mut names = Names::new(&Pool::EMPTY);
    if names.pool().salt() == enroll::__private::build_salt(option_env!("ENROLL_QSTR_SALT")) {
        assert_eq!(names.intern("undeclared"), Ok(qstr!("undeclared")));
    }
}

#[test]
fn c04_the_empty_text_is_a_dynamic_name_only() {
    let mut names = Names::new(pool());
    assert_eq!((names.get(""), names.pool().get("")), (None, None));
    let empty = names.intern("").unwrap();
    assert_eq!((names.get(""), names.text(empty)), (Some(empty), Some("")));
    assert_eq!(names.len(), 1);
}

#[test]
fn c04_many_names_under_any_key() {
    for key in [0, 1, u64::MAX] {
        let limits = Limits {
            names: 20_000,
            bytes: 1 << 20,
        };
        let mut names = Names::with_key(pool(), limits, key);
        let texts: Vec<String> = (0..20_000).map(|n| format!("é{n}")).collect();
        let ids: Vec<Qstr> = texts
            .iter()
            .map(|text| names.intern(text).unwrap())
            .collect();
        for (text, id) in texts.iter().zip(ids) {
            assert_eq!((names.get(text), names.text(id)), (Some(id), Some(&**text)));
        }
        assert_eq!(
            names.intern("one more"),
            Err(NamesError::TooMany { limit: 20_000 })
        );
        assert_eq!(names.intern("path"), Ok(Qstr::of("path", 0)));
    }
}
