//! The type `FrameBuffer`: which buffers it takes, and its errors.

use crate::screen::Screen;
use array_module::ARRAY;
use enroll::testing::Kit;
use enroll_portable::prelude::*;
use enroll_portable::testing::{Interp, args, named};
use framebuf_module::FRAMEBUF;

fn interp() -> Interp {
    Interp::new(Kit::new().declared::<FRAMEBUF>().declared::<ARRAY>()).unwrap()
}

fn bytearray(interp: &mut Interp, len: i64) -> Value<'static> {
    interp.call("array.bytearray", args![len]).unwrap()
}

#[test]
fn formats_have_micropythons_numbers() {
    let interp = &mut interp();
    for (name, number) in [
        ("MVLSB", 0),
        ("MONO_VLSB", 0),
        ("RGB565", 1),
        ("GS4_HMSB", 2),
        ("MONO_HLSB", 3),
        ("MONO_HMSB", 4),
        ("GS2_HMSB", 5),
        ("GS8", 6),
    ] {
        let found = interp.get(&format!("framebuf.{name}")).unwrap();
        assert_eq!(found, number.into(), "{name}");
    }
}

/// The cases of MicroPython's `tests/extmod/framebuf_bounds.py`, with what it
/// prints there.
#[test]
fn a_buffer_must_be_large_enough() {
    const NO: i64 = -9;
    let interp = &mut interp();
    for (len, width, height, format, stride, valid) in [
        (20, 10, 10, 3, NO, true),
        (20, -1, 10, 3, NO, false),
        (20, 10, -1, 3, NO, false),
        (20, 10, 10, 3, 11, true),
        (20, 10, 10, 3, 10, true),
        (20, 10, 10, 3, 9, false),
        (20, 10, 10, 3, -1, false),
        (20, 10, 10, 3, 16, true),
        (20, 10, 10, 3, 17, false),
        (19, 8, 10, 3, 16, true),
        (18, 8, 10, 3, 9, false),
        (8, 8, 1, 0, NO, true),
        (7, 8, 1, 0, NO, false),
        (8, 8, 8, 0, NO, true),
        (1, 1, 8, 0, NO, true),
        (1, 1, 9, 0, NO, false),
        (2, 1, 9, 0, NO, true),
        (1, 1, 8, 0, 10, true),
        (8, 8, 8, 0, 10, true),
        (8, 8, 8, 0, 7, false),
        (11, 1, 9, 0, 10, true),
        (10, 1, 9, 0, 10, false),
        (11, 1, 16, 0, 10, true),
        (1, 8, 1, 4, NO, true),
        (0, 8, 1, 4, NO, false),
        (8, 8, 8, 4, NO, true),
        (9, 8, 9, 4, NO, true),
        (9, 9, 8, 4, NO, false),
        (8, 4, 8, 5, NO, true),
        (15, 5, 8, 5, NO, false),
        (16, 5, 8, 5, NO, true),
        (9, 4, 9, 5, NO, true),
        (2, 7, 1, 5, 9, true),
        (4, 7, 2, 5, 9, false),
        (5, 7, 2, 5, 9, true),
        (8, 2, 8, 2, NO, true),
        (15, 3, 8, 2, NO, false),
        (16, 3, 8, 2, NO, true),
        (9, 2, 9, 2, NO, true),
        (4, 7, 1, 2, 9, true),
        (8, 7, 2, 2, 9, false),
        (9, 7, 2, 2, 9, true),
        (63, 8, 8, 6, NO, false),
        (64, 8, 8, 6, NO, true),
        (64, 9, 8, 6, NO, false),
        (64, 8, 9, 6, NO, false),
        (64, 4, 8, 6, 8, true),
        (64, 4, 8, 6, 9, false),
        (8, 8, 1, 6, 10, true),
        (17, 8, 2, 6, 10, false),
        (18, 8, 2, 6, 10, true),
        (127, 8, 8, 1, NO, false),
        (128, 8, 8, 1, NO, true),
        (128, 9, 8, 1, NO, false),
        (128, 8, 9, 1, NO, false),
        (128, 4, 8, 1, 8, true),
        (128, 4, 8, 1, 9, false),
        (16, 8, 1, 1, 10, true),
        (34, 8, 2, 1, 10, false),
        (36, 8, 2, 1, 10, true),
    ] {
        let data = bytearray(interp, len);
        let mut args = args![data, width, height, format].to_vec();
        if stride != NO {
            args.push(stride.into());
        }
        let made = interp.call("framebuf.FrameBuffer", &args);
        let kind = made.as_ref().err().map(Error::kind);
        let expected = (!valid).then_some(Kind::ValueError);
        assert_eq!(kind, expected, "{len} {width} {height} {format} {stride}");
        // The last pixel is in the buffer.
        if let Ok(frame) = made {
            for (name, args) in [
                ("fill", args![-1].to_vec()),
                ("pixel", args![width - 1, height - 1, 1].to_vec()),
            ] {
                interp.method(&frame, name, &args).unwrap();
            }
        }
    }
}

