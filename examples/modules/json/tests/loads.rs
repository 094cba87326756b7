//! `json.loads`. What is expected is what CPython 3.11 shows; its JSONDecodeError is
//! a ValueError here.

use enroll_portable::prelude::*;
use enroll_portable::testing::{Interp, args, named};
use json_module::JSON;

fn interp() -> Interp {
    Interp::of::<JSON>().unwrap()
}

#[test]
fn texts_of_rfc_8259_have_their_values() {
    let mut interp = interp();
    for (text, expected) in [
        ("null", "None"),
        (" true ", "True"),
        ("false", "False"),
        ("[]", "[]"),
        ("{}", "{}"),
        ("\t\r\n [ \t1 \n,\r2 ] \n", "[1, 2]"),
        ("[[[]],{}]", "[[[]], {}]"),
        (
            "{\"a\" : [ ] , \"b\":{\"c\":null}}",
            "{'a': [], 'b': {'c': None}}",
        ),
        ("0", "0"),
        ("-0", "0"),
        ("-0.0", "-0.0"),
        ("123456789", "123456789"),
        ("9223372036854775807", "9223372036854775807"),
        ("-9223372036854775808", "-9223372036854775808"),
        ("0.1", "0.1"),
        ("1e5", "100000.0"),
        ("1E+5", "100000.0"),
        ("1.5e-7", "1.5e-07"),
        ("1e400", "inf"),
        ("-1e-400", "-0.0"),
        ("0.1000000000000000055511151231257827", "0.1"),
        ("[NaN, Infinity, -Infinity]", "[nan, inf, -inf]"),
        ("\"\"", "''"),
        (
            "\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
            "'a\"\\\\/\\x08\\x0c\\n\\r\\t'",
        ),
        ("\"\\u00e9\\u6F22\\ud834\\uDD1E\"", "'é漢𝄞'"),
        ("\"é漢𝄞\"", "'é漢𝄞'"),
        ("\"\\u0000\"", "'\\x00'"),
        // The last value of a name, where the first one stood.
        ("{\"a\":1,\"b\":2,\"a\":3}", "{'a': 3, 'b': 2}"),
        ("{\"a\":1,\"\\u0061\":2,\"a\":3}", "{'a': 3}"),
    ] {
        assert_eq!(
            interp.show("json.loads", Some(args![text])),
            expected,
            "{text}"
        );
        let bytes = args![text.as_bytes()];
        assert_eq!(interp.show("json.loads", Some(bytes)), expected, "{text}");
    }
}

