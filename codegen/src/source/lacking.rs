//! Crates that a file names in a way that only a crate can have.
//!
//! What could also be something else is left to rustc: who stops a build for a
//! crate that is missing has to be right.

use super::nodes::{
    of_expr, of_foreign_item, of_impl_item, of_item, of_leftmost, of_trait_item, under_attributes,
};
use proc_macro2::{Span, TokenStream, TokenTree};
use std::collections::BTreeSet;
use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, Ident, Item, ItemUse, Meta, QSelf, Stmt, Token, UseTree};

/// The names by which a file means crates, each where it first stands: those in
/// `::name`, `extern crate name`, and at the beginning of any other path unless
/// the file may have something of the name itself.
///
/// `plain` are crates of whose modules it is known that `use name::…::*` brings
/// in none. Code under a cfg does not count, nor does what a macro is given.
/// Nothing for a file that does not parse, or of the edition 2015.
pub fn crates(source: &str, plain: &BTreeSet<&str>) -> Vec<(String, Span)> {
    let Ok(parsed) = syn::parse_file(source) else {
        return Vec::new();
    };
    let mut names = Names {
        plain,
        certain: Vec::new(),
        likely: Vec::new(),
        declared: BTreeSet::new(),
        macros: BTreeSet::new(),
        is_open: false,
    };
    names.under(&parsed.attrs, |names| visit::visit_file(names, &parsed));
    let mut found = names.certain;
    if !names.is_open {
        let declared = names.declared;
        let likely = names.likely.into_iter();
        found.extend(likely.filter(|(name, _)| !declared.contains(name)));
    }
    let mut seen = BTreeSet::new();
    found.retain(|(name, _)| seen.insert(name.clone()));
    found
}

/// What a file names and declares.
struct Names<'a> {
    plain: &'a BTreeSet<&'a str>,
    /// A crate's, whatever the file declares.
    certain: Vec<(String, Span)>,
    /// A crate's, unless the file declares them.
    likely: Vec<(String, Span)>,
    /// Everything that the file declares or imports, anywhere.
    declared: BTreeSet<String>,
    /// Its `macro_rules!` up to here.
    macros: BTreeSet<String>,
    /// Whether it may have names that do not stand in it: by a glob, or by a
    /// macro.
    is_open: bool,
}

/// Attributes that add no item. A path of two segments is a tool's.
const ATTRIBUTES: &[&str] = &[
    "allow",
    "cfg",
    "cold",
    "default",
    "deny",
    "deprecated",
    "derive",
    "doc",
    "expect",
    "export_name",
    "forbid",
    "ignore",
    "inline",
    "link_section",
    "macro_export",
    "macro_use",
    "must_use",
    "no_mangle",
    "non_exhaustive",
    "path",
    "repr",
    "should_panic",
    "target_feature",
    "test",
    "track_caller",
    "unsafe",
    "used",
    "warn",
];

/// Derives that add no item with a name.
const DERIVES: &[&str] = &[
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Eq",
    "Hash",
    "Ord",
    "PartialEq",
    "PartialOrd",
];

/// Macros that declare nothing of what they are given: ours, and those of the
/// standard library.
const MACROS: &[&str] = &[
    "assert",
    "assert_eq",
    "assert_ne",
    "concat",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "eprintln",
    "extend_module",
    "format",
    "format_args",
    "function",
    "include_bytes",
    "include_str",
    "matches",
    "panic",
    "print",
    "println",
    "qstr",
    "register_module",
    "thread_local",
    "todo",
    "unimplemented",
    "unreachable",
    "vec",
    "write",
    "writeln",
];

