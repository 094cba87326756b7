//! Which macro calls mean a marker: renames by `use … as`, and macros of the
//! crate's own that happen to have a marker's name.

use super::marker::{Marker, Markers};
use std::collections::BTreeMap;
use syn::UseTree;
use syn::ext::IdentExt;

/// A path without `r#`; one that begins with `::` has an empty first segment.
pub(super) type Segments = Vec<String>;

/// What names mean in a module or block: the paths they were imported from.
/// One name may be imported from several, in different namespaces.
pub(super) type Imports = BTreeMap<String, Vec<Segments>>;

/// The names of one crate.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// What each module imports.
    modules: BTreeMap<Segments, Imports>,
    /// The crate's own `macro_rules!`, and whether each has a marker call in
    /// its body.
    definitions: BTreeMap<String, bool>,
}

impl Names {
    /// Enters a module.
    pub(super) fn module(&mut self, path: &[String]) {
        self.modules.entry(path.to_vec()).or_default();
    }

    /// Enters what a `use` in a module imports.
    pub(super) fn import(&mut self, module: &[String], tree: &UseTree, from_root: bool) {
        let imports = self.modules.entry(module.to_vec()).or_default();
        enter(tree, from_root, imports);
    }

    /// Enters a `macro_rules!`.
    pub(super) fn define(&mut self, name: &str, wraps: bool) {
        *self.definitions.entry(name.to_string()).or_default() |= wraps;
    }

    /// What a macro called by this path in this module declares, if anything.
    pub(super) fn marker(
        &self,
        path: &[String],
        module: &[String],
        known: &Markers,
    ) -> Option<Marker> {
        self.resolve(path, module, known, DEPTH)
    }

    fn resolve(
        &self,
        path: &[String],
        module: &[String],
        known: &Markers,
        depth: usize,
    ) -> Option<Marker> {
        let depth = depth.checked_sub(1)?;
        let (name, prefix) = path.split_last()?;
        let own = match prefix {
            [] => Some(module.to_vec()),
            _ => self.module_of(prefix, module, depth),
        };
        let Some(own) = own else {
            // Another crate's macro: its name is all there is to go by.
            return known.get(name);
        };
        if let Some((module, paths)) = self.imported(name, &own, depth) {
            return (paths.iter()).find_map(|path| self.resolve(path, &module, known, depth));
        }
        if (prefix.is_empty() || own.is_empty())
            && let Some(&wraps) = self.definitions.get(name)
        {
            return known.get(name).filter(|_| wraps);
        }
        // `#[macro_use]`, or a glob import from another crate.
        known.get(name)
    }

    /// Where a module, or one that it imports everything from, imports a name:
    /// that module and the paths.
    fn imported(
        &self,
        name: &str,
        module: &[String],
        depth: usize,
    ) -> Option<(Segments, &[Segments])> {
        let depth = depth.checked_sub(1)?;
        let imports = self.modules.get(module)?;
        if let Some(paths) = imports.get(name) {
            return Some((module.to_vec(), paths));
        }
        let globs = imports.get(GLOB)?;
        globs.iter().find_map(|path| {
            let from = self.module_of(path, module, depth)?;
            self.imported(name, &from, depth)
        })
    }

    /// The module of this crate that a path names, `None` for another crate's.
    fn module_of(&self, path: &[String], module: &[String], depth: usize) -> Option<Segments> {
        let depth = depth.checked_sub(1)?;
        let (first, rest) = path.split_first()?;
        let mut at = module.to_vec();
        match first.as_str() {
            "crate" => at.clear(),
            "self" => {}
            "super" => {
                at.pop();
            }
            _ => {
                at.push(first.clone());
                if !self.modules.contains_key(&at) {
                    let paths = self.modules.get(module)?.get(first)?;
                    at = (paths.iter()).find_map(|path| self.module_of(path, module, depth))?;
                }
            }
        }
        for segment in rest {
            match segment.as_str() {
                "self" => {}
                "super" => {
                    at.pop();
                }
                _ => at.push(segment.clone()),
            }
        }
        Some(at)
    }
}

/// Under this name a module's imports list the modules of which it imports
/// everything.
const GLOB: &str = "*";

/// More imports of imports than anyone writes; a circle of them ends here.
const DEPTH: usize = 16;

/// Enters the names that a `use` gives.
pub(super) fn enter(tree: &UseTree, from_root: bool, imports: &mut Imports) {
    let mut prefix = Segments::new();
    if from_root {
        prefix.push(String::new());
    }
    descend(tree, &mut prefix, imports);
}

