//! Walks through the syntax of one file: what is under which `cfg`, and every
//! macro call.

use super::attributes::{self, Effect};
use super::branch::{self, Arm};
use super::cfg::Truth;
use super::include::Argument;
use super::layout::Layout;
use super::nodes::{
    of_expr, of_foreign_item, of_impl_item, of_item, of_leftmost, of_trait_item, under_attributes,
};
use super::resolve::{self, Import, Imports, Segments};
use super::tree::{Candidate, Form, Scope, Walker};
use super::{Condition, Found, What, Within};
use crate::place::Place;
use proc_macro2::TokenStream;
use proc_macro2::extra::DelimSpan;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::visit::{self, Visit};
use syn::{Attribute, Block, Expr, Ident, Item, ItemMod, Macro, MacroDelimiter, Stmt};

pub(super) struct Visitor<'w, 'a> {
    pub(super) walker: &'w mut Walker<'a>,
    pub(super) scope: Scope,
}

impl Visitor<'_, '_> {
    /// A file of items, with its inner attributes.
    pub(super) fn file(&mut self, file: &syn::File) {
        self.under(&file.attrs, |visitor| {
            for item in &file.items {
                visitor.visit_item(item);
            }
        });
    }

    /// The content of a block.
    pub(super) fn statements(&mut self, statements: &[Stmt]) {
        let mut imports = Imports::new();
        for statement in statements {
            if let Stmt::Item(Item::Use(item)) = statement {
                let effect = self.effect(&item.attrs);
                if effect.presence() != Truth::False {
                    resolve::enter(item, &effect.conditions, &mut imports);
                }
            }
        }
        let layout = self.scope.layout.block();
        let layout = std::mem::replace(&mut self.scope.layout, layout);
        let in_function = std::mem::replace(&mut self.scope.in_function, true);
        self.scope.imports.push(imports);
        for statement in statements {
            self.visit_stmt(statement);
        }
        self.scope.imports.pop();
        self.scope.in_function = in_function;
        self.scope.layout = layout;
    }

    pub(super) fn effect(&self, attributes: &[Attribute]) -> Effect {
        if attributes.is_empty() {
            // By far the most nodes.
            return Effect {
                conditions: Vec::new(),
                paths: vec![(None, None)],
            };
        }
        attributes::effect(attributes, &self.scope.file, self.walker.cx)
    }

    /// Goes on below a node with these attributes, unless it is not compiled.
    fn under(&mut self, attributes: &[Attribute], then: impl FnOnce(&mut Self)) {
        if attributes.is_empty() {
            then(self);
        } else {
            self.when(self.effect(attributes).conditions, then);
        }
    }

    /// Goes on under these conditions, unless one is false.
    pub(super) fn when(&mut self, conditions: Vec<Condition>, then: impl FnOnce(&mut Self)) {
        let before = self.scope.presence;
        let presence = conditions
            .iter()
            .fold(before, |all, one| all.and(one.truth));
        if presence == Truth::False {
            return;
        }
        let length = self.scope.conditions.len();
        self.scope.conditions.extend(conditions);
        self.scope.presence = presence;
        then(self);
        self.scope.presence = before;
        self.scope.conditions.truncate(length);
    }

    /// Goes on inside `mod name { … }`.
    pub(super) fn inside(&mut self, name: &str, layout: Layout, then: impl FnOnce(&mut Self)) {
        let layout = std::mem::replace(&mut self.scope.layout, layout);
        let imports = std::mem::take(&mut self.scope.imports);
        let around = std::mem::replace(&mut self.scope.around, self.scope.conditions.len());
        self.scope.module.push(name.to_string());
        self.walker.names.module(&self.scope.module);
        then(self);
        self.scope.module.pop();
        self.scope.around = around;
        self.scope.imports = imports;
        self.scope.layout = layout;
    }

    /// Goes on in the tokens of another macro. A definition around it says
    /// more than the macros in its body.
    pub(super) fn within(&mut self, within: Within, tokens: TokenStream) {
        let before = self.scope.within.clone();
        if !matches!(before, Some(Within::Definition(_))) {
            self.scope.within = Some(within);
        }
        self.tokens(tokens);
        self.scope.within = before;
    }