/// Text, error.
const BAD: &[(&str, &str)] = &[
    ("", "ValueError: Expecting value: line 1 column 1 (char 0)"),
    ("[", "ValueError: Expecting value: line 1 column 2 (char 1)"),
    ("]", "ValueError: Expecting value: line 1 column 1 (char 0)"),
    (
        "{",
        "ValueError: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
    ),
    ("}", "ValueError: Expecting value: line 1 column 1 (char 0)"),
    (
        "[1",
        "ValueError: Expecting ',' delimiter: line 1 column 3 (char 2)",
    ),
    (
        "[1,",
        "ValueError: Expecting value: line 1 column 4 (char 3)",
    ),
    (
        "[1,]",
        "ValueError: Expecting value: line 1 column 4 (char 3)",
    ),
    (
        "[,1]",
        "ValueError: Expecting value: line 1 column 2 (char 1)",
    ),
    (
        "[1 2]",
        "ValueError: Expecting ',' delimiter: line 1 column 4 (char 3)",
    ),
    (
        "[1,,2]",
        "ValueError: Expecting value: line 1 column 4 (char 3)",
    ),
    (
        "{\"a\"",
        "ValueError: Expecting ':' delimiter: line 1 column 5 (char 4)",
    ),
    (
        "{\"a\":",
        "ValueError: Expecting value: line 1 column 6 (char 5)",
    ),
    (
        "{\"a\":1",
        "ValueError: Expecting ',' delimiter: line 1 column 7 (char 6)",
    ),
    (
        "{\"a\":1,",
        "ValueError: Expecting property name enclosed in double quotes: line 1 column 8 (char 7)",
    ),
    (
        "{\"a\":1,}",
        "ValueError: Expecting property name enclosed in double quotes: line 1 column 8 (char 7)",
    ),
    (
        "{,}",
        "ValueError: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
    ),
    (
        "{a:1}",
        "ValueError: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
    ),
    (
        "{'a':1}",
        "ValueError: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
    ),
    (
        "{1:1}",
        "ValueError: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
    ),
    (
        "{\"a\" 1}",
        "ValueError: Expecting ':' delimiter: line 1 column 6 (char 5)",
    ),
    (
        "{\"a\"::1}",
        "ValueError: Expecting value: line 1 column 6 (char 5)",
    ),
    (
        "{\"a\":}",
        "ValueError: Expecting value: line 1 column 6 (char 5)",
    ),
    (
        "{\"a\":1 \"b\":2}",
        "ValueError: Expecting ',' delimiter: line 1 column 8 (char 7)",
    ),
    (
        "{\"a\":1]",
        "ValueError: Expecting ',' delimiter: line 1 column 7 (char 6)",
    ),
    (
        "[1}",
        "ValueError: Expecting ',' delimiter: line 1 column 3 (char 2)",
    ),
    ("1 2", "ValueError: Extra data: line 1 column 3 (char 2)"),
    ("[] []", "ValueError: Extra data: line 1 column 4 (char 3)"),
    (
        "[1;2]",
        "ValueError: Expecting ',' delimiter: line 1 column 3 (char 2)",
    ),
    (
        "/**/1",
        "ValueError: Expecting value: line 1 column 1 (char 0)",
    ),
    (
        "nul",
        "ValueError: Expecting value: line 1 column 1 (char 0)",
    ),
    (
        "True",
        "ValueError: Expecting value: line 1 column 1 (char 0)",
    ),
    ("nulll", "ValueError: Extra data: line 1 column 5 (char 4)"),
    (
        "nan",
        "ValueError: Expecting value: line 1 column 1 (char 0)",
    ),
    (
        "inf",
        "ValueError: Expecting value: line 1 column 1 (char 0)",
    ),
    ("-", "ValueError: Expecting value: line 1 column 1 (char 0)"),
    (
        "--1",
        "ValueError: Expecting value: line 1 column 1 (char 0)",
    ),
    (
        "+1",
        "ValueError: Expecting value: line 1 column 1 (char 0)",
    ),
    ("01", "ValueError: Extra data: line 1 column 2 (char 1)"),
    ("-01", "ValueError: Extra data: line 1 column 3 (char 2)"),
    ("1.", "ValueError: Extra data: line 1 column 2 (char 1)"),
    (
        ".5",
        "ValueError: Expecting value: line 1 column 1 (char 0)",
    ),
    ("1.e5", "ValueError: Extra data: line 1 column 2 (char 1)"),
    ("1e", "ValueError: Extra data: line 1 column 2 (char 1)"),
    ("1e+", "ValueError: Extra data: line 1 column 2 (char 1)"),
    ("0x10", "ValueError: Extra data: line 1 column 2 (char 1)"),
    ("1_0", "ValueError: Extra data: line 1 column 2 (char 1)"),
    (
        "-Inf",
        "ValueError: Expecting value: line 1 column 1 (char 0)",
    ),
    (
        "\"",
        "ValueError: Unterminated string starting at: line 1 column 1 (char 0)",
    ),
    (
        "\"a",
        "ValueError: Unterminated string starting at: line 1 column 1 (char 0)",
    ),
    (
        "\"a\n\"",
        "ValueError: Invalid control character at: line 1 column 3 (char 2)",
    ),
    (
        "\"\\",
        "ValueError: Unterminated string starting at: line 1 column 1 (char 0)",
    ),
    (
        "\"\\\"",
        "ValueError: Unterminated string starting at: line 1 column 1 (char 0)",
    ),
    (
        "\"\\x41\"",
        "ValueError: Invalid \\escape: line 1 column 2 (char 1)",
    ),
    (
        "\"\\u12\"",
        "ValueError: Invalid \\uXXXX escape: line 1 column 3 (char 2)",
    ),
    (
        "\"\\u12g4\"",
        "ValueError: Invalid \\uXXXX escape: line 1 column 3 (char 2)",
    ),
    (
        "\"\\u1234",
        "ValueError: Invalid \\uXXXX escape: line 1 column 3 (char 2)",
    ),
    (
        "\"\\ud834\\u12\"",
        "ValueError: Invalid \\uXXXX escape: line 1 column 9 (char 8)",
    ),
    (
        "'a'",
        "ValueError: Expecting value: line 1 column 1 (char 0)",
    ),
    (
        "\n\n  x",
        "ValueError: Expecting value: line 3 column 3 (char 4)",
    ),
    (
        "é\n 漢 x",
        "ValueError: Expecting value: line 1 column 1 (char 0)",
    ),
    (
        "[\"é漢\",\n x]",
        "ValueError: Expecting value: line 2 column 2 (char 8)",
    ),
    (
        "\u{feff}1",
        "ValueError: Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)",
    ),
    (
        "\u{a0}1",
        "ValueError: Expecting value: line 1 column 1 (char 0)",
    ),
    ("١", "ValueError: Expecting value: line 1 column 1 (char 0)"),
    (
        "[1\n,\n]",
        "ValueError: Expecting value: line 3 column 1 (char 5)",
    ),
];

#[test]
fn what_is_no_json_is_refused_at_its_place() {
    let mut interp = interp();
    for (text, expected) in BAD {
        assert_eq!(
            interp.show("json.loads", Some(args![*text])),
            *expected,
            "{text:?}"
        );
    }
}

