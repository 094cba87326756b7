//! One picture drawn into another.

use crate::canvas::Canvas;
use crate::frame::{self, FRAME_BUFFER};
use crate::shape::Shape;
use alloc::vec::Vec;
use enroll_portable::prelude::*;

/// A picture to read from.
pub(crate) struct Source<'vm> {
    pub(crate) shape: Shape,
    pub(crate) buffer: Value<'vm>,
}

impl<'vm> Source<'vm> {
    /// A FrameBuffer, or a list or tuple of what one is made of.
    ///
    /// # Errors
    ///
    /// TypeError where it is neither, ValueError where it cannot be a picture.
    pub(crate) fn of(
        cx: &mut Cx<'_, 'vm, Portable>,
        value: &Value<'vm>,
    ) -> Result<Source<'vm>, Error> {
        if let Value::Object(object) = value
            && object.type_of().is(&FRAME_BUFFER)
        {
            return frame::source(object);
        }
        let mut items: Vec<Value<'vm>> = Vec::new();
        let iterator = cx.iter(value)?;
        while let Some(item) = cx.next(&iterator)? {
            items.push(item);
            if items.len() > 5 {
                break;
            }
        }
        let (buffer, numbers) = match items.split_first() {
            Some((buffer, numbers)) if matches!(numbers.len(), 3 | 4) => (buffer, numbers),
            _ => {
                return Err(Error::new(
                    Kind::ValueError,
                    "a picture is (buffer, width, height, format) or has a stride too",
                ));
            }
        };
        let number = |index: usize| match numbers.get(index) {
            None => Ok(None),
            Some(value) => value.as_int().map(Some).ok_or(Error::new(
                Kind::TypeError,
                "width, height, format and stride are integers",
            )),
        };
        let given = |index| Ok::<_, Error>(number(index)?.unwrap_or(-1));
        let shape = Shape::new(given(0)?, given(1)?, given(2)?, number(3)?)?;
        cx.bytes(buffer, |bytes| shape.check(bytes.len()))??;
        let buffer = buffer.clone();
        Ok(Source { shape, buffer })
    }

    /// A copy, since no script may change the picture while it is read, and two
    /// buffers cannot be borrowed at once.
    ///
    /// # Errors
    ///
    /// MemoryError where there is no room.
    pub(crate) fn copy(&self, cx: &mut Cx<'_, 'vm, Portable>) -> Result<Pixels, Error> {
        let shape = self.shape;
        cx.bytes(&self.buffer, |bytes| {
            shape.check(bytes.len())?;
            let needed = usize::try_from(shape.bytes()).ok();
            let bytes = needed.and_then(|len| bytes.get(..len)).unwrap_or(bytes);
            let mut copy = Vec::new();
            if copy.try_reserve_exact(bytes.len()).is_err() {
                return Err(Error::new(Kind::MemoryError, "no room for a picture"));
            }
            copy.extend_from_slice(bytes);
            Ok(Pixels::Copy(shape, copy))
        })?
    }
}

/// Where colours come from.
pub(crate) enum Pixels {
    /// The bytes that are drawn into: what is drawn may be read later.
    Same(Shape),
    /// Other bytes.
    Copy(Shape, Vec<u8>),
}

impl Pixels {
    fn shape(&self) -> Shape {
        match self {
            Pixels::Same(shape) | Pixels::Copy(shape, _) => *shape,
        }
    }

    fn get(&self, canvas: &Canvas<'_>, x: usize, y: usize) -> u16 {
        match self {
            Pixels::Same(shape) => shape.get(canvas.bytes, x, y),
            Pixels::Copy(shape, bytes) => shape.get(bytes, x, y),
        }
    }

    /// The colour of a palette for a value; 0 where it has none.
    fn choose(&self, canvas: &Canvas<'_>, value: u16) -> u16 {
        match usize::from(value) {
            x if x < self.shape().width => self.get(canvas, x, 0),
            _ => 0,
        }
    }
}

/// The part of a source that is seen in a picture.
#[derive(Clone, Copy)]
pub(crate) struct Seen {
    /// Where it begins in the source.
    from: (usize, usize),
    /// Where it begins in the picture.
    to: (usize, usize),
    size: (usize, usize),
}

impl Seen {
    /// Nothing where nothing is seen.
    pub(crate) fn of(source: &Shape, target: &Shape, x: i64, y: i64) -> Option<Seen> {
        let (from_x, to_x, width) = overlap(source.width, target.width, x)?;
        let (from_y, to_y, height) = overlap(source.height, target.height, y)?;
        Some(Seen {
            from: (from_x, from_y),
            to: (to_x, to_y),
            size: (width, height),
        })
    }
}

fn overlap(source: usize, target: usize, at: i64) -> Option<(usize, usize, usize)> {
    let skipped = usize::try_from(at.min(0).unsigned_abs()).ok()?;
    let start = usize::try_from(at.max(0)).ok()?;
    let len = source.checked_sub(skipped)?.min(target.checked_sub(start)?);
    (len > 0).then_some((skipped, start, len))
}

/// Draws a source, from the upper left to the lower right, but for pixels of the
/// colour `key`. A palette says which colour is drawn for which, before that.
///
/// # Errors
///
/// ValueError where source and target share bytes that are not enough.
pub(crate) fn draw(
    canvas: &mut Canvas<'_>,
    source: &Pixels,
    seen: Seen,
    key: i64,
    palette: Option<&Pixels>,
) -> Result<(), Error> {
    for pixels in [Some(source), palette].into_iter().flatten() {
        if let Pixels::Same(shape) = pixels {
            shape.check(canvas.bytes.len())?;
        }
    }
    // As in MicroPython, all that counts are the low 32 bits.
    let key = key as u32;
    let format = canvas.shape.format;
    for row in 0..seen.size.1 {
        for column in 0..seen.size.0 {
            let mut colour = source.get(canvas, seen.from.0 + column, seen.from.1 + row);
            if let Some(palette) = palette {
                colour = palette.choose(canvas, colour);
            }
            if u32::from(colour) != key {
                let colour = format.colour(colour.into());
                canvas.set(seen.to.0 + column, seen.to.1 + row, colour);
            }
        }
    }
    Ok(())
}
