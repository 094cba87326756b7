//! Texts of names, where they never move.

use enroll::Qstr;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

/// The texts of names that no crate of the build has.
///
/// `Names` lends a text as long as nothing is interned meanwhile, which nobody
/// can promise who runs scripts. So a text that was asked for is here once
/// more, where it can be lent as long as the interpreter lives.
#[derive(Default)]
pub(crate) struct Texts {
    places: RefCell<HashMap<Qstr, usize>>,
    chunks: Chunks,
}

impl Texts {
    pub(crate) fn get(&self, name: Qstr) -> Option<&str> {
        let place = *self.places.borrow().get(&name)?;
        self.chunks.get(place)
    }

    /// Keeps the text of a name, which has one text for good.
    pub(crate) fn keep(&self, name: Qstr, text: &str) -> Option<&str> {
        let known = self.places.borrow().get(&name).copied();
        let place = known.unwrap_or_else(|| {
            let mut places = self.places.borrow_mut();
            let place = places.len();
            self.chunks.put(place, text);
            places.insert(name, place);
            place
        });
        self.chunks.get(place)
    }
}

/// Texts by number. Each chunk is as long as all before it together, so 32 of
/// them are enough for the numbers that a name can have.
#[derive(Default)]
struct Chunks {
    chunks: [OnceCell<Chunk>; 32],
}

type Chunk = Box<[OnceCell<Box<str>>]>;

/// The length of the first two chunks.
const FIRST: usize = 16;

impl Chunks {
    fn get(&self, number: usize) -> Option<&str> {
        let (chunk, place) = Chunks::place(number);
        Some(self.chunks.get(chunk)?.get()?.get(place)?.get()?)
    }

    fn put(&self, number: usize, text: &str) {
        let (index, place) = Chunks::place(number);
        if let Some(chunk) = self.chunks.get(index) {
            let texts = chunk.get_or_init(|| {
                let length = FIRST << index.saturating_sub(1);
                (0..length).map(|_| OnceCell::new()).collect()
            });
            if let Some(place) = texts.get(place) {
                place.get_or_init(|| text.into());
            }
        }
    }

    /// Chunk 0 has the numbers below 16, chunk 1 those below 32, chunk 2 those
    /// below 64.
    fn place(number: usize) -> (usize, usize) {
        match number / FIRST {
            0 => (0, number),
            rest => {
                let level = rest.ilog2() as usize;
                (level + 1, number - (FIRST << level))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use enroll::{Names, Pool};

    #[test]
    fn a_text_keeps_its_place_while_others_come() {
        let mut names = Names::new(&Pool::EMPTY);
        let texts = Texts::default();
        let speed = names.intern("speed").unwrap();
        assert_eq!(texts.get(speed), None);
        let text = texts.keep(speed, "speed").unwrap();
        let others: Vec<(Qstr, String)> = (0..1000)
            .map(|number| format!("name{number}"))
            .map(|text| (names.intern(&text).unwrap(), text))
            .collect();
        for (name, text) in &others {
            texts.keep(*name, text);
        }
        assert_eq!(text, "speed");
        assert_eq!(texts.keep(speed, "speed"), Some("speed"));
        for (name, text) in &others {
            assert_eq!(texts.get(*name), Some(text.as_str()));
        }
        assert_eq!(texts.places.borrow().len(), 1001);
    }

    #[test]
    fn chunks_lie_one_after_the_other() {
        for (number, place) in [
            (0, (0, 0)),
            (15, (0, 15)),
            (16, (1, 0)),
            (31, (1, 15)),
            (32, (2, 0)),
            (63, (2, 31)),
            (64, (3, 0)),
        ] {
            assert_eq!(Chunks::place(number), place, "{number}");
        }
        let chunks = Chunks::default();
        for number in 0..200 {
            chunks.put(number, &number.to_string());
        }
        for number in 0..200 {
            assert_eq!(chunks.get(number), Some(number.to_string().as_str()));
        }
        assert_eq!(chunks.get(200), None);
    }
}
