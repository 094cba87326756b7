//! Characters of 8 by 8 pixels.

use crate::canvas::Canvas;
use font8x8::legacy::BASIC_LEGACY;

/// A glyph, row by row; the lowest bit at the left.
type Glyph = [u8; 8];

static FONT: [Glyph; 128] = BASIC_LEGACY;

/// What stands for a character without a glyph: a chequered field.
const UNKNOWN: Glyph = [0xaa, 0x55, 0xaa, 0x55, 0xaa, 0x55, 0xaa, 0x55];

/// Draws a text to the right of a point, its upper left corner. As in
/// MicroPython, each byte is a character, and a text ends at a NUL.
pub(crate) fn draw(canvas: &mut Canvas<'_>, text: &[u8], x: i64, y: i64, colour: u16) {
    let text = text.split(|&byte| byte == 0).next().unwrap_or(text);
    let mut x = x;
    for &byte in text {
        if x >= canvas.shape.width as i64 {
            return;
        }
        for (row, bits) in (0..).zip(glyph(byte)) {
            for column in (0..8).filter(|column| bits >> column & 1 != 0) {
                canvas.point(x.saturating_add(column), y.saturating_add(row), colour);
            }
        }
        x = x.saturating_add(8);
    }
}

fn glyph(byte: u8) -> Glyph {
    match byte {
        32..127 => FONT.get(usize::from(byte)).copied().unwrap_or(UNKNOWN),
        _ => UNKNOWN,
    }
}
