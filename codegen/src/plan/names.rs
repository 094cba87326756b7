//! All names of the build, and where each lies in the pool.

use super::modules::Merged;
use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::extract::Extraction;
use crate::place::Place;
use enroll_abi::hash::hash;
use enroll_abi::index::{Fault, MAX_ENTRIES};
use enroll_abi::layout::{self, Layout, LayoutError};
use enroll_abi::names::CORE;
use enroll_abi::{MAX_NAME, salt};
use std::collections::BTreeMap;

/// A name of the pool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pooled {
    /// The text.
    pub text: String,
    /// Every place that uses it, in order; none for a name that the runtime or
    /// the builder asks for.
    pub uses: Vec<Place>,
}

/// How many salts are tried for a build whose names collide: at 100,000 names
/// the chance of each is about one in ten.
const TRIES: u32 = 200;

/// Every name, in the order of their bytes.
pub(super) fn collect(extraction: &Extraction, merged: &Merged) -> Vec<Pooled> {
    let mut names: BTreeMap<&str, Vec<Place>> = BTreeMap::new();
    for name in CORE {
        names.entry(name).or_default();
    }
    for used in &extraction.names {
        let uses = names.entry(&used.text).or_default();
        uses.extend(used.place.clone());
    }
    for (alias, _) in &merged.aliases {
        names.entry(alias).or_default();
    }
    // A submodule is an attribute by its last component, and import asks for
    // each component in turn.
    for module in &merged.modules {
        if module.name.contains('.') {
            for component in module.name.split('.') {
                let declared = &extraction.declared[module.declared];
                let uses = names.entry(component).or_default();
                uses.push(declared.module.place.clone());
            }
        }
    }
    names
        .into_iter()
        .map(|(text, mut uses)| {
            uses.sort();
            uses.dedup();
            Pooled {
                text: text.to_owned(),
                uses,
            }
        })
        .collect()
}

/// The pool's layout; an empty one where names collide.
pub(super) fn lay_out(names: &[Pooled], salt: u32, diagnostics: &mut Diagnostics) -> Layout {
    let texts: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
    let error = match layout::layout(&texts, salt) {
        Ok(layout) => return layout,
        Err(error) => error,
    };
    diagnostics.push(match error {
        LayoutError::Collision { first, second } => {
            collision(&names[first], &names[second], salt, &texts)
        }
        LayoutError::TooLong(at) | LayoutError::Empty(at) => {
            let name = &names[at];
            let diagnostic = Diagnostic::new(
                Kind::Grammar,
                format!(
                    "the name {:?} has {} bytes; a name has from 1 to {MAX_NAME}",
                    name.text,
                    name.text.len()
                ),
            );
            let first = name.uses.iter().take(1);
            first.fold(diagnostic, |d, place| d.at(place.clone(), ""))
        }
        _ => Diagnostic::new(
            Kind::Collision,
            format!("no pool could be laid out for {} names", names.len()),
        )
        .help(format!("set {} to another number", salt::VARIABLE)),
    });
    Layout {
        salt,
        len: 0,
        text: String::new(),
        offsets: vec![0],
        pilots: Vec::new(),
    }
}

fn collision(first: &Pooled, second: &Pooled, salt: u32, names: &[&str]) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(
        Kind::Collision,
        format!(
            "the names `{}` and `{}` have the same id under salt {salt}",
            first.text, second.text
        ),
    );
    for name in [first, second] {
        if let Some(place) = name.uses.first() {
            diagnostic = diagnostic.at(place.clone(), format!("`{}` is used here", name.text));
        }
    }
    match layout::free_salt(names, TRIES) {
        Some(free) => diagnostic
            .help(format!(
                "in .cargo/config.toml, under [env]: {} = \"{free}\"",
                salt::VARIABLE
            ))
            .help(format!(
                "salt {free} was tried on all {} names of this build and is free",
                names.len()
            )),
        None => diagnostic.help(format!(
            "no salt below {TRIES} is free for all {} names of this build: there are too many",
            names.len()
        )),
    }
}

/// The index over modules and aliases; an empty one where there is none. Their
/// names are in the pool, so two of one id were told there.
pub(super) fn index(
    merged: &Merged,
    salt: u32,
    diagnostics: &mut Diagnostics,
) -> (Vec<u8>, Vec<u16>) {
    let modules = merged.modules.iter().map(|module| &module.name);
    let aliases = merged.aliases.iter().map(|(name, _)| name);
    let ids: Vec<u32> = modules
        .chain(aliases)
        .map(|name| hash(name, salt))
        .collect();
    let fault = match layout::index(&ids) {
        Ok(index) => return index,
        Err(Fault::Equal { .. }) => return Default::default(),
        Err(fault) => fault,
    };
    let remedy = match fault {
        Fault::Size => format!("modules and aliases are at most {MAX_ENTRIES} together"),
        _ => format!("set {} to another number", salt::VARIABLE),
    };
    diagnostics.push(
        Diagnostic::new(
            Kind::Collision,
            format!(
                "no table could be laid out for {} modules and aliases",
                ids.len()
            ),
        )
        .help(remedy),
    );
    Default::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_modules_than_a_table_holds_are_an_error() {
        let merged = |count: usize| Merged {
            aliases: (0..count).map(|n| (format!("m{n}"), 0)).collect(),
            ..Merged::default()
        };
        let mut diagnostics = Diagnostics::new();
        assert!(!index(&merged(100), 0, &mut diagnostics).1.is_empty());
        assert!(!diagnostics.has_errors());
        assert!(index(&merged(65_536), 0, &mut diagnostics).1.is_empty());
        let told = diagnostics.render();
        for part in ["65536 modules and aliases", "at most 65535 together"] {
            assert!(told.contains(part), "{told}");
        }
    }
}
