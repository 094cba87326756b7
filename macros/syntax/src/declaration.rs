//! A whole declaration.

use crate::{Cfgs, Entry, Fields, Name, check_module_name, overlaps};
use proc_macro2::{Ident, TokenStream};
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Error, Expr, ExprLit, Lit, Meta, Result, Token, Type, Visibility, braced};

/// Which of the two macros a declaration stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// `register_module!`.
    Module,
    /// `extend_module!`.
    Extension,
}

impl Form {
    /// The type written after the colon.
    pub fn class_name(self) -> &'static str {
        match self {
            Form::Module => "Module",
            Form::Extension => "Extension",
        }
    }

    /// The macro's name.
    pub fn macro_name(self) -> &'static str {
        match self {
            Form::Module => "register_module",
            Form::Extension => "extend_module",
        }
    }
}

/// What stands in `register_module! { … }` or `extend_module! { … }`.
#[derive(Clone, Debug)]
pub struct Declaration {
    /// Which macro.
    pub form: Form,
    /// The `#[cfg]` above the static.
    pub cfgs: Cfgs,
    /// The doc comment, without the space that follows `///`.
    pub doc: String,
    /// Every other attribute, for the static.
    pub attributes: Vec<Attribute>,
    /// The static's visibility.
    pub visibility: Visibility,
    /// The static's name.
    pub ident: Ident,
    /// `Module` or `Extension`, for its place.
    pub class: Ident,
    /// The host.
    pub host: Type,
    /// The registered name, or the name of the module that is extended.
    pub name: Name,
    /// The table, as it stands there.
    pub entries: Vec<Entry>,
    /// What follows the table.
    pub fields: Fields,
}

impl Declaration {
    /// Reads a declaration.
    ///
    /// # Errors
    ///
    /// Every mistake that can be told apart, combined in one [`syn::Error`],
    /// each at its token.
    pub fn parse(form: Form, tokens: TokenStream) -> Result<Declaration> {
        (|input: ParseStream<'_>| parse(form, input)).parse2(tokens)
    }

    /// Every name that belongs into the pool: the module's (whole, and each
    /// component), aliases and entries, whatever their cfg.
    pub fn names(&self) -> Vec<&Name> {
        let mut names = vec![&self.name];
        names.extend(&self.fields.aliases);
        names.extend(&self.fields.requires);
        names.extend(self.entries.iter().map(|entry| &entry.name));
        names
    }
}

fn parse(form: Form, input: ParseStream<'_>) -> Result<Declaration> {
    let mut errors = Errors(None);
    let (cfgs, mut attributes) = Cfgs::split(input.call(Attribute::parse_outer)?)?;
    let doc = take_doc(&mut attributes);
    let visibility: Visibility = input.parse()?;
    if !input.peek(Token![static]) {
        return Err(input.error(format!(
            "expected `static NAME: {}<Host> = \"module\" {{ … }}`",
            form.class_name()
        )));
    }
    input.parse::<Token![static]>()?;
    let ident: Ident = input.parse()?;
    input.parse::<Token![:]>()?;
    let class: Ident = input.parse()?;
    if class != form.class_name() {
        errors.push(Error::new(
            class.span(),
            format!(
                "{}! declares a `{}`, not a `{class}`",
                form.macro_name(),
                form.class_name()
            ),
        ));
    }
    if !input.peek(Token![<]) {
        return Err(Error::new(
            class.span(),
            format!("name the host: write `{}<Host>`", form.class_name()),
        ));
    }
    input.parse::<Token![<]>()?;
    let host: Type = input.parse()?;
    input.parse::<Token![>]>()?;
    input.parse::<Token![=]>()?;
    let name: Name = input.parse()?;
    if let Err(message) = check_module_name(&name.text) {
        errors.push(Error::new(name.span(), message));
    }
    if !input.peek(syn::token::Brace) {
        return Err(input.error("expected the table: `{ \"name\" => value, … }`"));
    }
    let table;
    braced!(table in input);
    let entries = parse_entries(&table, form, &mut errors);
    let mut fields = Fields::default();
    if input.peek(Token![,]) {
        input.parse::<Token![,]>()?;
    }
    while !input.is_empty() {
        if let Err(error) = fields.parse_one(input, form) {
            errors.push(error);
            skip_to_comma(input)?;
        }
        if input.is_empty() {
            break;
        }
        if let Err(error) = input.parse::<Token![,]>() {
            errors.push(Error::new(error.span(), "expected `,` between fields"));
            skip_to_comma(input)?;
            let _: Option<Token![,]> = input.parse()?;
        }
    }
    for overlap in overlaps(&entries) {
        if overlap.is_certain() {
            errors.push(Error::new(overlap.second.name.span(), overlap.message()));
        }
    }
    errors.into_result(Declaration {
        form,
        cfgs,
        doc,
        attributes,
        visibility,
        ident,
        class,
        host,
        name,
        entries,
        fields,
    })
}

fn parse_entries(table: ParseStream<'_>, form: Form, errors: &mut Errors) -> Vec<Entry> {
    let mut entries = Vec::new();
    while !table.is_empty() {
        match Entry::parse(table, form == Form::Extension) {
            Ok(entry) => entries.push(entry),
            Err(error) => {
                errors.push(error);
                if skip_to_comma(table).is_err() {
                    break;
                }
            }
        }
        if table.is_empty() {
            break;
        }
        if let Err(error) = table.parse::<Token![,]>() {
            errors.push(Error::new(error.span(), "expected `,` between entries"));
            if skip_to_comma(table).is_err() || table.parse::<Option<Token![,]>>().is_err() {
                break;
            }
        }
    }
    entries
}

/// Moves to the next comma, so that one mistake does not hide the next.
fn skip_to_comma(input: ParseStream<'_>) -> Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<proc_macro2::TokenTree>()?;
    }
    Ok(())
}

/// Takes the doc comments out of the attributes and joins their lines.
fn take_doc(attributes: &mut Vec<Attribute>) -> String {
    let mut lines = Vec::new();
    attributes.retain(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => {
            if let Expr::Lit(ExprLit {
                lit: Lit::Str(line),
                ..
            }) = &pair.value
            {
                let line = line.value();
                lines.push(line.strip_prefix(' ').unwrap_or(&line).to_owned());
            }
            // The static keeps it too, for rustdoc.
            true
        }
        _ => true,
    });
    lines.join("\n").trim_end().to_owned()
}

/// Errors so far.
struct Errors(Option<Error>);

impl Errors {
    fn push(&mut self, error: Error) {
        match &mut self.0 {
            Some(first) => first.combine(error),
            none => *none = Some(error),
        }
    }

    fn into_result(self, declaration: Declaration) -> Result<Declaration> {
        match self.0 {
            Some(error) => Err(error),
            None => Ok(declaration),
        }
    }
}
