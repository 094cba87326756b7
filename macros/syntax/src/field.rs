//! The fields after a table: hooks, class, aliases, requirements.

use crate::name::check_module_name;
use crate::{Cfgs, Form, Name};
use proc_macro2::{Ident, Span};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Error, Expr, Result, Token, bracketed};

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

/// The fields there are: their name, what they take, where they may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// See [`Fields::class`].
    Class,
    /// See [`Fields::aliases`].
    Aliases,
    /// See [`Fields::requires`].
    Requires,
    /// See [`Fields::optional`].
    Base,
    /// See [`Fields::init`].
    Init,
    /// See [`Fields::deinit`].
    Deinit,
    /// See [`Fields::attr`].
    Attr,
    /// See [`Fields::getattr`].
    Getattr,
    /// See [`Fields::dir`].
    Dir,
}

const MODULE: &[(&str, Field)] = &[
    ("class", Field::Class),
    ("aliases", Field::Aliases),
    ("requires", Field::Requires),
    ("init", Field::Init),
    ("deinit", Field::Deinit),
    ("attr", Field::Attr),
    ("getattr", Field::Getattr),
    ("dir", Field::Dir),
];

const EXTENSION: &[(&str, Field)] = &[
    ("base", Field::Base),
    ("requires", Field::Requires),
    ("init", Field::Init),
    ("deinit", Field::Deinit),
    ("attr", Field::Attr),
    ("dir", Field::Dir),
];

impl Fields {
    /// Reads one `name: value` into its place.
    pub(crate) fn parse_one(&mut self, input: ParseStream<'_>, form: Form) -> Result<()> {
        let (cfgs, others) = Cfgs::split(input.call(Attribute::parse_outer)?)?;
        if let Some(other) = others.first() {
            return Err(Error::new_spanned(other, "a field takes #[cfg(…)] only"));
        }
        let known = match form {
            Form::Module => MODULE,
            Form::Extension => EXTENSION,
        };
        let expected = || {
            let names: Vec<_> = known.iter().map(|(name, _)| format!("`{name}`")).collect();
            format!("expected one of {}", names.join(", "))
        };
        let key: Ident = input
            .parse()
            .map_err(|error| Error::new(error.span(), expected()))?;
        let Some((_, field)) = known.iter().find(|(name, _)| key == name) else {
            let message = if form == Form::Extension && key == "getattr" {
                "an extension cannot set `getattr`, which belongs to the module's owner: \
                 write `attr: function`, which is asked before it"
                    .to_owned()
            } else {
                format!("unknown field `{key}`: {}", expected())
            };
            return Err(Error::new(key.span(), message));
        };
        if !input.peek(Token![:]) {
            return Err(Error::new(
                key.span(),
                format!("`{key}` has no value: write `{key}: value`"),
            ));
        }
        input.parse::<Token![:]>()?;
        if input.is_empty() || input.peek(Token![,]) {
            return Err(Error::new(
                key.span(),
                format!("`{key}` has no value: write `{key}: value`"),
            ));
        }
        if !cfgs.is_empty()
            && matches!(
                field,
                Field::Class | Field::Aliases | Field::Requires | Field::Base
            )
        {
            return Err(Error::new(
                key.span(),
                format!("`{key}` decides what the build finds, so no #[cfg] can stand before it"),
            ));
        }
        let hook = match field {
            Field::Class => {
                let word: Ident = input.parse()?;
                self.class = match word.to_string().as_str() {
                    "builtin" => Class::Builtin,
                    "extensible" => Class::Extensible,
                    other => {
                        return Err(Error::new(
                            word.span(),
                            format!("unknown class `{other}`: write `builtin` or `extensible`"),
                        ));
                    }
                };
                return Ok(());
            }
            Field::Base => {
                let word: Ident = input.parse()?;
                if word != "optional" {
                    return Err(Error::new(word.span(), "write `base: optional`"));
                }
                self.optional = true;
                return Ok(());
            }
            Field::Aliases => return names(input, &mut self.aliases, key.span(), true),
            Field::Requires => return names(input, &mut self.requires, key.span(), false),
            Field::Init => &mut self.init,
            Field::Deinit => &mut self.deinit,
            Field::Attr => &mut self.attr,
            Field::Getattr => &mut self.getattr,
            Field::Dir => &mut self.dir,
        };
        let function: Expr = input.parse()?;
        if hook.is_some() {
            return Err(Error::new(
                key.span(),
                format!("`{key}` stands here twice: a module has one; call both from one function"),
            ));
        }
        *hook = Some(Hook {
            cfgs,
            key,
            function,
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

fn names(input: ParseStream<'_>, out: &mut Vec<Name>, key: Span, modules: bool) -> Result<()> {
    if !input.peek(syn::token::Bracket) {
        return Err(Error::new(
            key,
            "a list of names in brackets follows, as in [\"one\", \"two\"]",
        ));
    }
    let list;
    bracketed!(list in input);
    for name in Punctuated::<Name, Token![,]>::parse_terminated_with(&list, Name::parse)? {
        if modules {
            check_module_name(&name.text).map_err(|message| Error::new(name.span(), message))?;
        }
        if out.iter().any(|other| other.text == name.text) {
            return Err(Error::new(
                name.span(),
                format!("`{}` stands in this list twice", name.text),
            ));
        }
        out.push(name);
    }
    Ok(())
}
