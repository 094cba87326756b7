//! The fields after a table: hooks, class, aliases, requirements.

use crate::errors::Errors;
use crate::key::{Key, expected};
use crate::name::check_module_name;
use crate::{Cfgs, Form, Name};
use proc_macro2::{Ident, TokenTree};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Attribute, Error, Expr, LitStr, Result, Token, Visibility, bracketed, token};

/// Where import finds a module (the search order of MicroPython's
/// `py/builtinimport.c`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Before the finders: no file can take its place.
    #[default]
    Builtin,
    /// After the finders: a file of its name overrides it.
    Extensible,
}

/// A function named by a field.
#[derive(Clone, Debug)]
pub struct Hook {
    /// The `#[cfg]` before the field.
    pub cfgs: Cfgs,
    /// The field's name, for its place.
    pub key: Ident,
    /// The function: a path, or any constant expression.
    pub function: Expr,
}

/// All fields of a declaration.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    /// `class: extensible`.
    pub class: Class,
    /// `aliases: ["usys"]`.
    pub aliases: Vec<Name>,
    /// `requires: ["float"]`: what the host must have.
    pub requires: Vec<Name>,
    /// `base: optional`: an extension may stay without its base.
    pub optional: bool,
    /// `init: function`.
    pub init: Option<Hook>,
    /// `deinit: function`.
    pub deinit: Option<Hook>,
    /// `attr: function`: the delegation hook.
    pub attr: Option<Hook>,
    /// `getattr: function` (PEP 562).
    pub getattr: Option<Hook>,
    /// `dir: function`: the names the delegation hook answers.
    pub dir: Option<Hook>,
}

impl Fields {
    /// Reads what follows the table, to the end of the declaration.
    ///
    /// # Errors
    ///
    /// Only where reading cannot go on; other mistakes are put into `errors`.
    pub(crate) fn parse(input: ParseStream<'_>, form: Form, errors: &mut Errors) -> Result<Fields> {
        let mut fields = Fields::default();
        let mut seen = Vec::new();
        let _: Option<Token![,]> = input.parse()?;
        while !input.is_empty() {
            if let Some(error) = no_field(input, form) {
                return Err(error);
            }
            if let Err(error) = fields.parse_one(input, form, &mut seen, errors) {
                errors.push(error);
                skip_to_comma(input)?;
            }
            if input.is_empty() {
                break;
            }
            if !input.peek(Token![,]) {
                errors.push(input.error("expected `,` between fields"));
                skip_to_comma(input)?;
            }
            let _: Option<Token![,]> = input.parse()?;
        }
        Ok(fields)
    }

    /// Reads one `name: value` into its place.
    fn parse_one(
        &mut self,
        input: ParseStream<'_>,
        form: Form,
        seen: &mut Vec<Key>,
        errors: &mut Errors,
    ) -> Result<()> {
        let (cfgs, others) = Cfgs::split(input.call(Attribute::parse_outer)?)?;
        if let Some(other) = others.first() {
            return Err(Error::new_spanned(other, "a field takes #[cfg(…)] only"));
        }
        if !input.peek(Ident::peek_any) {
            return Err(input.error(expected(form)));
        }
        let ident = input.call(Ident::parse_any)?;
        let key = Key::named(&ident, form)?;
        let error = |message: String| Error::new(ident.span(), message);
        let missing = || error(format!("`{ident}` has no value: write `{ident}: value`"));
        if input.is_empty() || input.peek(Token![,]) {
            return Err(missing());
        }
        if !input.peek(Token![:]) {
            return Err(input.error(format!("a value follows `:`: write `{ident}: value`")));
        }
        input.parse::<Token![:]>()?;
        if input.is_empty() || input.peek(Token![,]) {
            return Err(missing());
        }
        if seen.contains(&key) {
            return Err(error(format!(
                "`{ident}` stands here twice: {}",
                match key {
                    Key::Aliases | Key::Requires => "write one list",
                    Key::Class | Key::Base => "keep one",
                    _ => "a module has one; call both from one function",
                }
            )));
        }
        seen.push(key);
        let hook = match key {
            Key::Class | Key::Aliases | Key::Requires | Key::Base if !cfgs.is_empty() => {
                return Err(error(format!(
                    "`{ident}` decides what the build finds, so no #[cfg] can stand before it"
                )));
            }
            Key::Class => {
                self.class = word(
                    input,
                    &[
                        ("builtin", Class::Builtin),
                        ("extensible", Class::Extensible),
                    ],
                    |other| format!("unknown class {other}: write `builtin` or `extensible`"),
                )?;
                return Ok(());
            }
            Key::Base => {
                self.optional = word(input, &[("optional", true)], |other| {
                    format!("unknown base {other}: write `base: optional`, or leave it out")
                })?;
                return Ok(());
            }
            Key::Aliases => {
                self.aliases = names(input, &ident, errors, check_module_name)?;
                return Ok(());
            }
            Key::Requires => {
                self.requires = names(input, &ident, errors, |_| Ok(()))?;
                return Ok(());
            }
            Key::Init => &mut self.init,
            Key::Deinit => &mut self.deinit,
            Key::Attr => &mut self.attr,
            Key::Getattr => &mut self.getattr,
            Key::Dir => &mut self.dir,
        };
        *hook = Some(Hook {
            cfgs,
            key: ident,
            function: input.parse()?,
        });
        Ok(())
    }

