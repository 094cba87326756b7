//! What counts as the same on a host.

use enroll_tests_library::host::Host;
use enroll_tests_library::outcome::{Line, agree, merged, read, seen_by, write};

#[test]
fn a_host_blurs_what_it_cannot_tell_apart() {
    for (host, text, seen) in [
        (Host::Lua, r#"[b"a", ("b(", {})]"#, r#"["a", ["b(", []]]"#),
        (Host::Lua, r#""b\\", b"\x22{}""#, r#""b\\", "\x22{}""#),
        (Host::Rhai, r#"[b"a", ("(",)]"#, r#"[b"a", ["(",]]"#),
        (Host::CPython, r#"(b"a", {})"#, r#"(b"a", {})"#),
        (Host::Stdlib, "! ValueError: no", "! ValueError"),
        (Host::Lua, "! ValueError: no (1)", "! ValueError: no (1)"),
        (
            Host::Rhai,
            "! TypeError: f() takes 1 argument, 2 given",
            "! TypeError: these arguments",
        ),
    ] {
        assert_eq!(seen_by(host, text), seen, "{host}");
    }
}

#[test]
fn floats_have_one_form() {
    for (printed, text) in [
        ("[\u{1}0.10000000000000001\u{1}, 1]", "[0.1, 1]"),
        ("\u{1}1e+22\u{1}", "1e22"),
        ("\u{1}3\u{1}", "3.0"),
        ("\u{1}-nan\u{1}", "nan"),
        ("\u{1}-inf\u{1}", "-inf"),
    ] {
        assert_eq!(Line::new(1, printed).text, text);
    }
}

#[test]
fn a_line_that_a_host_cannot_tell_apart_stays_as_it_was() {
    let known = read("1: b\"a\"\n2: 5\n3: (1)\n");
    let printed = read("1: \"a\"\n3: [2]\n");
    assert!(!agree(Host::Lua, &known, &printed));
    let new = merged(Host::Lua, &known, &printed, |line| line != 2);
    assert_eq!(write(&new), "1: b\"a\"\n2: 5\n3: [2]\n");
    // What loops print stays in its order.
    let known = read("1: 0\n2: 0\n1: 1\n2: 1\n");
    let printed = read("1: 0\n1: 7\n");
    let new = merged(Host::Lua, &known, &printed, |line| line == 1);
    assert_eq!(write(&new), "1: 0\n2: 0\n1: 7\n2: 1\n");
}
