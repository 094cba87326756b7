//! Which of the modules that the build could have it is to have.

use enroll_syntax::Class;
use std::collections::{BTreeMap, BTreeSet};

/// What the builder was told about single modules and crates.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Modules to have; with them what is below each. Everything where this and
    /// `only_crates` are empty.
    pub only_modules: BTreeSet<String>,
    /// Packages whose modules to have.
    pub only_crates: BTreeSet<String>,
    /// Modules to leave out, with what is below each.
    pub exclude_modules: BTreeSet<String>,
    /// Packages whose declarations to leave out, extensions among them.
    pub exclude_crates: BTreeSet<String>,
    /// Classes that differ from what the module's author declared.
    pub classes: BTreeMap<String, Class>,
    /// Further names, each with its module.
    pub aliases: BTreeMap<String, String>,
}

impl Choice {
    /// The names of modules, each with the builder's call that gave it.
    pub(crate) fn modules(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let only = self.only_modules.iter().map(|name| ("only_modules", name));
        let excluded = self.exclude_modules.iter();
        let excluded = excluded.map(|name| ("exclude_modules", name));
        let classes = self.classes.keys().map(|name| ("class", name));
        let aliases = self.aliases.values().map(|name| ("alias", name));
        let all = only.chain(excluded).chain(classes).chain(aliases);
        all.map(|(call, name)| (call, name.as_str()))
    }

    /// The names of packages, likewise.
    pub(crate) fn crates(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let only = self.only_crates.iter().map(|name| ("only_crates", name));
        let excluded = self.exclude_crates.iter();
        only.chain(excluded.map(|name| ("exclude_crates", name)))
            .map(|(call, name)| (call, name.as_str()))
    }

    /// Why a module of a package is not chosen.
    pub(crate) fn refuses(&self, module: &str, package: &str) -> Option<&'static str> {
        if self.exclude_crates.contains(package) {
            return Some("its crate is excluded (Builder::exclude_crates)");
        }
        if is_among(&self.exclude_modules, module) {
            return Some("it is excluded (Builder::exclude_modules)");
        }
        let is_free = self.only_modules.is_empty() && self.only_crates.is_empty();
        if is_free || self.only_crates.contains(package) || is_among(&self.only_modules, module) {
            return None;
        }
        Some("it is not among those chosen (Builder::only_modules, only_crates)")
    }
}

/// Whether a module, or a package that it is below of, is in the set.
fn is_among(set: &BTreeSet<String>, module: &str) -> bool {
    let mut name = Some(module);
    while let Some(one) = name {
        if set.contains(one) {
            return true;
        }
        name = one.rsplit_once('.').map(|(package, _)| package);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_chosen_by_name_by_package_and_by_crate() {
        let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let chosen = |choice: &Choice| {
            let all = [
                ("os", "os"),
                ("os.path", "os"),
                ("json", "text"),
                ("re", "text"),
            ];
            let chosen = all
                .iter()
                .filter(|(name, of)| choice.refuses(name, of).is_none());
            chosen.map(|(name, _)| *name).collect::<Vec<_>>().join(" ")
        };
        let all = Choice::default();
        for (choice, expected) in [
            (all.clone(), "os os.path json re"),
            (
                Choice {
                    only_modules: set(&["os"]),
                    ..all.clone()
                },
                "os os.path",
            ),
            (
                Choice {
                    only_crates: set(&["text"]),
                    ..all.clone()
                },
                "json re",
            ),
            (
                Choice {
                    only_modules: set(&["os"]),
                    only_crates: set(&["text"]),
                    exclude_modules: set(&["re", "os.path"]),
                    ..all.clone()
                },
                "os json",
            ),
            (
                Choice {
                    exclude_crates: set(&["text"]),
                    ..all.clone()
                },
                "os os.path",
            ),
            (
                Choice {
                    exclude_modules: set(&["os"]),
                    ..all
                },
                "json re",
            ),
        ] {
            assert_eq!(chosen(&choice), expected, "{choice:?}");
        }
    }
}