    /// All hooks that are set.
    pub fn hooks(&self) -> impl Iterator<Item = &Hook> {
        [
            &self.init,
            &self.deinit,
            &self.attr,
            &self.getattr,
            &self.dir,
        ]
        .into_iter()
        .flatten()
    }
}

/// Something that is no field at all, after which nothing can be read.
fn no_field(input: ParseStream<'_>, form: Form) -> Option<Error> {
    let ahead = input.fork();
    let is_item = ahead.call(Attribute::parse_outer).is_ok()
        && ahead.parse::<Visibility>().is_ok()
        && (ahead.peek(Token![static]) || ahead.peek(Token![const]));
    let message = if is_item {
        let name = form.macro_name();
        format!("one declaration stands in each {name}!: write another {name}! for this one")
    } else if input.peek(Token![;]) {
        "no `;` follows the table: fields come next, or nothing".to_owned()
    } else if input.peek(LitStr) || input.peek(token::Brace) {
        "entries stand in the braces after the module's name, fields follow them".to_owned()
    } else {
        return None;
    };
    Some(input.error(message))
}

/// Moves to the next comma, so that one mistake does not hide the next.
pub(crate) fn skip_to_comma(input: ParseStream<'_>) -> Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}

/// One of a few words.
fn word<T: Copy>(
    input: ParseStream<'_>,
    known: &[(&str, T)],
    unknown: impl Fn(String) -> String,
) -> Result<T> {
    let tree: TokenTree = input.parse()?;
    let text = tree.to_string();
    match known.iter().find(|(word, _)| *word == text) {
        Some(&(_, value)) => Ok(value),
        None => Err(Error::new(tree.span(), unknown(format!("`{text}`")))),
    }
}

/// A list of names in brackets.
fn names(
    input: ParseStream<'_>,
    key: &Ident,
    errors: &mut Errors,
    check: impl Fn(&str) -> std::result::Result<(), String>,
) -> Result<Vec<Name>> {
    if !input.peek(token::Bracket) {
        return Err(input.error(format!(
            "names stand in brackets: write `{key}: [\"name\"]`"
        )));
    }
    let list;
    bracketed!(list in input);
    let mut names: Vec<Name> = Vec::new();
    while !list.is_empty() {
        match list.parse::<Name>() {
            Err(error) => {
                errors.push(error);
                skip_to_comma(&list)?;
            }
            Ok(name) => {
                let twice = names.iter().any(|other| other.text == name.text);
                if let Err(message) = check(&name.text) {
                    errors.push(Error::new(name.span(), message));
                } else if twice {
                    let message = format!("`{}` stands in this list twice", name.text);
                    errors.push(Error::new(name.span(), message));
                } else {
                    names.push(name);
                }
            }
        }
        if !list.is_empty() && !list.peek(Token![,]) {
            errors.push(list.error("expected `,` between names"));
            skip_to_comma(&list)?;
        }
        let _: Option<Token![,]> = list.parse()?;
    }
    Ok(names)
}
