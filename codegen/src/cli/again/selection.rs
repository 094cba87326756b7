//! Which firmwares a `cargo build` with these arguments would compile.

use super::arguments::Arguments;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The package whose build-dependency makes a package a firmware.
const GENERATOR: &str = "enroll-codegen";

/// A firmware that was selected.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) name: String,
    pub(super) version: String,
    /// The folder of its manifest.
    pub(super) dir: PathBuf,
    pub(super) features: BTreeSet<String>,
}

/// What the workspace says about the arguments.
#[derive(Debug)]
pub(super) struct Selection {
    pub(super) wanted: Vec<Wanted>,
    /// Names of firmwares that are compiled because a selected package depends
    /// on them. Which features they get is Cargo's to say.
    pub(super) reached: BTreeSet<String>,
    /// Whether every specification of a package was understood.
    pub(super) is_clear: bool,
}

/// Selects as Cargo does, on the answer of `cargo metadata --no-deps`.
pub(super) fn select(metadata: &Value, arguments: &Arguments) -> Selection {
    let packages = || metadata["packages"].as_array().into_iter().flatten();
    let ids: BTreeSet<&str> = metadata["workspace_default_members"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let mut is_clear = true;
    let mut specified = |specifications: &[String], package: &Value| {
        let (name, version) = (text(&package["name"]), text(&package["version"]));
        specifications.iter().any(|specification| {
            let known = |c: char| c.is_alphanumeric() || "-_@.+".contains(c);
            is_clear &= specification.chars().all(known);
            match specification.split_once('@') {
                Some((of, wanted)) => of == name && version.starts_with(wanted),
                None => specification == name,
            }
        })
    };
    let mut selected: Vec<&Value> = packages()
        .filter(|package| {
            if !arguments.packages.is_empty() {
                specified(&arguments.packages, package)
            } else if arguments.workspace {
                !specified(&arguments.exclude, package)
            } else {
                ids.contains(text(&package["id"]))
            }
        })
        .collect();
    let wanted: Vec<Wanted> = selected
        .iter()
        .filter(|package| is_firmware(package))
        .map(|package| wanted(package, arguments))
        .collect();
    // What the selected ones depend on, among the members.
    let mut reached = BTreeSet::new();
    let mut at = 0;
    while let Some(package) = selected.get(at).copied() {
        at += 1;
        let folders: Vec<&str> = list(&package["dependencies"])
            .filter(|dependency| text(&dependency["kind"]) != "dev")
            .filter_map(|dependency| dependency["path"].as_str())
            .collect();
        for other in packages() {
            let dir = folder(other);
            let is_dependency = folders.iter().any(|folder| Path::new(folder) == dir);
            if !is_dependency || selected.iter().any(|known| known["id"] == other["id"]) {
                continue;
            }
            if is_firmware(other) {
                reached.insert(text(&other["name"]).to_owned());
            }
            selected.push(other);
        }
    }
    Selection {
        wanted,
        reached,
        is_clear,
    }
}

fn is_firmware(package: &Value) -> bool {
    list(&package["dependencies"]).any(|dependency| {
        text(&dependency["kind"]) == "build" && text(&dependency["name"]) == GENERATOR
    })
}

fn wanted(package: &Value, arguments: &Arguments) -> Wanted {
    let name = text(&package["name"]);
    let known = &package["features"];
    let mut open: Vec<String> = Vec::new();
    if arguments.all_features {
        open.extend(
            known
                .as_object()
                .into_iter()
                .flatten()
                .map(|(name, _)| name.clone()),
        );
    }
    if !arguments.no_default_features {
        open.push("default".to_owned());
    }
    for feature in &arguments.features {
        match feature.split_once('/') {
            Some((of, feature)) if of == name => open.push(feature.to_owned()),
            Some((dependency, _)) => open.push(dependency.trim_end_matches('?').to_owned()),
            None => open.push(feature.clone()),
        }
    }
    let mut features = BTreeSet::new();
    while let Some(feature) = open.pop() {
        let Some(values) = known[&feature].as_array() else {
            continue;
        };
        if !features.insert(feature) {
            continue;
        }
        for value in values.iter().filter_map(Value::as_str) {
            // `dependency/feature` switches the dependency on, `dependency?/feature`
            // does not.
            match value.split_once('/') {
                Some((dependency, _)) if dependency.ends_with('?') => {}
                Some((dependency, _)) => open.push(dependency.to_owned()),
                None => open.push(value.to_owned()),
            }
        }
    }
    Wanted {
        name: name.to_owned(),
        version: text(&package["version"]).to_owned(),
        dir: folder(package).to_path_buf(),
        features,
    }
}

/// The folder of a package.
fn folder(package: &Value) -> &Path {
    let manifest = Path::new(text(&package["manifest_path"]));
    manifest.parent().unwrap_or(manifest)
}

/// The folders of the local packages that a firmware's build script is
/// compiled from, as far as the manifest of the firmware names them.
pub(super) fn generators(metadata: &Value, dir: &Path) -> Vec<PathBuf> {
    let package = list(&metadata["packages"]).find(|package| folder(package) == dir);
    package
        .into_iter()
        .flat_map(|package| list(&package["dependencies"]))
        .filter(|dependency| text(&dependency["kind"]) == "build")
        .filter_map(|dependency| dependency["path"].as_str())
        .map(PathBuf::from)
        .collect()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::ffi::OsString;

    fn selected(line: &str) -> (Vec<String>, Vec<String>, bool) {
        let generator = json!({ "name": GENERATOR, "kind": "build" });
        let package = |name: &str, dependencies: Value, features: Value| {
            json!({
                "name": name, "version": "1.2.0", "id": name,
                "manifest_path": format!("/w/{name}/Cargo.toml"),
                "dependencies": dependencies, "features": features,
            })
        };
        let metadata = json!({
            "workspace_default_members": ["fw", "app"],
            "packages": [
                package("fw", json!([generator]), json!({
                    "default": ["net"], "net": ["dep:smol"], "tls": ["smol/tls"],
                    "smol": ["dep:smol"], "weak": ["smol?/tls"],
                })),
                package("lib-fw", json!([generator]), json!({})),
                package("app", json!([{ "kind": null, "path": "/w/lib-fw" }]), json!({})),
            ],
        });
        let args: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
        let selection = select(&metadata, &Arguments::read(&args));
        let wanted = selection.wanted.iter().map(|wanted| {
            let features: Vec<&str> = wanted.features.iter().map(String::as_str).collect();
            format!("{} [{}]", wanted.name, features.join(" "))
        });
        let reached = selection.reached.into_iter().collect();
        (wanted.collect(), reached, selection.is_clear)
    }

    #[test]
    fn packages_and_features_are_selected_as_cargo_does() {
        for (line, wanted, reached, is_clear) in [
            ("", &["fw [default net]"][..], &["lib-fw"][..], true),
            ("-p fw --no-default-features", &["fw []"], &[], true),
            (
                "-p fw@1.2 --features tls",
                &["fw [default net smol tls]"],
                &[],
                true,
            ),
            ("-p fw -F weak", &["fw [default net weak]"], &[], true),
            (
                "-p fw --no-default-features -F fw/net",
                &["fw [net]"],
                &[],
                true,
            ),
            (
                "-p fw --no-default-features -F smol/tls",
                &["fw [smol]"],
                &[],
                true,
            ),
            ("-p app", &[], &["lib-fw"], true),
            ("-p lib-fw", &["lib-fw []"], &[], true),
            ("--workspace --exclude fw", &["lib-fw []"], &[], true),
            ("-p f*", &[], &[], false),
        ] {
            let expected = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect();
            assert_eq!(
                selected(line),
                (expected(wanted), expected(reached), is_clear),
                "{line}"
            );
        }
    }
}
