//! Crates that a file names in a way that only a crate can have.
//!
//! What could also be something else is left to rustc: who stops a build for a
//! crate that is missing has to be right.

use super::nodes::of_item;
use proc_macro2::Span;
use std::collections::BTreeSet;
use syn::ext::IdentExt;
use syn::visit::{self, Visit};
use syn::{Attribute, Ident, Item, UseTree};

/// The names that `use name::…`, `::name` or `extern crate name` of a file mean a
/// crate by, each where it stands: from the edition 2018 on, unless something
/// that the file declares has the name. Code under a cfg does not count, nor
/// does what a macro is given. Nothing for a file that does not parse.
pub fn crates(source: &str) -> Vec<(String, Span)> {
    let Ok(parsed) = syn::parse_file(source) else {
        return Vec::new();
    };
    if is_conditional(&parsed.attrs) {
        return Vec::new();
    }
    let mut names = Names::default();
    names.visit_file(&parsed);
    let Names {
        mut crates,
        absolute,
        declared,
    } = names;
    crates.retain(|(name, _)| absolute.contains(name) || !declared.contains(name));
    crates
}

/// Whether a cfg may take out what has these attributes.
fn is_conditional(attributes: &[Attribute]) -> bool {
    let path = |attribute: &Attribute| attribute.path().clone();
    let mut paths = attributes.iter().map(path);
    paths.any(|path| path.is_ident("cfg") || path.is_ident("cfg_attr"))
}

/// What a file names.
#[derive(Default)]
struct Names {
    /// Names at the beginning of a path that must be a crate's, unless the file
    /// declares them.
    crates: Vec<(String, Span)>,
    /// Those that are a crate's whatever the file declares: `::name`.
    absolute: BTreeSet<String>,
    /// Everything that the file declares or imports.
    declared: BTreeSet<String>,
}

impl Names {
    fn first(&mut self, name: &Ident) {
        let text = name.unraw().to_string();
        if !matches!(&*text, "crate" | "self" | "super" | "Self" | "$crate") {
            self.crates.push((text, name.span()));
        }
    }

    fn declare(&mut self, name: &Ident) {
        self.declared.insert(name.unraw().to_string());
    }

    /// The beginnings of the paths of a `use`.
    fn begin(&mut self, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => self.first(&path.ident),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.begin(tree)),
            // `use name;` may be a macro's or an enum's.
            _ => {}
        }
    }

    /// What it brings into scope.
    fn leaves(&mut self, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => self.leaves(&path.tree),
            UseTree::Name(name) => self.declare(&name.ident),
            UseTree::Rename(rename) => self.declare(&rename.rename),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.leaves(tree)),
            _ => {}
        }
    }
}

impl<'ast> Visit<'ast> for Names {
    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Enum(item) => self.declare(&item.ident),
            Item::ExternCrate(item) => match &item.rename {
                Some((_, name)) => self.declare(name),
                None => self.declare(&item.ident),
            },
            Item::Mod(item) => self.declare(&item.ident),
            Item::Struct(item) => self.declare(&item.ident),
            Item::Trait(item) => self.declare(&item.ident),
            Item::Type(item) => self.declare(&item.ident),
            Item::Union(item) => self.declare(&item.ident),
            Item::Use(item) => self.leaves(&item.tree),
            _ => {}
        }
        if is_conditional(of_item(item)) {
            return;
        }
        match item {
            Item::ExternCrate(item) => {
                self.first(&item.ident);
                self.absolute.insert(item.ident.unraw().to_string());
            }
            Item::Use(item) => {
                if item.leading_colon.is_some()
                    && let UseTree::Path(path) = &item.tree
                {
                    self.absolute.insert(path.ident.unraw().to_string());
                }
                self.begin(&item.tree);
            }
            // A definition is not code yet.
            Item::Macro(_) => {}
            item => visit::visit_item(self, item),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::crates;

    #[test]
    fn only_what_must_be_a_crate_counts() {
        for (source, expected) in [
            ("use foo::Bar;", "foo"),
            ("pub use ::foo::Bar;", "foo"),
            ("extern crate foo;", "foo"),
            ("extern crate foo as bar;", "foo"),
            ("fn f() { use foo::bar; }", "foo"),
            ("mod a { use foo::bar; }", "foo"),
            ("use {foo::bar, std::fmt, self::x::y};", "foo std"),
            ("use r#foo::bar;", "foo"),
            // May be something of the file.
            ("use foo::bar; mod foo;", ""),
            ("use foo::bar; use baz::foo;", "baz"),
            ("use ::foo::bar; mod foo;", "foo"),
            ("enum Foo { A } use Foo::*;", ""),
            ("use super::foo; use foo::bar;", ""),
            ("use crate::foo::bar; use super::x::y;", ""),
            ("use foo;", ""),
            ("fn f() { foo::bar(); }", ""),
            // May not be compiled.
            ("#[cfg(unix)] use foo::bar;", ""),
            ("#[cfg(test)] mod tests { use foo::bar; }", ""),
            ("#![cfg(windows)] use foo::bar;", ""),
            ("macro_rules! m { () => { use foo::bar; } }", ""),
            ("not rust", ""),
        ] {
            let found: Vec<String> = crates(source).into_iter().map(|(name, _)| name).collect();
            assert_eq!(found.join(" "), expected, "{source}");
        }
    }
}
