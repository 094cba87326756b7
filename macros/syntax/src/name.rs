//! Names: string literals that become qstrs.

use enroll_abi::MAX_NAME;
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Error, Lit, LitStr, Path, Result, Token};

/// A name as it stands in a declaration.
#[derive(Clone, Debug)]
pub struct Name {
    /// The text, unescaped.
    pub text: String,
    /// The literal it was read from.
    pub literal: LitStr,
}

impl Name {
    /// Where it stands.
    pub fn span(&self) -> Span {
        self.literal.span()
    }
}

impl Parse for Name {
    fn parse(input: ParseStream<'_>) -> Result<Name> {
        let literal = match input.parse::<Lit>() {
            Ok(Lit::Str(literal)) => literal,
            Ok(other) => return Err(Error::new(other.span(), no_string(&other))),
            Err(_) => return Err(no_literal(input)),
        };
        let name = Name {
            text: literal.value(),
            literal,
        };
        let checked = match name.literal.suffix() {
            "" => check_name(&name.text),
            suffix => Err(format!("a name has no suffix: remove `{suffix}`")),
        };
        match checked {
            Ok(()) => Ok(name),
            Err(message) => Err(Error::new(name.span(), message)),
        }
    }
}

/// What to write instead of a literal that is no string.
fn no_string(literal: &Lit) -> String {
    let kind = match literal {
        Lit::ByteStr(_) => "a byte string: remove the `b`",
        Lit::CStr(_) => "a C string: remove the `c`",
        Lit::Char(_) => "a character: write double quotes",
        Lit::Bool(_) | Lit::Int(_) | Lit::Float(_) => {
            return format!(
                "a name is a string literal: write \"{}\"",
                literal.to_token_stream()
            );
        }
        _ => return EXPECTED.to_owned(),
    };
    format!("a name is a string literal, not {kind}")
}

const EXPECTED: &str = "expected a name: a string literal, as in \"errno\"";

/// What to write instead of something that is no literal at all.
fn no_literal(input: ParseStream<'_>) -> Error {
    let ahead = input.fork();
    let Ok(path) = ahead.call(Path::parse_mod_style) else {
        return match input.call(IdentExt::parse_any) {
            Ok(keyword) => literal(&keyword),
            Err(_) => input.error(EXPECTED),
        };
    };
    match path.get_ident() {
        _ if ahead.peek(Token![!]) => Error::new_spanned(
            &path,
            "a name is one string literal: the build reads it without running macros",
        ),
        Some(ident) => literal(ident),
        None => Error::new_spanned(
            &path,
            "a name is a string literal, not a path: the build reads it without resolving paths",
        ),
    }
}

fn literal(ident: &Ident) -> Error {
    Error::new(
        ident.span(),
        format!("a name is a string literal: write \"{ident}\""),
    )
}

/// What every name must satisfy: not empty, at most [`MAX_NAME`] bytes, no
/// control characters.
///
/// # Errors
///
/// The message to show at the name.
pub fn check_name(text: &str) -> std::result::Result<(), String> {
    if text.is_empty() {
        return Err("a name cannot be empty".to_owned());
    }
    if text.len() > MAX_NAME {
        return Err(format!(
            "this name has {} bytes; a name has at most {MAX_NAME}",
            text.len()
        ));
    }
    if let Some(c) = text.chars().find(|c| c.is_control()) {
        return Err(format!(
            "a name cannot hold the control character {c:?}: no script could write it"
        ));
    }
    Ok(())
}

/// What a module's name must satisfy beyond [`check_name`]: no empty component
/// between its dots.
///
/// # Errors
///
/// The message to show at the name.
pub fn check_module_name(text: &str) -> std::result::Result<(), String> {
    check_name(text)?;
    if text.split('.').any(str::is_empty) {
        return Err(format!(
            "`{text}` has an empty component: write `package.module`, without a dot at either end"
        ));
    }
    Ok(())
}
