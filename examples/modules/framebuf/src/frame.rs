//! The type `FrameBuffer`.

use crate::blit::{self, Pixels, Seen, Source};
use crate::canvas::{Canvas, near};
use crate::ellipse::{self, Part};
use crate::format::Format;
use crate::line;
use crate::poly::Corners;
use crate::shape::Shape;
use crate::text;
use enroll_portable::prelude::*;

/// `FrameBuffer(buffer, width, height, format, stride=width)`.
///
/// An instance has a [`Shape`] and one value, the buffer, which is asked for its
/// bytes at each call.
pub(crate) static FRAME_BUFFER: Type = Type::new(
    "FrameBuffer",
    "FrameBuffer(buffer, width, height, format, stride=width): a picture in a buffer.",
)
.slots(&[Slot::New(new), Slot::Arity(4, 5), Slot::Buffer(buffer)])
.methods(&[
    ("fill", function!(fill(this, c))),
    ("pixel", function!(pixel(this, x, y, c = None))),
    ("hline", function!(hline(this, x, y, w, c))),
    ("vline", function!(vline(this, x, y, h, c))),
    ("line", function!(line(this, x1, y1, x2, y2, c))),
    (
        "rect",
        function!(rect(this, x, y, w, h, c, f = Value::None)),
    ),
    ("fill_rect", function!(fill_rect(this, x, y, w, h, c))),
    (
        "ellipse",
        function!(ellipse(this, x, y, xr, yr, c, f = Value::None, m = 0xf)),
    ),
    (
        "poly",
        function!(poly(this, x, y, coords, c, f = Value::None)),
    ),
    ("text", function!(text(this, s, x, y, c = 1))),
    ("scroll", function!(scroll(this, xstep, ystep))),
    (
        "blit",
        function!(blit(this, fbuf, x, y, key = -1, palette = Value::None)),
    ),
]);

fn new<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    _: &'static Type,
    args: Args<'_, 'vm>,
) -> Result<Value<'vm>, Error> {
    function!(build(buffer, width, height, format, stride = None) as "FrameBuffer").call(cx, args)
}

fn build<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    buffer: Value<'vm>,
    width: i64,
    height: i64,
    format: i64,
    stride: Option<i64>,
) -> Result<Object<'vm>, Error> {
    let shape = Shape::new(width, height, format, stride)?;
    // Of a picture in a picture's bytes, so that a chain of them is one step.
    let buffer = match &buffer {
        Value::Object(other) if other.type_of().is(&FRAME_BUFFER) => source(other)?.buffer,
        _ => buffer,
    };
    match cx.buffer(&buffer, |bytes| shape.check(bytes.len()))? {
        Some(checked) => checked?,
        None => return Err(no_buffer(&buffer)),
    }
    Ok(Object::with_values(&FRAME_BUFFER, shape, [buffer]))
}

/// The constructor of older scripts: a picture in `MONO_VLSB`.
pub(crate) fn frame_buffer_1<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    buffer: Value<'vm>,
    width: i64,
    height: i64,
    stride: Option<i64>,
) -> Result<Object<'vm>, Error> {
    build(cx, buffer, width, height, Format::MonoVlsb as i64, stride)
}

#[cold]
fn no_buffer(value: &Value<'_>) -> Error {
    let found = value.type_name();
    Error::text(
        Kind::TypeError,
        alloc::format!("an object with a buffer that can be changed is needed, not '{found}'"),
    )
}

/// What an instance is made of.
pub(crate) fn source<'vm>(this: &Object<'vm>) -> Result<Source<'vm>, Error> {
    let shape = *this.borrow::<Shape>()?;
    let buffer = this.values()?.front().cloned().unwrap_or_default();
    Ok(Source { shape, buffer })
}

/// Draws in the bytes of an instance.
fn draw<'vm, R>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    run: impl FnOnce(&mut Canvas<'_>) -> R,
) -> Result<R, Error> {
    let Source { shape, buffer } = source(this)?;
    let done = cx.buffer(&buffer, |bytes| {
        let mut canvas = Canvas::new(shape, bytes)?;
        Ok(run(&mut canvas))
    })?;
    done.ok_or_else(|| no_buffer(&buffer))?
}

fn buffer<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    run: &mut dyn FnMut(&mut [u8]),
) -> Result<(), Error> {
    let buffer = source(this)?.buffer;
    match cx.buffer(&buffer, run)? {
        Some(()) => Ok(()),
        None => Err(no_buffer(&buffer)),
    }
}

fn fill<'vm>(cx: &mut Cx<'_, 'vm, Portable>, this: &Object<'vm>, c: i64) -> Result<(), Error> {
    fill_rect(cx, this, 0, 0, i64::MAX, i64::MAX, c)
}

/// The colour of a pixel, or sets it; None where it is outside of the picture.
fn pixel<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    x: i64,
    y: i64,
    c: Option<i64>,
) -> Result<Option<i64>, Error> {
    let Source { shape, buffer } = source(this)?;
    let Some((x, y)) = shape.contains(x, y) else {
        return Ok(None);
    };
    if let Some(c) = c {
        draw(cx, this, |canvas| canvas.set(x, y, shape.format.colour(c)))?;
        return Ok(None);
    }
    cx.bytes(&buffer, |bytes| {
        shape.check(bytes.len())?;
        Ok(Some(shape.get(bytes, x, y).into()))
    })?
}

