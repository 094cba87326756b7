//! Two entries of one name.

use crate::Entry;
use proc_macro2::TokenStream;
use quote::quote;

/// Two entries of one name in one table.
#[derive(Clone, Copy, Debug)]
pub struct Overlap<'a> {
    /// The one that stands first.
    pub first: &'a Entry,
    /// The other, where the error belongs.
    pub second: &'a Entry,
}

impl Overlap<'_> {
    /// Whether both are always compiled, so that no cfg can part them.
    pub fn is_certain(&self) -> bool {
        self.first.cfgs.is_empty() && self.second.cfgs.is_empty()
    }

    /// The cfg predicate under which both are compiled.
    pub fn condition(&self) -> TokenStream {
        let (first, second) = (self.first.cfgs.all(), self.second.cfgs.all());
        quote!(all(#first, #second))
    }

    /// What to say at the second.
    pub fn message(&self) -> String {
        format!(
            "`{}` stands in this table twice: the first is on line {}",
            self.second.name.text,
            self.first.name.span().start().line
        )
    }
}

/// All pairs of entries of one name, in the order of the second.
///
/// Linear in the number of entries, but for the pairs themselves.
pub fn overlaps(entries: &[Entry]) -> Vec<Overlap<'_>> {
    let mut seen = std::collections::HashMap::<&str, Vec<&Entry>>::new();
    let mut found = Vec::new();
    for second in entries {
        let earlier = seen.entry(&second.name.text).or_default();
        found.extend(earlier.iter().map(|&first| Overlap { first, second }));
        earlier.push(second);
    }
    found
}
