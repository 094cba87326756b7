//! What stands between the parentheses of `cfg(…)`.

use std::fmt;
use std::str::FromStr;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Ident, LitBool, LitStr, Token, parenthesized, token};

/// A configuration predicate ([Rust reference, conditional
/// compilation](https://doc.rust-lang.org/reference/conditional-compilation.html)).
///
/// It is parsed from the text between the parentheses and displayed in one
/// spelling, so that two predicates that differ in white space only are equal
/// as text:
///
/// ```
/// use enroll_codegen::source::predicate::Predicate;
///
/// let predicate: Predicate = "all ( unix,not(feature=\"std\"), )".parse().unwrap();
/// assert_eq!(predicate.to_string(), r#"all(unix, not(feature = "std"))"#);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Predicate {
    /// `true` or `false`.
    Constant(bool),
    /// `unix`.
    Name(String),
    /// `target_os = "linux"`.
    Pair(String, String),
    /// `not(…)`.
    Not(Box<Predicate>),
    /// `all(…)`; true when empty.
    All(Vec<Predicate>),
    /// `any(…)`; false when empty.
    Any(Vec<Predicate>),
    /// Another predicate function, such as the unstable `version(…)`, by its
    /// name: nothing is known about it.
    Other(String),
}

impl Predicate {
    /// What holds for one of several choices of which the first true one
    /// counts: its own predicate, if it has one, and none of those before it.
    pub(super) fn among(before: &[Predicate], own: Option<&Predicate>) -> Predicate {
        let none = match before {
            [] => None,
            [one] => Some(one.clone()),
            many => Some(Predicate::Any(many.to_vec())),
        };
        let none = none.map(|before| Predicate::Not(Box::new(before)));
        match (none, own.cloned()) {
            (Some(none), Some(own)) => Predicate::All(vec![none, own]),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => Predicate::Constant(true),
        }
    }
}

impl Parse for Predicate {
    fn parse(input: ParseStream<'_>) -> syn::Result<Predicate> {
        if input.peek(LitBool) {
            return Ok(Predicate::Constant(input.parse::<LitBool>()?.value));
        }
        let ident = Ident::parse_any(input)?;
        let name = ident.unraw().to_string();
        if input.peek(Token![=]) && !input.peek(Token![=>]) {
            input.parse::<Token![=]>()?;
            return Ok(Predicate::Pair(name, input.parse::<LitStr>()?.value()));
        }
        if !input.peek(token::Paren) {
            return Ok(Predicate::Name(name));
        }
        let content;
        parenthesized!(content in input);
        if !matches!(name.as_str(), "not" | "all" | "any") {
            content.parse::<proc_macro2::TokenStream>()?;
            return Ok(Predicate::Other(name));
        }
        let of: Vec<Predicate> = Punctuated::<Predicate, Token![,]>::parse_terminated(&content)?
            .into_iter()
            .collect();
        match name.as_str() {
            "all" => Ok(Predicate::All(of)),
            "any" => Ok(Predicate::Any(of)),
            _ => match <[Predicate; 1]>::try_from(of) {
                Ok([one]) => Ok(Predicate::Not(Box::new(one))),
                Err(_) => Err(syn::Error::new(
                    ident.span(),
                    "`not` takes exactly one predicate",
                )),
            },
        }
    }
}

impl FromStr for Predicate {
    type Err = syn::Error;

    fn from_str(text: &str) -> syn::Result<Predicate> {
        syn::parse_str(text)
    }
}

impl fmt::Display for Predicate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fn list(f: &mut fmt::Formatter<'_>, name: &str, of: &[Predicate]) -> fmt::Result {
            write!(f, "{name}(")?;
            for (index, predicate) in of.iter().enumerate() {
                if index > 0 {
                    f.write_str(", ")?;
                }
                predicate.fmt(f)?;
            }
            f.write_str(")")
        }
        match self {
            Predicate::Constant(value) => value.fmt(f),
            Predicate::Name(name) => f.write_str(name),
            Predicate::Pair(name, value) => write!(f, "{name} = {value:?}"),
            Predicate::Not(of) => write!(f, "not({of})"),
            Predicate::All(of) => list(f, "all", of),
            Predicate::Any(of) => list(f, "any", of),
            Predicate::Other(name) => write!(f, "{name}(…)"),
        }
    }
}
