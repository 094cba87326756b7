//! Settings in a file of their own.

use crate::Builder;
use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::graph::document::{Document, Table};
use crate::graph::settings::{KEYS, read};
use crate::near::near;
use crate::place::Place;
use std::path::Path;

/// What a manifest does not say, since `build.rs` does.
const OWN: [&str; 5] = ["host", "hosts", "runtime", "names-of", "assume-cfg"];

/// The builder that a file describes.
///
/// # Errors
///
/// Everything that is wrong with the file.
pub(super) fn builder(path: &Path) -> Result<Builder, Diagnostics> {
    let text = std::fs::read_to_string(path).map_err(|cause| {
        Diagnostic::new(Kind::Setting, "the settings cannot be read")
            .at(Place::file(path), "")
            .cause(cause)
    })?;
    let document = Document::parse(path, &text)?;
    let table = document.root();
    let mut errors = Diagnostics::new();
    for (key, place) in table.keys() {
        // How an assembled project tells its own origin.
        let is_own = !["base", "origin"].contains(&key) && KEYS.contains(&key);
        if OWN.contains(&key) || is_own {
            continue;
        }
        let known = OWN.into_iter().chain(KEYS);
        errors.push(
            Diagnostic::new(
                Kind::Setting,
                format!("`{key}` is not a key of the settings"),
            )
            .at(place, "unknown key")
            .help(near(key, known).unwrap_or_else(|| "remove it".to_owned())),
        );
    }
    let Some(host) = table.string("host") else {
        errors.push(
            Diagnostic::new(Kind::Setting, "the settings name no host")
                .at(Place::file(path), "")
                .help("add `host = \"vm::Vm\"`: the host type as the firmware's code writes it"),
        );
        return Err(errors);
    };
    let mut builder = Builder::new(host);
    for (guest, _) in strings(&table, "hosts", &mut errors) {
        builder = builder.host(guest);
    }
    if let Some(runtime) = table.string("runtime") {
        builder = builder.runtime(runtime);
    }
    if let Some(packages) = table.table("names-of") {
        for (package, _) in packages.keys() {
            let names = strings(&packages, package, &mut errors);
            builder = builder.names_of(package, names.into_iter().map(|(name, _)| name));
        }
    }
    if let Some(packages) = table.table("assume-cfg") {
        for (package, place) in packages.keys() {
            let Some(predicates) = packages.table(package) else {
                errors.push(
                    Diagnostic::new(Kind::Setting, format!("`{package}` is no table"))
                        .at(place, "")
                        .help("write `part = { 'feature = \"fast\"' = true }`"),
                );
                continue;
            };
            for (predicate, _) in predicates.keys() {
                builder = builder.assume_cfg(package, predicate, predicates.flag(predicate));
            }
        }
    }
    let data = read(&table, &mut errors);
    builder.settings.add(&data);
    match errors.has_errors() {
        true => Err(errors),
        false => Ok(builder),
    }
}

fn strings<'d>(table: &Table<'d>, key: &str, errors: &mut Diagnostics) -> Vec<(&'d str, Place)> {
    if table.get(key).is_none() {
        return Vec::new();
    }
    table.strings(key).unwrap_or_else(|| {
        errors.push(
            Diagnostic::new(Kind::Setting, format!("`{key}` is not a list of strings"))
                .at(table.place_of(key), "")
                .help(format!("write `{key} = [\"one\", \"two\"]`")),
        );
        Vec::new()
    })
}
