//! What stands beside the call of a macro that declares modules.

use super::nodes::of_item;
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::{Ident, Item, UseTree};

/// The names that the module with this macro call has for modules and types,
/// its own and imported ones; without those that a glob brings in, since a
/// module goes before them, and those under a cfg.
///
/// `called` is the last segment of the macro's path.
pub fn beside(source: &str, called: &str) -> Vec<(String, Span)> {
    let Ok(file) = syn::parse_file(source) else {
        return Vec::new();
    };
    let items = around(&file.items, called).unwrap_or_default();
    let named = items.iter().filter(|item| !is_conditional(item));
    let named = named.flat_map(names);
    named
        .map(|name| (name.unraw().to_string(), name.span()))
        .collect()
}

/// The items among which the macro is called.
fn around<'i>(items: &'i [Item], called: &str) -> Option<&'i [Item]> {
    let is_call = |item: &Item| match item {
        Item::Macro(item) if item.ident.is_none() => {
            let last = item.mac.path.segments.last();
            last.is_some_and(|last| last.ident == called)
        }
        _ => false,
    };
    if items.iter().any(is_call) {
        return Some(items);
    }
    items.iter().find_map(|item| match item {
        Item::Mod(item) => around(&item.content.as_ref()?.1, called),
        _ => None,
    })
}

fn is_conditional(item: &Item) -> bool {
    let mut paths = of_item(item).iter().map(syn::Attribute::path);
    paths.any(|path| path.is_ident("cfg") || path.is_ident("cfg_attr"))
}

fn names(item: &Item) -> Vec<&Ident> {
    match item {
        Item::Enum(item) => vec![&item.ident],
        Item::ExternCrate(item) => vec![item.rename.as_ref().map_or(&item.ident, |(_, name)| name)],
        Item::Mod(item) => vec![&item.ident],
        Item::Struct(item) => vec![&item.ident],
        Item::Trait(item) => vec![&item.ident],
        Item::Type(item) => vec![&item.ident],
        Item::Union(item) => vec![&item.ident],
        Item::Use(item) => imported(&item.tree, None),
        _ => Vec::new(),
    }
}

/// What a `use` brings in; `last` is the segment before.
fn imported<'t>(tree: &'t UseTree, last: Option<&'t Ident>) -> Vec<&'t Ident> {
    match tree {
        UseTree::Path(path) => imported(&path.tree, Some(&path.ident)),
        UseTree::Name(name) if name.ident == "self" => last.into_iter().collect(),
        UseTree::Name(name) => vec![&name.ident],
        UseTree::Rename(rename) => vec![&rename.rename],
        UseTree::Group(group) => {
            let trees = group.items.iter();
            trees.flat_map(|tree| imported(tree, last)).collect()
        }
        UseTree::Glob(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::beside;

    #[test]
    fn names_of_the_module_with_the_call() {
        for (source, expected) in [
            (
                "table!(); mod a; struct B; fn c() {} extern crate d as e;",
                "a B e",
            ),
            (
                "use a::{b, c as d, e::{self}, f::*}; vm::table! {}",
                "b d e",
            ),
            ("mod a { table!(); mod r#b {} } mod c;", "b"),
            ("table!(); #[cfg(unix)] mod a;", ""),
            ("macro_rules! table { () => {} } mod a;", ""),
            ("mod a;", ""),
        ] {
            let found = beside(source, "table");
            let found: Vec<String> = found.into_iter().map(|(name, _)| name).collect();
            assert_eq!(found.join(" "), expected, "{source}");
        }
    }
}
