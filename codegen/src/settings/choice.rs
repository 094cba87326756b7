//! Which of the modules that the build could have it is to have.

use super::Origin;
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
    /// Packages that are there for their modules: each must register one, and
    /// `only_modules` and `only_crates` do not leave them out.
    pub module_crates: BTreeSet<String>,
    /// Classes that differ from what the module's author declared.
    pub classes: BTreeMap<String, Class>,
    /// Further names, each with its module.
    pub aliases: BTreeMap<String, String>,
    /// Which of all these the manifest says, and not a call of the builder: by
    /// the name of the call and the module or package.
    pub origins: BTreeMap<(&'static str, String), Origin>,
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
        let excluded = excluded.map(|name| ("exclude_crates", name));
        let named = self.module_crates.iter();
        let named = named.map(|name| ("module_crates", name));
        let all = only.chain(excluded).chain(named);
        all.map(|(call, name)| (call, name.as_str()))
    }

    /// Where the manifest says what a call could have said.
    pub(crate) fn origin(&self, call: &'static str, name: &str) -> Option<&Origin> {
        self.origins.get(&(call, name.to_owned()))
    }

    /// Who said so, in words: the builder's call, or the key of the manifest.
    pub(crate) fn who(&self, call: &'static str, name: &str) -> String {
        match self.origin(call, name) {
            Some(origin) => origin.words(),
            None => format!("Builder::{call}"),
        }
    }

    /// Why a module of a package is not chosen.
    pub(crate) fn refuses(&self, module: &str, package: &str) -> Option<String> {
        if self.exclude_crates.contains(package) {
            let who = self.who("exclude_crates", package);
            return Some(format!("its crate is excluded ({who})"));
        }
        if let Some(name) = among(&self.exclude_modules, module) {
            let who = self.who("exclude_modules", name);
            return Some(format!("it is excluded ({who})"));
        }
        let is_free = self.only_modules.is_empty() && self.only_crates.is_empty();
        if is_free
            || self.only_crates.contains(package)
            || self.module_crates.contains(package)
            || among(&self.only_modules, module).is_some()
        {
            return None;
        }
        let who = self.choosers();
        Some(format!("it is not among those chosen ({who})"))
    }

    /// Who said what is to be had, in words.
    fn choosers(&self) -> String {
        let is_only = |(call, _): &&(&str, String)| call.starts_with("only_");
        let mut of_data: BTreeSet<String> = BTreeSet::new();
        for at in self.origins.keys().filter(is_only) {
            of_data.insert(self.origins[at].words());
        }
        let all = self.only_modules.len() + self.only_crates.len();
        let by_calls = all > self.origins.keys().filter(is_only).count();
        let calls = by_calls.then(|| "Builder::only_modules, only_crates".to_owned());
        let all: Vec<String> = calls.into_iter().chain(of_data).collect();
        all.join(", ")
    }
}

/// The module itself or the package that it is below of, whichever is in the
/// set.
fn among<'s>(set: &'s BTreeSet<String>, module: &str) -> Option<&'s str> {
    let mut name = Some(module);
    while let Some(one) = name {
        if let Some(found) = set.get(one) {
            return Some(found);
        }
        name = one.rsplit_once('.').map(|(package, _)| package);
    }
    None
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
