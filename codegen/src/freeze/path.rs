//! What a file below a frozen folder is.

use super::options::Freeze;
use enroll_syntax::check_name;

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A module.
    Module {
        name: String,
        suffix: String,
        is_package: bool,
    },
    /// A data file of this path.
    Data(String),
}

/// What the file at `path` is, which has `/` between its parts.
///
/// # Errors
///
/// Why it can be no module of that name.
pub(super) fn what(freeze: &Freeze, path: &str) -> Result<What, String> {
    let below = freeze.below.as_deref().unwrap_or_default();
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let suffixes = freeze.suffixes();
    // The longest that fits: `.d.py` before `.py`.
    let suffix = suffixes
        .into_iter()
        .filter(|suffix| file.len() > suffix.len() && file.ends_with(suffix))
        .max_by_key(|suffix| suffix.len());
    let Some(suffix) = suffix else {
        let above = below.replace('.', "/");
        let parts = [&*above, path].into_iter().filter(|part| !part.is_empty());
        return Ok(What::Data(parts.collect::<Vec<_>>().join("/")));
    };
    let stem = &file[..file.len() - suffix.len()];
    let is_package = stem == freeze.init_of(suffix);
    let mut parts: Vec<&str> = below.split('.').filter(|part| !part.is_empty()).collect();
    parts.extend(folder.split('/').filter(|part| !part.is_empty()));
    if !is_package {
        parts.push(stem);
    }
    if parts.is_empty() {
        return Err(format!(
            "`{file}` is the code of a package, and the folder itself has no name: freeze the \
             folder above, or put it below a package"
        ));
    }
    // A dot would begin a submodule.
    if let Some(part) = parts.iter().find(|part| part.contains('.')) {
        return Err(format!(
            "`{part}` has a dot, so no module can have this name"
        ));
    }
    let name = parts.join(".");
    check_name(&name)?;
    Ok(What::Module {
        name,
        suffix: suffix.to_owned(),
        is_package,
    })
}

/// Whether a path, or a folder that it is in, is among `paths`.
pub(super) fn is_among<'p>(paths: impl IntoIterator<Item = &'p String>, path: &str) -> bool {
    paths.into_iter().any(|one| {
        let one = one.trim_end_matches('/');
        let below = path.strip_prefix(one);
        below.is_some_and(|below| below.is_empty() || below.starts_with('/'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(freeze: &Freeze, path: &str) -> String {
        match what(freeze, path) {
            Ok(What::Module {
                name,
                suffix,
                is_package,
            }) => format!("{name}{}{suffix}", if is_package { "/" } else { "" }),
            Ok(What::Data(path)) => format!("data {path}"),
            Err(error) => error,
        }
    }

    #[test]
    fn the_path_of_a_file_is_the_name_of_its_module() {
        let plain = Freeze::new("x");
        let below = Freeze::new("x").below("a.b").suffix(".vm");
        for (freeze, path, expected) in [
            (&plain, "boot.py", "boot.py"),
            (&plain, "net/__init__.py", "net/.py"),
            (&plain, "net/init.py", "net.init.py"),
            (&plain, "net/init.lua", "net/.lua"),
            (&plain, "net/low/radio.lua", "net.low.radio.lua"),
            (&plain, "net/words.txt", "data net/words.txt"),
            (&plain, ".py", "data .py"),
            (&plain, "README", "data README"),
            (&below, "c.vm", "a.b.c.vm"),
            (&below, "__init__.vm", "a.b/.vm"),
            (&below, "c.py", "data a/b/c.py"),
            (
                &plain,
                "a.b.py",
                "`a.b` has a dot, so no module can have this name",
            ),
            (
                &plain,
                "__init__.py",
                "`__init__.py` is the code of a package, and the folder itself has no name: \
                 freeze the folder above, or put it below a package",
            ),
        ] {
            assert_eq!(shown(freeze, path), expected, "{path}");
        }
    }

    #[test]
    fn a_folder_stands_for_what_is_in_it() {
        let paths = ["net".to_owned(), "a/b.py".to_owned(), "c/".to_owned()];
        for (path, expected) in [
            ("net/wifi.py", true),
            ("net", true),
            ("network.py", false),
            ("a/b.py", true),
            ("a/c.py", false),
            ("c/d", true),
        ] {
            assert_eq!(is_among(&paths, path), expected, "{path}");
        }
    }
}
