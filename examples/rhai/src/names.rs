//! Names: those that scripts make, and those that they cannot write.

use alloc::boxed::Box;
use core::cell::OnceCell;
use enroll::{Limits, Names, NamesError, Pool, Qstr};

/// The name that a script means by one with an underscore at its end, if Rhai
/// keeps that name for itself: `match_` is `match`.
pub(crate) fn spelled(name: &str) -> Option<&str> {
    let meant = name.strip_suffix('_')?;
    (!meant.is_empty() && !rhai::is_valid_function_name(meant)).then_some(meant)
}

/// How many names scripts may make: attributes that they give to modules which
/// keep whatever they are given.
const LIMITS: Limits = Limits {
    names: 256,
    bytes: 8 * 1024,
};

/// The names of the build, and those that were interned since.
pub(crate) fn names(pool: &'static Pool) -> Names {
    // The limit is low enough for scripts that nobody trusts.
    Names::with_key(pool, LIMITS, 0)
}

/// The texts of names that no crate of the build has.
///
/// `Names` lends a text as long as nothing is interned meanwhile, which nobody
/// can promise who runs scripts. So such a text is here once more, where it can
/// be lent as long as the engine lives.
#[derive(Default)]
pub(crate) struct Texts {
    /// Each chunk is filled before the next one is made.
    chunks: [OnceCell<Chunk>; LIMITS.names / CHUNK],
}

const CHUNK: usize = 16;
type Chunk = Box<[OnceCell<(Qstr, Box<str>)>; CHUNK]>;

impl Texts {
    /// The text of a name that was kept. Linear.
    pub(crate) fn get(&self, name: Qstr) -> Option<&str> {
        self.places()
            .map_while(OnceCell::get)
            .find_map(|(known, text)| (*known == name).then_some(&**text))
    }

    /// Keeps the text of a name, which has one text for good.
    pub(crate) fn keep(&self, name: Qstr, text: &str) {
        if self.get(name).is_some() {
            return;
        }
        for chunk in &self.chunks {
            let chunk = chunk.get_or_init(Chunk::default);
            if let Some(free) = chunk.iter().find(|place| place.get().is_none()) {
                // It is free: this runs no code of anybody else.
                let _ = free.set((name, text.into()));
                return;
            }
        }
    }

    fn places(&self) -> impl Iterator<Item = &OnceCell<(Qstr, Box<str>)>> {
        self.chunks
            .iter()
            .map_while(OnceCell::get)
            .flat_map(|chunk| chunk.iter())
    }
}

/// The name of a text, which is interned and kept unless it is known.
pub(crate) fn intern(names: &mut Names, texts: &Texts, text: &str) -> Result<Qstr, NamesError> {
    let name = names.intern(text)?;
    if names.pool().text(name).is_none() {
        texts.keep(name, text);
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn an_underscore_is_taken_off_reserved_words_alone() {
        assert_eq!(spelled("match_"), Some("match"));
        assert_eq!(spelled("import_"), Some("import"));
        assert_eq!(spelled("call_"), Some("call"));
        assert_eq!(spelled("sample_"), None);
        assert_eq!(spelled("match"), None);
        assert_eq!(spelled("_"), None);
    }

    #[test]
    fn texts_are_kept_up_to_the_limit_of_names() {
        let mut names = names(&Pool::EMPTY);
        let texts = Texts::default();
        let first = intern(&mut names, &texts, "first").unwrap();
        let lent = texts.get(first);
        for number in 1..LIMITS.names {
            let text = format!("n{number}");
            let name = intern(&mut names, &texts, &text).unwrap();
            assert_eq!(texts.get(name), Some(text.as_str()));
            assert_eq!(intern(&mut names, &texts, &text), Ok(name));
        }
        assert_eq!(lent, Some("first"));
        let error = intern(&mut names, &texts, "one more").unwrap_err();
        assert_eq!(
            error,
            NamesError::TooMany {
                limit: LIMITS.names
            }
        );
    }
}
