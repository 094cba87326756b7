//! The size of a picture, and what of a buffer it needs.

use crate::format::Format;
use enroll_portable::prelude::*;

/// What a picture is beside its bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// 1 to 65,535, as the others.
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// Pixels from one row to the next, rounded up to whole bytes.
    pub(crate) stride: usize,
    pub(crate) format: Format,
}

impl Shape {
    /// # Errors
    ///
    /// ValueError for a size out of range or a format that is none.
    pub(crate) fn new(
        width: i64,
        height: i64,
        format: i64,
        stride: Option<i64>,
    ) -> Result<Shape, Error> {
        let size = |size: i64| match u16::try_from(size) {
            Ok(size @ 1..) => Ok(usize::from(size)),
            _ => Err(Error::new(
                Kind::ValueError,
                "width, height and stride must be 1 to 65535",
            )),
        };
        let (width, height) = (size(width)?, size(height)?);
        let stride = stride.map_or(Ok(width), size)?;
        if stride < width {
            return Err(Error::new(
                Kind::ValueError,
                "the stride must not be less than the width",
            ));
        }
        let format = Format::of(format).ok_or(Error::new(Kind::ValueError, "invalid format"))?;
        let stride = stride.next_multiple_of(format.row_of_byte());
        Ok(Shape {
            width,
            height,
            stride,
            format,
        })
    }

    /// The bytes that the picture needs: of the last row only the width.
    pub(crate) fn bytes(&self) -> u64 {
        let (mut rows, mut bits) = (self.height, self.format.bits());
        if self.format == Format::MonoVlsb {
            // A row of bytes is 8 rows of pixels.
            (rows, bits) = (self.height.div_ceil(8), 8);
        }
        let width = self.width.next_multiple_of(self.format.row_of_byte());
        // 32 bits would not be enough for the largest one.
        let pixels = (rows as u64 - 1) * self.stride as u64 + width as u64;
        pixels * bits as u64 / 8
    }

    /// # Errors
    ///
    /// ValueError where so many bytes are not enough.
    pub(crate) fn check(&self, len: usize) -> Result<(), Error> {
        match self.bytes() <= len as u64 {
            true => Ok(()),
            false => Err(Error::new(Kind::ValueError, "the buffer is too small")),
        }
    }

    pub(crate) fn contains(&self, x: i64, y: i64) -> Option<(usize, usize)> {
        let x = usize::try_from(x).ok().filter(|&x| x < self.width)?;
        let y = usize::try_from(y).ok().filter(|&y| y < self.height)?;
        Some((x, y))
    }

    /// Where the byte of a pixel is, or the first of its two.
    pub(crate) fn place(&self, x: usize, y: usize) -> usize {
        let row = match self.format {
            Format::MonoVlsb => y / 8,
            _ => y,
        };
        let pixel = x + row * self.stride;
        match self.format {
            Format::Rgb565 => pixel * 2,
            format => pixel / format.row_of_byte(),
        }
    }

    /// The colour of a pixel that is in the picture.
    pub(crate) fn get(&self, bytes: &[u8], x: usize, y: usize) -> u16 {
        let place = self.place(x, y);
        let byte = |place: usize| bytes.get(place).copied().unwrap_or(0);
        match self.format {
            Format::Rgb565 => u16::from_ne_bytes([byte(place), byte(place + 1)]),
            format => {
                let value = u16::from(byte(place)) >> format.shift(x, y);
                value & ((1 << format.bits()) - 1)
            }
        }
    }
}
