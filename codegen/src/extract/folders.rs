//! What can be wrong with a folder that is compiled into the firmware.

use super::clash::clash;
use super::lacking::{self, Lacking};
use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::graph::{Graph, Package};
use crate::place::Place;
use crate::settings::Settings;
use crate::source::cfg::{Context, Truth};
use crate::source::folders::Folder;
use crate::source::marker::Marker;
use crate::source::{Found, Hidden, Part, Unseen, Walk, declares, text};
use std::path::Path;
use walkdir::{DirEntry, WalkDir};

/// Checks the folders of the firmware; of other packages there are none.
///
/// Returns the crates that they need and that the firmware may lack.
pub(super) fn check(
    graph: &Graph,
    package: &Package,
    settings: &Settings,
    read: &Walk,
    cx: &Context<'_>,
    told: &mut Diagnostics,
) -> Vec<Lacking> {
    let mut lacking = Vec::new();
    for (index, folder) in package.folders.iter().enumerate() {
        // One that was not walked has its own error.
        let parts = read.parts.iter().filter(|part| part.folder == index);
        let parts: Vec<_> = parts.collect();
        if parts.is_empty() {
            continue;
        }
        let unseen = read.unseen.iter();
        let unseen = unseen.filter(|unseen| unseen.folder == Some(index));
        missing_files(folder, unseen, told);
        let mut found = read.found.iter();
        if !found.any(|found| found.folder == Some(index) && registers(found)) {
            told.push(silent(folder, &parts));
        }
        for part in parts {
            if part.presence == Truth::True {
                lacking.extend(lacking::of_file(graph, package, part));
            }
        }
    }
    if !package.folders.is_empty() {
        clash(package, settings, &read.found, cx, told);
    }
    lacking
}

/// A folder without a declaration that is compiled.
fn silent(folder: &Folder, parts: &[&Part]) -> Diagnostic {
    let message = format!("the user module `{}` registers nothing", folder.name);
    let told = Diagnostic::new(Kind::UserModule, message).at(Place::file(&folder.root), "");
    let is_part = |file: &Path| parts.iter().any(|part| part.file == file);
    let files = WalkDir::new(&folder.dir).sort_by_file_name().into_iter();
    let mut files = files.flatten().map(DirEntry::into_path);
    let stray = files.find(|file| {
        let is_source = file.extension().is_some_and(|extension| extension == "rs");
        is_source && !is_part(file) && text::read(file).is_ok_and(|source| declares(&source))
    });
    match stray {
        Some(file) => told
            .at(Place::file(file), "no `mod` leads to this declaration")
            .help("write `mod` with the name of that file in the one above it"),
        None => told
            .help("declare a module in it: enroll::register_module! { … }")
            .help("or, if a cfg takes its declaration out, move the cfg into the macro"),
    }
}

/// Whether it declares a module. What another macro hides has its own error.
fn registers(found: &Found) -> bool {
    matches!(found.marker, Marker::Register | Marker::Extend)
}

/// rustc says which file of a `mod` is missing too, but only after all
/// dependencies were compiled, and not that the folder is a user module.
fn missing_files<'u>(
    folder: &Folder,
    unseen: impl Iterator<Item = &'u Unseen>,
    told: &mut Diagnostics,
) {
    for unseen in unseen {
        let Hidden::Missing(files) = &unseen.what else {
            continue;
        };
        if unseen.presence != Truth::True {
            continue;
        }
        let files: Vec<String> = files
            .iter()
            .map(|file| {
                let short = file.strip_prefix(&folder.dir).unwrap_or(file);
                format!("`{}`", short.display())
            })
            .collect();
        told.push(
            Diagnostic::new(
                Kind::UserModule,
                format!("a file of the user module `{}` is missing", folder.name),
            )
            .at(unseen.place.clone(), "named here")
            .help(format!("add {} to the folder", files.join(" or "))),
        );
    }
}
