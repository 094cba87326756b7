//! The generated project: an ordinary package over the sources of the base.

use super::base::{Base, Fetched};
use super::dependencies;
use super::manifest::{self, Manifest};
use super::path::{real, relative};
use super::settings;
use super::told::wrong;
use crate::error::Diagnostics;
use crate::near::near;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::path::Path;
use toml::{Table, Value};

/// Its two manifests.
pub(super) struct Text {
    /// Of a workspace with one member. It has a folder of its own so that the
    /// member's way from it bears the firmware's name: Cargo tells the members
    /// of workspaces that share a target folder apart by that.
    pub(super) workspace: String,
    /// Of the package.
    pub(super) package: String,
}

/// Writes the manifests. The package will lie in `folder`, below its workspace.
///
/// Paths are relative wherever both ends are the user's, so that the files are
/// the same on every machine.
///
/// # Errors
///
/// What the manifest wants of the base and the base has not.
pub(super) fn text(
    manifest: &Manifest,
    base: &Base,
    folder: &Path,
    told: &mut Diagnostics,
) -> Text {
    let mut root = Table::new();
    if let Some(features) = base.manifest.get("cargo-features") {
        root.insert("cargo-features".into(), features.clone());
    }
    let mut package = package(base, folder);
    let metadata = settings::metadata(manifest, base, folder);
    package.insert("metadata".into(), metadata.into());
    root.insert("package".into(), package.into());
    targets(base, folder, &mut root);
    let mut features = features(base);
    dependencies::write(manifest, base, folder, &mut root, &mut features, told);
    choose_features(manifest, base, &mut features, told);
    root.insert("features".into(), features.into());
    if let Some(lints) = lints(base) {
        root.insert("lints".into(), lints.clone());
    }
    let above = folder.parent().unwrap_or(folder);
    let workspace = workspace(manifest, base, above, &relative(above, folder));
    Text {
        workspace: format!("{HEAD}{workspace}"),
        package: format!("{HEAD}{root}"),
    }
}

/// What counts for all packages of the build, which stands at the root.
fn workspace(manifest: &Manifest, base: &Base, folder: &Path, member: &str) -> Table {
    let mut root = Table::new();
    if let Some(features) = base.root.get("cargo-features") {
        root.insert("cargo-features".into(), features.clone());
    }
    let mut workspace = Table::new();
    workspace.insert("members".into(), vec![member].into());
    workspace.insert("resolver".into(), resolver(base).into());
    root.insert("workspace".into(), workspace.into());
    let mut profile = of(&base.root, "profile");
    manifest::lay(&mut profile, manifest.profile.clone());
    if !profile.is_empty() {
        root.insert("profile".into(), profile.into());
    }
    let mut patch = of(&base.root, "patch");
    move_paths(&mut patch, &base.workspace, folder);
    let mut own = manifest.patch.clone();
    move_paths(&mut own, Path::new("/"), folder);
    manifest::lay(&mut patch, own);
    if !patch.is_empty() {
        root.insert("patch".into(), patch.into());
    }
    root
}

const HEAD: &str = "# Written by `cargo enroll build -f`: what is changed here is lost.\n";

fn package(base: &Base, folder: &Path) -> Table {
    let mut package = Table::new();
    for (key, json) in [
        ("name", "name"),
        ("version", "version"),
        ("edition", "edition"),
        ("rust-version", "rust_version"),
        ("description", "description"),
        ("license", "license"),
        ("homepage", "homepage"),
        ("repository", "repository"),
        ("links", "links"),
        ("default-run", "default_run"),
    ] {
        if let Some(text) = base.text(json) {
            package.insert(key.into(), text.into());
        }
    }
    let authors: Vec<Value> = texts(&base.package["authors"]).map(Value::from).collect();
    if !authors.is_empty() {
        package.insert("authors".into(), authors.into());
    }
    package.insert("publish".into(), false.into());
    // The targets are named one by one.
    for key in [
        "autolib",
        "autobins",
        "autoexamples",
        "autotests",
        "autobenches",
    ] {
        package.insert(key.into(), false.into());
    }
    for target in all_targets(base) {
        if target["kind"][0] == "custom-build" {
            let script = source(target, folder);
            package.insert("build".into(), script.into());
        }
    }
    package
}