impl Names<'_> {
    fn under(&mut self, attributes: &[Attribute], then: impl FnOnce(&mut Self)) {
        for attribute in attributes {
            self.attribute(attribute);
        }
        let is = |name: &str| attributes.iter().any(|one| one.path().is_ident(name));
        if !is("cfg") && !is("cfg_attr") && !is("test") {
            then(self);
        }
    }

    /// A procedural macro may add any item.
    fn attribute(&mut self, attribute: &Attribute) {
        let Some(name) = attribute.path().get_ident() else {
            let tool = attribute.path().segments.first();
            self.is_open |= !tool.is_some_and(|tool| {
                tool.ident == "clippy" || tool.ident == "rustfmt" || tool.ident == "diagnostic"
            });
            return;
        };
        let name = name.to_string();
        if name == "derive"
            && let Meta::List(list) = &attribute.meta
        {
            let derives = Punctuated::<syn::Path, Token![,]>::parse_terminated;
            self.is_open |= !list.parse_args_with(derives).is_ok_and(|derives| {
                derives.iter().all(|one| {
                    one.get_ident()
                        .is_some_and(|one| DERIVES.iter().any(|name| one == name))
                })
            });
        }
        self.is_open |= name != "cfg_attr" && !ATTRIBUTES.contains(&name.as_str());
    }

    fn declare(&mut self, name: &Ident) {
        self.declared.insert(name.unraw().to_string());
    }

    fn certain(&mut self, name: &Ident) {
        self.certain.push((name.unraw().to_string(), name.span()));
    }

    /// The beginning of a path. What begins with a capital is a type.
    fn first(&mut self, name: &Ident) {
        let text = name.unraw().to_string();
        let is_keyword = matches!(&*text, "crate" | "self" | "super" | "Self");
        let is_small = text.starts_with(|c: char| c.is_lowercase() || c == '_');
        if is_small && !is_keyword && !PRIMITIVES.contains(&text.as_str()) {
            self.likely.push((text, name.span()));
        }
    }

    /// The beginnings of the paths of a `use`.
    fn begin(&mut self, tree: &UseTree, is_absolute: bool) {
        match tree {
            UseTree::Path(path) if is_absolute => self.certain(&path.ident),
            UseTree::Path(path) => self.first(&path.ident),
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.begin(tree, is_absolute);
                }
            }
            // `use name;` may be a macro's.
            _ => {}
        }
    }

    /// What it brings into scope; `last` is the segment before, `from` the
    /// first one.
    fn leaves(&mut self, tree: &UseTree, from: Option<&Ident>, last: Option<&Ident>) {
        match tree {
            UseTree::Path(path) => {
                self.leaves(&path.tree, from.or(Some(&path.ident)), Some(&path.ident));
            }
            UseTree::Name(name) if name.ident == "self" => {
                if let Some(last) = last {
                    self.declare(last);
                }
            }
            UseTree::Name(name) => self.declare(&name.ident),
            UseTree::Rename(rename) => self.declare(&rename.rename),
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.leaves(tree, from, last);
                }
            }
            UseTree::Glob(_) => {
                let is_plain = from.is_some_and(|from| self.plain.contains(&*from.to_string()));
                // The variants of an enum are no modules.
                let is_type =
                    last.is_some_and(|last| last.to_string().starts_with(char::is_uppercase));
                self.is_open |= !is_plain && !is_type;
            }
        }
    }

    fn import(&mut self, item: &ItemUse) {
        self.leaves(&item.tree, None, None);
        self.begin(&item.tree, item.leading_colon.is_some());
    }

    /// What a macro is given may become an item's name.
    fn tokens(&mut self, tokens: TokenStream) {
        for tree in tokens {
            match tree {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Ident(word) => self.declare(&word),
                _ => {}
            }
        }
    }

    /// A path with a type before it: `<T as name::Trait>::f` begins with the
    /// name, `<T>::f` with nothing.
    fn qualified(&mut self, qself: Option<&QSelf>, then: impl FnOnce(&mut Self)) {
        match qself {
            Some(qself) if qself.position == 0 => self.visit_type(&qself.ty),
            _ => then(self),
        }
    }
}

/// Types that a path may begin with.
const PRIMITIVES: &[&str] = &[
    "bool", "char", "f16", "f32", "f64", "f128", "i8", "i16", "i32", "i64", "i128", "isize", "str",
    "u8", "u16", "u32", "u64", "u128", "usize",
];

