//! The names of the build, and those that scripts brought.

use elsa::FrozenMap;
use enroll::{Names, NamesError, Pool, Qstr};
use std::cell::RefCell;

/// The names of one interpreter.
///
/// `Names` lends a text as long as nothing is interned meanwhile, which nobody
/// can promise who runs scripts. So the texts of new names are here once more,
/// where they never move.
pub(crate) struct Interned {
    names: RefCell<Names>,
    texts: FrozenMap<Qstr, Box<str>>,
}

impl Interned {
    pub(crate) fn new(pool: &'static Pool) -> Interned {
        Interned {
            names: RefCell::new(Names::new(pool)),
            texts: FrozenMap::new(),
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
            self.texts.insert(name, text.into());
        }
        Ok(name)
    }

    pub(crate) fn text(&self, name: Qstr) -> Option<&str> {
        // The pool's own first, for it is nearly always one of them.
        let pool = self.names.borrow().pool();
        pool.text(name).or_else(|| self.texts.get(&name))
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
        for number in 0..1000 {
            let name = names.intern(&format!("name{number}")).unwrap();
            assert_eq!(names.text(name), Some(format!("name{number}").as_str()));
        }
        assert_eq!(text, "speed");
        assert_eq!(names.intern("speed"), Ok(speed));
        assert!(names.intern(&"x".repeat(1025)).is_err());
    }
}
