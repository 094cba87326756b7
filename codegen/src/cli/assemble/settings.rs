//! What the manifest chooses, as the `[package.metadata.enroll]` of the
//! generated project.

use super::base::Base;
use super::manifest::{LISTS, Manifest};
use super::path::{real, relative};
use super::told::At;
use crate::place::Place;
use std::path::Path;
use toml::{Table, Value};

/// The `[package.metadata]` of the base with what the manifest adds.
///
/// `origin` says where in which manifest each setting stands, so that an error
/// of the build script points there.
pub(super) fn metadata(manifest: &Manifest, base: &Base, folder: &Path) -> Table {
    let package = base.manifest.get("package");
    let own = package.and_then(|package| package.get("metadata")?.as_table());
    let mut metadata = own.cloned().unwrap_or_default();
    let mut enroll = match metadata.remove("enroll") {
        Some(Value::Table(enroll)) => enroll,
        _ => Table::new(),
    };
    // These begin at the workspace, as those that the builder is given.
    let above = folder.parent().unwrap_or(folder);
    move_paths(&mut enroll, base, above);
    let mut origin = Table::new();
    for list in &LISTS {
        let said = manifest.list(list.name);
        let Some(setting) = list.setting.filter(|_| !said.is_empty()) else {
            continue;
        };
        for one in said {
            let mut text = one.value.clone();
            if setting == "user-modules" {
                text = relative(above, Path::new(&text));
            }
            push(&mut enroll, setting, &text);
            note(&mut origin, setting, &text, list.name, &one.place, folder);
        }
    }
    for (key, entry) in &manifest.modules {
        let package = entry.package(key);
        push(&mut enroll, "module-crates", package);
        let place = &entry.place;
        note(
            &mut origin,
            "module-crates",
            package,
            "modules",
            place,
            folder,
        );
    }
    for (key, table) in [("class", &manifest.class), ("aliases", &manifest.aliases)] {
        for (name, At { value, place }) in table {
            inner(&mut enroll, key).insert(name.clone(), value.clone().into());
            note(&mut origin, key, name, key, place, folder);
        }
    }
    if !manifest.freeze.is_empty() {
        let frozen = enroll
            .entry("freeze")
            .or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(frozen) = frozen {
            frozen.extend(manifest.freeze.iter().map(|entry| {
                let mut entry = entry.value.clone();
                if let Some(Value::String(path)) = entry.get_mut("path") {
                    *path = relative(&base.folder, Path::new(path.as_str()));
                }
                Value::from(entry)
            }));
        }
    }
    if !origin.is_empty() {
        enroll.insert("origin".into(), origin.into());
    }
    let whose = Table::from_iter(
        [("package", &base.folder), ("workspace", &base.workspace)]
            .map(|(key, path)| (key.to_owned(), Value::from(relative(folder, path)))),
    );
    enroll.insert("base".into(), whose.into());
    metadata.insert("enroll".into(), enroll.into());
    metadata
}

/// The base's own folders of sources, which are relative to its workspace.
fn move_paths(enroll: &mut Table, base: &Base, folder: &Path) {
    let parents = enroll.get_mut("user-modules");
    for parent in parents.and_then(Value::as_array_mut).into_iter().flatten() {
        if let Value::String(path) = parent {
            *path = relative(folder, &real(&base.workspace.join(path.as_str())));
        }
    }
}

/// Adds a text to a list, once.
fn push(table: &mut Table, key: &str, text: &str) {
    let list = table.entry(key).or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(list) = list
        && !list.iter().any(|one| one.as_str() == Some(text))
    {
        list.push(text.into());
    }
}

/// Says where a setting comes from.
fn note(origin: &mut Table, setting: &str, value: &str, key: &str, place: &Place, folder: &Path) {
    let file = relative(folder, &real(&place.file));
    let text = format!(
        "{key}, {file}:{}:{}:{}",
        place.line, place.column, place.width
    );
    inner(origin, setting).insert(value.to_owned(), text.into());
}

fn inner<'t>(table: &'t mut Table, key: &str) -> &'t mut Table {
    let value = table
        .entry(key)
        .or_insert_with(|| Value::Table(Table::new()));
    match value {
        Value::Table(table) => table,
        other => {
            // The base has something else there, which its own build refuses.
            *other = Value::Table(Table::new());
            other.as_table_mut().unwrap_or_else(|| unreachable!())
        }
    }
}
