//! Choices, and literals of what was chosen.

/// xorshift64*: the same numbers on every machine.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Random {
        // Zero would stay zero; neighbouring seeds begin far from each other.
        let state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut random = Random(state);
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below another one.
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        (self.next() >> 11) % limit
    }

    /// A number of a range, both ends included.
    pub(super) fn between(&mut self, least: i64, most: i64) -> i64 {
        let width = most.abs_diff(least).saturating_add(1);
        least.wrapping_add_unsigned(self.below(width))
    }

    pub(super) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize]
    }

    /// The literal of up to `most` bytes.
    pub(super) fn bytes(&mut self, most: u64) -> String {
        let mut literal = String::from("b\"");
        for _ in 0..self.below(most + 1) {
            let byte = match self.chance(70) {
                true => self.pick(b"abc \n01xyz"),
                false => self.below(256) as u8,
            };
            literal.push_str(&format!("\\x{byte:02x}"));
        }
        literal + "\""
    }

    /// The literal of up to `most` characters.
    pub(super) fn text(&mut self, most: u64) -> String {
        let mut text = String::from("\"");
        for _ in 0..self.below(most + 1) {
            text.push_str(self.pick(&[
                "a", "b", "c", "1", " ", ".", "\\n", "\\t", "\\\\", "\\\"", "é", "ß", "日", "𝄞",
            ]));
        }
        text + "\""
    }

    /// Several of something, with commas.
    pub(super) fn several(
        &mut self,
        most: u64,
        mut item: impl FnMut(&mut Random) -> String,
    ) -> String {
        let count = self.below(most + 1);
        let items: Vec<String> = (0..count).map(|_| item(self)).collect();
        items.join(", ")
    }
}
