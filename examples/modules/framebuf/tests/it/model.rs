//! Areas and lines with any numbers, in every format, against what each pixel
//! says of itself: whether it is in the area, or on the line.

use crate::screen::Screen;
use enroll_portable::testing::args;

struct Draw(u64);

impl Draw {
    fn below(&mut self, n: u64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n) as i64
    }

    /// Mostly in or near a picture, now and then anywhere.
    fn number(&mut self) -> i64 {
        match self.below(8) {
            0 => [i64::MIN, i64::MIN + 1, i64::MAX, -(1 << 40), 1 << 33][self.below(5) as usize],
            1 => self.below(2000) - 1000,
            _ => self.below(60) - 20,
        }
    }
}

/// What is left of a colour in a format.
fn kept(colour: i64, format: i64) -> i64 {
    match format {
        0 | 3 | 4 => i64::from(colour as u32 != 0),
        5 => colour & 3,
        2 => colour & 15,
        6 => colour & 255,
        _ => colour & 0xffff,
    }
}

fn in_area(x: i64, y: i64, [left, top, width, height]: [i64; 4]) -> bool {
    let within = |at: i64, start: i64, len: i64| {
        let (at, start, len) = (i128::from(at), i128::from(start), i128::from(len));
        start <= at && at < start + len
    };
    within(x, left, width) && within(y, top, height)
}

/// Bresenham's line by its formula. Ends that are far away are nearer: see the
/// module's README.
fn on_line(x: i64, y: i64, ends: [i64; 4]) -> bool {
    let [x1, y1, x2, y2] = ends.map(|end| i128::from(end.clamp(-(1 << 26), 1 << 26)));
    let (x, y) = (i128::from(x), i128::from(y));
    if (x, y) == (x2, y2) {
        return true;
    }
    let (long, short, along, aside) = match (y2 - y1).abs() > (x2 - x1).abs() {
        true => (y2 - y1, x2 - x1, y - y1, x - x1),
        false => (x2 - x1, y2 - y1, x - x1, y - y1),
    };
    // In the directions of the line, so that all distances count up.
    let along = along * if long > 0 { 1 } else { -1 };
    let aside = aside * if short > 0 { 1 } else { -1 };
    let (long, short) = (long.abs(), short.abs());
    (0..long).contains(&along) && aside == (2 * short * along + long).div_euclid(2 * long)
}

#[test]
fn pixels_are_where_the_formula_says() {
    let mut draw = Draw(0x9e37_79b9_7f4a_7c15);
    for format in 0..7 {
        for (width, height) in [(1, 1), (7, 9), (19, 17), (32, 8)] {
            let mut screen = Screen::new(width, height, format);
            let mut model = vec![vec![0; width as usize]; height as usize];
            for step in 0..150 {
                let numbers = [draw.number(), draw.number(), draw.number(), draw.number()];
                let [a, b, c, d] = numbers;
                let colour = draw.below(1 << 40) - (1 << 39);
                let mut set = |inside: &dyn Fn(i64, i64) -> bool| {
                    for (y, row) in (0..).zip(&mut model) {
                        for (x, pixel) in (0..).zip(row) {
                            if inside(x, y) {
                                *pixel = kept(colour, format);
                            }
                        }
                    }
                };
                let (name, args) = match draw.below(7) {
                    0 => {
                        set(&|_, _| true);
                        ("fill", args![colour].to_vec())
                    }
                    1 => {
                        set(&|x, y| in_area(x, y, numbers));
                        ("fill_rect", args![a, b, c, d, colour].to_vec())
                    }
                    2 => {
                        set(&|x, y| in_area(x, y, [a, b, c, 1]));
                        ("hline", args![a, b, c, colour].to_vec())
                    }
                    3 => {
                        set(&|x, y| in_area(x, y, [a, b, 1, d]));
                        ("vline", args![a, b, d, colour].to_vec())
                    }
                    4 => {
                        set(&|x, y| (x, y) == (a, b));
                        ("pixel", args![a, b, colour].to_vec())
                    }
                    _ => {
                        set(&|x, y| on_line(x, y, numbers));
                        ("line", args![a, b, c, d, colour].to_vec())
                    }
                };
                screen.draw(name, &args).unwrap();
                assert_eq!(screen.colours(), model, "{format} {step} {name} {args:?}");
            }
        }
    }
}

/// None of these ends where it goes through all that it was told.
#[test]
fn no_number_takes_longer_than_the_picture() {
    const FAR: [i64; 4] = [i64::MIN, i64::MAX, -(1 << 31), 1 << 31];
    let mut screen = Screen::new(9, 9, 6);
    let corners = FAR.map(|far| far.clamp(-(1 << 31), (1 << 31) - 1));
    let corners = screen.array("i", &corners);
    let long = screen.array("q", &[i64::MIN, i64::MAX, 3, 4, i64::MAX, 7]);
    for x in FAR {
        for y in FAR {
            for (name, args) in [
                ("line", args![x, y, y, x, 1].to_vec()),
                ("line", args![x, 0, 4, y, 1].to_vec()),
                ("rect", args![x, y, x, y, 1].to_vec()),
                ("rect", args![x, x, y, y, 1].to_vec()),
                ("rect", args![0, 0, x, y, 1, true].to_vec()),
                ("ellipse", args![4, 4, x, y, 1].to_vec()),
                ("ellipse", args![x, y, y, x, 1, true].to_vec()),
                ("poly", args![x, y, corners.clone(), 1].to_vec()),
                ("poly", args![x, y, corners.clone(), 1, true].to_vec()),
                ("poly", args![0, 0, long.clone(), 1, true].to_vec()),
                ("text", args!["text", x, y].to_vec()),
                ("scroll", args![x, y].to_vec()),
                ("blit", args![screen.frame.clone(), x, y, x].to_vec()),
                ("pixel", args![x, y, x].to_vec()),
            ] {
                screen.draw(name, &args).unwrap();
            }
        }
    }
}
