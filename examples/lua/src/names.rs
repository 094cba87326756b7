//! The names of the build, and those that scripts brought.

use enroll::{Names, NamesError, Pool, Qstr};
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

/// The names of one interpreter.
///
/// `Names` lends a text as long as nothing is interned meanwhile, which nobody
/// can promise who runs scripts. So the texts of new names are here once more,
/// where they never move.
pub(crate) struct Interned {
    names: RefCell<Names>,
    places: RefCell<HashMap<Qstr, usize>>,
    texts: Texts,
}

impl Interned {
    pub(crate) fn new(pool: &'static Pool) -> Interned {
        Interned {
            names: RefCell::new(Names::new(pool)),
            places: RefCell::default(),
            texts: Texts::default(),
        }
    }

    /// The name with this text; never interns.
    pub(crate) fn get(&self, text: &str) -> Option<Qstr> {
        self.names.borrow().get(text)
    }

    /// The name with this text, new or not.
    pub(crate) fn intern(&self, text: &str) -> Result<Qstr, NamesError> {
        let name = self.names.borrow_mut().intern(text)?;
        if self.text(name).is_none() {
            let mut places = self.places.borrow_mut();
            let place = places.len();
            self.texts.put(place, text);
            places.insert(name, place);
        }
        Ok(name)
    }

    pub(crate) fn text(&self, name: Qstr) -> Option<&str> {
        // The pool's own first, for it is nearly always one of them.
        let pool = self.names.borrow().pool();
        pool.text(name).or_else(|| {
            let place = *self.places.borrow().get(&name)?;
            self.texts.get(place)
        })
    }
}

/// Texts by number. Each chunk is as long as all before it together, so 32 of
/// them are enough for the numbers that a name can have.
#[derive(Default)]
struct Texts {
    chunks: [OnceCell<Chunk>; 32],
}

type Chunk = Box<[OnceCell<Box<str>>]>;

/// The length of the first two chunks.
const FIRST: usize = 16;

impl Texts {
    fn get(&self, number: usize) -> Option<&str> {
        let (chunk, place) = Texts::place(number);
        Some(self.chunks.get(chunk)?.get()?.get(place)?.get()?)
    }

    fn put(&self, number: usize, text: &str) {
        let (index, place) = Texts::place(number);
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

    #[test]
    fn a_text_keeps_its_place_while_others_come() {
        let names = Interned::new(&Pool::EMPTY);
        assert_eq!(names.get("speed"), None);
        let speed = names.intern("speed").unwrap();
        let text = names.text(speed).unwrap();
        let others: Vec<Qstr> = (0..1000)
            .map(|number| names.intern(&format!("name{number}")).unwrap())
            .collect();
        assert_eq!(text, "speed");
        assert_eq!(names.intern("speed"), Ok(speed));
        for (number, name) in others.into_iter().enumerate() {
            assert_eq!(names.text(name), Some(format!("name{number}").as_str()));
        }
        assert_eq!(names.places.borrow().len(), 1001);
        assert!(names.intern(&"x".repeat(1025)).is_err());
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
            assert_eq!(Texts::place(number), place, "{number}");
        }
        let texts = Texts::default();
        for number in 0..200 {
            texts.put(number, &number.to_string());
        }
        for number in 0..200 {
            assert_eq!(texts.get(number), Some(number.to_string().as_str()));
        }
        assert_eq!(texts.get(200), None);
    }
}