#[test]
fn what_no_value_holds_is_refused() {
    let mut interp = interp();
    let deep = |count: usize| format!("{}1{}", "[".repeat(count), "]".repeat(count));
    let too_deep = "RuntimeError: lists and objects within each other go deeper than 64";
    let large = "OverflowError: an integer of more than 64 bits, for parse_int to take: ";
    for (text, expected) in [
        (
            "[9223372036854775808]".to_owned(),
            format!("{large}line 1 column 2 (char 1)"),
        ),
        (
            "\n -9223372036854775809".to_owned(),
            format!("{large}line 2 column 2 (char 2)"),
        ),
        (
            r#"["\ud800"]"#.to_owned(),
            "ValueError: Lone surrogate, which is no character: line 1 column 3 (char 2)"
                .to_owned(),
        ),
        (
            r#""\udd1e\ud834""#.to_owned(),
            "ValueError: Lone surrogate, which is no character: line 1 column 2 (char 1)"
                .to_owned(),
        ),
        (deep(65), too_deep.to_owned()),
        (deep(65).replace('1', ""), too_deep.to_owned()),
        ("[".repeat(1_000_000), too_deep.to_owned()),
        ("{\"a\":".repeat(1_000_000), too_deep.to_owned()),
    ] {
        assert_eq!(interp.show("json.loads", Some(args![text])), expected);
    }
    let value = interp.call("json.loads", args![deep(64)]).unwrap();
    assert_eq!(
        interp.call("json.dumps", &[value]).unwrap(),
        deep(64).into()
    );
    for (value, expected) in [
        (
            Value::Int(1),
            "TypeError: the JSON object must be str, bytes or bytearray, not int",
        ),
        (
            b"[1, \xff]"[..].into(),
            "ValueError: bytes are not UTF-8 from position 4 on",
        ),
    ] {
        assert_eq!(interp.show("json.loads", Some(&[value])), expected);
    }
    let marked = b"\xef\xbb\xbf[1]";
    assert_eq!(interp.show("json.loads", Some(args![&marked[..]])), "[1]");
}

fn show<'vm>(cx: &mut Cx<'_, 'vm, Portable>, value: Value<'vm>) -> Result<String, Error> {
    cx.text_of(&value, Style::Repr)
}

/// Reads and writes while a text is read.
fn again<'vm>(cx: &mut Cx<'_, 'vm, Portable>, value: Value<'vm>) -> Result<Value<'vm>, Error> {
    let module = cx.module().map(Value::Module).unwrap_or_default();
    let text = cx.call_method(&module, "dumps", Args::new(&[value]))?;
    cx.call_method(&module, "loads", Args::new(&[text]))
}

fn fails(_: Value<'_>) -> Result<(), Error> {
    Err(Error::new(Kind::KeyError, "no"))
}

#[test]
fn hooks_are_called_with_what_was_read() {
    let mut interp = interp();
    let text = r#"{"a": [1, -0, 2.50, 1e400, NaN, {"b": -Infinity}, {}], "a": 2}"#;
    let show = function!(show);
    for (hooks, expected) in [
        (named![parse_int = show], "{'a': \"'2'\"}"),
        (
            named![object_pairs_hook = show],
            r#"'[('a', [1, 0, 2.5, inf, nan, "[('b', -inf)]", '[]']), ('a', 2)]'"#,
        ),
        (named![object_hook = show], "\"{'a': 2}\""),
        (named![object_hook = function!(fails)], "KeyError: no"),
        (named![parse_constant = function!(fails)], "KeyError: no"),
        (named![parse_float = function!(fails)], "KeyError: no"),
        (
            named![object_hook = Value::None, parse_int = Value::None],
            "{'a': 2}",
        ),
    ] {
        let value = interp.call_named("json.loads", args![text], hooks);
        let shown = value.map_or_else(|error| error.to_string(), |value| interp.repr(&value));
        assert_eq!(
            shown.replace("\\'", "'"),
            expected.replace("\\'", "'"),
            "{hooks:?}"
        );
    }
    let numbers = "[1, -0, 2.50, 1e400, NaN, -Infinity]";
    let hooks = named![parse_int = show, parse_float = show, parse_constant = show];
    let value = interp
        .call_named("json.loads", args![numbers], hooks)
        .unwrap();
    let shown = interp.repr(&value);
    for text in ["'1'", "'-0'", "'2.50'", "'1e400'", "'NaN'", "'-Infinity'"] {
        assert!(shown.contains(text), "{shown}");
    }
    let value = interp.call_named(
        "json.loads",
        args![r#"{"a": {"b": [1]}}"#],
        named![object_hook = function!(again)],
    );
    assert_eq!(interp.repr(&value.unwrap()), "{'a': {'b': [1]}}");
}
