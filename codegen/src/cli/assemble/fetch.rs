//! A base that is not a folder of the user's: Cargo fetches it.

use super::base::Fetched;
use super::entry::Entry;
use super::path::real;
use super::told::wrong;
use crate::emit;
use crate::error::Diagnostic;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The folder of a base from a repository or a registry, below Cargo's home.
///
/// Cargo fetches what a package depends on, so a package is written that
/// depends on the base and on nothing else.
///
/// # Errors
///
/// At the place of the entry: it can change between two builds, since no lock
/// file holds the base; or Cargo cannot fetch it.
pub(super) fn fetch(entry: &Entry, project: &Path) -> Result<(PathBuf, Fetched), Diagnostic> {
    let Some(name) = entry.text("package") else {
        return Err(
            wrong("this does not say which package is the base", &entry.place)
                .help("add `package = \"firmware\"`, or `path` if it is in a folder here"),
        );
    };
    pinned(entry)?;
    let mut dependency: toml::Table = entry
        .keys
        .iter()
        .map(|(key, at)| (key.clone(), at.value.clone()))
        .collect();
    dependency.remove("features");
    dependency.remove("default-features");
    let fetched = match entry.text("git") {
        Some(_) => {
            let mut source = dependency.clone();
            source.remove("package");
            source.remove("version");
            Fetched::Git(source)
        }
        None => Fetched::Registry,
    };
    let stub = project.join("base");
    let manifest = stub.join("Cargo.toml");
    let mut text: toml::Table = toml::toml! {
        [package]
        name = "enroll-base"
        version = "0.0.0"
        edition = "2024"
        [lib]
        path = "lib.rs"
        [workspace]
    };
    let dependencies = toml::Table::from_iter([("base".to_owned(), dependency.into())]);
    text.insert("dependencies".to_owned(), dependencies.into());
    std::fs::create_dir_all(&stub).map_err(|cause| {
        wrong("could not make the folder of the base", &entry.place).cause(cause)
    })?;
    emit::write(&stub.join("lib.rs"), "")?;
    emit::write(&manifest, text.to_string())?;
    let failed = |cause: String| {
        wrong(
            format!("Cargo cannot fetch the base `{name}`"),
            &entry.place,
        )
        .help("a clone of it will do: `base = { path = \"…\" }`")
        .cause(cause)
    };
    let output = crate::cli::cargo::command()
        .args(["metadata", "--format-version", "1", "--color", "never"])
        .arg("--manifest-path")
        .arg(&manifest)
        .output()
        .map_err(|error| failed(error.to_string()))?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr);
        return Err(failed(text.trim_end().to_owned()));
    }
    let answer: Value =
        serde_json::from_slice(&output.stdout).map_err(|error| failed(error.to_string()))?;
    let packages = answer["packages"].as_array().into_iter().flatten();
    let path = direct(&answer)
        .and_then(|id| packages.into_iter().find(|package| package["id"] == *id))
        .and_then(|package| Path::new(package["manifest_path"].as_str()?).parent())
        .ok_or_else(|| failed("it is not in Cargo's answer".to_owned()))?;
    Ok((real(path), fetched))
}

/// The id of the only dependency of the only member.
fn direct(answer: &Value) -> Option<&Value> {
    let root = &answer["resolve"]["root"];
    let nodes = answer["resolve"]["nodes"].as_array()?;
    let node = nodes.iter().find(|node| node["id"] == *root)?;
    node["dependencies"].as_array()?.first()
}

/// Whether the entry is the same at every build.
fn pinned(entry: &Entry) -> Result<(), Diagnostic> {
    if entry.text("git").is_some() {
        if entry.text("rev").is_some() || entry.text("tag").is_some() {
            return Ok(());
        }
        return Err(
            wrong("this base can change from one build to the next", &entry.place)
                .help("add `rev = \"…\"` or `tag = \"…\"`: the lock file holds what a firmware depends on, not its base"),
        );
    }
    match entry.text("version") {
        Some(version) if version.trim_start().starts_with('=') => Ok(()),
        Some(version) => Err(
            wrong("this base can change from one build to the next", &entry.place).help(format!(
                "write `version = \"={}\"`: the lock file holds what a firmware depends on, not its base",
                version.trim_start_matches(['^', '~'])
            )),
        ),
        None => Err(wrong("this base comes from nowhere", &entry.place)
            .help("add `path = \"…\"`, `git = \"…\"` or `version = \"=…\"`")),
    }
}
