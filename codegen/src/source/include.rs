//! What file an `include!` takes in.

use proc_macro2::TokenStream;
use std::path::Path;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{LitStr, Macro, Token};

/// The argument of `include!`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Argument {
    /// A path, relative to the file with the `include!`.
    Path(String),
    /// One that only the compiler knows, as written.
    Hidden(String),
}

impl Argument {
    /// A parser for the argument: a string literal, `concat!` of such, and
    /// `env!("CARGO_MANIFEST_DIR")`, which is the package's folder.
    pub(super) fn parse(package: &Path) -> impl FnOnce(ParseStream<'_>) -> syn::Result<Argument> {
        move |input| {
            let tokens: TokenStream = input.fork().parse()?;
            let Piece(text) = input.parse()?;
            input.parse::<Option<Token![,]>>()?;
            if !input.is_empty() {
                return Err(input.error("expected one path"));
            }
            Ok(match text.map(|pieces| resolve(&pieces, package)) {
                Some(Some(path)) => Argument::Path(path),
                _ => Argument::Hidden(tokens.to_string()),
            })
        }
    }
}

/// Text, or the name of a variable of the compiler's environment.
enum Part {
    Text(String),
    Variable(String),
}

fn resolve(parts: &[Part], package: &Path) -> Option<String> {
    let mut path = String::new();
    for part in parts {
        match part {
            Part::Text(text) => path.push_str(text),
            Part::Variable(name) if name == "CARGO_MANIFEST_DIR" => {
                path.push_str(package.to_str()?)
            }
            Part::Variable(_) => return None,
        }
    }
    Some(path)
}

/// An expression that is text at compile time; `None` if it is another.
struct Piece(Option<Vec<Part>>);

impl Parse for Piece {
    fn parse(input: ParseStream<'_>) -> syn::Result<Piece> {
        if input.peek(LitStr) {
            let text = input.parse::<LitStr>()?.value();
            return Ok(Piece(Some(vec![Part::Text(text)])));
        }
        let fork = input.fork();
        if let Ok(call) = fork.parse::<Macro>() {
            let name = call.path.segments.last().map(|last| last.ident.to_string());
            let parts = match name.as_deref() {
                Some("concat") => call
                    .parse_body_with(Punctuated::<Piece, Token![,]>::parse_terminated)
                    .ok()
                    .and_then(|pieces| pieces.into_iter().map(|Piece(parts)| parts).collect())
                    .map(|parts: Vec<Vec<Part>>| parts.into_iter().flatten().collect()),
                Some("env") => (call
                    .parse_body_with(Punctuated::<LitStr, Token![,]>::parse_terminated))
                .ok()
                .and_then(|names| Some(vec![Part::Variable(names.first()?.value())])),
                _ => None,
            };
            syn::parse::discouraged::Speculative::advance_to(input, &fork);
            return Ok(Piece(parts));
        }
        input.parse::<syn::Expr>()?;
        Ok(Piece(None))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse::Parser;

    #[test]
    fn paths_that_are_known_before_the_compiler_runs() {
        let path = |text: &str| Argument::Path(text.to_string());
        let hidden = |text: &str| Argument::Hidden(text.to_string());
        let cases = [
            (r#""a.rs""#, path("a.rs")),
            (r##"r#"a.rs"#,"##, path("a.rs")),
            (r#"concat!("a", "/", "b.rs",)"#, path("a/b.rs")),
            (
                r#"concat!(env!("CARGO_MANIFEST_DIR"), "/x.rs")"#,
                path("/pkg/x.rs"),
            ),
            (r#"core::concat!("a", concat!("b", "c"))"#, path("abc")),
            (r#"env!("FILE")"#, hidden(r#"env ! ("FILE")"#)),
            (
                r#"concat!("a", stringify!(b))"#,
                hidden(r#"concat ! ("a" , stringify ! (b))"#),
            ),
            ("PATH", hidden("PATH")),
        ];
        for (text, expected) in cases {
            let argument = Argument::parse(Path::new("/pkg")).parse_str(text).unwrap();
            assert_eq!(argument, expected, "{text}");
        }
        for text in ["", "\"a\" \"b\"", "\"a\", \"b\""] {
            assert!(
                Argument::parse(Path::new("")).parse_str(text).is_err(),
                "{text}"
            );
        }
    }
}
