//! Which crates a crate names in its code.

use crate::graph::Package;
use crate::source::cfg::Context;
use crate::source::{mentions, text};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// The extern names of a package's dependencies that its files name.
///
/// Only dependencies in the graph matter, so for most crates this reads
/// nothing.
pub(super) fn named(
    package: &Package,
    files: &BTreeSet<PathBuf>,
    cx: &Context<'_>,
) -> BTreeSet<String> {
    let mut missing: BTreeSet<&str> = package
        .dependencies
        .iter()
        .map(|dependency| dependency.extern_name.as_str())
        .collect();
    let mut named = BTreeSet::new();
    for file in files {
        if missing.is_empty() {
            break;
        }
        let Ok(source) = text::read(file) else {
            continue;
        };
        for word in mentions(&source, file, &missing, cx) {
            missing.remove(word.as_str());
            named.insert(word);
        }
    }
    named
}
