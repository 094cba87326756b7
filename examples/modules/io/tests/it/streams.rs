//! `StringIO` and `BytesIO`. What they show is CPython's, but where MicroPython
//! is named.

use crate::{bytes_io, interp, string_io};
use enroll_portable::prelude::*;
use enroll_portable::testing::{Interp, args};

type Call<'a> = (&'a str, &'a [Value<'static>], &'a str);

/// Calls methods one after the other, and compares what each gives.
#[track_caller]
fn calls(interp: &mut Interp, stream: &Value<'static>, calls: &[Call<'_>]) {
    for (step, (name, args, expected)) in calls.iter().enumerate() {
        let found = match interp.method(stream, name, args) {
            Ok(value) => interp.repr(&value),
            Err(error) => error.to_string(),
        };
        assert_eq!(found, *expected, "step {step}: {name} {args:?}");
    }
}

#[test]
fn a_text_is_read_and_written_by_characters() {
    let interp = &mut interp();
    let stream = string_io(interp, "aé€😀z");
    calls(
        interp,
        &stream,
        &[
            ("read", args![2], "'aé'"),
            ("tell", args![], "2"),
            ("write", args!["xy"], "2"),
            ("getvalue", args![], "'aéxyz'"),
            ("tell", args![], "4"),
            ("read", args![], "'z'"),
            ("read", args![], "''"),
            ("seek", args![1], "1"),
            ("write", args!["😀😀"], "2"),
            ("getvalue", args![], "'a😀😀yz'"),
            ("read", args![1], "'y'"),
            ("seek", args![0, 2], "5"),
            ("seek", args![-2, 1], "3"),
            ("read", args![-1], "'yz'"),
            ("seek", args![7], "7"),
            ("read", args![], "''"),
            ("write", args![""], "0"),
            ("getvalue", args![], "'a😀😀yz'"),
            ("write", args!["é"], "1"),
            ("getvalue", args![], "'a😀😀yz\\x00\\x00é'"),
            ("truncate", args![2], "2"),
            ("tell", args![], "8"),
            ("getvalue", args![], "'a😀'"),
            (
                "write",
                args![&b"x"[..]],
                "TypeError: a text stream takes str, not bytes",
            ),
        ],
    );
}

#[test]
fn bytes_are_read_and_written() {
    let interp = &mut interp();
    let stream = bytes_io(interp, b"hello");
    calls(
        interp,
        &stream,
        &[
            ("read", args![2], "b'he'"),
            ("write", args![&b"\xff\xfe"[..]], "2"),
            ("write", args!["é"], "2"),
            ("getvalue", args![], r"b'he\xff\xfe\xc3\xa9'"),
            ("seek", args![-3, 2], "3"),
            ("read", args![0], "b''"),
            ("read", args![Value::None], r"b'\xfe\xc3\xa9'"),
            ("seek", args![-100, 1], "0"),
            ("truncate", args![], "0"),
            ("getvalue", args![], "b''"),
            ("seek", args![3], "3"),
            ("write", args![&b"x"[..]], "1"),
            ("getvalue", args![], r"b'\x00\x00\x00x'"),
            ("truncate", args![100], "100"),
            ("getvalue", args![], r"b'\x00\x00\x00x'"),
            ("write", args![5], "TypeError: 'int' is not bytes-like"),
        ],
    );
}

#[test]
fn lines_end_at_a_line_feed() {
    let interp = &mut interp();
    let stream = string_io(interp, "é\n\nb\r\nlast");
    calls(
        interp,
        &stream,
        &[
            ("readline", args![], r"'é\n'"),
            ("readline", args![0], "''"),
            ("readline", args![5], r"'\n'"),
            ("readline", args![2], r"'b\r'"),
            ("readline", args![Value::None], r"'\n'"),
            ("readline", args![-5], "'last'"),
            ("readline", args![], "''"),
            ("readlines", args![], "[]"),
            ("seek", args![0], "0"),
            ("readlines", args![], r"['é\n', '\n', 'b\r\n', 'last']"),
            ("seek", args![0], "0"),
            ("readlines", args![2], r"['é\n', '\n']"),
            ("readlines", args![0], r"['b\r\n', 'last']"),
            ("tell", args![], "10"),
        ],
    );
    let stream = bytes_io(interp, b"a\nb\nc");
    calls(interp, &stream, &[("readlines", args![2], r"[b'a\n']")]);
    let lines = interp.run(|cx| cx.collect(&stream)).unwrap();
    let expected = [b"b\n"[..].into(), b"c"[..].into()];
    assert_eq!(lines, expected);
    let error = interp.run(|cx| {
        let iterator = cx.iter(&stream)?;
        cx.call_method(&stream, "close", Args::NONE)?;
        cx.next(&iterator)
    });
    assert_eq!(error.unwrap_err().kind(), Kind::ValueError);
    assert!(interp.run(|cx| cx.iter(&stream)).is_err());
}

