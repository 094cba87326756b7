//! One entry of a module's table.

use crate::{Cfgs, Name, ValueKind};
use syn::parse::ParseStream;
use syn::{Attribute, Error, Expr, Result, Token};

/// `"name" => value`.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The `#[cfg]` before it.
    pub cfgs: Cfgs,
    /// Whether it replaces an entry of the base (extensions only).
    pub replace: bool,
    /// The attribute's name.
    pub name: Name,
    /// The value, for rustc.
    pub value: Expr,
    /// What the value is, as far as its syntax shows.
    pub kind: ValueKind,
}

/// Names that the module itself answers; an entry could never be seen.
const RESERVED: &[(&str, &str)] = &[
    ("__name__", "it is always the registered name"),
    ("__doc__", "write a doc comment above the static"),
    ("__dict__", "it is a view of this table"),
    ("__init__", "write `init: function` after the table"),
    ("__deinit__", "write `deinit: function` after the table"),
    ("__getattr__", "write `getattr: function` after the table"),
    ("__dir__", "write `dir: function` after the table"),
];

impl Entry {
    /// Reads one entry; `extension` says whether `replace` may stand there.
    pub(crate) fn parse(input: ParseStream<'_>, extension: bool) -> Result<Entry> {
        let (cfgs, others) = Cfgs::split(input.call(Attribute::parse_outer)?)?;
        if let Some(other) = others.first() {
            return Err(Error::new_spanned(
                other,
                "an entry takes #[cfg(…)] only; describe it in the doc comment of the module",
            ));
        }
        let replace = if input.peek(replace) && input.peek2(syn::LitStr) {
            let word: replace = input.parse()?;
            if !extension {
                return Err(Error::new(
                    word.span,
                    "only extend_module! can replace: this module owns its entries",
                ));
            }
            true
        } else {
            false
        };
        let name: Name = input.parse()?;
        if let Some((_, remedy)) = RESERVED.iter().find(|(text, _)| *text == name.text) {
            return Err(Error::new(
                name.span(),
                format!("`{}` cannot be an entry: {remedy}", name.text),
            ));
        }
        let written = || format!("write \"{}\" => value", name.text.escape_debug());
        let missing = || {
            let message = format!("`{}` has no value: {}", name.text, written());
            Error::new(name.span(), message)
        };
        if input.is_empty() || input.peek(Token![,]) {
            return Err(missing());
        }
        if !input.peek(Token![=>]) {
            return Err(input.error(format!("a value follows `=>`: {}", written())));
        }
        input.parse::<Token![=>]>()?;
        if input.is_empty() || input.peek(Token![,]) {
            return Err(missing());
        }
        let value: Expr = input.parse()?;
        Ok(Entry {
            cfgs,
            replace,
            kind: ValueKind::of(&value),
            name,
            value,
        })
    }
}

syn::custom_keyword!(replace);
