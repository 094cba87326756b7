//! Entries of a path for what lies in no file system: `.frozen` for the top
//! level, `.frozen/a/b` for the package `a.b`.

use alloc::format;
use alloc::string::String;

/// The entry of a package.
pub(crate) fn of_package(root: &str, package: &str) -> String {
    format!("{root}/{}", package.replace('.', "/"))
}

/// The full name of a module in an entry; `None` where the entry is none of
/// `root`.
pub(crate) fn full_name(root: &str, entry: &str, tail: &str) -> Option<String> {
    let below = entry.strip_prefix(root)?;
    if below.is_empty() {
        return Some(tail.into());
    }
    let package = below.strip_prefix('/')?;
    Some(format!("{}.{tail}", package.replace('/', ".")))
}

/// Whether an entry is one of `root`.
pub(crate) fn is_below(root: &str, entry: &str) -> bool {
    let below = entry.strip_prefix(root);
    below.is_some_and(|below| below.is_empty() || below.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::{full_name, is_below, of_package};

    #[test]
    fn an_entry_and_a_tail_are_a_full_name() {
        for (entry, name) in [
            (".frozen", Some("m")),
            (".frozen/a", Some("a.m")),
            (".frozen/a/b", Some("a.b.m")),
            (".frozenlib", None),
            ("/lib", None),
            ("", None),
        ] {
            assert_eq!(full_name(".frozen", entry, "m").as_deref(), name, "{entry}");
            assert_eq!(is_below(".frozen", entry), name.is_some(), "{entry}");
        }
        assert_eq!(of_package(".frozen", "a.b"), ".frozen/a/b");
    }
}