#[test]
fn lines_are_written_as_they_are() {
    let interp = &mut interp();
    let stream = string_io(interp, "");
    interp
        .method(&stream, "writelines", args![vec!["a\n", "b"]])
        .unwrap();
    calls(interp, &stream, &[("getvalue", args![], r"'a\nb'")]);
    let error = interp
        .method(&stream, "writelines", args![vec![1]])
        .unwrap_err();
    assert_eq!(error.kind(), Kind::TypeError);
}

#[test]
fn a_buffer_is_filled() {
    let interp = &mut interp();
    let stream = bytes_io(interp, b"hello");
    let buffer = interp.call("array.bytearray", args![3]).unwrap();
    for (args, read, expected) in [
        (args![buffer.clone(), 2], 2, r"bytearray(b'he\x00')"),
        (args![buffer.clone()], 3, "bytearray(b'llo')"),
        (args![buffer.clone()], 0, "bytearray(b'llo')"),
    ] {
        let found = interp.method(&stream, "readinto", args).unwrap();
        assert_eq!(found, read.into());
        assert_eq!(interp.repr(&buffer), expected);
    }
    for wrong in [b"abc"[..].into(), Value::None, stream.clone()] {
        let error = interp.method(&stream, "readinto", &[wrong]).unwrap_err();
        assert_eq!(error.kind(), Kind::TypeError);
    }
    // Of a text, whole characters.
    let text = string_io(interp, "aé€");
    let found = interp
        .method(&text, "readinto", args![buffer.clone()])
        .unwrap();
    assert_eq!(found, 3.into());
    assert_eq!(interp.repr(&buffer), r"bytearray(b'a\xc3\xa9')");
    interp.method(&buffer, "append", args![0]).unwrap();
    interp.method(&text, "seek", args![1]).unwrap();
    let found = interp
        .method(&text, "readinto", args![buffer.clone()])
        .unwrap();
    assert_eq!(found, 2.into(), "no room for the whole of the next one");
    calls(
        interp,
        &text,
        &[("tell", args![], "2"), ("read", args![], "'€'")],
    );
}

/// MicroPython's `tests/basics/io_write_ext.py`.
#[test]
fn a_part_is_written() {
    let interp = &mut interp();
    let stream = bytes_io(interp, b"");
    const FOO: &[u8] = b"foo";
    const FOOBAR: &[u8] = b"foobar";
    calls(
        interp,
        &stream,
        &[
            ("write", args![FOO, 2], "2"),
            ("getvalue", args![], "b'fo'"),
            ("write", args![FOO, 100], "3"),
            ("write", args![FOOBAR, 1, 3], "3"),
            ("getvalue", args![], "b'fofoooob'"),
            ("write", args![FOOBAR, 1, 100], "5"),
            ("getvalue", args![], "b'fofooooboobar'"),
            ("write", args![FOOBAR, 100, 100], "0"),
            ("getvalue", args![], "b'fofooooboobar'"),
        ],
    );
    let stream = string_io(interp, "");
    calls(
        interp,
        &stream,
        &[
            ("write", args!["aé€b", 1, 2], "2"),
            ("getvalue", args![], "'é€'"),
        ],
    );
}

#[test]
fn it_is_made_of_contents_or_a_size() {
    let interp = &mut interp();
    for (path, args, expected) in [
        ("io.StringIO", args![].to_vec(), "''"),
        ("io.StringIO", args![Value::None].to_vec(), "''"),
        ("io.StringIO", args!["a"].to_vec(), "'a'"),
        ("io.StringIO", args![100].to_vec(), "''"),
        (
            "io.StringIO",
            args![&b"a"[..]].to_vec(),
            "TypeError: a text stream takes str, not bytes",
        ),
        ("io.BytesIO", args![].to_vec(), "b''"),
        ("io.BytesIO", args![&b"a"[..]].to_vec(), "b'a'"),
        ("io.BytesIO", args![100].to_vec(), "b''"),
        (
            "io.BytesIO",
            args![-1].to_vec(),
            "ValueError: negative size",
        ),
        (
            "io.BytesIO",
            args![i64::MAX].to_vec(),
            "MemoryError: no room for so much",
        ),
        (
            "io.BytesIO",
            args![1.5].to_vec(),
            "TypeError: 'float' is not bytes-like",
        ),
    ] {
        let found = match interp.call(path, &args) {
            Ok(stream) => {
                let value = interp.method(&stream, "getvalue", args![]).unwrap();
                interp.repr(&value)
            }
            Err(error) => error.to_string(),
        };
        assert_eq!(found, expected, "{path} {args:?}");
    }
    let array = interp.call("array.array", args!["B", vec![1, 2]]).unwrap();
    let stream = interp.call("io.BytesIO", &[array]).unwrap();
    calls(interp, &stream, &[("read", args![], r"b'\x01\x02'")]);
}

