//! Random programs in the subset, for what nobody thought of.
//!
//! They leave out what is known to differ: None and empty dictionaries within
//! others, which Lua has no values for, and what a host cannot say at all.

mod data;
mod files;
mod numbers;
mod random;
mod text;

use crate::case::Case;
use random::Random;

/// A generator of programs: the same seed gives the same ones.
pub struct Programs {
    random: Random,
    seed: u64,
}

/// What a part of a program is about: it writes some statements.
type Part = fn(&mut Random, &mut String);

/// The module, so that a failure names it, and what writes of it.
const PARTS: &[(&str, Part)] = &[
    ("hashlib", data::hashes),
    ("binascii", data::digits),
    ("json", text::json),
    ("re", text::patterns),
    ("array", numbers::arrays),
    ("collections", numbers::deques),
    ("io", files::streams),
    ("os.path", files::paths),
];

impl Programs {
    /// A generator from any seed.
    #[must_use]
    pub fn new(seed: u64) -> Programs {
        Programs {
            random: Random::new(seed),
            seed,
        }
    }

    /// The next program, which CPython's own modules run too.
    ///
    /// # Panics
    ///
    /// Where the generator writes what is not in the subset.
    #[must_use]
    pub fn next_case(&mut self) -> Case {
        let mut source = String::from("# stdlib\n");
        for (module, _) in PARTS {
            source.push_str(&format!("import {module}\n"));
        }
        for _ in 0..2 {
            let (_, part) = self.random.pick(PARTS);
            part(&mut self.random, &mut source);
        }
        let name = format!("random/{}.py", self.seed);
        match Case::new(&name, &source) {
            Ok(case) => case,
            Err(error) => panic!("{name}:{error}\n{source}"),
        }
    }
}
