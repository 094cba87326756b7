//! What each call draws, to look at. The pictures are MicroPython's, but for the
//! text.

use crate::screen::Screen;
use enroll_portable::prelude::*;
use enroll_portable::testing::args;

const GS4_HMSB: i64 = 2;
const MONO_HLSB: i64 = 3;
const GS8: i64 = 6;

#[track_caller]
fn draws(calls: &[(&str, &[Value<'static>])], width: i64, height: i64, expected: &[&str]) {
    let mut screen = Screen::new(width, height, MONO_HLSB);
    for (name, args) in calls {
        screen.draw(name, args).unwrap();
    }
    assert_eq!(screen.picture(), expected);
}

fn corners(numbers: &[i64]) -> Value<'static> {
    Screen::new(1, 1, GS8).array("h", numbers)
}

#[test]
fn a_line_goes_from_end_to_end() {
    let lines = [
        ("line", args![0, 0, 11, 6, 1]),
        // From outside of the picture.
        ("line", args![0, 6, 4, -3, 1]),
    ];
    draws(
        &lines,
        12,
        7,
        &[
            "#..#........",
            ".##.........",
            "..###.......",
            ".#...##.....",
            ".#.....##...",
            "#........##.",
            "#..........#",
        ],
    );
    let lines = [("hline", args![-2, 1, 6, 1]), ("vline", args![9, 2, 99, 1])];
    draws(
        &lines,
        12,
        4,
        &[
            "............",
            "####........",
            ".........#..",
            ".........#..",
        ],
    );
}

#[test]
fn a_rectangle_is_an_outline_or_filled() {
    let rectangles = [
        ("rect", args![0, 0, 5, 4, 1]),
        ("rect", args![7, 3, 9, 9, 1, true]),
        ("fill_rect", args![1, 5, 3, 1, 1]),
        ("fill_rect", args![0, 6, 3, 0, 1]),
    ];
    draws(
        &rectangles,
        12,
        7,
        &[
            "#####.......",
            "#...#.......",
            "#...#.......",
            "#####..#####",
            ".......#####",
            ".###...#####",
            ".......#####",
        ],
    );
}

#[test]
fn an_ellipse_has_four_quadrants() {
    draws(
        &[("ellipse", args![7, 4, 7, 3, 1])],
        15,
        9,
        &[
            "...............",
            "....#######....",
            "..##.......##..",
            "#.............#",
            "#.............#",
            "#.............#",
            "..##.......##..",
            "....#######....",
            "...............",
        ],
    );
    draws(
        &[("ellipse", args![7, 4, 6, 4, 1, true, 0b0101])],
        15,
        9,
        &[
            ".......###.....",
            ".......#####...",
            ".......######..",
            ".......#######.",
            ".#############.",
            ".#######.......",
            "..######.......",
            "...#####.......",
            ".....###.......",
        ],
    );
    let points = [
        ("ellipse", args![1, 1, 0, 0, 1]),
        ("ellipse", args![3, 1, 0, 0, 1, true, 0]),
    ];
    draws(&points, 5, 3, &[".....", ".#...", "....."]);
}

#[test]
fn a_polygon_is_an_outline_or_filled() {
    let triangle = corners(&[0, 0, 10, 2, 4, 6]);
    draws(
        &[("poly", args![1, 1, triangle.clone(), 1])],
        13,
        8,
        &[
            ".............",
            ".###.........",
            "..#.#####....",
            "..#......###.",
            "...#.....##..",
            "....#...#....",
            "....#.##.....",
            ".....#.......",
        ],
    );
    draws(
        &[("poly", args![1, 1, triangle, 1, true])],
        13,
        8,
        &[
            ".............",
            ".#...........",
            "..#####......",
            "..##########.",
            "...########..",
            "....#####....",
            "....####.....",
            ".....#.......",
        ],
    );
    // One that crosses itself, with a number too many.
    let star = corners(&[7, 0, 3, 18, 14, 5, 0, 5, 11, 18, 99]);
    draws(
        &[("poly", args![0, 0, star, 1, true])],
        15,
        19,
        &[
            ".......#.......",
            ".......#.......",
            ".......#.......",
            "......###......",
            "......###......",
            "###############",
            ".######.######.",
            "..####...####..",
            "...###...###...",
            "...###...###...",
            "....##...##....",
            ".....#...#.....",
            "....###.###....",
            "....#######....",
            "....###.###....",
            "....###.###....",
            "...###...###...",
            "...##.....##...",
            "...#.......#...",
        ],
    );
    let nothing = corners(&[]);
    draws(&[("poly", args![0, 0, nothing, 1])], 2, 1, &[".."]);
    let point = Value::from(&b"\x01\x00\x01"[..]);
    draws(&[("poly", args![0, 0, point, 1])], 3, 1, &[".#."]);
}

#[test]
fn scrolling_leaves_what_it_uncovers() {
    let calls = [
        ("line", args![0, 0, 5, 5, 1]),
        ("scroll", args![2, -1]),
        // All of it, which changes nothing.
        ("scroll", args![8, 0]),
        ("scroll", args![0, -6]),
    ];
    draws(
        &calls,
        8,
        6,
        &[
            "#..#....", ".#..#...", ".....#..", "......#.", ".......#", ".....#..",
        ],
    );
}

#[test]
fn a_picture_is_drawn_into_another() {
    let mut screen = Screen::new(8, 5, GS4_HMSB);
    let small = |bytes: &'static [u8]| {
        let items = args![bytes, 2, 2, GS8].to_vec();
        Value::from(items)
    };
    let key_1 = small(b"\x10\x11\x02\x03");
    let palette = args![&b"\x12\x34\x56\x78"[..], 8, 1, GS4_HMSB].to_vec();
    for (name, args) in [
        ("fill", args![3].to_vec()),
        ("blit", args![key_1.clone(), 1, 1].to_vec()),
        ("blit", args![key_1.clone(), 5, 3, 1].to_vec()),
        ("blit", args![key_1, -1, -1].to_vec()),
        (
            "blit",
            args![small(b"\x00\x01\x07\x02"), 4, 0, -1, palette].to_vec(),
        ),
    ] {
        screen.draw(name, &args).unwrap();
    }
    assert_eq!(
        screen.picture(),
        ["33331233", "3.138333", "32333333", "33333.13", "33333233"]
    );
}

#[test]
fn a_picture_that_is_drawn_into_itself_reads_what_it_drew() {
    let mut screen = Screen::new(6, 5, GS4_HMSB);
    for (x, y, colour) in [(0, 0, 5), (1, 0, 6), (0, 1, 7)] {
        screen.draw("pixel", args![x, y, colour]).unwrap();
    }
    let itself = screen.frame.clone();
    screen.draw("blit", args![itself, 1, 1]).unwrap();
    let expected = ["56....", "756...", ".756..", "..756.", "...756"];
    assert_eq!(screen.picture(), expected);
}

#[test]
fn a_text_has_eight_pixels_a_character() {
    draws(
        &[("text", args!["A~\u{1}z", -1, 0])],
        26,
        8,
        &[
            ".##.....###.##..#.#.#.#...",
            "####...##.###..#.#.#.#....",
            "#..##...........#.#.#.####",
            "#..##..........#.#.#.#.#..",
            "#####...........#.#.#.#..#",
            "#..##..........#.#.#.#..##",
            "#..##...........#.#.#.####",
            "...............#.#.#.#....",
        ],
    );
    // A NUL ends it; each byte that is no character of ASCII is a field.
    let text = args![&b"\xc3\0A"[..], 0, 0];
    let field = ".#.#.#.#..";
    draws(&[("text", text)], 10, 1, &[field]);
    draws(&[("text", args!["\x7f", 0, 0])], 10, 1, &[field]);
    draws(
        &[("text", args!["A", 2, -6, 1])],
        10,
        2,
        &["..##..##..", ".........."],
    );
}
