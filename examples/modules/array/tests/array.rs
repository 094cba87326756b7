//! `array.array`, called by name. What it shows is CPython's.

use array_module::ARRAY;
use enroll_portable::prelude::*;
use enroll_portable::testing::{Interp, args};
use enroll_portable::types::Binary;

fn interp() -> Interp {
    Interp::of::<ARRAY>().unwrap()
}

fn array(interp: &mut Interp, code: &'static str, items: Vec<Value<'static>>) -> Value<'static> {
    let args = [code.into(), items.into()];
    interp.call("array.array", &args).unwrap()
}

fn ints(interp: &mut Interp, code: &'static str, items: &[i64]) -> Value<'static> {
    let items = items.iter().copied().map(Value::Int);
    array(interp, code, items.collect())
}

static SEVEN: [u8; 2] = 7_i16.to_ne_bytes();

#[test]
fn it_is_made_of_numbers_or_bytes() {
    let interp = &mut interp();
    for (args, expected) in [
        (args!["b"].to_vec(), "array('b')"),
        (args!["i", vec![1, -2]].to_vec(), "array('i', [1, -2])"),
        (
            args!["f", vec![1.5, 2.0]].to_vec(),
            "array('f', [1.5, 2.0])",
        ),
        (args!["d", vec![1]].to_vec(), "array('d', [1.0])"),
        (
            args!["d", vec![1e300, 1e-7]].to_vec(),
            "array('d', [1e+300, 1e-07])",
        ),
        (args!["B", "az"].to_vec(), "array('B', [97, 122])"),
        (args!["b", &b"\xff\x01"[..]].to_vec(), "array('b', [-1, 1])"),
        (
            args!["B", Value::None].to_vec(),
            "TypeError: 'NoneType' object is not iterable",
        ),
        (
            args!["x"].to_vec(),
            "ValueError: bad typecode (must be b, B, h, H, i, I, l, L, q, Q, f or d)",
        ),
        (
            args![""].to_vec(),
            "TypeError: a typecode is a str of one letter",
        ),
        (
            args!["bb"].to_vec(),
            "TypeError: a typecode is a str of one letter",
        ),
        (
            args![5].to_vec(),
            "TypeError: array() argument 1 ('typecode'): expected str, not int",
        ),
        (
            args!["h", &b"abc"[..]].to_vec(),
            "ValueError: bytes length not a multiple of item size",
        ),
        (
            args!["B", vec![256]].to_vec(),
            "OverflowError: the integer does not fit an item of this typecode",
        ),
        (
            args!["B", vec![1.0]].to_vec(),
            "TypeError: an item of an array is a number, not float",
        ),
        (
            args!["d", vec!["1"]].to_vec(),
            "TypeError: an item of an array is a number, not str",
        ),
        (
            args!["B", 5].to_vec(),
            "TypeError: 'int' object is not iterable",
        ),
    ] {
        assert_eq!(interp.show("array.array", Some(&args)), expected);
    }
}

#[test]
fn items_have_the_sizes_of_this_machine() {
    let interp = &mut interp();
    let long = size_of::<core::ffi::c_long>() as i64;
    for (code, size) in [
        ("b", 1),
        ("B", 1),
        ("h", 2),
        ("H", 2),
        ("i", 4),
        ("I", 4),
        ("l", long),
        ("L", long),
        ("q", 8),
        ("Q", 8),
        ("f", 4),
        ("d", 8),
    ] {
        let array = ints(interp, code, &[1, 2, 3]);
        interp.run(|cx| {
            assert_eq!(cx.attr(&array, "itemsize").unwrap(), Value::Int(size));
            assert_eq!(cx.attr(&array, "typecode").unwrap(), code.into());
            let error = cx.set_attr(&array, "typecode", Some(&"b".into()));
            assert_eq!(error.unwrap_err().kind(), Kind::AttributeError);
            assert_eq!(cx.len(&array).unwrap(), 3);
            assert_eq!(
                cx.buffer(&array, |bytes| bytes.len()).unwrap(),
                Some(3 * size as usize)
            );
        });
    }
}

#[test]
fn what_is_in_the_buffer_is_in_the_array() {
    let interp = &mut interp();
    let array = ints(interp, "h", &[1, 2]);
    interp.run(|cx| {
        let change = |bytes: &mut [u8]| bytes[2..].copy_from_slice(&(-300_i16).to_ne_bytes());
        cx.buffer(&array, change).unwrap();
        assert_eq!(cx.item(&array, &1.into()).unwrap(), (-300).into());
    });
    let bytes = interp.method(&array, "tobytes", args![]).unwrap();
    let expected = [1_i16.to_ne_bytes(), (-300_i16).to_ne_bytes()].concat();
    assert_eq!(bytes.as_bytes(), Some(&expected[..]));
}

#[test]
fn numbers_without_a_sign_have_64_bits() {
    let interp = &mut interp();
    let array = array(interp, "Q", vec![]);
    interp
        .method(&array, "frombytes", args![&[0xff; 8][..]])
        .unwrap();
    interp.method(&array, "append", args![i64::MAX]).unwrap();
    assert_eq!(
        interp.repr(&array),
        "array('Q', [18446744073709551615, 9223372036854775807])"
    );
    let error = interp.run(|cx| cx.item(&array, &0.into())).unwrap_err();
    assert_eq!(error.kind(), Kind::OverflowError);
    assert_eq!(
        interp.run(|cx| cx.item(&array, &1.into())).unwrap(),
        i64::MAX.into()
    );
}

#[test]
fn it_grows_at_its_end() {
    let interp = &mut interp();
    let one = ints(interp, "h", &[1]);
    let other = ints(interp, "b", &[2]);
    interp.method(&one, "append", args![2]).unwrap();
    interp.method(&one, "extend", args![vec![3, 4]]).unwrap();
    interp.method(&one, "extend", args![&b"\x05"[..]]).unwrap();
    interp.method(&one, "extend", args!["\x06"]).unwrap();
    interp.method(&one, "frombytes", args![&SEVEN[..]]).unwrap();
    assert_eq!(interp.repr(&one), "array('h', [1, 2, 3, 4, 5, 6, 7])");
    let error = interp.method(&one, "extend", &[other]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "TypeError: both arrays must have the same typecode"
    );
    let error = interp
        .method(&one, "extend", args![vec![8, 70_000]])
        .unwrap_err();
    assert_eq!(error.kind(), Kind::OverflowError);
    interp.method(&one, "extend", args![one.clone()]).unwrap();
    interp
        .method(&one, "frombytes", args![one.clone()])
        .unwrap();
    assert_eq!(interp.run(|cx| cx.len(&one)).unwrap(), 32);
    let list = interp.method(&one, "tolist", args![]).unwrap();
    let Value::List(list) = list else {
        panic!("{list:?}")
    };
    let numbers: Vec<i64> = list.iter().filter_map(|item| item.as_int()).collect();
    let half = [1, 2, 3, 4, 5, 6, 7, 8];
    assert_eq!(numbers, half.repeat(4));
}

#[test]
fn items_are_read_stored_and_deleted() {
    let interp = &mut interp();
    let array = ints(interp, "B", &[1, 2, 3]);
    interp.run(|cx| {
        assert_eq!(cx.item(&array, &0.into()).unwrap(), 1.into());
        assert_eq!(cx.item(&array, &(-1).into()).unwrap(), 3.into());
        cx.subscript(&array, &(-2).into(), Access::Store(&255.into()))
            .unwrap();
        for index in [3, -4, i32::MIN] {
            let error = cx.item(&array, &index.into()).unwrap_err();
            assert_eq!(error.kind(), Kind::IndexError, "{index}");
        }
        for (wrong, kind) in [
            (256.into(), Kind::OverflowError),
            ((-1).into(), Kind::OverflowError),
            (1.0.into(), Kind::TypeError),
            (Value::None, Kind::TypeError),
        ] {
            let error = cx.subscript(&array, &0.into(), Access::Store(&wrong));
            assert_eq!(error.unwrap_err().kind(), kind, "{wrong:?}");
        }
        cx.subscript(&array, &0.into(), Access::Delete).unwrap();
        assert_eq!(cx.hash(&array).unwrap_err().kind(), Kind::TypeError);
    });
    assert_eq!(interp.repr(&array), "array('B', [255, 3])");
}

#[test]
fn arrays_compare_by_their_numbers() {
    let interp = &mut interp();
    let bytes = ints(interp, "B", &[1, 2]);
    for (code, items, expected) in [
        ("B", vec![1, 2], "==<=>="),
        ("d", vec![1, 2], "==<=>="),
        ("q", vec![1, 3], "<<="),
        ("B", vec![1], ">>="),
        ("B", vec![], ">>="),
        ("b", vec![-1, 2], ">>="),
    ] {
        let other = ints(interp, code, &items);
        let found = interp.run(|cx| {
            let mut found = String::new();
            if cx.equal(&bytes, &other).unwrap() {
                found.push_str("==");
            }
            for (op, sign) in [
                (Binary::Less, "<"),
                (Binary::LessEqual, "<="),
                (Binary::Greater, ">"),
                (Binary::GreaterEqual, ">="),
            ] {
                if cx.binary(op, &bytes, &other).unwrap() == Value::Bool(true) {
                    found.push_str(sign);
                }
            }
            found
        });
        assert_eq!(found, expected, "{code} {items:?}");
    }
    let list = Value::from(vec![1, 2]);
    assert!(!interp.run(|cx| cx.equal(&bytes, &list)).unwrap());
    let nan = array(interp, "d", vec![f64::NAN.into()]);
    assert!(!interp.run(|cx| cx.equal(&nan, &nan)).unwrap());
    assert_eq!(interp.repr(&nan), "array('d', [nan])");
    let zero = ints(interp, "b", &[0]);
    for (part, less) in [(0.5, true), (-0.5, false), (1e300, true), (-1e300, false)] {
        let part = array(interp, "d", vec![part.into()]);
        interp.run(|cx| {
            assert!(!cx.equal(&zero, &part).unwrap());
            let found = cx.binary(Binary::Less, &zero, &part).unwrap();
            assert_eq!(found, less.into(), "{part:?}");
            let found = cx.binary(Binary::Less, &part, &zero).unwrap();
            assert_eq!(found, (!less).into(), "{part:?}");
        });
    }
    // Beyond 53 bits, a float and an integer differ where they look the same.
    let long = ints(interp, "q", &[(1 << 53) + 1]);
    let double = array(interp, "d", vec![((1_i64 << 53) as f64).into()]);
    assert!(!interp.run(|cx| cx.equal(&long, &double)).unwrap());
}

#[test]
fn arrays_are_joined_and_searched() {
    let interp = &mut interp();
    let (one, two) = (ints(interp, "h", &[1, 2]), ints(interp, "h", &[3]));
    let other = ints(interp, "H", &[3]);
    let sum = interp.run(|cx| cx.binary(Binary::Add, &one, &two)).unwrap();
    assert_eq!(interp.repr(&sum), "array('h', [1, 2, 3])");
    interp.run(|cx| {
        let error = cx.binary(Binary::Add, &one, &other).unwrap_err();
        assert_eq!(error.kind(), Kind::TypeError);
        let list = Value::from(vec![1]);
        assert!(cx.binary(Binary::Add, &one, &list).is_err());
        for (item, expected) in [(2.into(), true), (2.0.into(), true), ("2".into(), false)] {
            let found = cx.binary(Binary::Contains, &one, &item).unwrap();
            assert_eq!(found, Value::Bool(expected), "{item:?}");
        }
    });
}

#[test]
fn an_iterator_follows_what_is_added_until_it_ended() {
    let interp = &mut interp();
    let array = ints(interp, "b", &[1]);
    let iterator = interp.run(|cx| cx.iter(&array)).unwrap();
    let mut next = |add: Option<i64>| {
        if let Some(add) = add {
            interp.method(&array, "append", args![add]).unwrap();
        }
        interp.run(|cx| cx.next(&iterator)).unwrap()
    };
    assert_eq!(next(None), Some(1.into()));
    assert_eq!(next(Some(2)), Some(2.into()));
    assert_eq!(next(None), None);
    assert_eq!(next(Some(3)), None);
}

/// The same operations on arrays and on what they are modelled after.
#[test]
fn random_operations_agree_with_a_vector() {
    let interp = &mut interp();
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut draw = |below: u64| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random % below
    };
    for (code, least, most) in [
        ("b", -128, 127),
        ("B", 0, 255),
        ("h", -32_768, 32_767),
        ("H", 0, 65_535),
        ("i", i64::from(i32::MIN), i64::from(i32::MAX)),
        ("I", 0, i64::from(u32::MAX)),
        ("q", i64::MIN, i64::MAX),
    ] {
        let array = ints(interp, code, &[]);
        let mut model: Vec<i64> = Vec::new();
        for _ in 0..500 {
            let item = match draw(4) {
                0 => least,
                1 => most,
                _ => (draw(300) as i64 - 100).clamp(least, most),
            };
            let index = draw(2 * model.len() as u64 + 3) as i64 - model.len() as i64 - 1;
            let place = match index {
                ..0 => usize::try_from(model.len() as i64 + index).ok(),
                _ => Some(index as usize),
            };
            let place = place.filter(|&place| place < model.len());
            match draw(6) {
                0 | 1 => {
                    interp.method(&array, "append", args![item]).unwrap();
                    model.push(item);
                }
                2 => {
                    let found = interp.run(|cx| cx.item(&array, &index.into()));
                    assert_eq!(found.ok(), place.map(|place| Value::Int(model[place])));
                }
                3 => {
                    let item = Value::Int(item);
                    let index = index.into();
                    let done = interp.run(|cx| cx.subscript(&array, &index, Access::Store(&item)));
                    assert_eq!(done.is_ok(), place.is_some());
                    if let (Some(place), Value::Int(item)) = (place, item) {
                        model[place] = item;
                    }
                }
                4 => {
                    let index = index.into();
                    let done = interp.run(|cx| cx.subscript(&array, &index, Access::Delete));
                    assert_eq!(done.is_ok(), place.is_some());
                    if let Some(place) = place {
                        model.remove(place);
                    }
                }
                _ => {
                    interp
                        .method(&array, "extend", args![vec![item, least]])
                        .unwrap();
                    model.extend([item, least]);
                }
            }
            let items = interp.run(|cx| cx.collect(&array)).unwrap();
            let items: Vec<i64> = items.iter().filter_map(Value::as_int).collect();
            assert_eq!(items, model);
        }
    }
}
