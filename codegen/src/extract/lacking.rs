//! Crates that the sources of a folder need and the firmware does not depend
//! on.

use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::graph::{Graph, Package};
use crate::place::Place;
use crate::source::lacking::crates;
use crate::source::{Part, text};
use std::collections::BTreeSet;
use syn::Item;

/// A crate that a folder names and that the manifest of the firmware does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lacking {
    /// Its name in Rust.
    pub name: String,
    /// Where the folder names it first.
    pub place: Place,
    /// Index of the folder.
    pub folder: usize,
}

/// What every crate has.
const ALWAYS: &[&str] = &["std", "core", "alloc", "proc_macro", "test"];

/// The crates that a file of a folder needs and that no key of the firmware's
/// dependencies names.
pub(super) fn of_file(graph: &Graph, package: &Package, part: &Part) -> Vec<Lacking> {
    // Before 2018 a path of `use` begins in the crate.
    if package.edition == "2015" {
        return Vec::new();
    }
    let Ok(source) = text::read(&part.file) else {
        return Vec::new();
    };
    let of_graph = &package.dependencies;
    // Their preludes hold no modules.
    let plain = of_graph
        .iter()
        .filter(|one| graph.packages[one.package].name == "enroll-portable")
        .map(|one| &one.extern_name)
        .chain(&package.runtime_names)
        .map(String::as_str)
        .collect();
    let is_known = |name: &str| {
        ALWAYS.contains(&name)
            || name == package.crate_name
            || package.declared.contains(name)
            || package.runtime_names.iter().any(|known| known == name)
            || of_graph.iter().any(|known| known.extern_name == name)
    };
    crates(&source, &plain)
        .into_iter()
        .filter(|(name, _)| !is_known(name))
        .map(|(name, span)| Lacking {
            name,
            place: Place::of(&part.file, span),
            folder: part.folder,
        })
        .collect()
}

/// Tells of each that is not among the names under which Cargo gives the
/// firmware its dependencies: that of a library need not be its package's.
pub(crate) fn tell(
    package: &Package,
    lacking: &[Lacking],
    names: &BTreeSet<String>,
    told: &mut Diagnostics,
) {
    let renamed = renamed(package);
    for one in lacking {
        let name = &one.name;
        let Some(folder) = package.folders.get(one.folder) else {
            continue;
        };
        if names.contains(name) || renamed.contains(name) {
            continue;
        }
        told.push(
            Diagnostic::new(
                Kind::UserModule,
                format!(
                    "the user module `{}` needs the crate `{name}`, which `{}` does not depend on",
                    folder.name, package.name
                ),
            )
            .at(one.place.clone(), "used here")
            .help(format!(
                "a user module has the firmware's dependencies: \
                 cargo add {name} --manifest-path {}",
                package.manifest.display()
            ))
            .help("or give the folder a Cargo.toml, and assemble a firmware with that crate: cargo enroll build -f firmware.toml"),
        );
    }
}

/// What `extern crate … as` at the root adds to the names of crates.
fn renamed(package: &Package) -> BTreeSet<String> {
    let root = text::read(&package.root).ok();
    let Some(Ok(root)) = root.map(|source| syn::parse_file(&source)) else {
        return BTreeSet::new();
    };
    let names = root.items.iter().filter_map(|item| match item {
        Item::ExternCrate(item) => item.rename.as_ref(),
        _ => None,
    });
    names.map(|(_, name)| name.to_string()).collect()
}
