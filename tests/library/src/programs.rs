//! Random programs in the subset, for what nobody thought of.
//!
//! They leave out what is known to differ: None and empty dictionaries within
//! others, which Lua has no values for, and what a host cannot say at all.

mod data;
mod files;
mod numbers;
mod own;
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

/// The same of what CPython has not.
const OWN: &[(&str, Part)] = &[
    ("framebuf", own::pictures),
    ("cryptolib", own::ciphers),
    ("random", own::numbers),
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

    /// The next program. Most are run by CPython's own modules too.
    ///
    /// # Panics
    ///
    /// Where the generator writes what is not in the subset.
    #[must_use]
    pub fn next_case(&mut self) -> Case {
        let is_own = self.random.chance(20);
        let parts = if is_own { OWN } else { PARTS };
        let mut source = String::from(if is_own { "" } else { "# stdlib\n" });
        for (module, _) in PARTS {
            source.push_str(&format!("import {module}\n"));
        }
        if is_own {
            for (module, _) in OWN {
                source.push_str(&format!("import {module}\n"));
            }
        }
        for _ in 0..2 {
            let (_, part) = self.random.pick(parts);
            part(&mut self.random, &mut source);
        }
        let name = format!("random/{}.py", self.seed);
        match Case::new(&name, &source) {
            Ok(case) => case,
            Err(error) => panic!("{name}:{error}\n{source}"),
        }
    }
}
