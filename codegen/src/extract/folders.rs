//! What can be wrong with a folder that is compiled into the firmware.

use super::lacking::{self, Lacking};
use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::graph::{Graph, Package};
use crate::place::Place;
use crate::source::cfg::Truth;
use crate::source::folders::Folder;
use crate::source::marker::Marker;
use crate::source::{Found, Hidden, Unseen, Walk, text};
use syn::{Item, UseTree};

/// Checks the folders of the firmware; of other packages there are none.
///
/// Returns the crates that they need and that the firmware may lack.
pub(super) fn check(
    graph: &Graph,
    package: &Package,
    read: &Walk,
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
            told.push(
                Diagnostic::new(
                    Kind::UserModule,
                    format!("the user module `{}` registers nothing", folder.name),
                )
                .at(Place::file(&folder.root), "")
                .help("declare a module in it: enroll::register_module! { … }")
                .help("or, if a cfg takes its declaration out, move the cfg into the macro"),
            );
        }
        for part in parts {
            if part.presence == Truth::True {
                lacking.extend(lacking::of_file(graph, package, part));
            }
        }
    }
    if !package.folders.is_empty() {
        clash(package, &read.found, told);
    }
    lacking
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

/// An item of the firmware that has the name of a folder, beside the table.
fn clash(package: &Package, found: &[Found], told: &mut Diagnostics) {
    // In another module than the root the names are that one's, and rustc says
    // what is wrong.
    let is_table = |found: &&Found| found.marker == Marker::IncludeModules;
    let Some(table) = found.iter().find(is_table) else {
        return;
    };
    if !table.module_path.is_empty() {
        return;
    }
    let Ok(Ok(file)) = text::read(&table.file).map(|source| syn::parse_file(&source)) else {
        return;
    };
    for item in &file.items {
        for name in names(item) {
            let text = name.to_string();
            let Some(folder) = package.folders.iter().find(|folder| folder.name == text) else {
                continue;
            };
            told.push(
                Diagnostic::new(
                    Kind::UserModule,
                    format!(
                        "`{}` has something of the user module's name `{text}`",
                        package.name
                    ),
                )
                .at(Place::of(&table.file, name.span()), "in the firmware")
                .at(Place::file(&folder.root), "the user module")
                .help("rename the folder: the name that scripts import is another one"),
            );
        }
    }
}

/// The names of an item that a module's could clash with.
fn names(item: &Item) -> Vec<&syn::Ident> {
    match item {
        Item::Enum(item) => vec![&item.ident],
        Item::ExternCrate(item) => vec![item.rename.as_ref().map_or(&item.ident, |(_, name)| name)],
        Item::Mod(item) => vec![&item.ident],
        Item::Struct(item) => vec![&item.ident],
        Item::Trait(item) => vec![&item.ident],
        Item::Type(item) => vec![&item.ident],
        Item::Union(item) => vec![&item.ident],
        Item::Use(item) => imported(&item.tree),
        _ => Vec::new(),
    }
}

fn imported(tree: &UseTree) -> Vec<&syn::Ident> {
    match tree {
        UseTree::Path(path) => imported(&path.tree),
        UseTree::Name(name) => vec![&name.ident],
        UseTree::Rename(rename) => vec![&rename.rename],
        UseTree::Group(group) => group.items.iter().flat_map(imported).collect(),
        _ => Vec::new(),
    }
}
