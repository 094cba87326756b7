//! Straight lines.

use crate::canvas::{Canvas, near};

/// Draws a line with Bresenham's algorithm, from the point where it enters the
/// picture to the point where it leaves it.
///
/// With `long` and `short` the distances along the longer and the shorter axis,
/// the pixel after `i` steps lies `(2 * short * i + long) / (2 * long)` to the
/// side, rounded down; so a line from far away can begin where it is seen.
pub(crate) fn draw(
    canvas: &mut Canvas<'_>,
    (x1, y1): (i64, i64),
    (x2, y2): (i64, i64),
    colour: u16,
) {
    let (x1, y1, x2, y2) = (near(x1), near(y1), near(x2), near(y2));
    let (dx, dy) = ((x2 - x1).abs(), (y2 - y1).abs());
    let steep = dy > dx;
    let shape = canvas.shape;
    // The longer axis first.
    let (start, end, side, side_end, long, short, size) = match steep {
        true => (y1, y2, x1, x2, dy, dx, shape.height),
        false => (x1, x2, y1, y2, dx, dy, shape.width),
    };
    let (step, side_step) = (sign(start, end), sign(side, side_end));
    // Steps before the first pixel in the picture, and up to the last one.
    let (before, after) = match step {
        1 => (-start, size as i64 - start),
        _ => (start - (size as i64 - 1), start + 1),
    };
    let (first, last) = (before.max(0), after.min(long));
    if first < last {
        let passed = 2 * short * first + long;
        let mut aside = side + side_step * (passed / (2 * long));
        // What is missing to the next step aside.
        let mut error = passed % (2 * long);
        for index in first..last {
            let along = start + step * index;
            match steep {
                true => canvas.point(aside, along, colour),
                false => canvas.point(along, aside, colour),
            }
            error += 2 * short;
            if error >= 2 * long {
                error -= 2 * long;
                aside += side_step;
            }
        }
    }
    canvas.point(x2, y2, colour);
}

fn sign(from: i64, to: i64) -> i64 {
    match from < to {
        true => 1,
        false => -1,
    }
}
