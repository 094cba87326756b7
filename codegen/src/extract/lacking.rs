//! Crates that the sources of a folder need and the firmware does not depend
//! on.

use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::graph::Package;
use crate::place::Place;
use crate::source::folders::Folder;
use crate::source::lacking::crates;
use std::collections::BTreeSet;
use std::path::Path;

/// What every crate has.
const ALWAYS: &[&str] = &["std", "core", "alloc", "proc_macro", "test"];

/// Tells of each such crate once for a file.
pub(super) fn check(
    package: &Package,
    folder: &Folder,
    file: &Path,
    source: &str,
    told: &mut Diagnostics,
) {
    // Before 2018 a path of `use` begins in the crate.
    if package.edition == "2015" {
        return;
    }
    let mut known = BTreeSet::new();
    for (name, span) in crates(source) {
        if is_dependency(package, &name) || !known.insert(name.clone()) {
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
            .at(Place::of(file, span), "used here")
            .help(format!(
                "a user module has the firmware's dependencies: \
                 cargo add {name} --manifest-path {}",
                package.manifest.display()
            ))
            .help("or give the folder a Cargo.toml, and assemble a firmware with that crate: cargo enroll build -f firmware.toml"),
        );
    }
}

/// Whether a name may be one of the firmware's dependencies. The name of a
/// library can differ from its package's (`md-5` is `md5`), so a dependency
/// that only resembles it counts.
fn is_dependency(package: &Package, name: &str) -> bool {
    let plain = |text: &str| text.replace(['_', '-'], "");
    let of_graph = package.dependencies.iter();
    ALWAYS.contains(&name)
        || name == package.crate_name
        || package.runtime_names.iter().any(|known| known == name)
        || of_graph
            .map(|one| &one.extern_name)
            .any(|known| known == name)
        || package
            .declared
            .iter()
            .any(|known| plain(known).contains(&plain(name)))
}
