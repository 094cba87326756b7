//! Polygons.

use crate::canvas::{Canvas, FAR, near};
use crate::line;
use alloc::vec::Vec;
use core::ffi::{c_int, c_long};
use enroll_portable::prelude::*;

/// The corners of a polygon, relative to its place.
pub(crate) struct Corners(Vec<(i64, i64)>);

impl Corners {
    /// From an array of integers, x and y in turns, or from bytes. A number too
    /// many is ignored, as in MicroPython.
    ///
    /// # Errors
    ///
    /// TypeError where it is no buffer of integers, MemoryError where there is
    /// no room for them.
    pub(crate) fn of<'vm>(
        cx: &mut Cx<'_, 'vm, Portable>,
        coords: &Value<'vm>,
    ) -> Result<Corners, Error> {
        let item = Item::of(cx, coords)?;
        cx.bytes(coords, |bytes| {
            let numbers = bytes.chunks_exact(item.size);
            let mut corners = Vec::new();
            if corners.try_reserve_exact(numbers.len() / 2).is_err() {
                return Err(Error::new(Kind::MemoryError, "no room for the corners"));
            }
            let mut numbers = numbers.map(|bytes| near(item.read(bytes)));
            while let (Some(x), Some(y)) = (numbers.next(), numbers.next()) {
                corners.push((x, y));
            }
            Ok(Corners(corners))
        })?
    }

    /// Each corner with the one before it, the first with the last.
    fn edges(&self) -> impl Iterator<Item = ((i64, i64), (i64, i64))> {
        let before = self.0.last().into_iter().chain(&self.0);
        self.0.iter().copied().zip(before.copied())
    }

    pub(crate) fn outline(&self, canvas: &mut Canvas<'_>, (x, y): (i64, i64), colour: u16) {
        for ((x1, y1), (x2, y2)) in self.edges() {
            line::draw(canvas, (x + x1, y + y1), (x + x2, y + y2), colour);
        }
    }

    /// Fills between each pair of edges that a row of pixels crosses.
    ///
    /// The lower end of an edge is not of it, so that two edges which meet are
    /// crossed once. What that leaves out at a lower corner or a level edge is
    /// drawn by itself, so that the outline is always covered.
    ///
    /// # Errors
    ///
    /// MemoryError where there is no room for the crossings.
    pub(crate) fn fill(
        &self,
        canvas: &mut Canvas<'_>,
        (x, y): (i64, i64),
        colour: u16,
    ) -> Result<(), Error> {
        let rows = self.0.iter().map(|&(_, y)| y);
        let (Some(top), Some(bottom)) = (rows.clone().min(), rows.max()) else {
            return Ok(());
        };
        let mut crossed: Vec<i64> = Vec::new();
        if crossed.try_reserve_exact(self.0.len()).is_err() {
            return Err(Error::new(Kind::MemoryError, "no room for a polygon"));
        }
        // Only the rows of the picture.
        let height = canvas.shape.height as i64;
        for row in top.max(-y)..=bottom.min(height - 1 - y) {
            crossed.clear();
            for ((x1, y1), (x2, y2)) in self.edges() {
                if (y1 > row) != (y2 > row) {
                    let aside = 32 * (x2 - x1) * (row - y1) / (y2 - y1);
                    crossed.push((32 * x1 + aside + 16) / 32);
                } else if row == y1.max(y2) {
                    let (from, to) = match y1.cmp(&y2) {
                        core::cmp::Ordering::Less => ((x2, y2), (x2, y2)),
                        core::cmp::Ordering::Greater => ((x1, y1), (x1, y1)),
                        core::cmp::Ordering::Equal => ((x1, y1), (x2, y2)),
                    };
                    let place = |(column, row)| (x + column, y + row);
                    line::draw(canvas, place(from), place(to), colour);
                }
            }
            crossed.sort_unstable();
            for pair in crossed.chunks_exact(2) {
                if let &[left, right] = pair {
                    canvas.area(x + left, y + row, right - left + 1, 1, colour);
                }
            }
        }
        Ok(())
    }
}

/// What the numbers of a buffer are.
#[derive(Clone, Copy)]
struct Item {
    size: usize,
    signed: bool,
}

impl Item {
    /// An array says so; what does not is bytes, as in MicroPython.
    fn of<'vm>(cx: &mut Cx<'_, 'vm, Portable>, coords: &Value<'vm>) -> Result<Item, Error> {
        let mut letter = cx.find_attr(coords, "typecode")?;
        if letter.is_none() {
            // A view of another interpreter's memory.
            letter = cx.find_attr(coords, "format")?;
        }
        let letter = letter.as_ref().and_then(Value::as_str).unwrap_or("B");
        let size = match letter {
            "b" | "B" | "c" => 1,
            "h" | "H" => 2,
            "i" | "I" => size_of::<c_int>(),
            "l" | "L" => size_of::<c_long>(),
            "q" | "Q" => 8,
            _ => {
                return Err(Error::new(
                    Kind::TypeError,
                    "the coordinates must be integers",
                ));
            }
        };
        let signed = letter.starts_with(|letter: char| letter.is_ascii_lowercase());
        Ok(Item { size, signed })
    }

    fn read(self, bytes: &[u8]) -> i64 {
        match (bytes, self.signed) {
            (&[byte], true) => byte.cast_signed().into(),
            (&[byte], false) => byte.into(),
            (&[a, b], true) => i16::from_ne_bytes([a, b]).into(),
            (&[a, b], false) => u16::from_ne_bytes([a, b]).into(),
            (&[a, b, c, d], true) => i32::from_ne_bytes([a, b, c, d]).into(),
            (&[a, b, c, d], false) => u32::from_ne_bytes([a, b, c, d]).into(),
            _ => {
                let long = bytes.first_chunk().copied().unwrap_or_default();
                match self.signed {
                    true => i64::from_ne_bytes(long),
                    false => i64::try_from(u64::from_ne_bytes(long)).unwrap_or(FAR),
                }
            }
        }
    }
}
