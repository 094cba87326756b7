//! What the finders look into: texts by path, and frozen modules by name.

use std::collections::BTreeMap;

/// Files in memory, and frozen modules.
#[derive(Default)]
pub struct Files {
    texts: BTreeMap<String, String>,
    frozen: BTreeMap<String, Frozen>,
    /// Each question to a finder, oldest first, until a script asks for them.
    pub(crate) searches: Vec<String>,
}

/// A module in read-only memory.
pub(crate) struct Frozen {
    pub(crate) source: String,
    pub(crate) is_package: bool,
}

impl Files {
    /// Writes a file.
    pub fn write(&mut self, path: &str, text: &str) {
        self.texts.insert(path.into(), text.into());
    }

    /// Freezes a module: `a/b.py` is the module `a.b`, `a/__init__.py` the
    /// package `a`.
    pub fn freeze(&mut self, path: &str, source: &str) {
        let name = path.trim_end_matches(".py");
        let package = name.strip_suffix("/__init__");
        let frozen = Frozen {
            source: source.into(),
            is_package: package.is_some(),
        };
        self.frozen
            .insert(package.unwrap_or(name).replace('/', "."), frozen);
    }

    pub(crate) fn read(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(String::as_str)
    }

    pub(crate) fn frozen(&self, name: &str) -> Option<&Frozen> {
        self.frozen.get(name)
    }

    /// Removes a file, or a folder with all that is in it.
    pub(crate) fn remove(&mut self, path: &str) {
        self.texts.retain(|known, _| !is_within(known, path));
    }

    /// Copies a file, or all files of a folder.
    pub(crate) fn copy(&mut self, from: &str, to: &str) {
        let copies: Vec<(String, String)> = self
            .texts
            .iter()
            .filter(|(path, _)| is_within(path, from))
            .map(|(path, text)| (format!("{to}{}", &path[from.len()..]), text.clone()))
            .collect();
        self.texts.extend(copies);
    }

    pub(crate) fn is_folder(&self, path: &str) -> bool {
        self.texts
            .keys()
            .any(|known| known != path && is_within(known, path))
    }
}

/// Whether a path is that file, or in that folder.
fn is_within(path: &str, above: &str) -> bool {
    path.strip_prefix(above)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
