//! The generator: 128 bits of state that the interpreter keeps.

use enroll_portable::prelude::*;

/// The state of a generator that was never seeded: pad, n, d, dat.
const START: [u32; 4] = [0xeda4_baba, 69, 233, 0];

/// Yasmarang (Ilya Levin, <http://www.literatecode.com/yasmarang>, public
/// domain), over words of the interpreter.
///
/// The words hold the difference to [`START`], so that zeroed memory is a
/// generator that was never seeded, and no `init` has to run.
pub(crate) struct Yasmarang<'w>(&'w mut [u32]);

impl<'w> Yasmarang<'w> {
    /// The generator of this interpreter.
    ///
    /// # Errors
    ///
    /// MemoryError where the interpreter has no room for its words.
    pub(crate) fn of(cx: &'w mut Cx<'_, '_, Portable>) -> Result<Yasmarang<'w>, Error> {
        cx.words(qstr!("yasmarang"), START.len()).map(Yasmarang)
    }

    pub(crate) fn seed(&mut self, seed: u32) {
        self.put([seed, START[1], START[2], START[3]]);
    }

    /// The next 32 bits.
    pub(crate) fn next(&mut self) -> u32 {
        let mut state = START;
        for (word, kept) in state.iter_mut().zip(self.0.iter()) {
            *word ^= kept;
        }
        let [pad, n, d, dat] = state;
        let pad = pad
            .wrapping_add(dat)
            .wrapping_add(d.wrapping_mul(n))
            .rotate_left(3);
        let n = pad | 2;
        let d = d ^ pad.rotate_right(1);
        let dat = (dat ^ pad ^ (d >> 8) ^ 1) & 0xff;
        self.put([pad, n, d, dat]);
        pad ^ (d << 5) ^ (pad >> 18) ^ (dat << 1)
    }

    /// A float of 0 up to and without 1, whose 52 bits are two numbers.
    #[cfg(feature = "float")]
    pub(crate) fn float(&mut self) -> f64 {
        let high = u64::from(self.next());
        let bits = high << 32 | u64::from(self.next());
        let fraction = bits & ((1 << 52) - 1);
        f64::from_bits(1.0f64.to_bits() | fraction) - 1.0
    }

    fn put(&mut self, state: [u32; 4]) {
        for ((kept, word), start) in self.0.iter_mut().zip(state).zip(START) {
            *kept = word ^ start;
        }
    }
}
