//! Ellipses, whole or in quadrants.

use crate::canvas::{Canvas, near};

/// The greatest radius, twice the largest picture. What is greater counts as
/// this: the steps are as many as the radius.
const MOST: i64 = 0x1_ffff;

/// What is drawn of an ellipse.
#[derive(Clone, Copy)]
pub(crate) struct Part {
    /// A bit for each quadrant: right top, left top, left bottom, right bottom.
    pub(crate) quadrants: i64,
    pub(crate) fill: bool,
}

/// An ellipse with its centre.
#[derive(Clone, Copy)]
pub(crate) struct Ellipse {
    x: i64,
    y: i64,
    colour: u16,
    part: Part,
}

/// Draws an ellipse with the algorithm of John Kennedy, "A Fast Bresenham Type
/// Algorithm for Drawing Ellipses", as MicroPython has it: along the sides, then
/// along top and bottom. A negative radius leaves out one of the two, as there.
pub(crate) fn draw(
    canvas: &mut Canvas<'_>,
    (x, y): (i64, i64),
    (x_radius, y_radius): (i64, i64),
    colour: u16,
    part: Part,
) {
    let ellipse = Ellipse {
        x: near(x),
        y: near(y),
        colour,
        part,
    };
    let (a, b) = (x_radius.clamp(-MOST, MOST), y_radius.clamp(-MOST, MOST));
    if (a, b) == (0, 0) {
        if part.quadrants != 0 {
            canvas.point(ellipse.x, ellipse.y, colour);
        }
        return;
    }
    along(a, b, |x, y| ellipse.points(canvas, x, y));
    along(b, a, |y, x| ellipse.points(canvas, x, y));
}

/// The points of one octant: `out` begins at the radius `a` and shrinks, while
/// `up` grows from 0, until the tangent has turned by half.
fn along(a: i64, b: i64, mut point: impl FnMut(i64, i64)) {
    let (a2, b2) = (a * a, b * b);
    let (mut out, mut up) = (a, 0);
    let (mut out_change, mut up_change) = (b2 * (1 - 2 * a), a2);
    let (mut out_stop, mut up_stop) = (2 * b2 * a, 0);
    let mut error = 0;
    while out_stop >= up_stop {
        point(out, up);
        up += 1;
        up_stop += 2 * a2;
        error += up_change;
        up_change += 2 * a2;
        if 2 * error + out_change > 0 {
            out -= 1;
            out_stop -= 2 * b2;
            error += out_change;
            out_change += 2 * b2;
        }
    }
}

impl Ellipse {
    /// The point in each wanted quadrant, or all from it to the middle.
    fn points(&self, canvas: &mut Canvas<'_>, x: i64, y: i64) {
        let (top, bottom) = (self.y - y, self.y + y);
        let (left, right) = (self.x - x, self.x + x);
        for (quadrant, column, from, row) in [
            (1, right, self.x, top),
            (2, left, left, top),
            (4, left, left, bottom),
            (8, right, self.x, bottom),
        ] {
            match self.part.fill {
                _ if self.part.quadrants & quadrant == 0 => {}
                true => canvas.area(from, row, x + 1, 1, self.colour),
                false => canvas.point(column, row, self.colour),
            }
        }
    }
}
