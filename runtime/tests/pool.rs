//! From text to id and back through a pool.

use enroll::{Offsets, Pool, Qstr, qstr};
use enroll_abi::layout::layout;

fn pool(names: &[&str], salt: u32) -> Pool {
    let layout = layout(names, salt).unwrap();
    let offsets = if layout.is_narrow() {
        let narrow: Vec<u16> = layout.offsets.iter().map(|&at| at as u16).collect();
        Offsets::U16(narrow.leak())
    } else {
        Offsets::U32(layout.offsets.leak())
    };
    Pool::new(
        salt,
        layout.len as u32,
        layout.text.leak(),
        offsets,
        layout.pilots.leak(),
    )
}

#[test]
fn c05_every_name_is_found_and_read_back() {
    for count in [0, 1, 2, 5, 100, 1_000, 10_000, 100_000] {
        let names: Vec<String> = (0..count).map(|n| format!("name_{n}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let Ok(_) = layout(&names, 0) else {
            assert_eq!(count, 100_000, "only so many names collide");
            continue;
        };
        let pool = pool(&names, 0);
        assert_eq!(pool.len(), count);
        for name in names {
            let id = pool.get(name).unwrap();
            assert_eq!(id, Qstr::of(name, 0));
            assert_eq!(pool.text(id), Some(name));
            assert_eq!(pool.get(&name[1..]), None);
        }
        assert_eq!(pool.iter().count(), count);
        assert_eq!(pool.get(""), None);
        assert_eq!(pool.get("absent"), None);
        assert_eq!(pool.text(Qstr::from_raw(u32::MAX).unwrap()), None);
        let (_, above) = pool.size();
        if count >= 100 && pool.size().0 < 65_536 {
            assert!(
                above <= 3 * count,
                "{above} bytes above the text for {count}"
            );
        }
    }
}

#[test]
fn qstr_is_an_expression_and_a_pattern() {
    const ERRNO: Qstr = qstr!("errno");
    assert_eq!(ERRNO, Qstr::of("errno", 0));
    assert!(matches!(ERRNO, qstr!("errno")));
    assert!(!matches!(ERRNO, qstr!("argv")));
    assert_eq!(size_of::<Option<Qstr>>(), 4);
}

#[test]
fn c05_what_is_not_in_the_pool_is_not_found() {
    let names: Vec<String> = (0..60).map(|n| format!("name_{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    // Under some of these salts the empty text falls into a free slot.
    for salt in 0..500 {
        let pool = pool(&names, salt);
        assert_eq!(pool.get(""), None, "salt {salt}");
        let absent = Qstr::of("absent", salt);
        assert_eq!(pool.text(absent), None, "the candidate has another hash");
        assert_eq!(pool.text(Qstr::of("", salt)), None);
    }
}
