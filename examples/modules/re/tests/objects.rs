//! Patterns, matches and iterators as scripts hold them; callbacks.

use enroll_portable::prelude::*;
use enroll_portable::testing::{Interp, args, named};
use re_module::RE;

fn interp() -> Interp {
    Interp::of::<RE>().unwrap()
}

fn attr(interp: &mut Interp, object: &Value<'static>, name: &str) -> String {
    let value = interp.run(|cx| cx.attr(object, name));
    value.map_or_else(|error| error.to_string(), |value| interp.repr(&value))
}

fn shown(
    interp: &mut Interp,
    object: &Value<'static>,
    name: &str,
    args: &[Value<'static>],
) -> String {
    let value = interp.method(object, name, args);
    value.map_or_else(|error| error.to_string(), |value| interp.repr(&value))
}

#[test]
fn a_match_tells_its_groups() {
    let interp = &mut interp();
    let pattern = "(?P<year>[0-9]+)-(?P<month>[0-9]+)(-x)?";
    let found = interp
        .call("re.search", args![pattern, "é 2024-05"])
        .unwrap();
    assert_eq!(
        interp.repr(&found),
        "<re.Match object; span=(2, 9), match='2024-05'>"
    );
    for (name, args, expected) in [
        ("group", args![], "'2024-05'"),
        ("group", args![0], "'2024-05'"),
        ("group", args![1], "'2024'"),
        ("group", args!["month"], "'05'"),
        ("group", args![3], "None"),
        ("group", args![1, "month", 0], "('2024', '05', '2024-05')"),
        ("group", args![4], "IndexError: no such group"),
        ("group", args![-1], "IndexError: no such group"),
        ("group", args!["day"], "IndexError: no such group"),
        ("groups", args![], "('2024', '05', None)"),
        ("groups", args!["-"], "('2024', '05', '-')"),
        ("groupdict", args![], "{'year': '2024', 'month': '05'}"),
        ("start", args![], "2"),
        ("end", args!["year"], "6"),
        ("span", args![2], "(7, 9)"),
        ("span", args![3], "(-1, -1)"),
        ("span", args![4], "IndexError: no such group"),
        ("expand", args![r"\2/\g<year>\3"], "'05/2024'"),
    ] {
        assert_eq!(
            shown(interp, &found, name, args),
            expected,
            "{name} {args:?}"
        );
    }
    for (name, expected) in [
        ("string", "'é 2024-05'"),
        ("pos", "0"),
        ("endpos", "9"),
        ("lastindex", "2"),
        ("lastgroup", "'month'"),
        (
            "day",
            "AttributeError: 'Match' object has no attribute 'day'",
        ),
    ] {
        assert_eq!(attr(interp, &found, name), expected, "{name}");
    }
    let year = interp.run(|cx| cx.item(&found, &"year".into()));
    assert_eq!(year.unwrap(), "2024".into());
    let again = interp.call("re.compile", args![pattern]).unwrap();
    let own = interp.run(|cx| cx.attr(&found, "re")).unwrap();
    assert!(interp.run(|cx| cx.equal(&own, &again)).unwrap());
    assert!(interp.run(|cx| cx.truth(&found)).unwrap());
    let stored = interp.run(|cx| cx.set_attr(&found, "pos", Some(&1.into())));
    assert_eq!(stored.unwrap_err().kind(), Kind::AttributeError);
}

/// CPython: the group that closed last.
#[test]
fn the_last_group_is_the_one_that_closed_last() {
    let interp = &mut interp();
    for (pattern, text, expected) in [
        ("(a)(b)", "ab", "2"),
        ("((a)(b))", "ab", "1"),
        ("((a)|(b))c", "bc", "1"),
        ("(a)|(b)", "b", "2"),
        ("a", "a", "None"),
        ("(a)(b)?", "a", "1"),
        ("(?:(a)|(b))*", "ba", "1"),
        ("(a())", "a", "1"),
        ("(a)()", "a", "2"),
    ] {
        let found = interp.call("re.match", args![pattern, text]).unwrap();
        assert_eq!(attr(interp, &found, "lastindex"), expected, "{pattern}");
    }
}

#[test]
fn a_pattern_tells_what_it_is() {
    let interp = &mut interp();
    for (pattern, flags, shown, all) in [
        ("a", 0, "re.compile('a')", "32"),
        (
            "a",
            2 | 8,
            "re.compile('a', re.IGNORECASE|re.MULTILINE)",
            "42",
        ),
        ("(?s)a", 0, "re.compile('(?s)a', re.DOTALL)", "48"),
        (
            "(?a)a",
            64,
            "re.compile('(?a)a', re.VERBOSE|re.ASCII)",
            "320",
        ),
    ] {
        let compiled = interp.call("re.compile", args![pattern, flags]).unwrap();
        assert_eq!(interp.repr(&compiled), shown);
        assert_eq!(attr(interp, &compiled, "flags"), all);
        assert_eq!(attr(interp, &compiled, "pattern"), format!("'{pattern}'"));
    }
    let compiled = interp
        .call("re.compile", args!["(?P<a>x)(y)(?P<b>z)"])
        .unwrap();
    assert_eq!(attr(interp, &compiled, "groups"), "3");
    assert_eq!(attr(interp, &compiled, "groupindex"), "{'a': 1, 'b': 3}");
    let bytes = interp.call("re.compile", args![&b"a\xff"[..]]).unwrap();
    assert_eq!(interp.repr(&bytes), r"re.compile(b'a\xff')");
    assert_eq!(attr(interp, &bytes, "flags"), "0");
}

#[test]
fn equal_patterns_are_equal_keys() {
    let interp = &mut interp();
    let mut compile = |pattern: Value<'static>, flags: i64| {
        interp.call("re.compile", &[pattern, flags.into()]).unwrap()
    };
    let all = [
        compile("a".into(), 0),
        compile("a".into(), 0),
        compile("a".into(), 32),
        compile("a".into(), 2),
        compile("b".into(), 0),
        compile(b"a"[..].into(), 0),
    ];
    interp.run(|cx| {
        for (index, left) in all.iter().enumerate() {
            for (other, right) in all.iter().enumerate() {
                let expected = index == other || (index < 3 && other < 3);
                assert_eq!(cx.equal(left, right).unwrap(), expected, "{index} {other}");
                let same = cx.hash(left).unwrap() == cx.hash(right).unwrap();
                assert!(same || !expected, "{index} {other}");
            }
        }
        assert!(!cx.equal(&all[0], &"a".into()).unwrap());
    });
}