/// The library and the binaries. Tests, examples and benches stay with the
/// base, and so do the dependencies that only they have.
fn targets(base: &Base, folder: &Path, root: &mut Table) {
    let mut bins = Vec::new();
    for target in all_targets(base) {
        let mut table = Table::new();
        table.insert("name".into(), target["name"].as_str().unwrap_or("").into());
        table.insert("path".into(), source(target, folder).into());
        let edition = target["edition"].as_str();
        if edition != base.text("edition") {
            table.extend(edition.map(|edition| ("edition".to_owned(), Value::from(edition))));
        }
        let required: Vec<Value> = texts(&target["required-features"])
            .map(Value::from)
            .collect();
        if !required.is_empty() {
            table.insert("required-features".into(), required.into());
        }
        let kinds: Vec<&str> = texts(&target["kind"]).collect();
        match kinds.as_slice() {
            ["bin"] => bins.push(Value::from(table)),
            ["custom-build" | "example" | "test" | "bench"] => {}
            ["proc-macro"] => {
                table.insert("proc-macro".into(), true.into());
                root.insert("lib".into(), table.into());
            }
            _ => {
                let types: Vec<Value> = texts(&target["crate_types"]).map(Value::from).collect();
                table.insert("crate-type".into(), types.into());
                root.insert("lib".into(), table.into());
            }
        }
    }
    if !bins.is_empty() {
        root.insert("bin".into(), bins.into());
    }
}

fn all_targets(base: &Base) -> impl Iterator<Item = &Json> {
    base.package["targets"].as_array().into_iter().flatten()
}

/// The way to a target's root file.
fn source(target: &Json, folder: &Path) -> String {
    let path = target["src_path"].as_str().unwrap_or_default();
    relative(folder, &real(Path::new(path)))
}

fn features(base: &Base) -> Table {
    let features = base.package["features"].as_object();
    features
        .into_iter()
        .flatten()
        .map(|(name, values)| {
            let values: Vec<Value> = texts(values).map(Value::from).collect();
            (name.clone(), Value::from(values))
        })
        .collect()
}

/// Makes the features that the manifest wants of the base its default ones.
fn choose_features(manifest: &Manifest, base: &Base, features: &mut Table, told: &mut Diagnostics) {
    let Some(entry) = &manifest.base else {
        return;
    };
    let mut chosen: Vec<Value> = Vec::new();
    if entry.default_features() != Some(false)
        && let Some(Value::Array(default)) = features.get("default")
    {
        chosen.clone_from(default);
    }
    for feature in entry.features().unwrap_or_default() {
        // `dependency/feature` is Cargo's to understand.
        if !features.contains_key(&feature.value) && !feature.value.contains('/') {
            let known = features.keys().map(String::as_str);
            let message = format!("`{}` has no feature `{}`", base.name(), feature.value);
            let help = near(&feature.value, known).unwrap_or_else(|| match features.is_empty() {
                true => "it has no features at all".to_owned(),
                false => {
                    let list: Vec<&str> = features.keys().map(String::as_str).collect();
                    format!("it has `{}`", list.join("`, `"))
                }
            });
            told.push(wrong(message, &feature.place).help(help));
            continue;
        }
        let feature = Value::from(feature.value);
        if !chosen.contains(&feature) {
            chosen.push(feature);
        }
    }
    if !chosen.is_empty() || features.contains_key("default") {
        features.insert("default".into(), chosen.into());
    }
}

/// The lints of the base: its own, or its workspace's.
fn lints(base: &Base) -> Option<&Value> {
    let lints = base.manifest.get("lints")?;
    if lints.get("workspace").and_then(Value::as_bool) == Some(true) {
        return base.root.get("workspace")?.get("lints");
    }
    Some(lints)
}

/// How Cargo resolves features in the base's workspace: as that says, else by
/// the edition of the package at its root.
fn resolver(base: &Base) -> &str {
    let workspace = base.root.get("workspace");
    let said = workspace.and_then(|workspace| workspace.get("resolver")?.as_str());
    if let Some(said) = said {
        return said;
    }
    let by_edition = BTreeMap::from([("2021", "2"), ("2024", "3")]);
    let is_root = base.folder == base.workspace;
    let edition = base.text("edition").filter(|_| is_root);
    let resolver = edition.and_then(|edition| by_edition.get(edition));
    resolver.copied().unwrap_or("1")
}

/// The paths of `[patch]`, made relative to the project.
fn move_paths(patch: &mut Table, from: &Path, folder: &Path) {
    for (_, source) in patch.iter_mut() {
        for (_, one) in source.as_table_mut().into_iter().flatten() {
            let Some(path) = one.get_mut("path") else {
                continue;
            };
            let full = real(&from.join(path.as_str().unwrap_or_default()));
            *path = relative(folder, &full).into();
        }
    }
}

fn of(table: &Table, key: &str) -> Table {
    let own = table.get(key).and_then(Value::as_table);
    own.cloned().unwrap_or_default()
}

pub(super) fn texts(json: &Json) -> impl Iterator<Item = &str> {
    json.as_array()
        .into_iter()
        .flatten()
        .filter_map(Json::as_str)
}

/// Whether what the base has in folders of its own is in a repository or a
/// registry now.
pub(super) fn of_repository(base: &Base) -> Option<&Table> {
    match &base.fetched {
        Some(Fetched::Git(source)) => Some(source),
        _ => None,
    }
}
