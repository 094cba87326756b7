//! Which declaration gives a module each of its attributes.

use super::Module;
use super::modules::Merged;
use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::extract::{Declared, Extraction, Item};
use crate::near::near;
use crate::source::cfg::Truth;
use enroll_syntax::Form;
use std::collections::BTreeMap;

/// Finds attributes that two declarations give: an extension adds only, and
/// replaces only what it says it replaces.
pub(super) fn check(extraction: &Extraction, merged: &Merged, diagnostics: &mut Diagnostics) {
    for module in &merged.modules {
        let base = &extraction.declared[module.declared];
        if is_doubled(extraction, base) {
            // Whose attributes were extended is not known.
            continue;
        }
        let own: BTreeMap<&str, &Item> = present(base)
            .map(|item| (item.name.text.as_str(), item))
            .collect();
        for (last, submodule) in &module.submodules {
            if let Some(item) = own.get(last.as_str()) {
                let submodule = &extraction.declared[merged.modules[*submodule].declared];
                diagnostics.push(
                    Diagnostic::new(
                        Kind::DuplicateEntry,
                        format!("`{last}` of `{}` is an entry and a submodule", module.name),
                    )
                    .at(item.name.place.clone(), "the entry")
                    .at(submodule.module.place.clone(), "the submodule")
                    .help("remove the entry: a submodule is an attribute of its package"),
                );
            }
        }
        let mut extended: BTreeMap<&str, &Item> = BTreeMap::new();
        for (at, _) in &module.extensions {
            for item in present(&extraction.declared[*at]) {
                let name = item.name.text.as_str();
                if let Some(first) = extended.insert(name, item) {
                    diagnostics.push(twice(module, first, item).help(
                        "rename one of them: an extension replaces what the module has, not \
                         what another one adds",
                    ));
                    continue;
                }
                match own.get(name) {
                    Some(first) if !item.replace => {
                        diagnostics.push(twice(module, first, item).help(format!(
                            "to replace the base's, write: replace {name:?} => …"
                        )))
                    }
                    None if item.replace && base.presence != Truth::False => {
                        let diagnostic = Diagnostic::new(
                            Kind::MissingEntry,
                            format!("`{}` has no entry `{name}` to replace", module.name),
                        );
                        diagnostics.push(
                            diagnostic
                                .at(item.name.place.clone(), "replaced here")
                                .at(base.module.place.clone(), "the module")
                                .help(
                                    near(name, own.keys().copied())
                                        .unwrap_or_else(|| "remove `replace` to add it".to_owned()),
                                ),
                        );
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Whether a module has another declaration, which was told already.
fn is_doubled(extraction: &Extraction, base: &Declared) -> bool {
    let rival = |other: &&Declared| {
        other.form == Form::Module
            && other.module.text == base.module.text
            && other.presence != Truth::False
    };
    extraction.declared.iter().filter(rival).count() > 1
}

/// The entries that may be compiled.
fn present(declared: &Declared) -> impl Iterator<Item = &Item> {
    let items = declared.entries.iter();
    items.filter(|item| declared.presence.and(item.presence) != Truth::False)
}

fn twice(module: &Module, first: &Item, second: &Item) -> Diagnostic {
    Diagnostic::new(
        Kind::DuplicateEntry,
        format!("`{}` of `{}` is given twice", second.name.text, module.name),
    )
    .at(second.name.place.clone(), "given here")
    .at(first.name.place.clone(), "and here")
}
