//! Paths that hold wherever a folder is moved to.

use std::path::{Component, Path, PathBuf};

/// The way from the folder `from` to `to`, both absolute and without `..`, with
/// `/` between its parts; `to` itself where they have no root in common (two
/// drives).
pub(super) fn relative(from: &Path, to: &Path) -> String {
    let mut from: Vec<Component<'_>> = from.components().collect();
    let mut to_parts: Vec<Component<'_>> = to.components().collect();
    if from.first() != to_parts.first() {
        return to.display().to_string();
    }
    let shared = from
        .iter()
        .zip(&to_parts)
        .take_while(|(one, other)| one == other)
        .count();
    from.drain(..shared);
    to_parts.drain(..shared);
    let mut parts: Vec<String> = from.iter().map(|_| "..".to_owned()).collect();
    parts.extend(
        to_parts
            .iter()
            .map(|part| part.as_os_str().to_string_lossy().into_owned()),
    );
    if parts.is_empty() {
        return ".".to_owned();
    }
    parts.join("/")
}

/// A path without links and `..`, of something that is there.
pub(super) fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::relative;
    use std::path::Path;

    #[test]
    fn up_and_down() {
        for (from, to, way) in [
            ("/a/b/target", "/a/firmware", "../../firmware"),
            ("/a/b", "/a/b/c/d.rs", "c/d.rs"),
            ("/a/b", "/a/b", "."),
            ("/a", "/b", "../b"),
        ] {
            assert_eq!(relative(Path::new(from), Path::new(to)), way);
        }
    }
}
