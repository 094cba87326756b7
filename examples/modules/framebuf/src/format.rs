//! How a pixel lies in the bytes.

use enroll_portable::Rom;

/// The formats, with MicroPython's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// A byte is 8 pixels of a column, the lowest bit at the top.
    MonoVlsb = 0,
    /// Two bytes a pixel, in the machine's order.
    Rgb565 = 1,
    /// A byte is 2 pixels of a row, the high half at the left.
    Gs4Hmsb = 2,
    /// A byte is 8 pixels of a row, the highest bit at the left.
    MonoHlsb = 3,
    /// A byte is 8 pixels of a row, the lowest bit at the left.
    MonoHmsb = 4,
    /// A byte is 4 pixels of a row, the lowest bits at the left.
    Gs2Hmsb = 5,
    /// A byte a pixel.
    Gs8 = 6,
}

impl Format {
    pub(crate) fn of(number: i64) -> Option<Format> {
        Some(match number {
            0 => Format::MonoVlsb,
            1 => Format::Rgb565,
            2 => Format::Gs4Hmsb,
            3 => Format::MonoHlsb,
            4 => Format::MonoHmsb,
            5 => Format::Gs2Hmsb,
            6 => Format::Gs8,
            _ => return None,
        })
    }

    pub(crate) const fn rom(self) -> Rom {
        Rom::Int(self as i64)
    }

    /// The bits of a pixel.
    pub(crate) fn bits(self) -> usize {
        match self {
            Format::MonoVlsb | Format::MonoHlsb | Format::MonoHmsb => 1,
            Format::Gs2Hmsb => 2,
            Format::Gs4Hmsb => 4,
            Format::Gs8 => 8,
            Format::Rgb565 => 16,
        }
    }

    /// How many pixels of a row share a byte.
    pub(crate) fn row_of_byte(self) -> usize {
        match self {
            Format::MonoVlsb | Format::Gs8 | Format::Rgb565 => 1,
            other => 8 / other.bits(),
        }
    }

    /// By how many bits a pixel's value is shifted in its byte.
    pub(crate) fn shift(self, x: usize, y: usize) -> usize {
        match self {
            Format::MonoVlsb => y % 8,
            Format::MonoHlsb => 7 - x % 8,
            Format::MonoHmsb => x % 8,
            Format::Gs2Hmsb => x % 4 * 2,
            Format::Gs4Hmsb => (x + 1) % 2 * 4,
            Format::Gs8 | Format::Rgb565 => 0,
        }
    }

    /// What is kept of a colour.
    ///
    /// In monochrome every colour but 0 is 1. As in MicroPython, all that counts
    /// are the low 32 bits.
    pub(crate) fn colour(self, colour: i64) -> u16 {
        let colour = colour as u32;
        match self.bits() {
            1 => u16::from(colour != 0),
            bits => (colour & ((1 << bits) - 1)) as u16,
        }
    }
}