fn descend(tree: &UseTree, prefix: &mut Segments, imports: &mut Imports) {
    let mut bind = |name: String, from: &syn::Ident| {
        let mut path = prefix.clone();
        if from != "self" {
            path.push(from.unraw().to_string());
        }
        imports.entry(name).or_default().push(path);
    };
    match tree {
        UseTree::Name(leaf) if leaf.ident == "self" => {
            if let Some(name) = prefix.last() {
                imports
                    .entry(name.clone())
                    .or_default()
                    .push(prefix.clone());
            }
        }
        UseTree::Name(leaf) => bind(leaf.ident.unraw().to_string(), &leaf.ident),
        UseTree::Rename(leaf) => bind(leaf.rename.unraw().to_string(), &leaf.ident),
        UseTree::Path(path) => {
            prefix.push(path.ident.unraw().to_string());
            descend(&path.tree, prefix, imports);
            prefix.pop();
        }
        UseTree::Group(group) => {
            for tree in &group.items {
                descend(tree, prefix, imports);
            }
        }
        UseTree::Glob(_) => {
            let globs = imports.entry(GLOB.to_string()).or_default();
            globs.push(prefix.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether `call` in module `at` means a marker, after these imports.
    fn resolves(imports: &[(&str, &str)], at: &str, call: &str) -> bool {
        let split = |path: &str| -> Segments {
            let segments = path.split("::").map(str::to_string);
            segments.filter(|_| !path.is_empty()).collect()
        };
        let mut names = Names::default();
        names.module(&[]);
        for (module, tree) in imports {
            names.module(&split(module));
            if !tree.is_empty() {
                names.import(&split(module), &syn::parse_str(tree).unwrap(), false);
            }
        }
        let marker = names.marker(&split(call), &split(at), &Markers::default());
        marker == Some(Marker::Qstr)
    }

    #[test]
    fn renames_are_followed() {
        assert!(resolves(&[], "", "qstr"));
        assert!(resolves(&[], "", "enroll::qstr"));
        assert!(resolves(&[], "", "::enroll::qstr"));
        assert!(resolves(&[("", "enroll::qstr as q")], "", "q"));
        assert!(resolves(&[("", "enroll::{Host, qstr as q}")], "", "q"));
        assert!(resolves(&[("", "enroll::qstr as q")], "m", "crate::q"));
        assert!(resolves(
            &[("", "enroll::qstr as q"), ("m", "crate::q")],
            "m",
            "q"
        ));
        assert!(resolves(
            &[("", "enroll::qstr as q"), ("m", "super::q as r")],
            "m",
            "r"
        ));
        assert!(resolves(
            &[("", "enroll::qstr as q"), ("m", "super::*")],
            "m",
            "q"
        ));
        assert!(resolves(&[("m", "enroll::qstr as q")], "", "m::q"));
        assert!(resolves(
            &[("m", "enroll::qstr as q"), ("", "crate::m as n")],
            "",
            "n::q"
        ));
        assert!(resolves(
            &[("m", "enroll::qstr as q"), ("", "crate::m::{self as n}")],
            "",
            "n::q"
        ));
        assert!(resolves(&[("", "enroll as e")], "", "e::qstr"));
        assert!(resolves(
            &[("", "a::q"), ("", "enroll::qstr as q")],
            "",
            "q"
        ));
    }

    #[test]
    fn other_macros_of_the_name_do_not_count() {
        assert!(!resolves(&[], "", "q"));
        assert!(!resolves(&[("", "other::decoy as qstr")], "", "qstr"));
        assert!(!resolves(
            &[("", "enroll::qstr as q"), ("m", "other::q")],
            "m",
            "q"
        ));
        assert!(!resolves(&[("", "enroll::qstr as info")], "", "log::info"));
        assert!(!resolves(&[("", "self::q as q")], "", "q"));
        assert!(!resolves(
            &[("", "other::x as qstr"), ("m", "super::*")],
            "m",
            "qstr"
        ));
        assert!(!resolves(&[("", "self::*"), ("", "crate::*")], "", "q"));
    }

    #[test]
    fn own_macros_count_if_they_wrap_a_marker() {
        let mut names = Names::default();
        let call = ["qstr".to_string()];
        let known = Markers::default();
        assert_eq!(names.marker(&call, &[], &known), Some(Marker::Qstr));
        names.define("qstr", false);
        assert_eq!(names.marker(&call, &[], &known), None);
        let qualified = ["enroll".to_string(), "qstr".to_string()];
        assert_eq!(names.marker(&qualified, &[], &known), Some(Marker::Qstr));
        names.define("qstr", true);
        assert_eq!(names.marker(&call, &[], &known), Some(Marker::Qstr));
    }
}