    /// `macro_rules! name { … }`
    pub(super) fn definition(&mut self, name: &Ident, tokens: TokenStream) {
        let name = name.unraw().to_string();
        let before = self.walker.calls;
        self.within(Within::Definition(name.clone()), transcribers(tokens));
        // Any call may lead to a marker in the end: better a wrong declaration
        // that is told than a right one that is missed.
        let wraps = self.walker.calls > before;
        self.walker.names.define(&name, wraps);
    }

    fn module(&mut self, item: &ItemMod) {
        let name = item.ident.unraw().to_string();
        let mut effect = self.effect(&item.attrs);
        let conditions = std::mem::take(&mut effect.conditions);
        self.when(conditions, |visitor| match &item.content {
            Some((_, items)) => {
                for (path, condition) in effect.paths {
                    let layout = visitor.scope.layout.inline(&name, path.as_deref());
                    visitor.when(condition.into_iter().collect(), |visitor| {
                        visitor.inside(&name, layout, |visitor| {
                            for item in items {
                                visitor.visit_item(item);
                            }
                        });
                    });
                }
            }
            None => (visitor.walker).module(&visitor.scope, &name, &effect, item.ident.span()),
        });
    }

    /// A call of a macro by this path.
    pub(super) fn call(
        &mut self,
        path: Segments,
        name: &Ident,
        delimiters: DelimSpan,
        tokens: TokenStream,
        form: Form,
    ) {
        self.walker.calls += 1;
        let last = name.unraw().to_string();
        if self.walker.may_be_marker(&last) {
            self.candidate(path, name, delimiters, tokens.clone());
        }
        let package = self.walker.cx.package;
        match last.as_str() {
            "include" => {
                if let Ok(argument) = Argument::parse(package).parse2(tokens) {
                    self.include(argument, form, name);
                }
            }
            "cfg_if" => self.arms(branch::cfg_if, &last, tokens),
            "cfg_select" => self.arms(branch::cfg_select, &last, tokens),
            _ => self.within(Within::Arguments(last), tokens),
        }
    }

    fn candidate(
        &mut self,
        path: Segments,
        name: &Ident,
        delimiters: DelimSpan,
        tokens: TokenStream,
    ) {
        // What a block imports is settled at once, innermost first.
        let imported = path.first().and_then(|first| {
            let imports = |imports: &Imports| imports.get(first).cloned();
            self.scope.imports.iter().rev().find_map(imports)
        });
        let meanings = match imported {
            None => vec![Import {
                path,
                conditions: Vec::new(),
            }],
            Some(mut imports) => {
                for import in &mut imports {
                    import.path.extend(path.iter().skip(1).cloned());
                }
                imports
            }
        };
        let scope = &self.scope;
        self.walker.candidates.push(Candidate {
            meanings,
            found: Found {
                marker: super::Marker::Qstr,
                name: name.unraw().to_string(),
                tokens,
                delimiters,
                file: scope.file.to_path_buf(),
                place: Place::of(&scope.file, name.span()),
                module_path: scope.module.clone(),
                presence: scope.presence,
                conditions: scope.conditions.clone(),
                in_function: scope.in_function,
                within: scope.within.clone(),
                folder: scope.folder,
            },
        });
    }

    /// An `include!`; what a macro does with one in its arguments is unknown.
    fn include(&mut self, argument: Argument, form: Form, name: &Ident) {
        let conditions = self.unknown(name).into_iter().collect();
        self.when(conditions, |visitor| {
            let within = visitor.scope.within.take();
            (visitor.walker).include(&visitor.scope, argument, form, name.span());
            visitor.scope.within = within;
        });
    }

    /// The condition under which a `mod` or `include!` in the tokens of a
    /// macro is compiled.
    pub(super) fn unknown(&self, at: &Ident) -> Option<Condition> {
        let (Within::Definition(name) | Within::Arguments(name)) = self.scope.within.as_ref()?;
        Some(Condition {
            what: What::Macro(name.clone()),
            place: Place::of(&self.scope.file, at.span()),
            truth: Truth::Unknown,
        })
    }

