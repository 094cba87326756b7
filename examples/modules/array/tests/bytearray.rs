//! `bytearray`, called by name. What it shows is CPython's, but for texts, which
//! are bytes here.

use array_module::ARRAY;
use enroll_portable::Foreign;
use enroll_portable::prelude::*;
use enroll_portable::testing::{Interp, args};
use enroll_portable::types::Binary;

fn interp() -> Interp {
    Interp::of::<ARRAY>().unwrap()
}

fn bytearray(interp: &mut Interp, bytes: &[u8]) -> Value<'static> {
    let bytes = Value::Bytes(enroll_portable::Bytes::copied(bytes));
    interp.call("array.bytearray", &[bytes]).unwrap()
}

#[test]
fn it_is_made_of_a_length_bytes_or_integers() {
    let interp = &mut interp();
    for (args, expected) in [
        (args![].to_vec(), "bytearray(b'')"),
        (args![true].to_vec(), r"bytearray(b'\x00')"),
        (
            args![Value::None].to_vec(),
            "TypeError: 'NoneType' object is not iterable",
        ),
        (args![3].to_vec(), r"bytearray(b'\x00\x00\x00')"),
        (args![&b"a\xff"[..]].to_vec(), r"bytearray(b'a\xff')"),
        (args!["aé"].to_vec(), r"bytearray(b'a\xc3\xa9')"),
        (args!["a", "utf-8"].to_vec(), "bytearray(b'a')"),
        (args![vec![97, 98]].to_vec(), "bytearray(b'ab')"),
        (
            args![vec![256]].to_vec(),
            "ValueError: byte must be in range(0, 256)",
        ),
        (
            args![vec![-1]].to_vec(),
            "ValueError: byte must be in range(0, 256)",
        ),
        (
            args![vec!["a"]].to_vec(),
            "TypeError: a byte is an int, not str",
        ),
        (args![-1].to_vec(), "ValueError: negative count"),
        (
            args![i64::MAX].to_vec(),
            "MemoryError: no room for so many items",
        ),
        (
            args![1i64 << 40].to_vec(),
            "MemoryError: no room for so many items",
        ),
        (
            args![1.5].to_vec(),
            "TypeError: 'float' object is not iterable",
        ),
        (
            args!["a", "latin-1"].to_vec(),
            "ValueError: the encoding must be utf-8",
        ),
    ] {
        assert_eq!(interp.show("array.bytearray", Some(&args)), expected);
    }
    let int = Value::Foreign(Foreign::new("int", ()));
    let error = interp
        .call("array.bytearray", args![vec![int]])
        .unwrap_err();
    assert_eq!(
        error.kind(),
        Kind::ValueError,
        "an int of more than 64 bits"
    );
}

#[test]
fn bytes_are_read_stored_added_and_deleted() {
    let interp = &mut interp();
    let bytes = bytearray(interp, b"abc");
    interp.method(&bytes, "append", args![100]).unwrap();
    interp.method(&bytes, "extend", args![&b"e"[..]]).unwrap();
    interp.method(&bytes, "extend", args!["f"]).unwrap();
    interp.method(&bytes, "extend", args![vec![103]]).unwrap();
    let error = interp
        .method(&bytes, "extend", args![vec![104, 300]])
        .unwrap_err();
    assert_eq!(error.kind(), Kind::ValueError);
    interp.run(|cx| {
        assert_eq!(cx.item(&bytes, &(-1).into()).unwrap(), 103.into());
        assert_eq!(
            cx.item(&bytes, &7.into()).unwrap_err().kind(),
            Kind::IndexError
        );
        cx.subscript(&bytes, &0.into(), Access::Store(&65.into()))
            .unwrap();
        for (wrong, kind) in [
            (256.into(), Kind::ValueError),
            ((-1).into(), Kind::ValueError),
            ("a".into(), Kind::TypeError),
        ] {
            let error = cx.subscript(&bytes, &0.into(), Access::Store(&wrong));
            assert_eq!(error.unwrap_err().kind(), kind, "{wrong:?}");
        }
        cx.subscript(&bytes, &1.into(), Access::Delete).unwrap();
    });
    assert_eq!(interp.repr(&bytes), "bytearray(b'Acdefg')");
    interp
        .method(&bytes, "extend", args![bytes.clone()])
        .unwrap();
    let text = interp.method(&bytes, "decode", args![]).unwrap();
    assert_eq!(text, "AcdefgAcdefg".into());
    let copy = interp.method(&bytes, "tobytes", args![]).unwrap();
    assert_eq!(copy.as_bytes(), Some(&b"AcdefgAcdefg"[..]));
    let items = interp.run(|cx| cx.collect(&bytes)).unwrap();
    assert_eq!((items.len(), &items[0]), (12, &65.into()));
}

