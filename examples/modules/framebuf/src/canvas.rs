//! A picture to draw in: pixels, areas and the scrolling of all of it.

use crate::format::Format;
use crate::shape::Shape;
use enroll_portable::Error;

/// How far away a coordinate of a line, ellipse or polygon may be. What is
/// farther counts as this far, so that no calculation needs more than 64 bits.
pub(crate) const FAR: i64 = 1 << 26;

/// A script's coordinate within [`FAR`].
pub(crate) fn near(coordinate: i64) -> i64 {
    coordinate.clamp(-FAR, FAR)
}

/// A picture and the bytes that it is in.
pub(crate) struct Canvas<'b> {
    pub(crate) shape: Shape,
    pub(crate) bytes: &'b mut [u8],
}

impl<'b> Canvas<'b> {
    /// # Errors
    ///
    /// ValueError where the bytes are not enough: a buffer may have shrunk since
    /// the picture was made.
    pub(crate) fn new(shape: Shape, bytes: &'b mut [u8]) -> Result<Canvas<'b>, Error> {
        shape.check(bytes.len())?;
        Ok(Canvas { shape, bytes })
    }

    pub(crate) fn get(&self, x: usize, y: usize) -> u16 {
        self.shape.get(self.bytes, x, y)
    }

    /// Sets a pixel that is in the picture, to a colour of its format.
    pub(crate) fn set(&mut self, x: usize, y: usize, colour: u16) {
        let place = self.shape.place(x, y);
        let format = self.shape.format;
        if format == Format::Rgb565 {
            if let Some(pixel) = self
                .bytes
                .get_mut(place..)
                .and_then(<[u8]>::first_chunk_mut)
            {
                *pixel = colour.to_ne_bytes();
            }
            return;
        }
        let shift = format.shift(x, y);
        let mask = ((1_u16 << format.bits()) - 1) << shift;
        if let Some(byte) = self.bytes.get_mut(place) {
            *byte = *byte & !(mask as u8) | (colour << shift) as u8;
        }
    }

    /// Sets a pixel, if it is in the picture.
    pub(crate) fn point(&mut self, x: i64, y: i64, colour: u16) {
        if let Some((x, y)) = self.shape.contains(x, y) {
            self.set(x, y, colour);
        }
    }

    /// Fills what of an area is in the picture.
    pub(crate) fn area(&mut self, x: i64, y: i64, width: i64, height: i64, colour: u16) {
        let Some((left, right)) = clip(x, width, self.shape.width) else {
            return;
        };
        let Some((top, bottom)) = clip(y, height, self.shape.height) else {
            return;
        };
        match self.shape.format {
            Format::MonoVlsb => self.area_of_columns(left, right, top, bottom, colour),
            _ => (top..bottom).for_each(|y| self.row(left, right, y, colour)),
        }
    }

    /// Fills pixels of a row, whole bytes at once.
    fn row(&mut self, left: usize, right: usize, y: usize, colour: u16) {
        let format = self.shape.format;
        let of_byte = format.row_of_byte();
        let start = left.next_multiple_of(of_byte).min(right);
        let end = (right - right % of_byte).max(start);
        for x in (left..start).chain(end..right) {
            self.set(x, y, colour);
        }
        if start == end {
            return;
        }
        // Where `end` itself is may lie beyond the last byte of the picture.
        let last = self.shape.place(end - 1, y);
        let first = self.shape.place(start, y);
        if format == Format::Rgb565 {
            if let Some(row) = self.bytes.get_mut(first..last + 2) {
                row.as_chunks_mut().0.fill(colour.to_ne_bytes());
            }
        } else if let Some(row) = self.bytes.get_mut(first..=last) {
            // 0, 1, 2 or 3 times the same in a byte.
            let pattern = (0..of_byte).fold(0, |byte, _| byte << (8 / of_byte) | colour);
            row.fill(pattern as u8);
        }
    }

    /// Fills columns of 8 pixels, each in a byte.
    fn area_of_columns(
        &mut self,
        left: usize,
        right: usize,
        top: usize,
        bottom: usize,
        colour: u16,
    ) {
        let mut y = top;
        while y < bottom {
            let next = (y + 1).next_multiple_of(8).min(bottom);
            let above = 0xff_u8 << (y % 8);
            let below = 0xff_u8 >> (7 - (next - 1) % 8);
            let mask = above & below;
            let place = self.shape.place(left, y);
            let columns = self.bytes.get_mut(place..place + (right - left));
            for byte in columns.into_iter().flatten() {
                match colour {
                    0 => *byte &= !mask,
                    _ => *byte |= mask,
                }
            }
            y = next;
        }
    }

    /// Moves the picture. What nothing moves to stays as it is; so does all of
    /// it where nothing of it would be left.
    pub(crate) fn scroll(&mut self, right: i64, down: i64) {
        let Shape { width, height, .. } = self.shape;
        let (Some(columns), Some(rows)) = (moved(right, width), moved(down, height)) else {
            return;
        };
        // From the side that the pixels move to, so that none is read after it
        // was set.
        for row in 0..height - rows {
            let (from_y, y) = ends(row, rows, height, down > 0);
            for column in 0..width - columns {
                let (from_x, x) = ends(column, columns, width, right > 0);
                self.set(x, y, self.get(from_x, from_y));
            }
        }
    }
}

/// The part of `start` and `len` that is within `0..size`; nothing where it is
/// empty.
fn clip(start: i64, len: i64, size: usize) -> Option<(usize, usize)> {
    let within = |position: i64| position.clamp(0, size as i64) as usize;
    let (start, end) = (within(start), within(start.saturating_add(len)));
    (start < end).then_some((start, end))
}

/// By how much a step moves; nothing where all would be moved out.
fn moved(step: i64, size: usize) -> Option<usize> {
    let distance = usize::try_from(step.unsigned_abs()).ok()?;
    (distance < size).then_some(distance)
}

/// From where to where the pixel number `index` moves.
fn ends(index: usize, distance: usize, size: usize, up: bool) -> (usize, usize) {
    match up {
        true => (size - 1 - distance - index, size - 1 - index),
        false => (distance + index, index),
    }
}
