//! The module `framebuf`: draws into a buffer that a script gives.
//!
//! Formats, calls and pixels are MicroPython's (`extmod/modframebuf.c`), but for
//! the glyphs of `text`. Whatever numbers a script gives, nothing is drawn
//! outside of the picture, and no call takes longer than going through it.
#![no_std]

extern crate alloc;

mod blit;
mod canvas;
mod ellipse;
mod format;
mod frame;
mod line;
mod poly;
mod shape;
mod text;

use enroll_portable::prelude::*;
use format::Format;

enroll::register_module! {
    /// Pictures in a buffer.
    pub static FRAMEBUF: Module<Portable> = "framebuf" {
        "FrameBuffer" => Rom::Type(&frame::FRAME_BUFFER),
        "FrameBuffer1" => Rom::Function(
            function!(frame::frame_buffer_1(buffer, width, height, stride = None) as "FrameBuffer1")
        ),
        "MVLSB" => Format::MonoVlsb.rom(),
        "MONO_VLSB" => Format::MonoVlsb.rom(),
        "RGB565" => Format::Rgb565.rom(),
        "GS4_HMSB" => Format::Gs4Hmsb.rom(),
        "MONO_HLSB" => Format::MonoHlsb.rom(),
        "MONO_HMSB" => Format::MonoHmsb.rom(),
        "GS2_HMSB" => Format::Gs2Hmsb.rom(),
        "GS8" => Format::Gs8.rom(),
    }
    requires: ["alloc"],
}
