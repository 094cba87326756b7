//! Which macro calls mean a marker: renames by `use … as`, and macros of the
//! crate's own that happen to have a marker's name.

use super::Condition;
use super::marker::{Marker, Markers};
use std::collections::BTreeMap;
use syn::ext::IdentExt;
use syn::{ItemUse, UseTree};

/// A path without `r#`; one that begins with `::` has an empty first segment.
pub(super) type Segments = Vec<String>;

/// What names mean in a module or block. One name may be imported from several
/// paths: in different namespaces, or under different cfgs.
pub(super) type Imports = BTreeMap<String, Vec<Import>>;

/// Where a name comes from.
#[derive(Clone, Debug)]
pub(super) struct Import {
    pub(super) path: Segments,
    /// What decides whether it is imported at all; none of them is false.
    pub(super) conditions: Vec<Condition>,
}

/// A marker, and the conditions of the imports through which it was found.
type Meaning = (Marker, Vec<Condition>);

/// The names of one crate.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// What each module imports.
    modules: BTreeMap<Segments, Imports>,
    /// The crate's own `macro_rules!`, and whether each calls a macro in its
    /// body, which may be a marker's.
    definitions: BTreeMap<String, bool>,
}

impl Names {
    /// Enters a module.
    pub(super) fn module(&mut self, path: &[String]) {
        self.modules.entry(path.to_vec()).or_default();
    }

    /// Enters what a `use` in a module imports.
    pub(super) fn import(&mut self, module: &[String], item: &ItemUse, conditions: &[Condition]) {
        let imports = self.modules.entry(module.to_vec()).or_default();
        enter(item, conditions, imports);
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
    ) -> Option<Meaning> {
        self.resolve(path, module, known, DEPTH)
    }

    fn resolve(
        &self,
        path: &[String],
        module: &[String],
        known: &Markers,
        depth: usize,
    ) -> Option<Meaning> {
        let depth = depth.checked_sub(1)?;
        let (name, prefix) = path.split_last()?;
        let own = match prefix {
            [] => Some(module.to_vec()),
            _ => self.module_of(prefix, module, depth),
        };
        let Some(own) = own else {
            // Another crate's macro: its name is all there is to go by.
            return certain(known.get(name));
        };
        if let Some((module, imports)) = self.imported(name, &own, depth) {
            return imports.iter().find_map(|import| {
                let (marker, mut conditions) = self.resolve(&import.path, &module, known, depth)?;
                conditions.extend(import.conditions.iter().cloned());
                Some((marker, conditions))
            });
        }
        if (prefix.is_empty() || own.is_empty())
            && let Some(&wraps) = self.definitions.get(name)
        {
            return certain(known.get(name).filter(|_| wraps));
        }
        // `#[macro_use]`, or a glob import from another crate.
        certain(known.get(name))
    }

    /// Where a module, or one that it imports everything from, imports a name:
    /// that module and the paths.
    fn imported(
        &self,
        name: &str,
        module: &[String],
        depth: usize,
    ) -> Option<(Segments, &[Import])> {
        let depth = depth.checked_sub(1)?;
        let imports = self.modules.get(module)?;
        if let Some(imports) = imports.get(name) {
            return Some((module.to_vec(), imports));
        }
        let globs = imports.get(GLOB)?;
        globs.iter().find_map(|glob| {
            let from = self.module_of(&glob.path, module, depth)?;
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
                    let imports = self.modules.get(module)?.get(first)?;
                    let module_of = |import: &Import| self.module_of(&import.path, module, depth);
                    at = imports.iter().find_map(module_of)?;
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

fn certain(marker: Option<Marker>) -> Option<Meaning> {
    marker.map(|marker| (marker, Vec::new()))
}

/// Enters the names that a `use` gives under these conditions.
pub(super) fn enter(item: &ItemUse, conditions: &[Condition], imports: &mut Imports) {
    let mut prefix = Segments::new();
    if item.leading_colon.is_some() {
        prefix.push(String::new());
    }
    descend(&item.tree, &mut prefix, &mut |name, path| {
        let import = Import {
            path,
            conditions: conditions.to_vec(),
        };
        imports.entry(name).or_default().push(import);
    });
}

fn descend(tree: &UseTree, prefix: &mut Segments, bind: &mut impl FnMut(String, Segments)) {
    let full = |prefix: &Segments, last: &syn::Ident| {
        let mut path = prefix.clone();
        if last != "self" {
            path.push(last.unraw().to_string());
        }
        path
    };
    match tree {
        UseTree::Name(leaf) if leaf.ident == "self" => {
            if let Some(name) = prefix.last() {
                bind(name.clone(), prefix.clone());
            }
        }
        UseTree::Name(leaf) => bind(leaf.ident.unraw().to_string(), full(prefix, &leaf.ident)),
        UseTree::Rename(leaf) => bind(leaf.rename.unraw().to_string(), full(prefix, &leaf.ident)),
        UseTree::Path(path) => {
            prefix.push(path.ident.unraw().to_string());
            descend(&path.tree, prefix, bind);
            prefix.pop();
        }
        UseTree::Group(group) => {
            for tree in &group.items {
                descend(tree, prefix, bind);
            }
        }
        UseTree::Glob(_) => bind(GLOB.to_string(), prefix.clone()),
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
                let item = syn::parse_str(&format!("use {tree};")).unwrap();
                names.import(&split(module), &item, &[]);
            }
        }
        let marker = names.marker(&split(call), &split(at), &Markers::default());
        matches!(marker, Some((Marker::Qstr, _)))
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
    fn own_macros_count_if_they_may_wrap_a_marker() {
        let mut names = Names::default();
        let call = ["qstr".to_string()];
        let known = Markers::default();
        assert!(names.marker(&call, &[], &known).is_some());
        names.define("qstr", false);
        assert!(names.marker(&call, &[], &known).is_none());
        let qualified = ["enroll".to_string(), "qstr".to_string()];
        assert!(names.marker(&qualified, &[], &known).is_some());
        names.define("qstr", true);
        assert!(names.marker(&call, &[], &known).is_some());
    }
}
