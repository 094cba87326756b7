//! `json.dumps`. What is expected is what CPython 3.11 shows.

use enroll_portable::prelude::*;
use enroll_portable::testing::{Interp, args, named};
use enroll_portable::{Dict, List, Tuple};
use json_module::JSON;

fn interp() -> Interp {
    Interp::of::<JSON>().unwrap()
}

fn dict(pairs: Vec<(Value<'static>, Value<'static>)>) -> Value<'static> {
    Value::Dict(Dict::from_iter(pairs))
}

fn dumps(interp: &mut Interp, value: Value<'static>, named: &[(&str, Value<'static>)]) -> String {
    match interp.call_named("json.dumps", &[value], named) {
        Ok(text) => text.as_str().unwrap().to_owned(),
        Err(error) => error.to_string(),
    }
}

/// A value with every kind of part.
fn sample() -> Value<'static> {
    dict(vec![
        ("b".into(), vec![1, 2].into()),
        (
            "a".into(),
            Value::Tuple(Tuple::from(vec![Value::None, true.into()])),
        ),
        ("é".into(), dict(vec![("x".into(), 1.5.into())])),
        ("".into(), Vec::<Value<'static>>::new().into()),
        ("z".into(), dict(vec![])),
    ])
}

#[test]
fn a_value_has_its_text() {
    let interp = &mut interp();
    for (named, expected) in [
        (
            named![],
            r#"{"b": [1, 2], "a": [null, true], "\u00e9": {"x": 1.5}, "": [], "z": {}}"#,
        ),
        (
            named![separators = vec![",", ":"], ensure_ascii = false],
            r#"{"b":[1,2],"a":[null,true],"é":{"x":1.5},"":[],"z":{}}"#,
        ),
        (
            named![sort_keys = true],
            r#"{"": [], "a": [null, true], "b": [1, 2], "z": {}, "\u00e9": {"x": 1.5}}"#,
        ),
        (
            named![indent = 1, sort_keys = true],
            "{\n \"\": [],\n \"a\": [\n  null,\n  true\n ],\n \"b\": [\n  1,\n  2\n ],\n \"z\": {},\n \
             \"\\u00e9\": {\n  \"x\": 1.5\n }\n}",
        ),
        (
            named![indent = "-", separators = vec![";", "="]],
            "{\n-\"b\"=[\n--1;\n--2\n-];\n-\"a\"=[\n--null;\n--true\n-];\n-\"\\u00e9\"={\n--\"x\"=1.5\n-};\n\
             -\"\"=[];\n-\"z\"={}\n}",
        ),
    ] {
        assert_eq!(dumps(interp, sample(), named), expected);
    }
    for indent in [0, -3] {
        let text = dumps(interp, vec![1, 2].into(), named![indent = indent]);
        assert_eq!(text, "[\n1,\n2\n]");
    }
}

