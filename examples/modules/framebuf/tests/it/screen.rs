//! A picture in a bytearray, in an interpreter of its own.

use array_module::ARRAY;
use enroll::testing::Kit;
use enroll_portable::prelude::*;
use enroll_portable::testing::{Interp, args};
use framebuf_module::FRAMEBUF;

pub(crate) struct Screen {
    pub(crate) interp: Interp,
    pub(crate) frame: Value<'static>,
    width: i64,
    height: i64,
}

impl Screen {
    /// Empty.
    pub(crate) fn new(width: i64, height: i64, format: i64) -> Screen {
        let kit = Kit::new().declared::<FRAMEBUF>().declared::<ARRAY>();
        let mut interp = Interp::new(kit).unwrap();
        let size = 2 * (width + 8) * (height + 8);
        let data = interp.call("array.bytearray", args![size]).unwrap();
        let args = args![data, width, height, format];
        let frame = interp.call("framebuf.FrameBuffer", args).unwrap();
        Screen {
            interp,
            frame,
            width,
            height,
        }
    }

    pub(crate) fn draw(
        &mut self,
        name: &str,
        args: &[Value<'static>],
    ) -> Result<Value<'static>, Error> {
        self.interp.method(&self.frame, name, args)
    }

    /// A value of `array.array`.
    pub(crate) fn array(&mut self, code: &'static str, numbers: &[i64]) -> Value<'static> {
        let args = args![code, numbers.to_vec()];
        self.interp.call("array.array", args).unwrap()
    }

    /// The colours, row by row.
    pub(crate) fn colours(&mut self) -> Vec<Vec<i64>> {
        let (width, height) = (self.width, self.height);
        let mut pixel = |x, y| self.draw("pixel", args![x, y]).unwrap().as_int().unwrap();
        (0..height)
            .map(|y| (0..width).map(|x| pixel(x, y)).collect())
            .collect()
    }

    /// A letter a pixel.
    pub(crate) fn picture(&mut self) -> Vec<String> {
        let colours = self.colours();
        let mono = colours.iter().flatten().all(|&colour| colour < 2);
        let letters = match mono {
            true => ".#",
            false => ".123456789abcdef",
        };
        let letter = |colour: &i64| letters.chars().nth(*colour as usize).unwrap();
        let rows = colours.iter().map(|row| row.iter().map(letter).collect());
        rows.collect()
    }
}