#[test]
fn what_is_not_utf8_is_no_text() {
    let interp = &mut interp();
    let bytes = bytearray(interp, b"a\xff");
    let error = interp.method(&bytes, "decode", args![]).unwrap_err();
    assert_eq!(error.kind(), Kind::ValueError);
    let error = interp
        .method(&bytes, "decode", args!["latin-1"])
        .unwrap_err();
    assert_eq!(error.to_string(), "ValueError: the encoding must be utf-8");
}

#[test]
fn it_equals_the_same_bytes() {
    let interp = &mut interp();
    let bytes = bytearray(interp, b"ab");
    let same = bytearray(interp, b"ab");
    let array = interp.call("array.array", args!["B", &b"ab"[..]]).unwrap();
    interp.run(|cx| {
        for (other, expected) in [
            (same, true),
            (array, true),
            (b"ab"[..].into(), true),
            (b"abc"[..].into(), false),
            ("ab".into(), false),
            (vec![97, 98].into(), false),
            (Value::None, false),
        ] {
            assert_eq!(cx.equal(&bytes, &other).unwrap(), expected, "{other:?}");
        }
        assert!(cx.equal(&bytes, &bytes).unwrap());
        assert_eq!(cx.hash(&bytes).unwrap_err().kind(), Kind::TypeError);
        for (op, other, expected) in [
            (Binary::Less, &b"b"[..], true),
            (Binary::LessEqual, b"ab", true),
            (Binary::Greater, b"ab", false),
            (Binary::GreaterEqual, b"a", true),
            (Binary::Contains, b"b", true),
            (Binary::Contains, b"ab", true),
            (Binary::Contains, b"", true),
            (Binary::Contains, b"ba", false),
        ] {
            let found = cx.binary(op, &bytes, &other.into()).unwrap();
            assert_eq!(found, expected.into(), "{op:?} {other:?}");
        }
        assert_eq!(
            cx.binary(Binary::Contains, &bytes, &97.into()).unwrap(),
            true.into()
        );
        let error = cx
            .binary(Binary::Contains, &bytes, &256.into())
            .unwrap_err();
        assert_eq!(error.kind(), Kind::ValueError);
        assert!(cx.binary(Binary::Less, &bytes, &"b".into()).is_err());
    });
}

#[test]
fn it_is_joined_with_bytes_on_either_side() {
    let interp = &mut interp();
    let bytes = bytearray(interp, b"ab");
    for (left, right, expected) in [
        (bytes.clone(), b"c"[..].into(), "bytearray(b'abc')"),
        (b"c"[..].into(), bytes.clone(), "bytearray(b'cab')"),
        (bytes.clone(), "c".into(), "bytearray(b'abc')"),
        (bytes.clone(), bytes.clone(), "bytearray(b'abab')"),
    ] {
        let sum = interp
            .run(|cx| cx.binary(Binary::Add, &left, &right))
            .unwrap();
        assert_eq!(interp.repr(&sum), expected);
    }
    assert!(
        interp
            .run(|cx| cx.binary(Binary::Add, &bytes, &5.into()))
            .is_err()
    );
}