#[test]
fn what_cannot_be_a_picture_is_refused() {
    let interp = &mut interp();
    let data = bytearray(interp, 10);
    let size = "ValueError: width, height and stride must be 1 to 65535";
    for (args, expected) in [
        (args![data.clone(), 8, 10, 7], "ValueError: invalid format"),
        (args![data.clone(), 8, 10, -1], "ValueError: invalid format"),
        (args![data.clone(), 0, 10, 3], size),
        (args![data.clone(), 8, 65_536, 3], size),
        (args![data.clone(), i64::MAX, i64::MAX, 3], size),
        (args![data.clone(), 8, 10, 3, i64::MIN], size),
        (
            args![data.clone(), 8, 10, 3, 7],
            "ValueError: the stride must not be less than the width",
        ),
        (
            args![data.clone(), 65_535, 65_535, 1],
            "ValueError: the buffer is too small",
        ),
        (
            args![&b"0123456789"[..], 8, 10, 3],
            "TypeError: an object with a buffer that can be changed is needed, not 'bytes'",
        ),
        (
            args![Value::None, 8, 10, 3],
            "TypeError: an object with a buffer that can be changed is needed, not 'NoneType'",
        ),
        (
            args![data.clone(), "8", 10, 3],
            "TypeError: FrameBuffer() argument 2 ('width'): expected int, not str",
        ),
        (
            args![data, 8, 10],
            "TypeError: FrameBuffer() is missing argument 4 ('format')",
        ),
    ] {
        let error = interp.call("framebuf.FrameBuffer", args).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn arguments_have_names() {
    let interp = &mut interp();
    let data = bytearray(interp, 10);
    let named = named![format = 6, height = 2, width = 3, buffer = data, stride = 4];
    let frame = interp
        .call_named("framebuf.FrameBuffer", args![], named)
        .unwrap();
    let pixel =
        |interp: &mut Interp, x: i64, y: i64| interp.method(&frame, "pixel", args![x, y]).unwrap();
    interp.method(&frame, "pixel", args![1, 1, 300]).unwrap();
    assert_eq!(pixel(interp, 1, 1), 44.into());
    for (x, y) in [(3, 0), (0, 2), (-1, 0), (0, -1), (i64::MAX, i64::MIN)] {
        assert_eq!(pixel(interp, x, y), Value::None, "{x} {y}");
        interp.method(&frame, "pixel", args![x, y, 1]).unwrap();
    }
    let bytes = interp.run(|cx| cx.bytes(&frame, <[u8]>::to_vec)).unwrap();
    assert_eq!(bytes, [0, 0, 0, 0, 0, 44, 0, 0, 0, 0]);
}

#[test]
fn the_older_constructor_is_in_columns() {
    let interp = &mut interp();
    let data = bytearray(interp, 5);
    let frame = interp
        .call("framebuf.FrameBuffer1", args![data.clone(), 5, 8])
        .unwrap();
    interp.method(&frame, "vline", args![1, 2, 3, 1]).unwrap();
    assert_eq!(interp.repr(&data), r"bytearray(b'\x00\x1c\x00\x00\x00')");
    let wide = interp.call("framebuf.FrameBuffer1", args![data, 1, 8, 5]);
    assert!(wide.is_ok());
}

#[test]
fn a_buffer_may_shrink_and_grow() {
    let interp = &mut interp();
    let data = bytearray(interp, 4);
    let args = args![data.clone(), 2, 2, 6];
    let frame = interp.call("framebuf.FrameBuffer", args).unwrap();
    interp
        .run(|cx| cx.subscript(&data, &0.into(), Access::Delete))
        .unwrap();
    let source = Value::from(args![&b"ab"[..], 1, 2, 6].to_vec());
    for (name, args) in [
        ("fill", args![1].to_vec()),
        ("pixel", args![0, 0].to_vec()),
        ("pixel", args![0, 0, 1].to_vec()),
        ("line", args![0, 0, 1, 1, 1].to_vec()),
        ("text", args!["a", 0, 0].to_vec()),
        ("scroll", args![1, 0].to_vec()),
        ("blit", args![frame.clone(), 0, 0].to_vec()),
        ("blit", args![source, 0, 0].to_vec()),
    ] {
        let error = interp.method(&frame, name, &args).unwrap_err();
        assert_eq!(
            error.to_string(),
            "ValueError: the buffer is too small",
            "{name}"
        );
    }
    interp.method(&data, "extend", args![vec![9, 9]]).unwrap();
    interp.method(&frame, "fill", args![1]).unwrap();
    assert_eq!(interp.repr(&data), r"bytearray(b'\x01\x01\x01\x01\t')");
}

#[test]
fn a_picture_is_a_buffer() {
    let interp = &mut interp();
    let data = interp.call("array.array", args!["H", vec![0, 0]]).unwrap();
    let args = args![data.clone(), 2, 1, 1];
    let mut frame = interp.call("framebuf.FrameBuffer", args).unwrap();
    for _ in 0..100_000 {
        let args = args![frame, 2, 1, 1];
        frame = interp.call("framebuf.FrameBuffer", args).unwrap();
    }
    interp.method(&frame, "pixel", args![1, 0, 0x1234]).unwrap();
    assert_eq!(interp.repr(&data), "array('H', [0, 4660])");
    let two = interp
        .call("framebuf.FrameBuffer", args![data.clone(), 1, 2, 1])
        .unwrap();
    // Two pictures in one array, of which one is drawn into the other.
    interp.method(&two, "blit", args![frame, 0, 1]).unwrap();
    assert_eq!(interp.repr(&data), "array('H', [0, 0])");
}

#[test]
fn what_cannot_be_drawn_is_an_error() {
    let mut screen = Screen::new(4, 4, 6);
    let floats = screen
        .interp
        .call("array.array", args!["f", vec![1.0, 1.0]])
        .unwrap();
    let small = Value::from(args![&b""[..], 1, 1, 6].to_vec());
    let short = Value::from(vec![0, 0, 0]);
    let long = Value::from(vec![0; 6]);
    let numbers = Value::from(args![&b"a"[..], "1", 1, 6].to_vec());
    for (name, args, expected) in [
        (
            "poly",
            args![0, 0, floats, 1],
            "TypeError: the coordinates must be integers",
        ),
        (
            "poly",
            args![0, 0, vec![1, 2], 1],
            "TypeError: 'list' is not bytes-like",
        ),
        (
            "text",
            args![5, 0, 0],
            "TypeError: a text is a str or bytes, not 'int'",
        ),
        (
            "blit",
            args![Value::None, 0, 0],
            "TypeError: 'NoneType' object is not iterable",
        ),
        (
            "blit",
            args![short, 0, 0],
            "ValueError: a picture is (buffer, width, height, format) or has a stride too",
        ),
        (
            "blit",
            args![long, 0, 0],
            "ValueError: a picture is (buffer, width, height, format) or has a stride too",
        ),
        (
            "blit",
            args![numbers, 0, 0],
            "TypeError: width, height, format and stride are integers",
        ),
        (
            "blit",
            args![small, 0, 0],
            "ValueError: the buffer is too small",
        ),
        (
            "fill",
            args!["red"],
            "TypeError: fill() argument 1 ('c'): expected int, not str",
        ),
    ] {
        let error = screen.draw(name, args).unwrap_err();
        assert_eq!(error.to_string(), expected, "{name}");
    }
    assert!(screen.colours().iter().flatten().all(|&colour| colour == 0));
}
