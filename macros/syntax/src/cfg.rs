//! The `#[cfg]` attributes on a declaration, an entry or a field.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::{Attribute, Error, Result};

/// All `#[cfg]` of one item; none means always.
#[derive(Clone, Debug, Default)]
pub struct Cfgs {
    /// The predicates, without `cfg(…)` around them.
    pub predicates: Vec<TokenStream>,
}

impl Cfgs {
    /// Splits the `#[cfg]` attributes from the others.
    ///
    /// # Errors
    ///
    /// `#[cfg_attr]`: what it would add depends on a cfg that nobody but rustc
    /// knows, so it could hide a `#[cfg]` from the scanner. Also a `#[cfg]`
    /// without exactly one predicate, as rustc sees it.
    pub fn split(attributes: Vec<Attribute>) -> Result<(Cfgs, Vec<Attribute>)> {
        let mut cfgs = Cfgs::default();
        let mut others = Vec::new();
        for attribute in attributes {
            if attribute.path().is_ident("cfg") {
                cfgs.predicates.push(predicate(&attribute)?);
            } else if attribute.path().is_ident("cfg_attr") {
                return Err(Error::new_spanned(
                    attribute.path(),
                    "`cfg_attr` could hide a cfg from the build: write #[cfg(…)]",
                ));
            } else {
                others.push(attribute);
            }
        }
        Ok((cfgs, others))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.predicates.is_empty()
    }

    /// `all(…)` of them: true exactly where the item is compiled.
    pub fn all(&self) -> TokenStream {
        let predicates = &self.predicates;
        quote!(all(#(#predicates),*))
    }

    /// The attribute to put before an item, or nothing.
    pub fn attribute(&self) -> TokenStream {
        if self.is_empty() {
            return TokenStream::new();
        }
        let all = self.all();
        quote!(#[cfg(#all)])
    }

    /// The attribute for the opposite case, or `None` where there is none.
    pub fn negated(&self) -> Option<TokenStream> {
        if self.is_empty() {
            return None;
        }
        let all = self.all();
        Some(quote!(#[cfg(not(#all))]))
    }
}

/// The one predicate of a `#[cfg]`.
///
/// Two of them would silently become `all` of them when they are put together.
fn predicate(attribute: &Attribute) -> Result<TokenStream> {
    let tokens = &attribute.meta.require_list()?.tokens;
    let mut parts = tokens.clone().into_iter();
    let comma = |tree: &TokenTree| matches!(tree, TokenTree::Punct(p) if p.as_char() == ',');
    let one = parts.by_ref().take_while(|tree| !comma(tree)).collect();
    if TokenStream::is_empty(&one) || parts.next().is_some() {
        return Err(Error::new_spanned(
            attribute,
            "a cfg has one predicate: write all(…) or any(…) around several",
        ));
    }
    Ok(one)
}