    fn arms(
        &mut self,
        parser: fn(ParseStream<'_>) -> syn::Result<Vec<Arm>>,
        name: &str,
        tokens: TokenStream,
    ) {
        let Ok(arms) = parser.parse2(tokens.clone()) else {
            // A macro that only has the name.
            return self.within(Within::Arguments(name.to_string()), tokens);
        };
        for arm in arms {
            let condition = Condition {
                truth: self.walker.cx.truth(&arm.predicate),
                what: What::Cfg(arm.predicate.to_string()),
                place: Place::of(&self.scope.file, arm.span),
            };
            self.when(vec![condition], |visitor| {
                let tokens = arm.tokens;
                if visitor.scope.within.is_some() {
                    visitor.tokens(tokens);
                } else if let Ok(file) = syn::parse2::<syn::File>(tokens.clone()) {
                    visitor.file(&file);
                } else if let Ok(statements) = Block::parse_within.parse2(tokens.clone()) {
                    visitor.statements(&statements);
                } else {
                    visitor.within(Within::Arguments(name.to_string()), tokens);
                }
            });
        }
    }
}

/// The right-hand sides of a `macro_rules!`; all of it if it is no list of
/// rules. A matcher may hold `qstr ! (…)` as a pattern.
fn transcribers(tokens: TokenStream) -> TokenStream {
    use proc_macro2::TokenTree;
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let punct = |at: usize, expected: char| matches!(trees.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == expected);
    let kept = (0..trees.len()).filter(|&at| {
        !(matches!(trees[at], TokenTree::Group(_)) && punct(at + 1, '=') && punct(at + 2, '>'))
    });
    kept.map(|at| trees[at].clone()).collect()
}

fn delimiters(delimiter: &MacroDelimiter) -> DelimSpan {
    match delimiter {
        MacroDelimiter::Paren(token) => token.span,
        MacroDelimiter::Brace(token) => token.span,
        MacroDelimiter::Bracket(token) => token.span,
    }
}

impl<'ast> Visit<'ast> for Visitor<'_, '_> {
    under_attributes! {
        visit_arm(node: syn::Arm) = &node.attrs;
        visit_const_param(node: syn::ConstParam) = &node.attrs;
        visit_expr(node: Expr) = of_expr(node);
        visit_field(node: syn::Field) = &node.attrs;
        visit_field_pat(node: syn::FieldPat) = &node.attrs;
        visit_field_value(node: syn::FieldValue) = &node.attrs;
        visit_foreign_item(node: syn::ForeignItem) = of_foreign_item(node);
        visit_impl_item(node: syn::ImplItem) = of_impl_item(node);
        visit_lifetime_param(node: syn::LifetimeParam) = &node.attrs;
        visit_local(node: syn::Local) = &node.attrs;
        visit_pat_type(node: syn::PatType) = &node.attrs;
        visit_receiver(node: syn::Receiver) = &node.attrs;
        visit_stmt_macro(node: syn::StmtMacro) = &node.attrs;
        visit_trait_item(node: syn::TraitItem) = of_trait_item(node);
        visit_type_param(node: syn::TypeParam) = &node.attrs;
        visit_variant(node: syn::Variant) = &node.attrs;
    }

    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Mod(item) => self.module(item),
            Item::Use(item) => self.under(&item.attrs, |visitor| {
                // A block's were read before its statements.
                let Scope {
                    imports,
                    module,
                    conditions,
                    around,
                    ..
                } = &visitor.scope;
                if imports.is_empty() {
                    let own = conditions.get(*around..).unwrap_or_default();
                    visitor.walker.names.import(module, item, own);
                }
            }),
            Item::Macro(item) => self.under(&item.attrs, |visitor| match &item.ident {
                Some(name) => visitor.definition(name, item.mac.tokens.clone()),
                None => visitor.macro_call(&item.mac, Form::Items),
            }),
            item => self.under(of_item(item), |visitor| visit::visit_item(visitor, item)),
        }
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

    fn visit_block(&mut self, block: &'ast Block) {
        self.statements(&block.stmts);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.macro_call(call, Form::Statements);
    }

    fn visit_token_stream(&mut self, tokens: &'ast TokenStream) {
        // What syn keeps as tokens: syntax it does not know.
        self.tokens(tokens.clone());
    }

    /// Strings and names in attributes are no calls.
    fn visit_attribute(&mut self, _: &'ast Attribute) {}
}

impl Visitor<'_, '_> {
    fn macro_call(&mut self, call: &Macro, form: Form) {
        let mut path: Segments = Vec::new();
        if call.path.leading_colon.is_some() {
            path.push(String::new());
        }
        path.extend(
            call.path
                .segments
                .iter()
                .map(|s| s.ident.unraw().to_string()),
        );
        if let Some(last) = call.path.segments.last() {
            let delimiters = delimiters(&call.delimiter);
            self.call(path, &last.ident, delimiters, call.tokens.clone(), form);
        }
    }
}
