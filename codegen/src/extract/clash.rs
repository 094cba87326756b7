//! Names of the firmware that a folder cannot have as well.

use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::graph::Package;
use crate::place::Place;
use crate::settings::Settings;
use crate::source::cfg::Context;
use crate::source::marker::Marker;
use crate::source::{Found, beside, mentions, text};
use std::collections::BTreeSet;

const RENAME: &str = "rename the folder: the name that scripts import is another one";

/// Compares the names of the folders with those where the table is: there the
/// folders become modules.
pub(super) fn clash(
    package: &Package,
    settings: &Settings,
    found: &[Found],
    cx: &Context<'_>,
    told: &mut Diagnostics,
) {
    let mut found = found.iter();
    let Some(table) = found.find(|found| found.marker == Marker::IncludeModules) else {
        return;
    };
    let Ok(source) = text::read(&table.file) else {
        return;
    };
    for (name, span) in beside(&source, &table.name) {
        let Some(folder) = package.folders.iter().find(|folder| folder.name == name) else {
            continue;
        };
        told.push(
            Diagnostic::new(
                Kind::UserModule,
                format!(
                    "`{}` has something of the user module's name `{name}`",
                    package.name
                ),
            )
            .at(Place::of(&table.file, span), "in the firmware")
            .at(Place::file(&folder.root), "the user module")
            .help(RENAME),
        );
    }
    // A module takes the place of the crate in paths of code, and in those of
    // `use` rustc refuses to choose.
    let crates = package.dependencies.iter().map(|one| &one.extern_name);
    let crates = crates.chain(&package.declared).map(String::as_str);
    // Nobody declares these.
    let crates = crates.chain(["std", "core"]);
    let mut named = mentions(&source, &table.file, &crates.collect::<BTreeSet<_>>(), cx);
    // The table names these there.
    let hosts = [&settings.host].into_iter().chain(&settings.guests);
    named.extend(hosts.filter_map(|host| first(host)));
    let folders = package.folders.iter();
    for folder in folders.filter(|folder| named.contains(&folder.name)) {
        told.push(
            Diagnostic::new(
                Kind::UserModule,
                format!(
                    "the user module `{}` has the name of a crate that `{}` uses",
                    folder.name, package.name
                ),
            )
            .at(
                table.place.clone(),
                "the name means the module in this file",
            )
            .at(Place::file(&folder.root), "the user module")
            .help(RENAME),
        );
    }
}

/// The name at the beginning of a host's path.
fn first(host: &str) -> Option<String> {
    let path: syn::Path = syn::parse_str(host).ok()?;
    let first = path.segments.first()?;
    (path.leading_colon.is_none() && path.segments.len() > 1).then(|| first.ident.to_string())
}
