//! Which crates a file names.
//!
//! rustc links a crate that some path, `use` or `extern crate` of the compiled
//! code names, and no other.

use super::attributes::effect;
use super::cfg::{Context, Truth};
use super::lexer::{Lexer, Token};
use super::nodes::{
    of_expr, of_foreign_item, of_impl_item, of_item, of_leftmost, of_trait_item, under_attributes,
};
use proc_macro2::{TokenStream, TokenTree};
use std::collections::BTreeSet;
use std::path::Path;
use syn::ext::IdentExt;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, Ident, Item, Stmt, UseTree};

/// Those of `crates` that the file names in code which is compiled.
///
/// What only an undecided cfg compiles does not count, nor does the body of a
/// `macro_rules!`; the arguments of another macro do.
pub fn mentions(
    source: &str,
    file: &Path,
    crates: &BTreeSet<&str>,
    cx: &Context<'_>,
) -> BTreeSet<String> {
    // Most files name none of them, and are not parsed.
    let candidates = words(source, crates);
    if candidates.is_empty() {
        return candidates;
    }
    let Ok(parsed) = syn::parse_file(source) else {
        // rustc will say why, unless it accepts more than syn does.
        return candidates;
    };
    let mut visitor = Mentions {
        file,
        cx,
        candidates,
        found: BTreeSet::new(),
    };
    visitor.under(&parsed.attrs, |visitor| {
        visit::visit_file(visitor, &parsed);
    });
    visitor.found
}

/// Those of `crates` that stand as words outside strings and comments.
fn words(source: &str, crates: &BTreeSet<&str>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for token in Lexer::new(source) {
        if let Token::Word(word) = token
            && crates.contains(word)
        {
            found.insert(word.to_owned());
        }
    }
    found
}

struct Mentions<'a> {
    file: &'a Path,
    cx: &'a Context<'a>,
    candidates: BTreeSet<String>,
    found: BTreeSet<String>,
}

impl Mentions<'_> {
    fn under(&mut self, attributes: &[Attribute], then: impl FnOnce(&mut Self)) {
        if attributes.is_empty() || effect(attributes, self.file, self.cx).presence() == Truth::True
        {
            then(self);
        }
    }

    fn name(&mut self, word: &Ident) {
        let word = word.unraw().to_string();
        if self.candidates.contains(&word) {
            self.found.insert(word);
        }
    }

    fn tree(&mut self, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => self.name(&path.ident),
            UseTree::Name(name) => self.name(&name.ident),
            UseTree::Rename(rename) => self.name(&rename.ident),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.tree(tree)),
            _ => {}
        }
    }

    /// `word::`, `use word` and `extern crate word` in tokens that nobody
    /// parses.
    fn tokens(&mut self, tokens: TokenStream) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let colon = |at: usize| matches!(trees.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
        let mut declares = false;
        for (at, tree) in trees.iter().enumerate() {
            match tree {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Ident(word) if declares || (colon(at + 1) && colon(at + 2)) => {
                    self.name(word);
                }
                _ => {}
            }
            declares = matches!(tree, TokenTree::Ident(word) if word == "crate" || word == "use");
        }
    }
}

impl<'ast> Visit<'ast> for Mentions<'_> {
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
        self.under(of_item(item), |visitor| match item {
            Item::ExternCrate(item) => visitor.name(&item.ident),
            Item::Use(item) => visitor.tree(&item.tree),
            // What a definition names is compiled where it is called, if at all.
            Item::Macro(item) if item.ident.is_some() => {}
            item => visit::visit_item(visitor, item),
        });
    }

    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        match statement {
            // syn gives the attributes of `#[cfg(x)] a = b;` to `a`.
            Stmt::Expr(expr, _) => self.under(of_leftmost(expr), |visitor| {
                visit::visit_stmt(visitor, statement);
            }),
            _ => visit::visit_stmt(self, statement),
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if let (Some(first), true) = (path.segments.first(), path.segments.len() > 1) {
            self.name(&first.ident);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.visit_path(&call.path);
        self.tokens(call.tokens.clone());
    }

    /// A path in an attribute names a crate only if it is a procedural macro.
    fn visit_attribute(&mut self, _: &'ast Attribute) {}
}

#[cfg(test)]
mod tests {
    use super::mentions;
    use crate::source::cfg::{CfgSet, Context};
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    #[test]
    fn c20_a_crate_is_named_by_compiled_code_only() {
        let cfgs = CfgSet::from_env([("CARGO_CFG_UNIX".to_owned(), String::new())]);
        let cx = Context {
            package: Path::new(""),
            cfgs: &cfgs,
            features: &BTreeSet::new(),
            has_build_script: true,
            assumed: &BTreeMap::new(),
            open: false,
        };
        for (source, named) in [
            ("extern crate errno as _;", true),
            ("extern crate errno;", true),
            ("use errno;", true),
            ("pub use errno::ERRNO;", true),
            ("use ::errno::ERRNO;", true),
            ("use {errno::ERRNO, std::fmt};", true),
            ("fn f() { errno::init(); }", true),
            ("fn f() -> errno::T { loop {} }", true),
            ("fn f() { println!(\"{}\", errno::X); }", true),
            ("wrap! { extern crate errno as _; }", true),
            ("errno::declare! {}", true),
            ("#[cfg(unix)] use errno as _;", true),
            ("#[cfg(windows)] use errno as _;", false),
            ("#![cfg(windows)] use errno as _;", false),
            ("#[cfg(set_by_build_script)] use errno as _;", false),
            ("#[cfg(windows)] mod a { use errno as _; }", false),
            ("fn f() { #[cfg(windows)] errno::init(); }", false),
            (
                "fn f(mut x: i32) { #[cfg(windows)] x = errno::y(); }",
                false,
            ),
            ("fn f() { #[cfg(windows)] { errno::init(); } }", false),
            ("macro_rules! m { () => { errno::init() } }", false),
            ("fn f() { let errno = 1; errno + 1; }", false),
            ("// errno::init()", false),
            ("const S: &str = \"errno::init\";", false),
            ("fn f(x: X) { x.errno }", false),
            ("struct S { errno: i32 }", false),
            ("use other::errno::x;", false),
        ] {
            let found = mentions(source, Path::new(""), &BTreeSet::from(["errno"]), &cx);
            assert_eq!(!found.is_empty(), named, "{source}");
        }
    }
}