#[test]
fn strings_are_escaped() {
    let interp = &mut interp();
    for (text, ascii, plain) in [
        ("", r#""""#, r#""""#),
        ("a\"\\/", r#""a\"\\/""#, r#""a\"\\/""#),
        ("\x08\x0c\n\r\t", r#""\b\f\n\r\t""#, r#""\b\f\n\r\t""#),
        ("\x00\x1f", r#""\u0000\u001f""#, r#""\u0000\u001f""#),
        ("\x7f\u{80}", r#""\u007f\u0080""#, "\"\x7f\u{80}\""),
        ("é漢", r#""\u00e9\u6f22""#, "\"é漢\""),
        (
            "𝄞\u{10ffff}",
            r#""\ud834\udd1e\udbff\udfff""#,
            "\"𝄞\u{10ffff}\"",
        ),
        ("\u{2028}", r#""\u2028""#, "\"\u{2028}\""),
    ] {
        assert_eq!(dumps(interp, text.into(), &[]), ascii);
        assert_eq!(
            dumps(interp, text.into(), named![ensure_ascii = false]),
            plain
        );
    }
}

#[test]
#[allow(
    clippy::excessive_precision,
    reason = "it lies between two texts of one length"
)]
fn floats_are_written_as_python_does() {
    let interp = &mut interp();
    for (float, expected) in [
        (0.0, "0.0"),
        (-0.0, "-0.0"),
        (1.0, "1.0"),
        (-1.5, "-1.5"),
        (0.1, "0.1"),
        (1.0 / 3.0, "0.3333333333333333"),
        (1e15, "1000000000000000.0"),
        (9999999999999998.0, "9999999999999998.0"),
        (1e16, "1e+16"),
        (1.2345678901234568e17, "1.2345678901234568e+17"),
        (1e22, "1e+22"),
        (1e23, "1e+23"),
        (1e100, "1e+100"),
        (5e-324, "5e-324"),
        (f64::MAX, "1.7976931348623157e+308"),
        (f64::MIN_POSITIVE, "2.2250738585072014e-308"),
        (0.0001, "0.0001"),
        (0.00001, "1e-05"),
        (0.00012345, "0.00012345"),
        (1.5e-5, "1.5e-05"),
        (1e-7, "1e-07"),
        (123456789.125, "123456789.125"),
        (100.0, "100.0"),
        // Of two shortest texts that are as near, the even one.
        (2178896510171335.25, "2178896510171335.2"),
        (f64::NAN, "NaN"),
        (f64::INFINITY, "Infinity"),
        (f64::NEG_INFINITY, "-Infinity"),
    ] {
        assert_eq!(dumps(interp, float.into(), &[]), expected);
        let strict = dumps(interp, float.into(), named![allow_nan = false]);
        let expected = match float.is_finite() {
            true => expected,
            false => "ValueError: Out of range float values are not JSON compliant",
        };
        assert_eq!(strict, expected);
    }
    assert_eq!(dumps(interp, i64::MIN.into(), &[]), "-9223372036854775808");
}

#[test]
fn keys_become_names() {
    let interp = &mut interp();
    let keys = dict(vec![
        (true.into(), 1.into()),
        (Value::None, 2.into()),
        (1.5.into(), 3.into()),
        (10.into(), 4.into()),
        ("x".into(), 5.into()),
    ]);
    assert_eq!(
        dumps(interp, keys.clone(), &[]),
        r#"{"true": 1, "null": 2, "1.5": 3, "10": 4, "x": 5}"#
    );
    let sorted = dumps(interp, keys, named![sort_keys = true]);
    assert!(
        sorted.starts_with("TypeError: keys cannot be sorted: "),
        "{sorted}"
    );
    let numbers = dict(vec![
        (10.into(), 1.into()),
        (9.into(), 2.into()),
        (1.5.into(), 3.into()),
        (false.into(), 4.into()),
    ]);
    assert_eq!(
        dumps(interp, numbers, named![sort_keys = true]),
        r#"{"false": 4, "1.5": 3, "9": 2, "10": 1}"#
    );
    let wrong = |key: Value<'static>| dict(vec![(key, 1.into()), ("a".into(), 2.into())]);
    for (key, name) in [
        (Value::Tuple(Tuple::from(vec![])), "tuple"),
        (b"a"[..].into(), "bytes"),
    ] {
        assert_eq!(
            dumps(interp, wrong(key.clone()), &[]),
            format!("TypeError: keys must be str, int, float, bool or None, not {name}")
        );
        let skipped = dumps(interp, wrong(key), named![skipkeys = true]);
        assert_eq!(skipped, r#"{"a": 2}"#);
    }
}

static THING: Type = Type::new("Thing", "").slots(&[Slot::Iter(iterate)]);

fn iterate<'vm>(_: &mut Cx<'_, 'vm, Portable>, _: &Object<'vm>) -> Result<Value<'vm>, Error> {
    Err(Error::new(Kind::RuntimeError, "nobody iterates"))
}

fn tell<'vm>(value: Value<'vm>) -> Value<'vm> {
    Value::Dict(
        [("type".into(), value.type_name().into())]
            .into_iter()
            .collect(),
    )
}

fn same<'vm>(value: Value<'vm>) -> Value<'vm> {
    value
}

