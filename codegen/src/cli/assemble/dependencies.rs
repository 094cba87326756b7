//! The dependencies of the generated project: those of the base, and those of
//! the manifest.

use super::base::Base;
use super::entry::Entry;
use super::manifest::{LEFT_OUT, Manifest};
use super::path::{real, relative};
use super::project::{of_repository, texts};
use super::told::{At, wrong};
use crate::error::Diagnostics;
use crate::near::near;
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use toml::{Table, Value};

/// Writes all tables of dependencies, and takes what was left out from the
/// lists of features.
pub(super) fn write(
    manifest: &Manifest,
    base: &Base,
    folder: &Path,
    root: &mut Table,
    features: &mut Table,
    told: &mut Diagnostics,
) {
    let left_out = left_out(manifest, base, told);
    let mut changes = changes(manifest, base, &left_out, told);
    for (key, dependency) in base.dependencies() {
        if left_out.contains(key) {
            continue;
        }
        let mut entry = of_base(key, dependency, base, folder);
        // A build script's dependency of the same name is another thing.
        if dependency["kind"] != "build"
            && let Some(change) = changes.get_mut(key)
        {
            entry.extend(keys(change, folder));
        }
        let at = match dependency["target"].as_str() {
            Some(target) => inner(inner(root, "target"), target),
            None => &mut *root,
        };
        let table = match dependency["kind"].as_str() {
            Some("build") => "build-dependencies",
            _ => "dependencies",
        };
        inner(at, table).insert(key.to_owned(), entry.into());
    }
    for (key, entry) in manifest.modules.iter().chain(&manifest.dependencies) {
        if entry.has_source() {
            let entry = keys(entry, folder);
            inner(root, "dependencies").insert(key.clone(), entry.into());
        }
    }
    for (_, values) in features.iter_mut() {
        if let Some(values) = values.as_array_mut() {
            values.retain(|value| {
                let value = value.as_str().unwrap_or_default();
                let of = value.strip_prefix("dep:").unwrap_or(value);
                let of = of.split('/').next().unwrap_or(of);
                let is_plain = of.len() == value.len();
                is_plain || !left_out.contains(of.trim_end_matches('?'))
            });
        }
    }
}

/// The keys of the base's dependencies that are not to be there.
fn left_out(manifest: &Manifest, base: &Base, told: &mut Diagnostics) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for At { value: name, place } in manifest.list(LEFT_OUT.0) {
        let mut found = false;
        for (key, dependency) in base.dependencies() {
            if key == name || dependency["name"] == **name {
                keys.insert(key.to_owned());
                found = true;
            }
        }
        if found {
            continue;
        }
        let own = manifest.modules.keys().chain(manifest.dependencies.keys());
        let known = base.dependencies().map(|(key, _)| key);
        let known = known.chain(own.map(String::as_str));
        let message = format!(
            "`{}` does not depend on `{name}`, so it cannot be left out",
            base.name()
        );
        let help = near(name, known).unwrap_or_else(|| {
            "what a crate further down registers is left out by leave-out.modules-of".to_owned()
        });
        told.push(wrong(message, place).help(help));
    }
    keys
}