#[test]
fn what_was_given_does_not_change() {
    let interp = &mut interp();
    let given = interp.call("array.bytearray", args!["foobar"]).unwrap();
    let stream = interp.call("io.BytesIO", args![given.clone()]).unwrap();
    interp.method(&stream, "write", args!["1"]).unwrap();
    assert_eq!(interp.repr(&given), "bytearray(b'foobar')");
    calls(interp, &stream, &[("getvalue", args![], "b'1oobar'")]);
}

#[test]
fn a_closed_stream_does_nothing() {
    let interp = &mut interp();
    let closed = "ValueError: I/O operation on closed file";
    for stream in [string_io(interp, "a"), bytes_io(interp, b"a")] {
        let is_closed = |interp: &mut Interp| interp.run(|cx| cx.attr(&stream, "closed")).unwrap();
        assert_eq!(is_closed(interp), false.into());
        calls(
            interp,
            &stream,
            &[
                ("readable", args![], "True"),
                ("writable", args![], "True"),
                ("seekable", args![], "True"),
                ("isatty", args![], "False"),
                ("flush", args![], "None"),
                ("ioctl", args![3, 0xff], "5"),
                ("ioctl", args![3, 1], "1"),
                ("ioctl", args![1], "0"),
                ("ioctl", args![99], "OSError: [Errno 22]"),
                ("close", args![], "None"),
                ("close", args![], "None"),
                ("read", args![], closed),
                ("readline", args![], closed),
                ("readlines", args![], closed),
                ("readinto", args![Value::None], closed),
                ("write", args![""], closed),
                ("writelines", args![Value::None], closed),
                ("seek", args![0], closed),
                ("tell", args![], closed),
                ("truncate", args![], closed),
                ("getvalue", args![], closed),
                ("flush", args![], closed),
                ("readable", args![], closed),
                ("isatty", args![], closed),
                ("ioctl", args![3, 1], "32"),
                ("ioctl", args![4], "0"),
            ],
        );
        assert_eq!(is_closed(interp), true.into());
        let error = interp.run(|cx| cx.set_attr(&stream, "closed", Some(&false.into())));
        assert_eq!(error.unwrap_err().kind(), Kind::AttributeError);
    }
    let stream = bytes_io(interp, b"");
    interp.method(&stream, "ioctl", args![4, 0]).unwrap();
    calls(interp, &stream, &[("read", args![], closed)]);
}

#[test]
fn no_position_takes_memory_that_is_not_there() {
    let interp = &mut interp();
    for stream in [string_io(interp, "aé"), bytes_io(interp, b"ab")] {
        calls(
            interp,
            &stream,
            &[
                ("seek", args![i64::MAX], "9223372036854775807"),
                ("write", args!["x"], "OverflowError: new position too large"),
                ("write", args![""], "0"),
                ("seek", args![1, 1], "OverflowError: new position too large"),
                ("tell", args![], "9223372036854775807"),
                ("truncate", args![], "9223372036854775807"),
                ("readline", args![i64::MAX], {
                    let text = matches!(stream.as_object(), Some(object)
                        if object.type_of().name() == "StringIO");
                    if text { "''" } else { "b''" }
                }),
                ("seek", args![i64::MIN, 2], "0"),
                ("seek", args![1_i64 << 40], "1099511627776"),
                ("write", args!["x"], "OverflowError: new position too large"),
                ("seek", args![-1], "ValueError: negative seek value -1"),
                (
                    "seek",
                    args![0, 3],
                    "ValueError: invalid whence (3, should be 0, 1 or 2)",
                ),
                ("truncate", args![-1], "ValueError: negative size value -1"),
            ],
        );
        let value = interp.method(&stream, "getvalue", args![]).unwrap();
        assert_eq!(interp.run(|cx| cx.len(&value)).unwrap(), 2);
    }
}
