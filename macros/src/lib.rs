//! The procedural macros of enroll.
//!
//! Use them through the `enroll` crate, whose `macro_rules!` of the same names
//! hand the path of that crate on: so they work under any name, and through a
//! crate that re-exports them.

mod collision;
mod environment;
mod expand;

use enroll_syntax::{Declaration, Form};
use environment::Environment;
use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Path, Result, parenthesized};

/// See `enroll::register_module!`.
#[proc_macro]
pub fn register_module(tokens: proc_macro::TokenStream) -> proc_macro::TokenStream {
    run(Form::Module, tokens.into()).into()
}

/// See `enroll::extend_module!`.
#[proc_macro]
pub fn extend_module(tokens: proc_macro::TokenStream) -> proc_macro::TokenStream {
    run(Form::Extension, tokens.into()).into()
}

fn run(form: Form, tokens: TokenStream) -> TokenStream {
    let expand = || -> Result<TokenStream> {
        let (krate, tokens) = (|input: ParseStream<'_>| split(input)).parse2(tokens)?;
        let declaration = Declaration::parse(form, tokens)?;
        let environment = Environment::of_rustc()?;
        if let Some(error) = collision::collisions(&declaration, environment.salt) {
            return Err(error);
        }
        Ok(expand::expand(&krate, &declaration, &environment))
    };
    expand().unwrap_or_else(|error| error.into_compile_error())
}

/// Splits `($crate) declaration`.
fn split(input: ParseStream<'_>) -> Result<(Path, TokenStream)> {
    let krate;
    parenthesized!(krate in input);
    let krate = Path::parse(&krate)?;
    Ok((krate, input.parse()?))
}
