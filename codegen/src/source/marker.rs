//! The macros that the scanner looks for.

use std::collections::BTreeMap;

/// What an invocation declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Marker {
    /// `register_module!`: a module.
    Register,
    /// `extend_module!`: additions to a module of another crate.
    Extend,
    /// `qstr!`: one name.
    Qstr,
    /// `include_modules!`: where the firmware takes the generated table in.
    IncludeModules,
}

/// The names under which marker macros are called.
///
/// A call counts by the last segment of its path, whatever comes before it
/// (`enroll::`, `::enroll::`, a renamed dependency, a host crate that
/// re-exports it). Renames by `use … as` inside a crate are followed without
/// being listed here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Markers {
    words: BTreeMap<String, Marker>,
}

impl Markers {
    /// Adds the name of a wrapper macro that a host crate declares in its
    /// `package.metadata.enroll`.
    pub fn insert(&mut self, name: impl Into<String>, marker: Marker) {
        self.words.insert(name.into(), marker);
    }

    /// What a macro of this name declares.
    pub fn get(&self, name: &str) -> Option<Marker> {
        self.words.get(name).copied()
    }

    /// All names, sorted.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(String::as_str)
    }
}

impl Default for Markers {
    /// The macros of `enroll` itself.
    fn default() -> Markers {
        let words = [
            ("register_module", Marker::Register),
            ("extend_module", Marker::Extend),
            ("qstr", Marker::Qstr),
            ("include_modules", Marker::IncludeModules),
        ];
        Markers {
            words: words
                .map(|(word, marker)| (word.to_string(), marker))
                .into(),
        }
    }
}
