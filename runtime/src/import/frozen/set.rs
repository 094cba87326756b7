//! What the build puts into the image: modules, and files beside them.

use super::FrozenModule;

/// The frozen modules of a firmware and their data files: what the generated
/// `FROZEN` is.
///
/// ```
/// use enroll::import::{Frozen, FrozenFile, FrozenModule, FrozenSet};
///
/// // `build.rs` writes it for `.freeze("scripts")`.
/// static FROZEN: FrozenSet = FrozenSet::new(
///     &[FrozenModule::new("greet", b"").package().suffix(".py")],
///     &[FrozenFile { path: "greet/words.txt", bytes: b"hello" }],
/// );
///
/// let finder = Frozen::new(FROZEN.modules);
/// assert!(finder.get("greet").is_some());
/// assert_eq!(FROZEN.data("greet/words.txt"), Some(&b"hello"[..]));
/// // As a package's own `__path__` leads there.
/// assert_eq!(FROZEN.data(".frozen/greet/words.txt"), Some(&b"hello"[..]));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FrozenSet {
    /// The modules, sorted by name.
    pub modules: &'static [FrozenModule],
    /// The files that are no modules, sorted by path.
    pub files: &'static [FrozenFile],
}

/// A file in read-only memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrozenFile {
    /// Package and file, with `/`.
    pub path: &'static str,
    /// Its content.
    pub bytes: &'static [u8],
}

impl FrozenSet {
    /// A set; both lists have to be sorted, byte by byte.
    #[must_use]
    pub const fn new(modules: &'static [FrozenModule], files: &'static [FrozenFile]) -> FrozenSet {
        FrozenSet { modules, files }
    }

    /// The content of a data file, as CPython's `pkgutil.get_data` and the
    /// `get_data` of its loaders give it. An entry of a package's `__path__` may
    /// stand before the file: `.frozen/greet/words.txt`.
    ///
    /// A binary search. Only the exact path is found: `..` and `//` mean nothing
    /// here.
    #[must_use]
    pub fn data(&self, path: &str) -> Option<&'static [u8]> {
        let path = super::relative(path);
        let found = self.files.binary_search_by(|file| file.path.cmp(path));
        Some(self.files.get(found.ok()?)?.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::{FrozenFile, FrozenSet};

    #[test]
    fn only_the_exact_path_is_found() {
        static FILES: &[FrozenFile] = &[
            FrozenFile {
                path: "a/b.txt",
                bytes: b"1",
            },
            FrozenFile {
                path: "a/c.txt",
                bytes: b"2",
            },
            FrozenFile {
                path: "top",
                bytes: b"3",
            },
        ];
        let set = FrozenSet::new(&[], FILES);
        for file in FILES {
            assert_eq!(set.data(file.path), Some(file.bytes), "{}", file.path);
        }
        assert_eq!(set.data(".frozen/top"), Some(&b"3"[..]));
        for path in [
            "a", "a/", "b.txt", "a/b.txt/", "/top", "a//b.txt", "x/../top", "",
        ] {
            assert_eq!(set.data(path), None, "{path}");
        }
        assert_eq!(FrozenSet::default().data("top"), None);
    }
}
