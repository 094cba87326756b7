//! Operations on portable values. What `str` and `repr` give was written by
//! CPython 3.11.

use enroll_portable::prelude::*;
use enroll_portable::{Dict, List, Tuple, Vm};

struct Nothing;
impl Vm<'_> for Nothing {}

fn run<R>(run: impl FnOnce(&mut Cx<'_, 'static, Portable>) -> R) -> R {
    run(&mut Portable::cx(&mut Nothing))
}

fn list(items: &[Value<'static>]) -> Value<'static> {
    Value::List(items.iter().cloned().collect())
}

fn tuple(items: &[Value<'static>]) -> Value<'static> {
    Value::Tuple(items.iter().cloned().collect())
}

#[test]
fn values_are_written_as_python_writes_them() {
    let bytes = |bytes: &'static [u8]| Value::from(bytes);
    for (value, str, repr) in [
        (Value::None, "None", "None"),
        (true.into(), "True", "True"),
        (
            i64::MIN.into(),
            "-9223372036854775808",
            "-9223372036854775808",
        ),
        ("".into(), "", "''"),
        ("a".into(), "a", "'a'"),
        ("it's".into(), "it's", r#""it's""#),
        ("say \"x\"".into(), "say \"x\"", r#"'say "x"'"#),
        (
            "both ' and \"".into(),
            "both ' and \"",
            r#"'both \' and "'"#,
        ),
        ("\t\n\r\\".into(), "\t\n\r\\", r"'\t\n\r\\'"),
        ("\0\x1f\x7f".into(), "\0\x1f\x7f", r"'\x00\x1f\x7f'"),
        ("é".into(), "é", "'é'"),
        (bytes(b""), "b''", "b''"),
        (bytes(b"it's"), r#"b"it's""#, r#"b"it's""#),
        (
            bytes(b"\x00\x80\xff\n"),
            r"b'\x00\x80\xff\n'",
            r"b'\x00\x80\xff\n'",
        ),
        (0.0.into(), "0.0", "0.0"),
        ((-0.0).into(), "-0.0", "-0.0"),
        (0.1.into(), "0.1", "0.1"),
        (1e15.into(), "1000000000000000.0", "1000000000000000.0"),
        (1e16.into(), "1e+16", "1e+16"),
        (0.0001.into(), "0.0001", "0.0001"),
        (0.00001.into(), "1e-05", "1e-05"),
        (1.5e-7.into(), "1.5e-07", "1.5e-07"),
        ((-1e300).into(), "-1e+300", "-1e+300"),
        (
            f64::MIN_POSITIVE.into(),
            "2.2250738585072014e-308",
            "2.2250738585072014e-308",
        ),
        (f64::INFINITY.into(), "inf", "inf"),
        (f64::NAN.into(), "nan", "nan"),
        (tuple(&[]), "()", "()"),
        (tuple(&[1.into()]), "(1,)", "(1,)"),
        (list(&["a".into(), 2.into()]), "['a', 2]", "['a', 2]"),
        (
            Value::Dict([("k".into(), Value::None)].into_iter().collect()),
            "{'k': None}",
            "{'k': None}",
        ),
    ] {
        assert_eq!(run(|cx| cx.text_of(&value, Style::Str)).unwrap(), str);
        assert_eq!(run(|cx| cx.text_of(&value, Style::Repr)).unwrap(), repr);
    }
}

#[test]
fn a_list_that_holds_itself_is_written_and_refuses_to_be_compared() {
    let one = list(&[1.into()]);
    let two = list(&[1.into()]);
    for list in [&one, &two] {
        run(|cx| cx.subscript(list, &0.into(), Access::Store(list))).unwrap();
        let text = run(|cx| cx.text_of(list, Style::Repr)).unwrap();
        assert!(text.contains("[...]"), "{text}");
        assert!(text.len() < 200);
    }
    let error = run(|cx| cx.equal(&one, &two)).unwrap_err();
    assert_eq!(error.kind(), Kind::RuntimeError, "{error}");
    for list in [&one, &two] {
        run(|cx| cx.subscript(list, &0.into(), Access::Delete)).unwrap();
    }
}

#[test]
fn what_holds_itself_more_than_once_is_written_once() {
    // 3 to the power of the deepest level, if each were followed.
    let list = list(&[1.into(), 2.into(), 3.into()]);
    let dict = Value::Dict([("d".into(), Value::None)].into_iter().collect());
    run(|cx| {
        for index in 0..3 {
            cx.subscript(&list, &index.into(), Access::Store(&list))?;
        }
        cx.subscript(&dict, &"d".into(), Access::Store(&dict))?;
        cx.subscript(&dict, &"l".into(), Access::Store(&list))
    })
    .unwrap();
    let text = |value| run(|cx| cx.text_of(value, Style::Repr)).unwrap();
    assert_eq!(text(&list), "[[...], [...], [...]]");
    assert_eq!(text(&dict), "{'d': {...}, 'l': [[...], [...], [...]]}");
    // The same list beside itself is not within itself.
    let twice = Value::Tuple(Tuple::from(vec![dict.clone(), dict.clone()]));
    assert_eq!(text(&twice), format!("({0}, {0})", text(&dict)));
    for (value, index) in [
        (&list, 0.into()),
        (&list, 0.into()),
        (&list, 0.into()),
        (&dict, "d".into()),
    ] {
        run(|cx| cx.subscript(value, &index, Access::Delete)).unwrap();
    }
}

/// Pairs of numbers around what a float can hold: equal exactly where their
/// values are, and then with one hash.
#[test]
fn numbers_are_equal_by_value_and_then_have_one_hash() {
    let mut numbers: Vec<(Value<'static>, Option<i128>)> = Vec::new();
    for base in [
        0i128,
        1,
        -1,
        1 << 31,
        1 << 53,
        1 << 62,
        -(1 << 63),
        (1 << 63) - 1,
    ] {
        for int in base - 2..=base + 2 {
            if let Ok(int) = i64::try_from(int) {
                numbers.push((Value::Int(int), Some(int.into())));
                // Every float of this size is an integer.
                let float = int as f64;
                numbers.push((Value::Float(float), Some(float as i128)));
            }
        }
    }
    numbers.push((Value::Bool(true), Some(1)));
    numbers.push((Value::Bool(false), Some(0)));
    numbers.push((Value::Float(0.5), None));
    numbers.push((Value::Float(-0.0), Some(0)));
    numbers.push((Value::Float(f64::INFINITY), None));
    let mut equal = 0;
    for (left, exact) in &numbers {
        for (right, other) in &numbers {
            let expected = match (exact, other) {
                (Some(exact), Some(other)) => exact == other,
                _ => left == right,
            };
            assert_eq!(
                run(|cx| cx.equal(left, right)).unwrap(),
                expected,
                "{left:?} {right:?}"
            );
            if expected {
                equal += 1;
                let hash = |value| run(|cx| cx.hash(value)).unwrap();
                assert_eq!(hash(left), hash(right), "{left:?} {right:?}");
            }
        }
    }
    assert!(equal > numbers.len(), "some are equal to others");
    let nan = Value::Float(f64::NAN);
    assert!(!run(|cx| cx.equal(&nan, &nan)).unwrap());
}

#[test]
fn sequences_and_dictionaries_are_equal_by_their_items() {
    let dict = |pairs: &[(&'static str, i64)]| {
        let pairs = pairs.iter().map(|&(key, value)| (key.into(), value.into()));
        Value::Dict(pairs.collect())
    };
    for (left, right, expected) in [
        (list(&[1.into()]), list(&[1.0.into()]), true),
        (list(&[1.into()]), list(&[2.into()]), false),
        (list(&[1.into()]), list(&[1.into(), 1.into()]), false),
        (list(&[1.into()]), tuple(&[1.into()]), false),
        (
            tuple(&[true.into()]),
            Value::Tuple(Tuple::Rom(&[Rom::Int(1)])),
            true,
        ),
        (
            list(&["a".into()]),
            Value::List(List::Rom(&[Rom::Str("a")])),
            true,
        ),
        (
            dict(&[("a", 1), ("b", 2)]),
            dict(&[("b", 2), ("a", 1)]),
            true,
        ),
        (dict(&[("a", 1)]), dict(&[("a", 2)]), false),
        (dict(&[("a", 1)]), dict(&[("b", 1)]), false),
        (
            dict(&[("a", 1)]),
            Value::Dict(Dict::Rom(&[(Rom::Str("a"), Rom::Float(1.0))])),
            true,
        ),
        ("a".into(), Value::from(&b"a"[..]), false),
        (Value::None, false.into(), false),
    ] {
        for (left, right) in [(&left, &right), (&right, &left)] {
            let equal = run(|cx| cx.equal(left, right)).unwrap();
            assert_eq!(equal, expected, "{left:?} {right:?}");
        }
    }
    let hash = |value: &Value<'static>| run(|cx| cx.hash(value));
    assert_eq!(
        hash(&tuple(&[1.into(), "x".into()])).unwrap(),
        hash(&Value::Tuple(Tuple::Rom(&[Rom::Bool(true), Rom::Str("x")]))).unwrap()
    );
    let pair = |left: i64, right: i64| hash(&tuple(&[left.into(), right.into()])).unwrap();
    assert_ne!(pair(1, 2), pair(2, 1), "the order counts");
    assert_ne!(pair(1, 2), pair(3, 2), "the first item counts");
    let error = hash(&list(&[])).unwrap_err();
    assert_eq!(
        error.to_string(),
        "TypeError: 'list' object is not hashable"
    );
    let error = hash(&tuple(&[list(&[])])).unwrap_err();
    assert_eq!(error.kind(), Kind::TypeError);
}

#[test]
fn items_are_found_by_index_and_by_key() {
    let dict = Value::Dict(Dict::Rom(&[
        (Rom::Int(1), Rom::Str("one")),
        (Rom::Str("two"), Rom::Int(2)),
    ]));
    let rom = Value::List(List::Rom(&[Rom::Int(7)]));
    for (object, index, expected) in [
        (&"añb".into(), Value::Int(1), "'ñ'"),
        (&String::from("añb").into(), (-1).into(), "'b'"),
        (&"añb".into(), 3.into(), "IndexError: index out of range"),
        (&Value::from(&b"\xff"[..]), 0.into(), "255"),
        (
            &tuple(&[5.into()]),
            true.into(),
            "IndexError: index out of range",
        ),
        (&rom, 0.into(), "7"),
        (&dict, 1.0.into(), "'one'"),
        (&dict, "two".into(), "2"),
        (&dict, 2.into(), "KeyError: no such key"),
        (
            &Value::None,
            0.into(),
            "TypeError: 'NoneType' object is not subscriptable",
        ),
        (
            &rom,
            "x".into(),
            "TypeError: 'str' cannot be an index: an int is needed",
        ),
    ] {
        let shown = run(|cx| match cx.item(object, &index) {
            Ok(item) => cx.text_of(&item, Style::Repr).unwrap(),
            Err(error) => error.to_string(),
        });
        assert_eq!(shown, expected, "{object:?}[{index:?}]");
    }
    for constant in [&rom, &dict, &tuple(&[1.into()]), &"a".into()] {
        for access in [Access::Store(&Value::None), Access::Delete] {
            let error = run(|cx| cx.subscript(constant, &0.into(), access)).unwrap_err();
            assert_eq!(error.kind(), Kind::TypeError, "{constant:?}");
        }
    }
}

#[test]
fn a_dictionary_made_at_run_time_changes() {
    let dict = Value::Dict([("a".into(), 1.into())].into_iter().collect());
    run(|cx| {
        cx.subscript(&dict, &"a".into(), Access::Store(&2.into()))
            .unwrap();
        cx.subscript(&dict, &"b".into(), Access::Store(&3.into()))
            .unwrap();
        assert_eq!(cx.text_of(&dict, Style::Repr).unwrap(), "{'a': 2, 'b': 3}");
        cx.subscript(&dict, &"a".into(), Access::Delete).unwrap();
        let error = cx
            .subscript(&dict, &"a".into(), Access::Delete)
            .unwrap_err();
        assert_eq!(error.kind(), Kind::KeyError);
        assert_eq!(cx.len(&dict).unwrap(), 1);
        assert_eq!(cx.collect(&dict).unwrap(), ["b".into()]);
    });
}

#[test]
fn everything_iterable_is_iterated_in_order() {
    for (object, expected) in [
        (Value::from("aé"), "['a', 'é']"),
        (Value::from(&b"a"[..]), "[97]"),
        (tuple(&[1.into(), 2.into()]), "[1, 2]"),
        (list(&[]), "[]"),
        (Value::List(List::Rom(&[Rom::None])), "[None]"),
    ] {
        let items = run(|cx| cx.collect(&object)).unwrap();
        let shown = run(|cx| cx.text_of(&list(&items), Style::Repr)).unwrap();
        assert_eq!(shown, expected);
    }
    run(|cx| {
        let error = cx.iter(&5.into()).unwrap_err();
        assert_eq!(error.to_string(), "TypeError: 'int' object is not iterable");
        let error = cx.next(&list(&[])).unwrap_err();
        assert_eq!(
            error.to_string(),
            "TypeError: 'list' object is not an iterator"
        );
        // One that ended stays at its end.
        let growing = list(&[]);
        let iterator = cx.iter(&growing).unwrap();
        assert_eq!(cx.next(&iterator).unwrap(), None);
        let Value::List(List::Shared(items)) = &growing else {
            unreachable!("a list made at run time")
        };
        items.borrow_mut().push(1.into());
        assert_eq!(cx.next(&iterator).unwrap(), None);
        assert_eq!(cx.collect(&iterator).unwrap(), []);
    });
}

#[test]
fn truth_is_pythons() {
    for (value, expected) in [
        (Value::None, false),
        (0.into(), false),
        ((-1).into(), true),
        (0.0.into(), false),
        (f64::NAN.into(), true),
        ("".into(), false),
        ("0".into(), true),
        (list(&[]), false),
        (tuple(&[Value::None]), true),
    ] {
        assert_eq!(run(|cx| cx.truth(&value)).unwrap(), expected, "{value:?}");
    }
}
