//! The calls of `calls.py`, and what MicroPython made of them: `calls.out`, from
//! its unix port, version 1.29 preview, on a little-endian machine.
#![cfg(target_endian = "little")]

use array_module::ARRAY;
use enroll::testing::Kit;
use enroll_portable::prelude::*;
use enroll_portable::testing::{Interp, args};
use framebuf_module::FRAMEBUF;

const SIZES: [(i64, i64, i64); 5] = [
    (1, 1, 1),
    (5, 16, 5),
    (13, 7, 15),
    (33, 21, 33),
    (40, 40, 49),
];
const CALLS: usize = 400;
const EACH: usize = 100;

struct Draw(u32);

impl Draw {
    fn below(&mut self, n: i64) -> i64 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        i64::from(self.0 >> 8) % n
    }

    fn coordinate(&mut self, size: i64) -> i64 {
        if self.below(16) == 0 {
            return self.below(10_000) - 5000;
        }
        self.below(3 * size + 6) - size - 3
    }
}

fn hash_of(data: &[u8], value: u32) -> u32 {
    data.iter().fold(value, |value, &byte| {
        (value ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

fn bytearray(interp: &mut Interp, data: &[u8]) -> Value<'static> {
    let data = Value::Bytes(enroll_portable::Bytes::copied(data));
    interp.call("array.bytearray", &[data]).unwrap()
}

fn frame(
    interp: &mut Interp,
    draw: &mut Draw,
    format: i64,
    width: i64,
    height: i64,
) -> Value<'static> {
    let data: Vec<u8> = (0..width * height * 2 + 16)
        .map(|_| draw.below(256) as u8)
        .collect();
    let data = bytearray(interp, &data);
    let args = args![data, width, height, format];
    interp.call("framebuf.FrameBuffer", args).unwrap()
}

fn call(interp: &mut Interp, draw: &mut Draw, fb: &Value<'static>, width: i64, height: i64) {
    let which = draw.below(12);
    let x = draw.coordinate(width);
    let y = draw.coordinate(height);
    let w = draw.coordinate(width);
    let h = draw.coordinate(height);
    let colour = match draw.below(2) {
        0 => draw.below(2),
        _ => draw.below(65_536),
    };
    let fill = draw.below(2) == 1;
    let (name, args) = match which {
        0 => ("pixel", args![x, y, colour].to_vec()),
        1 => ("hline", args![x, y, w, colour].to_vec()),
        2 => ("vline", args![x, y, h, colour].to_vec()),
        3 => ("rect", args![x, y, w, h, colour, fill].to_vec()),
        4 => ("fill_rect", args![x, y, w, h, colour].to_vec()),
        5 | 6 => ("line", args![x, y, w, h, colour].to_vec()),
        7 => {
            let (xr, yr) = (draw.below(30) - 2, draw.below(30) - 2);
            let mask = draw.below(16);
            ("ellipse", args![x, y, xr, yr, colour, fill, mask].to_vec())
        }
        8 => {
            let mut points = Vec::new();
            for _ in 0..draw.below(8) {
                points.extend([draw.coordinate(width), draw.coordinate(height)]);
            }
            let points = interp.call("array.array", args!["h", points]).unwrap();
            ("poly", args![x, y, points, colour, fill].to_vec())
        }
        9 => (
            "scroll",
            args![draw.below(7) - 3, draw.below(7) - 3].to_vec(),
        ),
        10 => {
            let key = draw.below(4) - 1;
            let format = draw.below(7);
            let source = frame(interp, draw, format, 6, 5);
            ("blit", args![source, x, y, key].to_vec())
        }
        _ => match draw.below(2) {
            1 => {
                let (x, y) = (draw.below(5) - 2, draw.below(5) - 2);
                ("blit", args![fb.clone(), x, y, draw.below(3) - 1].to_vec())
            }
            _ => {
                let format = [0, 2, 3, 4, 5][draw.below(5) as usize];
                let source = frame(interp, draw, format, 7, 9);
                let format = draw.below(7);
                let palette = frame(interp, draw, format, 16, 1);
                ("blit", args![source, x, y, -1, palette].to_vec())
            }
        },
    };
    interp.method(fb, name, &args).unwrap();
}

#[test]
fn random_calls_draw_what_micropython_draws() {
    let kit = Kit::new().declared::<FRAMEBUF>().declared::<ARRAY>();
    let interp = &mut Interp::new(kit).unwrap();
    let mut expected = include_str!("../calls.out").lines();
    for format in 0..7 {
        for (width, height, stride) in SIZES {
            let draw = &mut Draw((1000 * format + width) as u32);
            let data = vec![0; (stride * (height + 8) * 2 + 16) as usize];
            let data = bytearray(interp, &data);
            let args = args![data.clone(), width, height, format, stride];
            let fb = interp.call("framebuf.FrameBuffer", args).unwrap();
            let mut hashes = String::new();
            let mut value = 0x811c_9dc5;
            for index in 0..CALLS {
                if draw.below(3) == 0 {
                    interp.method(&fb, "fill", args![draw.below(4)]).unwrap();
                }
                call(interp, draw, &fb, width, height);
                let hash = |bytes: &[u8]| hash_of(bytes, value);
                value = interp.run(|cx| cx.bytes(&data, hash)).unwrap();
                if index % EACH == EACH - 1 {
                    let mut total = 0_u32;
                    for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
                        let pixel = interp.method(&fb, "pixel", args![x, y]).unwrap();
                        let pixel = pixel.as_int().unwrap() as u32;
                        total = total.wrapping_mul(31).wrapping_add(pixel);
                    }
                    hashes += &format!(" {value:08x} {total:08x}");
                }
            }
            let line = format!("{format} {width} {height} {stride}:{hashes}");
            assert_eq!(Some(&*line), expected.next());
        }
    }
    assert_eq!(expected.next(), None);
}