impl<'ast> Visit<'ast> for Names<'_> {
    under_attributes! {
        visit_arm(node: syn::Arm) = &node.attrs;
        visit_expr(node: Expr) = of_expr(node);
        visit_field(node: syn::Field) = &node.attrs;
        visit_field_value(node: syn::FieldValue) = &node.attrs;
        visit_foreign_item(node: syn::ForeignItem) = of_foreign_item(node);
        visit_impl_item(node: syn::ImplItem) = of_impl_item(node);
        visit_local(node: syn::Local) = &node.attrs;
        visit_stmt_macro(node: syn::StmtMacro) = &node.attrs;
        visit_trait_item(node: syn::TraitItem) = of_trait_item(node);
        visit_variant(node: syn::Variant) = &node.attrs;
    }

    fn visit_item(&mut self, item: &'ast Item) {
        // What it declares may be there, whatever its cfg.
        match item {
            Item::Enum(item) => self.declare(&item.ident),
            Item::ExternCrate(item) => {
                self.declare(item.rename.as_ref().map_or(&item.ident, |(_, name)| name));
            }
            Item::Mod(item) => self.declare(&item.ident),
            Item::Struct(item) => self.declare(&item.ident),
            Item::Trait(item) => self.declare(&item.ident),
            Item::Type(item) => self.declare(&item.ident),
            Item::Union(item) => self.declare(&item.ident),
            Item::Use(item) => self.leaves(&item.tree, None, None),
            Item::Macro(item) => {
                if let Some(name) = &item.ident {
                    self.macros.insert(name.to_string());
                    self.tokens(item.mac.tokens.clone());
                } else if let Some(called) = item.mac.path.segments.last() {
                    let called = called.ident.to_string();
                    self.is_open |=
                        !MACROS.contains(&called.as_str()) && !self.macros.contains(&called);
                }
            }
            _ => {}
        }
        self.under(of_item(item), |names| match item {
            Item::ExternCrate(item) if item.ident != "self" => names.certain(&item.ident),
            Item::ExternCrate(_) => {}
            Item::Use(item) => names.import(item),
            // A definition is not code yet.
            Item::Macro(item) if item.ident.is_some() => {}
            item => visit::visit_item(names, item),
        });
    }

    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        match statement {
            // syn gives the attributes of `#[cfg(x)] a = b;` to `a`.
            Stmt::Expr(expr, _) => self.under(of_leftmost(expr), |names| {
                visit::visit_stmt(names, statement);
            }),
            _ => visit::visit_stmt(self, statement),
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if let (Some(first), true) = (path.segments.first(), path.segments.len() > 1) {
            match path.leading_colon {
                Some(_) => self.certain(&first.ident),
                None if first.arguments.is_none() => self.first(&first.ident),
                None => {}
            }
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.visit_path(&call.path);
        let called = call.path.segments.last().map(|last| last.ident.to_string());
        if !called.is_some_and(|called| MACROS.contains(&called.as_str())) {
            self.tokens(call.tokens.clone());
        }
    }

    fn visit_type_param(&mut self, parameter: &'ast syn::TypeParam) {
        self.declare(&parameter.ident);
        visit::visit_type_param(self, parameter);
    }

    fn visit_expr_path(&mut self, node: &'ast syn::ExprPath) {
        self.qualified(node.qself.as_ref(), |names| {
            visit::visit_expr_path(names, node)
        });
    }

    fn visit_type_path(&mut self, node: &'ast syn::TypePath) {
        self.qualified(node.qself.as_ref(), |names| {
            visit::visit_type_path(names, node)
        });
    }

    fn visit_expr_struct(&mut self, node: &'ast syn::ExprStruct) {
        self.qualified(node.qself.as_ref(), |names| {
            visit::visit_expr_struct(names, node)
        });
    }

    fn visit_pat_struct(&mut self, node: &'ast syn::PatStruct) {
        self.qualified(node.qself.as_ref(), |names| {
            visit::visit_pat_struct(names, node)
        });
    }

    fn visit_pat_tuple_struct(&mut self, node: &'ast syn::PatTupleStruct) {
        self.qualified(node.qself.as_ref(), |names| {
            visit::visit_pat_tuple_struct(names, node);
        });
    }

    /// Who is allowed to see an item: `pub(in crate::a)`.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    /// Read where they stand.
    fn visit_attribute(&mut self, _: &'ast Attribute) {}
}

#[cfg(test)]
mod tests {
    use super::crates;
    use std::collections::BTreeSet;

    #[test]
    fn only_what_must_be_a_crate_counts() {
        for (source, expected) in [
            ("use foo::Bar;", "foo"),
            ("pub use ::foo::Bar;", "foo"),
            ("extern crate foo;", "foo"),
            ("extern crate foo as bar; use bar::X;", "foo"),
            ("fn f() { use foo::bar; }", "foo"),
            ("mod a { use foo::bar; }", "foo"),
            ("use {foo::bar, std::fmt, self::x::y};", "foo std"),
            ("use r#foo::bar;", "foo"),
            ("fn f() { foo::bar(); }", "foo"),
            ("fn f() { foo::bar!(); }", "foo"),
            ("fn f(x: &dyn foo::Bar) -> <u8 as foo::Tr>::T {}", "foo"),
            ("fn f() { let _ = ::foo::X; foo::bar(); }", "foo"),
            ("use vm::prelude::*; use foo::bar;", "vm foo"),
            ("use Kind::*; enum Kind { A } use foo::bar;", "foo"),
            ("#[derive(Clone)] #[inline] struct S; use foo::bar;", "foo"),
            (
                "enroll::register_module! { foo } use foo::bar;",
                "enroll foo",
            ),
            // May be something of the file.
            ("use foo::bar; mod foo;", ""),
            ("use foo::bar; #[cfg(unix)] mod foo;", ""),
            ("use foo::bar; use baz::foo;", "baz"),
            ("use foo::bar; use baz::foo::{self};", "baz"),
            ("use ::foo::bar; mod foo;", "foo"),
            ("enum Foo { A } use Foo::*;", ""),
            ("use super::foo; use foo::bar;", ""),
            ("use crate::foo::bar; use super::x::y;", ""),
            ("use foo;", ""),
            ("fn f<foo: Tr>() { foo::bar(); }", ""),
            (
                "fn f() { u8::MAX; str::len(); Foo::new(); <T>::foo::bar(); }",
                "",
            ),
            ("extern crate self as foo; use foo::bar;", ""),
            ("pub(in foo::bar) fn f() {}", ""),
            // May be brought in by what is not read.
            ("use super::*; use foo::bar;", ""),
            ("use std::collections::*; use hash_map::Entry;", ""),
            ("use super::*; use ::foo::bar;", "foo"),
            ("other! {} use foo::bar;", ""),
            ("macro_rules! m { () => {} } m!(); use foo::bar;", "foo"),
            (
                "macro_rules! m { ($n:ident) => {} } m!(foo); use foo::bar;",
                "",
            ),
            ("#[bridge] mod a {} use foo::bar;", ""),
            ("#[derive(Made)] struct S; use foo::bar;", ""),
            // May not be compiled.
            ("#[cfg(unix)] use foo::bar;", ""),
            ("#[cfg(test)] mod tests { use foo::bar; }", ""),
            ("#[test] fn f() { foo::bar(); }", ""),
            ("impl S { #[cfg(unix)] fn f() { foo::bar(); } }", ""),
            ("fn f() { #[cfg(unix)] foo::bar(); }", ""),
            ("fn f() { #[cfg(unix)] { foo::bar(); } }", ""),
            ("#![cfg(windows)] use foo::bar;", ""),
            ("macro_rules! m { () => { use foo::bar; } }", ""),
            ("fn f() { println!(\"{}\", foo::X); }", ""),
            ("not rust", ""),
        ] {
            let found = crates(source, &BTreeSet::from(["vm"]));
            let found: Vec<String> = found.into_iter().map(|(name, _)| name).collect();
            assert_eq!(found.join(" "), expected, "{source}");
        }
    }
}
