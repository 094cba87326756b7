//! Names: string literals that become qstrs.

use enroll_abi::MAX_NAME;
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Error, Lit, LitStr, Result, Token};

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
        if input.peek(syn::Ident::peek_any) && !input.peek(Token![static]) {
            let ident: proc_macro2::Ident = input.call(IdentExt::parse_any)?;
            return Err(Error::new(
                ident.span(),
                format!("a name is a string literal: write \"{ident}\""),
            ));
        }
        let literal = match input.parse::<Lit>() {
            Ok(Lit::Str(literal)) => literal,
            Ok(Lit::ByteStr(other)) => {
                return Err(Error::new(
                    other.span(),
                    "a name is text: write a string literal without the `b`",
                ));
            }
            Ok(other) => {
                return Err(Error::new(
                    other.span(),
                    "a name is a string literal, as in \"errno\"",
                ));
            }
            Err(error) => {
                return Err(Error::new(
                    error.span(),
                    "expected a name: a string literal, as in \"errno\"",
                ));
            }
        };
        let name = Name {
            text: literal.value(),
            literal,
        };
        match check_name(&name.text) {
            Ok(()) => Ok(name),
            Err(message) => Err(Error::new(name.span(), message)),
        }
    }
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