/// The entries that only change a dependency of the base, and whether the
/// others can be there.
fn changes<'m>(
    manifest: &'m Manifest,
    base: &Base,
    left_out: &BTreeSet<String>,
    told: &mut Diagnostics,
) -> BTreeMap<&'m str, &'m Entry> {
    let of_base: BTreeSet<&str> = base
        .dependencies()
        .filter(|(key, dependency)| dependency["kind"] != "build" && !left_out.contains(*key))
        .map(|(key, _)| key)
        .collect();
    let mut changes = BTreeMap::new();
    for (table, entries) in [
        ("modules", &manifest.modules),
        ("dependencies", &manifest.dependencies),
    ] {
        for (key, entry) in entries {
            let is_twice = table == "dependencies" && manifest.modules.contains_key(key);
            if is_twice {
                let message = format!("`{key}` is under [modules], too");
                let other = &manifest.modules[key];
                told.push(
                    wrong(message, &entry.place)
                        .at(other.place.clone(), "here")
                        .help("remove one of them"),
                );
            }
            match (of_base.contains(key.as_str()), entry.has_source()) {
                (true, true) => told.push(
                    wrong(
                        format!("`{}` depends on a `{key}` already", base.name()),
                        &entry.place,
                    )
                    .help(format!(
                        "to have this one instead, leave that one out: [leave-out] crates = [\"{key}\"]"
                    ))
                    .help(format!(
                        "to have both, rename this one: `other = {{ package = \"{}\", … }}`",
                        entry.package(key)
                    ))
                    .help("to change its features only, remove what says where it comes from"),
                ),
                (true, false) => {
                    changes.insert(key.as_str(), entry);
                }
                (false, false) => {
                    let message = format!(
                        "`{key}` comes from nowhere, and `{}` does not depend on it",
                        base.name()
                    );
                    let help = near(key, of_base.iter().copied()).unwrap_or_else(|| {
                        "add `path = \"…\"`, `git = \"…\"` or `version = \"…\"`".to_owned()
                    });
                    told.push(wrong(message, &entry.place).help(help));
                }
                (false, true) => entry.check_folder(key, told),
            }
        }
    }
    changes
}

/// A dependency as the base has it.
fn of_base(key: &str, dependency: &Json, base: &Base, folder: &Path) -> Table {
    let mut entry = Table::new();
    let text = |key: &str| dependency[key].as_str();
    let mut put = |key: &str, value: Value| {
        entry.insert(key.to_owned(), value);
    };
    if text("rename").is_some() || text("name") != Some(key) {
        put("package", text("name").unwrap_or_default().into());
    }
    if let Some(version) = text("req").filter(|version| *version != "*") {
        put("version", version.into());
    }
    if let Some(path) = text("path") {
        match of_repository(base) {
            // The folder is Cargo's, and another one on the next machine.
            Some(source) => {
                for (key, value) in source {
                    put(key, value.clone());
                }
            }
            None => put("path", relative(folder, &real(Path::new(path))).into()),
        }
    } else if let Some(git) = text("source").and_then(|source| source.strip_prefix("git+")) {
        let (url, query) = git.split_once('?').unwrap_or((git, ""));
        put("git", url.into());
        if let Some((key, value)) = query.split_once('=') {
            put(key, percent_decoded(value).into());
        }
    } else if text("req") == Some("*") {
        put("version", "*".into());
    }
    if let Some(registry) = text("registry") {
        put("registry-index", registry.into());
    }
    if dependency["optional"] == true {
        put("optional", true.into());
    }
    if dependency["uses_default_features"] == false {
        put("default-features", false.into());
    }
    let features: Vec<Value> = texts(&dependency["features"]).map(Value::from).collect();
    if !features.is_empty() {
        put("features", features.into());
    }
    entry
}

/// An entry of a manifest as Cargo takes it.
fn keys(entry: &Entry, folder: &Path) -> Table {
    let mut table: Table = entry
        .keys
        .iter()
        .map(|(key, at)| (key.clone(), at.value.clone()))
        .collect();
    if let Some(path) = entry.path() {
        table.insert("path".into(), relative(folder, &path).into());
    }
    table
}

/// A table within one, made if it is missing.
fn inner<'t>(table: &'t mut Table, key: &str) -> &'t mut Table {
    let value = table
        .entry(key)
        .or_insert_with(|| Value::Table(Table::new()));
    match value {
        Value::Table(table) => table,
        _ => unreachable!("all of these were made here"),
    }
}

/// A branch's or tag's name, as Cargo writes it into a source.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, more @ ..] = rest {
        let coded = match more {
            [high, low, ..] if *first == b'%' => {
                let digits = [*high, *low];
                let digits = std::str::from_utf8(&digits).unwrap_or_default();
                u8::from_str_radix(digits, 16).ok()
            }
            _ => None,
        };
        match coded {
            Some(byte) => {
                bytes.push(byte);
                rest = &more[2..];
            }
            None => {
                bytes.push(*first);
                rest = more;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
