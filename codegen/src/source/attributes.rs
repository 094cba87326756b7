//! What the attributes of a syntax node say about its presence and its file.

use super::cfg::{Context, Truth};
use super::predicate::Predicate;
use super::{Condition, What};
use crate::place::Place;
use proc_macro2::Span;
use std::path::Path;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ExprLit, Lit, Meta, Token};

/// What attributes say.
#[derive(Debug, Default)]
pub(super) struct Effect {
    /// Every `cfg`, in order.
    pub(super) conditions: Vec<Condition>,
    /// The values of `#[path]` that could be in force, each with the condition
    /// it depends on beside `conditions`; the last one may be `None`, for no
    /// `#[path]` at all.
    pub(super) paths: Vec<(Option<String>, Option<Condition>)>,
}

impl Effect {
    /// Whether the node is compiled, as far as its own attributes say.
    pub(super) fn presence(&self) -> Truth {
        (self.conditions.iter()).fold(Truth::True, |all, condition| all.and(condition.truth))
    }
}

/// Reads the attributes of a node of `file`.
///
/// An attribute that does not parse says nothing: the compiler will refuse it.
pub(super) fn effect(attributes: &[Attribute], file: &Path, cx: &Context<'_>) -> Effect {
    let mut reader = Reader {
        file,
        cx,
        effect: Effect::default(),
        path_settled: false,
        paths_before: Vec::new(),
    };
    for attribute in attributes {
        reader.meta(&attribute.meta, None);
    }
    if !reader.path_settled {
        let none = reader.paths_before.first().map(|(_, span)| *span);
        let none = none.map(|span| reader.among(None, span));
        reader.effect.paths.push((None, none));
    }
    reader.effect
}

struct Reader<'a> {
    file: &'a Path,
    cx: &'a Context<'a>,
    effect: Effect,
    /// Whether a `#[path]` was found that is certainly in force: the first
    /// one counts.
    path_settled: bool,
    /// The predicates of those that may be in force.
    paths_before: Vec<(Predicate, Span)>,
}

impl Reader<'_> {
    /// One attribute, under the predicate of the `cfg_attr`s around it.
    fn meta(&mut self, meta: &Meta, under: Option<&Predicate>) {
        let Some(name) = meta.path().get_ident() else {
            return;
        };
        match (name.to_string().as_str(), meta) {
            ("cfg", Meta::List(list)) => {
                if let Ok(predicate) = list.parse_args_with(only_predicate) {
                    let predicate = match under {
                        // Where the `cfg_attr` does not apply there is no `cfg`.
                        Some(under) => {
                            Predicate::Any(vec![Predicate::Not(Box::new(under.clone())), predicate])
                        }
                        None => predicate,
                    };
                    self.condition(&predicate, list.span());
                }
            }
            ("cfg_attr", Meta::List(list)) => {
                if let Ok(conditional) = CfgAttr::parse.parse2(list.tokens.clone()) {
                    let predicate = match under {
                        Some(under) => Predicate::All(vec![under.clone(), conditional.predicate]),
                        None => conditional.predicate,
                    };
                    if self.cx.truth(&predicate) != Truth::False {
                        for meta in &conditional.attributes {
                            self.meta(meta, Some(&predicate));
                        }
                    }
                }
            }
            ("path", Meta::NameValue(pair)) => {
                if let Expr::Lit(ExprLit {
                    lit: Lit::Str(path),
                    ..
                }) = &pair.value
                {
                    self.path(path.value(), under, pair.span());
                }
            }
            // The harness removes these functions where it is not built.
            ("test" | "bench", _) => self.condition(&Predicate::Name("test".into()), meta.span()),
            _ => {}
        }
    }

    fn condition(&mut self, predicate: &Predicate, span: Span) {
        let condition = self.evaluated(predicate, span);
        self.effect.conditions.push(condition);
    }

    fn path(&mut self, path: String, under: Option<&Predicate>, span: Span) {
        if self.path_settled {
            return;
        }
        let condition = match under {
            Some(own) => Some(self.among(Some(own), span)),
            None if self.paths_before.is_empty() => None,
            None => Some(self.among(None, span)),
        };
        match under {
            Some(under) if self.cx.truth(under) != Truth::True => {
                self.paths_before.push((under.clone(), span));
            }
            _ => self.path_settled = true,
        }
        self.effect.paths.push((Some(path), condition));
    }

    /// The condition of a path behind others that may be in force.
    fn among(&self, own: Option<&Predicate>, span: Span) -> Condition {
        let before: Vec<Predicate> = (self.paths_before.iter())
            .map(|(predicate, _)| predicate.clone())
            .collect();
        self.evaluated(&Predicate::among(&before, own), span)
    }

    fn evaluated(&self, predicate: &Predicate, span: Span) -> Condition {
        Condition {
            truth: self.cx.truth(predicate),
            what: What::Cfg(predicate.to_string()),
            place: Place::of(self.file, span),
        }
    }
}

/// `predicate` with an optional comma.
fn only_predicate(input: ParseStream<'_>) -> syn::Result<Predicate> {
    let predicate = input.parse()?;
    input.parse::<Option<Token![,]>>()?;
    Ok(predicate)
}

/// What stands between the parentheses of `cfg_attr(predicate, attribute, …)`.
struct CfgAttr {
    predicate: Predicate,
    attributes: Vec<Meta>,
}

impl Parse for CfgAttr {
    fn parse(input: ParseStream<'_>) -> syn::Result<CfgAttr> {
        let predicate = input.parse()?;
        let mut attributes = Vec::new();
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
            attributes.extend(Punctuated::<Meta, Token![,]>::parse_terminated(input)?);
        }
        Ok(CfgAttr {
            predicate,
            attributes,
        })
    }
}