#[test]
fn arguments_are_checked() {
    let interp = &mut interp();
    for (name, args, expected) in [
        (
            "re.compile",
            args![5],
            "TypeError: first argument must be string or compiled pattern",
        ),
        (
            "re.match",
            args!["a", 5],
            "TypeError: expected string or bytes-like object",
        ),
        ("re.match", args!["a", "a", 1], "ValueError: unknown flags"),
        (
            "re.match",
            args!["a", "a", 4],
            "ValueError: LOCALE needs locales, which are not here",
        ),
        (
            "re.match",
            args!["a", "a", 288],
            "ValueError: ASCII and UNICODE are incompatible",
        ),
        (
            "re.match",
            args![&b"a"[..], &b"a"[..], 32],
            "ValueError: cannot use UNICODE flag with a bytes pattern",
        ),
        (
            "re.sub",
            args!["a", 5, "a"],
            "TypeError: 'int' object is not callable",
        ),
        (
            "re.escape",
            args![5],
            "TypeError: expected string or bytes-like object",
        ),
    ] {
        assert_eq!(interp.show(name, Some(args)), expected, "{name} {args:?}");
    }
    let compiled = interp.call("re.compile", args!["a"]).unwrap();
    let again = interp
        .call("re.compile", core::slice::from_ref(&compiled))
        .unwrap();
    assert_eq!(again, compiled);
    let error = interp
        .call("re.compile", &[compiled, 2.into()])
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "ValueError: cannot process flags argument with a compiled pattern"
    );
    let found = interp.call_named(
        "re.sub",
        args![],
        named![
            pattern = "a",
            repl = "b",
            string = "Aa",
            count = 1,
            flags = 2
        ],
    );
    assert_eq!(found.unwrap(), "ba".into());
    let found = interp.call("re.Match", args![]).unwrap_err();
    assert_eq!(
        found.to_string(),
        "TypeError: cannot create 'Match' instances"
    );
}

/// As CPython 3.7 and later: characters that mean something are escaped, others
/// are not.
#[test]
fn escaped_texts_match_themselves() {
    let interp = &mut interp();
    for (text, expected) in [
        ("a.b", r"a\.b"),
        ("_-~", r"_\-\~"),
        ("é 漢", "é\\ 漢"),
        ("!\"%',/:;<=>@`", "!\"%',/:;<=>@`"),
        (
            "()[]{}?*+-|^$\\.&~#\t",
            r"\(\)\[\]\{\}\?\*\+\-\|\^\$\\\.\&\~\#\	",
        ),
    ] {
        let escaped = interp.call("re.escape", args![text]).unwrap();
        assert_eq!(escaped, expected.into());
        let found = interp
            .call("re.fullmatch", &[escaped, text.into()])
            .unwrap();
        assert!(!found.is_none(), "{text}");
    }
}

#[test]
fn an_iterator_goes_from_match_to_match_and_stays_at_its_end() {
    let interp = &mut interp();
    let matches = interp
        .call("re.finditer", args!["[a-z]+", "é ab 漢 c"])
        .unwrap();
    let mut spans = Vec::new();
    while let Some(found) = interp.run(|cx| cx.next(&matches)).unwrap() {
        spans.push(shown(interp, &found, "span", args![]));
    }
    assert_eq!(spans, ["(2, 4)", "(7, 8)"]);
    assert!(interp.run(|cx| cx.next(&matches)).unwrap().is_none());
}
