//! In which files rustc looks for a `mod name;`.
//!
//! The rules are those of rustc's `rustc_expand/src/module.rs`.

use std::path::{Path, PathBuf};

/// Where the files of a module's children are.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Layout {
    /// The folder that paths start from.
    dir: PathBuf,
    /// Whose folder it is.
    pub(super) owner: Owner,
}

/// Whose folder a layout's folder is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Owner {
    /// The module's own: the file is a crate root, a `mod.rs`, or named by
    /// `#[path]` or `include!`.
    Itself,
    /// Shared with siblings: the module's file is `name.rs` and its children
    /// are in the folder `name`, while a `#[path]` still starts beside it.
    Named(String),
    /// A block: only `#[path]` names a file there.
    Block,
}

impl Layout {
    /// For a file that is like a crate root: named by Cargo, by `#[path]` or
    /// by `include!`.
    pub(super) fn root(file: &Path) -> Layout {
        Layout {
            dir: file.parent().unwrap_or(file).to_path_buf(),
            owner: Owner::Itself,
        }
    }

    /// For what stands in a `{ … }` that is no module.
    pub(super) fn block(&self) -> Layout {
        Layout {
            dir: self.dir.clone(),
            owner: Owner::Block,
        }
    }

    /// For the content of `mod name { … }`, under `#[path = "…"]` if it has one.
    pub(super) fn inline(&self, name: &str, path: Option<&str>) -> Layout {
        if let Some(path) = path {
            // Here the path is the folder itself, for historical reasons.
            return Layout {
                dir: self.dir.join(path),
                owner: Owner::Itself,
            };
        }
        let mut dir = self.dir.clone();
        let owner = match &self.owner {
            Owner::Named(own) => {
                dir.push(own);
                Owner::Itself
            }
            owner => owner.clone(),
        };
        dir.push(name);
        Layout { dir, owner }
    }

    /// The files that `mod name;` may mean, under `#[path = "…"]` if it has
    /// one, each with the layout of its own children. At most one of them may
    /// exist.
    pub(super) fn files(&self, name: &str, path: Option<&str>) -> Vec<(PathBuf, Layout)> {
        if let Some(path) = path {
            let file = self.dir.join(path);
            let layout = Layout::root(&file);
            return vec![(file, layout)];
        }
        let dir = match &self.owner {
            Owner::Itself => self.dir.clone(),
            Owner::Named(own) => self.dir.join(own),
            Owner::Block => return Vec::new(),
        };
        let nested = dir.join(name).join("mod.rs");
        let beside = dir.join(format!("{name}.rs"));
        let named = Layout {
            dir,
            owner: Owner::Named(name.to_string()),
        };
        let own = Layout::root(&nested);
        vec![(beside, named), (nested, own)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(layout: &Layout, name: &str, path: Option<&str>) -> Vec<String> {
        let text = |(file, _): (PathBuf, Layout)| file.display().to_string();
        layout.files(name, path).into_iter().map(text).collect()
    }

    #[test]
    fn files_of_a_root_and_of_a_named_module() {
        let root = Layout::root(Path::new("src/lib.rs"));
        assert_eq!(files(&root, "a", None), ["src/a.rs", "src/a/mod.rs"]);
        let (_, named) = root.files("a", None).remove(0);
        assert_eq!(files(&named, "b", None), ["src/a/b.rs", "src/a/b/mod.rs"]);
        assert_eq!(files(&named, "b", Some("x.rs")), ["src/x.rs"]);
        let (_, nested) = root.files("a", None).remove(1);
        assert_eq!(files(&nested, "b", None), ["src/a/b.rs", "src/a/b/mod.rs"]);
        assert_eq!(files(&nested, "b", Some("x.rs")), ["src/a/x.rs"]);
    }

    #[test]
    fn files_of_inline_modules() {
        let root = Layout::root(Path::new("src/lib.rs"));
        let (_, named) = root.files("a", None).remove(0);
        let inline = named.inline("i", None);
        assert_eq!(
            files(&inline, "b", None),
            ["src/a/i/b.rs", "src/a/i/b/mod.rs"]
        );
        assert_eq!(files(&inline, "b", Some("x.rs")), ["src/a/i/x.rs"]);
        let moved = named.inline("i", Some("other"));
        assert_eq!(
            files(&moved, "b", None),
            ["src/other/b.rs", "src/other/b/mod.rs"]
        );
        assert_eq!(
            files(&moved.inline("j", None), "b", Some("x.rs")),
            ["src/other/j/x.rs"]
        );
    }

    #[test]
    fn only_a_path_names_a_file_in_a_block() {
        let root = Layout::root(Path::new("src/lib.rs"));
        let (_, named) = root.files("a", None).remove(0);
        assert!(files(&named.block(), "b", None).is_empty());
        assert_eq!(files(&named.block(), "b", Some("x.rs")), ["src/x.rs"]);
        let inline = named.block().inline("i", None);
        assert_eq!(files(&inline, "b", Some("x.rs")), ["src/i/x.rs"]);
    }
}
