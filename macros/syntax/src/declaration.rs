//! A whole declaration.

use crate::errors::Errors;
use crate::field::skip_to_comma;
use crate::{Cfgs, Entry, Fields, Name, Overlap, check_module_name, overlaps};
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

    /// Every name that belongs into the pool: the module's, aliases,
    /// requirements and entries, whatever their cfg. A dotted name stands there
    /// whole; its components belong into the pool as well.
    pub fn names(&self) -> Vec<&Name> {
        let mut names = vec![&self.name];
        names.extend(&self.fields.aliases);
        names.extend(&self.fields.requires);
        names.extend(self.entries.iter().map(|entry| &entry.name));
        names
    }
}

fn parse(form: Form, input: ParseStream<'_>) -> Result<Declaration> {
    let mut errors = Errors::default();
    match parse_into(form, input, &mut errors) {
        Ok(declaration) => errors.into_result(declaration),
        Err(error) => Err(errors.and(error)),
    }
}

fn parse_into(form: Form, input: ParseStream<'_>, errors: &mut Errors) -> Result<Declaration> {
    let class_name = form.class_name();
    let attributes = input.call(Attribute::parse_outer)?;
    let (cfgs, attributes) = errors.take(Cfgs::split(attributes)).unwrap_or_default();
    let doc = doc(&attributes);
    let visibility: Visibility = input.parse()?;
    if !input.peek(Token![static]) {
        return Err(input.error(format!(
            "expected `static NAME: {class_name}<Host> = \"module\" {{ … }}`"
        )));
    }
    input.parse::<Token![static]>()?;
    if input.peek(Token![mut]) {
        return Err(input.error("a declaration is constant: remove `mut`"));
    }
    let ident: Ident = input.parse()?;
    input.parse::<Token![:]>()?;
    let class: Ident = input.parse()?;
    if input.peek(Token![::]) {
        return Err(Error::new(
            class.span(),
            format!("write `{class_name}<Host>`, without a path"),
        ));
    }
    if class != class_name {
        errors.push(Error::new(class.span(), wrong_class(form, &class)));
    }
    let host = parse_host(form, input, &class)?;
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
    let entries = parse_entries(&table, form, errors);
    let mut twice = overlaps(&entries);
    twice.retain(Overlap::is_certain);
    // A third entry of the name makes two pairs, and one mistake more.
    twice.dedup_by_key(|overlap| std::ptr::from_ref(overlap.second));
    for overlap in twice {
        errors.push(Error::new(overlap.second.name.span(), overlap.message()));
    }
    let fields = Fields::parse(input, form, errors)?;
    if let Some(alias) = fields.aliases.iter().find(|alias| alias.text == name.text) {
        let message = format!(
            "`{}` is the module's own name: remove the alias",
            alias.text
        );
        errors.push(Error::new(alias.span(), message));
    }
    Ok(Declaration {
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

/// The host between the angle brackets.
fn parse_host(form: Form, input: ParseStream<'_>, class: &Ident) -> Result<Type> {
    let message = format!("name the host: write `{}<Host>`", form.class_name());
    if !input.peek(Token![<]) {
        return Err(Error::new(class.span(), message));
    }
    input.parse::<Token![<]>()?;
    if input.peek(Token![>]) {
        return Err(Error::new(class.span(), message));
    }
    let host = input.parse()?;
    if input.peek(Token![,]) {
        return Err(input.error("a declaration has one host: write another one for another host"));
    }
    input.parse::<Token![>]>()?;
    Ok(host)
}

fn wrong_class(form: Form, found: &Ident) -> String {
    match (form, found.to_string().as_str()) {
        (Form::Module, "Extension") => {
            "register_module! declares a module of its own: write `Module<Host>`, \
             or extend_module! to add to a module of another crate"
                .to_owned()
        }
        (Form::Extension, "Module") => {
            "extend_module! adds to a module of another crate: write `Extension<Host>`, \
             or register_module! to declare a module of its own"
                .to_owned()
        }
        _ => format!("write `{}<Host>`, not `{found}`", form.class_name()),
    }
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
        if !table.peek(Token![,]) {
            errors.push(table.error("expected `,` between entries"));
            if skip_to_comma(table).is_err() {
                break;
            }
        }
        if table.parse::<Option<Token![,]>>().is_err() {
            break;
        }
    }
    entries
}

/// The doc comment, its lines joined; the static keeps it too, for rustdoc.
fn doc(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| {
        let Meta::NameValue(pair) = &attribute.meta else {
            return None;
        };
        match &pair.value {
            Expr::Lit(ExprLit {
                lit: Lit::Str(line),
                ..
            }) if pair.path.is_ident("doc") => {
                let line = line.value();
                Some(line.strip_prefix(' ').unwrap_or(&line).to_owned())
            }
            _ => None,
        }
    });
    let lines: Vec<_> = lines.collect();
    lines.join("\n").trim_end().to_owned()
}