fn fill_rect<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    x: i64,
    y: i64,
    w: i64,
    h: i64,
    c: i64,
) -> Result<(), Error> {
    draw(cx, this, |canvas| {
        canvas.area(x, y, w, h, canvas.shape.format.colour(c));
    })
}

fn hline<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    x: i64,
    y: i64,
    w: i64,
    c: i64,
) -> Result<(), Error> {
    fill_rect(cx, this, x, y, w, 1, c)
}

fn vline<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    x: i64,
    y: i64,
    h: i64,
    c: i64,
) -> Result<(), Error> {
    fill_rect(cx, this, x, y, 1, h, c)
}

fn line<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    x1: i64,
    y1: i64,
    x2: i64,
    y2: i64,
    c: i64,
) -> Result<(), Error> {
    draw(cx, this, |canvas| {
        let colour = canvas.shape.format.colour(c);
        line::draw(canvas, (x1, y1), (x2, y2), colour);
    })
}

#[expect(clippy::too_many_arguments, reason = "a script gives as many")]
fn rect<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    x: i64,
    y: i64,
    w: i64,
    h: i64,
    c: i64,
    f: Value<'vm>,
) -> Result<(), Error> {
    if cx.truth(&f)? {
        return fill_rect(cx, this, x, y, w, h, c);
    }
    let last = |start: i64, len: i64| start.saturating_add(len).saturating_sub(1);
    draw(cx, this, |canvas| {
        let colour = canvas.shape.format.colour(c);
        canvas.area(x, y, w, 1, colour);
        canvas.area(x, last(y, h), w, 1, colour);
        canvas.area(x, y, 1, h, colour);
        canvas.area(last(x, w), y, 1, h, colour);
    })
}

#[expect(clippy::too_many_arguments, reason = "a script gives as many")]
fn ellipse<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    x: i64,
    y: i64,
    xr: i64,
    yr: i64,
    c: i64,
    f: Value<'vm>,
    m: i64,
) -> Result<(), Error> {
    let part = Part {
        quadrants: m & 0xf,
        fill: cx.truth(&f)?,
    };
    draw(cx, this, |canvas| {
        let colour = canvas.shape.format.colour(c);
        ellipse::draw(canvas, (x, y), (xr, yr), colour, part);
    })
}

fn poly<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    x: i64,
    y: i64,
    coords: Value<'vm>,
    c: i64,
    f: Value<'vm>,
) -> Result<(), Error> {
    let corners = Corners::of(cx, &coords)?;
    let fill = cx.truth(&f)?;
    let place = (near(x), near(y));
    draw(cx, this, |canvas| {
        let colour = canvas.shape.format.colour(c);
        match fill {
            true => corners.fill(canvas, place, colour),
            false => {
                corners.outline(canvas, place, colour);
                Ok(())
            }
        }
    })?
}

fn text<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    s: Value<'vm>,
    x: i64,
    y: i64,
    c: i64,
) -> Result<(), Error> {
    let bytes = match &s {
        Value::Str(text) => text.as_bytes(),
        Value::Bytes(bytes) => bytes,
        other => {
            let found = other.type_name();
            let message = alloc::format!("a text is a str or bytes, not '{found}'");
            return Err(Error::text(Kind::TypeError, message));
        }
    };
    draw(cx, this, |canvas| {
        let colour = canvas.shape.format.colour(c);
        text::draw(canvas, bytes, x, y, colour);
    })
}

fn scroll<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    xstep: i64,
    ystep: i64,
) -> Result<(), Error> {
    draw(cx, this, |canvas| canvas.scroll(xstep, ystep))
}

fn blit<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    fbuf: Value<'vm>,
    x: i64,
    y: i64,
    key: i64,
    palette: Value<'vm>,
) -> Result<(), Error> {
    let from = Source::of(cx, &fbuf)?;
    let palette = match palette {
        Value::None => None,
        palette => Some(Source::of(cx, &palette)?),
    };
    let own = source(this)?;
    let Some(seen) = Seen::of(&from.shape, &own.shape, x, y) else {
        return Ok(());
    };
    let mut pixels = |source: Source<'vm>| match is_same(cx, &source.buffer, &own.buffer) {
        true => Ok(Pixels::Same(source.shape)),
        false => source.copy(cx),
    };
    let from = pixels(from)?;
    let palette = palette.map(pixels).transpose()?;
    draw(cx, this, |canvas| {
        blit::draw(canvas, &from, seen, key, palette.as_ref())
    })?
}

/// Whether two buffers are the same, as far as their interpreter tells.
fn is_same<'vm>(cx: &mut Cx<'_, 'vm, Portable>, one: &Value<'vm>, other: &Value<'vm>) -> bool {
    match (cx.identity(one), cx.identity(other)) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    }
}
