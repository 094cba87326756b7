//! Macro calls and modules in tokens that nobody parses: the arguments of
//! other macros and the bodies of `macro_rules!`.

use super::attributes::Effect;
use super::resolve::Segments;
use super::tree::Form;
use super::visit::Visitor;
use proc_macro2::{Delimiter, Group, Ident, Punct, TokenStream, TokenTree};
use syn::Attribute;
use syn::ext::IdentExt;
use syn::parse::Parser;

impl Visitor<'_, '_> {
    /// Finds what looks like a call, `path!(…)`, and what looks like a `mod`.
    pub(super) fn tokens(&mut self, tokens: TokenStream) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let mut rest = trees.as_slice();
        // Since the last item, statement or element of a list. A comma between
        // generics ends them too early, which finds more and never less.
        let mut attributes: Vec<Attribute> = Vec::new();
        while let Some((first, after)) = rest.split_first() {
            rest = match first {
                TokenTree::Punct(punct) if punct.as_char() == '#' => {
                    let (attribute, after) = attribute(punct, after);
                    attributes.extend(attribute);
                    after
                }
                TokenTree::Punct(punct) => {
                    if matches!(punct.as_char(), ';' | ',') {
                        attributes.clear();
                    }
                    after
                }
                TokenTree::Ident(word) => {
                    let (item, after) = item(word, after);
                    if let Some(item) = item {
                        let effect = self.effect(&std::mem::take(&mut attributes));
                        self.item(item, effect);
                    }
                    after
                }
                TokenTree::Group(group) => {
                    let conditions = self.effect(&attributes).conditions;
                    self.when(conditions, |visitor| visitor.tokens(group.stream()));
                    if group.delimiter() == Delimiter::Brace {
                        attributes.clear();
                    }
                    after
                }
                TokenTree::Literal(_) => after,
            };
        }
    }

    fn item(&mut self, item: Piece<'_>, mut effect: Effect) {
        let mut conditions = std::mem::take(&mut effect.conditions);
        match item {
            Piece::Call(path, name, group) => self.when(conditions, |visitor| {
                let form = Form::Items;
                visitor.call(path, name, group.delim_span(), group.stream(), form);
            }),
            Piece::Definition(name, group) => self.when(conditions, |visitor| {
                visitor.definition(name, group.stream());
            }),
            Piece::File(name) => {
                conditions.extend(self.unknown(name));
                self.when(conditions, |visitor| {
                    let mut scope = visitor.scope.clone();
                    scope.within = None;
                    let text = name.unraw().to_string();
                    visitor.walker.module(&scope, &text, &effect, name.span());
                });
            }
            Piece::Inline(name, group) => self.when(conditions, |visitor| {
                let name = name.unraw().to_string();
                for (path, condition) in effect.paths {
                    let layout = visitor.scope.layout.inline(&name, path.as_deref());
                    visitor.when(condition.into_iter().collect(), |visitor| {
                        visitor.inside(&name, layout, |visitor| visitor.tokens(group.stream()));
                    });
                }
            }),
        }
    }
}

/// What a word begins.
enum Piece<'a> {
    /// `path::name!(…)`
    Call(Segments, &'a Ident, &'a Group),
    /// `macro_rules! name { … }`
    Definition(&'a Ident, &'a Group),
    /// `mod name;`
    File(&'a Ident),
    /// `mod name { … }`
    Inline(&'a Ident, &'a Group),
}

/// What `word` begins, if anything, and the tokens behind it.
fn item<'a>(word: &'a Ident, after: &'a [TokenTree]) -> (Option<Piece<'a>>, &'a [TokenTree]) {
    if word == "mod" {
        return match after {
            [TokenTree::Ident(name), TokenTree::Punct(end), rest @ ..] if end.as_char() == ';' => {
                (Some(Piece::File(name)), rest)
            }
            [TokenTree::Ident(name), TokenTree::Group(group), rest @ ..]
                if group.delimiter() == Delimiter::Brace =>
            {
                (Some(Piece::Inline(name, group)), rest)
            }
            _ => (None, after),
        };
    }
    let mut path = vec![word.unraw().to_string()];
    let mut last = word;
    let mut rest = after;
    while let [
        TokenTree::Punct(first),
        TokenTree::Punct(second),
        TokenTree::Ident(segment),
        behind @ ..,
    ] = rest
        && first.as_char() == ':'
        && second.as_char() == ':'
    {
        path.push(segment.unraw().to_string());
        last = segment;
        rest = behind;
    }
    match rest {
        [TokenTree::Punct(mark), TokenTree::Group(group), rest @ ..] if mark.as_char() == '!' => {
            (Some(Piece::Call(path, last, group)), rest)
        }
        [
            TokenTree::Punct(mark),
            TokenTree::Ident(name),
            TokenTree::Group(group),
            rest @ ..,
        ] if mark.as_char() == '!' && word == "macro_rules" => {
            (Some(Piece::Definition(name, group)), rest)
        }
        _ => (None, rest),
    }
}

/// What follows a `#`: an outer attribute, or an inner one, which says nothing
/// here.
fn attribute<'a>(hash: &Punct, after: &'a [TokenTree]) -> (Vec<Attribute>, &'a [TokenTree]) {
    match after {
        [TokenTree::Group(group), rest @ ..] if group.delimiter() == Delimiter::Bracket => {
            let tokens = [
                TokenTree::from(hash.clone()),
                TokenTree::from(group.clone()),
            ];
            let tokens = tokens.into_iter().collect::<TokenStream>();
            let attributes = Attribute::parse_outer.parse2(tokens);
            (attributes.unwrap_or_default(), rest)
        }
        [TokenTree::Punct(mark), TokenTree::Group(group), rest @ ..]
            if mark.as_char() == '!' && group.delimiter() == Delimiter::Bracket =>
        {
            (Vec::new(), rest)
        }
        _ => (Vec::new(), after),
    }
}
