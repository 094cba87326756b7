//! The arms of `cfg_if!` and `cfg_select!`, and when each is compiled.

use super::predicate::Predicate;
use proc_macro2::{Span, TokenStream, TokenTree};
use syn::parse::ParseStream;
use syn::{Token, braced, bracketed, parenthesized, token};

/// One arm.
pub(super) struct Arm {
    /// When it is compiled: its own predicate and none of those before it.
    pub(super) predicate: Predicate,
    /// Where the predicate stands.
    pub(super) span: Span,
    /// What is compiled then.
    pub(super) tokens: TokenStream,
}

/// `if #[cfg(a)] { … } else if #[cfg(b)] { … } else { … }`
pub(super) fn cfg_if(input: ParseStream<'_>) -> syn::Result<Vec<Arm>> {
    let mut arms = Vec::new();
    let mut before = Vec::new();
    while !input.is_empty() {
        if !arms.is_empty() {
            input.parse::<Token![else]>()?;
        }
        let mut own = None;
        let mut span = input.span();
        if arms.is_empty() || input.peek(Token![if]) {
            input.parse::<Token![if]>()?;
            input.parse::<Token![#]>()?;
            let attribute;
            bracketed!(attribute in input);
            let name: syn::Ident = attribute.parse()?;
            if name != "cfg" {
                return Err(syn::Error::new(name.span(), "expected `cfg`"));
            }
            let content;
            span = parenthesized!(content in attribute).span.join();
            own = Some(content.parse::<Predicate>()?);
            content.parse::<Option<Token![,]>>()?;
        }
        let content;
        braced!(content in input);
        arms.push(Arm {
            predicate: Predicate::among(&before, own.as_ref()),
            span,
            tokens: content.parse()?,
        });
        match own {
            Some(own) => before.push(own),
            None => break,
        }
    }
    match input.is_empty() {
        true => Ok(arms),
        false => Err(input.error("nothing follows the last `else`")),
    }
}

/// `a => { … } b => expression, _ => { … }`
pub(super) fn cfg_select(input: ParseStream<'_>) -> syn::Result<Vec<Arm>> {
    let mut arms = Vec::new();
    let mut before = Vec::new();
    while !input.is_empty() {
        let span = input.span();
        let own = match input.parse::<Option<Token![_]>>()? {
            Some(_) => Predicate::Constant(true),
            None => input.parse()?,
        };
        input.parse::<Token![=>]>()?;
        let tokens = if input.peek(token::Brace) {
            let content;
            braced!(content in input);
            content.parse()?
        } else {
            let mut tokens = TokenStream::new();
            while !input.is_empty() && !input.peek(Token![,]) {
                tokens.extend([input.parse::<TokenTree>()?]);
            }
            tokens
        };
        input.parse::<Option<Token![,]>>()?;
        arms.push(Arm {
            predicate: Predicate::among(&before, Some(&own)),
            span,
            tokens,
        });
        before.push(own);
    }
    Ok(arms)
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse::Parser;

    fn arms(parser: fn(ParseStream<'_>) -> syn::Result<Vec<Arm>>, text: &str) -> Vec<String> {
        let show = |arm: &Arm| format!("{}: {}", arm.predicate, arm.tokens);
        let arms = parser.parse_str(text);
        arms.map_or_else(
            |error| vec![error.to_string()],
            |arms| arms.iter().map(show).collect(),
        )
    }

    #[test]
    fn an_arm_excludes_those_before_it() {
        assert_eq!(
            arms(
                cfg_if,
                "if #[cfg(a)] { A } else if #[cfg(b,)] { B } else if #[cfg(c)] { C } else { D }"
            ),
            [
                "a: A",
                "all(not(a), b): B",
                "all(not(any(a, b)), c): C",
                "not(any(a, b, c)): D"
            ]
        );
        assert_eq!(arms(cfg_if, "if #[cfg(a)] {}"), ["a: "]);
        assert_eq!(
            arms(
                cfg_select,
                "unix => { A } any(b, c) => x + (1, 2), _ => { D }"
            ),
            [
                "unix: A",
                "all(not(unix), any(b, c)): x + (1 , 2)",
                "all(not(any(unix, any(b, c))), true): D"
            ]
        );
    }

    #[test]
    fn what_is_no_cfg_if_is_refused() {
        for text in [
            "if x { }",
            "if #[cfg(a)] { } else { } else { }",
            "if #[cfg(a)] { } x",
            "else { }",
            "if #[inline] { }",
        ] {
            assert!(cfg_if.parse_str(text).is_err(), "{text}");
        }
    }
}