fn wrapped<'vm>(_: Value<'vm>) -> Value<'vm> {
    vec![Value::from(Object::new(&THING, ()))].into()
}

fn fails(_: Value<'_>) -> Result<(), Error> {
    Err(Error::new(Kind::KeyError, "no"))
}

#[test]
fn what_is_no_data_goes_to_default_or_is_refused() {
    let interp = &mut interp();
    let thing = || Value::from(Object::new(&THING, ()));
    for (value, name) in [
        (thing(), "Thing"),
        (b"a"[..].into(), "bytes"),
        (Value::Type(&THING), "type"),
        (Value::Function(function!(fails)), "function"),
    ] {
        assert_eq!(
            dumps(interp, vec![value.clone()].into(), &[]),
            format!("TypeError: Object of type {name} is not JSON serializable")
        );
        let told = dumps(
            interp,
            vec![value].into(),
            named![default = function!(tell)],
        );
        assert_eq!(told, format!(r#"[{{"type": "{name}"}}]"#));
    }
    for (default, expected) in [
        (function!(same), "ValueError: Circular reference detected"),
        (
            function!(wrapped),
            "RuntimeError: lists and objects within each other go deeper than 64",
        ),
        (function!(fails), "KeyError: no"),
    ] {
        assert_eq!(dumps(interp, thing(), named![default = default]), expected);
    }
    let told = named![default = function!(tell), indent = 2];
    assert_eq!(dumps(interp, thing(), told), "{\n  \"type\": \"Thing\"\n}");
}

#[test]
fn what_holds_itself_is_refused() {
    let interp = &mut interp();
    let list = Value::List(List::from_iter([Value::Int(1)]));
    let within = dict(vec![("a".into(), list.clone())]);
    if let Value::List(List::Shared(items)) = &list {
        items.borrow_mut().push(within.clone());
    }
    let circular = "ValueError: Circular reference detected";
    assert_eq!(dumps(interp, list.clone(), &[]), circular);
    assert_eq!(dumps(interp, within, &[]), circular);
    assert_eq!(
        dumps(interp, list.clone(), named![check_circular = false]),
        "RuntimeError: lists and objects within each other go deeper than 64"
    );
    if let Value::List(List::Shared(items)) = &list {
        items.borrow_mut().clear();
    }
    // The same one twice holds nothing of itself.
    let twice = vec![list.clone(), list].into();
    assert_eq!(dumps(interp, twice, &[]), "[[], []]");
}

#[test]
fn options_are_checked() {
    let interp = &mut interp();
    for (named, expected) in [
        (
            named![indent = 1.5],
            "TypeError: indent: expected an int or a str, not float",
        ),
        (
            named![indent = 1001],
            "ValueError: an indent of more than 1000",
        ),
        (
            named![indent = i64::MAX],
            "ValueError: an indent of more than 1000",
        ),
        (
            named![separators = vec![","]],
            "TypeError: separators: expected two texts, not list",
        ),
        (
            named![separators = vec![1, 2]],
            "TypeError: separators: expected two texts, not list",
        ),
        (
            named![separators = 5],
            "TypeError: 'int' object is not iterable",
        ),
        (
            named![default = 5],
            "TypeError: 'int' object is not callable",
        ),
        (
            named![cls = 5],
            "TypeError: dumps() got an unexpected keyword argument 'cls'",
        ),
    ] {
        let value = vec![Value::Type(&THING)].into();
        assert_eq!(dumps(interp, value, named), expected);
    }
    let error = interp.call("json.dumps", args![1, true]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "TypeError: dumps() takes 1 argument, 2 given"
    );
}
