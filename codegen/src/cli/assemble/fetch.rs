//! A base that is not a folder of the user's: Cargo fetches it.

use super::base::Fetched;
use super::config;
use super::entry::Entry;
use super::path::real;
use super::told::wrong;
use crate::emit;
use crate::error::Diagnostic;
use std::path::{Path, PathBuf};

/// The folder of a base from a repository or a registry, below Cargo's home.
///
/// Cargo fetches what a package depends on, so a package is written that
/// depends on the base and on nothing else; `home` is the folder of the manifest. What the base needs is looked up on
/// the way, so `patch` counts here too, the manifest's `[patch]`; that of the base's
/// workspace is not known yet.
///
/// # Errors
///
/// At the place of the entry: it can change between two builds, since no lock
/// file holds the base; or Cargo cannot fetch it.
pub(super) fn fetch(
    entry: &Entry,
    home: &Path,
    project: &Path,
    patch: &toml::Table,
    is_offline: bool,
) -> Result<(PathBuf, Fetched), Diagnostic> {
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
    if !patch.is_empty() {
        text.insert("patch".to_owned(), patch.clone().into());
    }
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
        .help("what only a [patch] of its workspace finds, a [patch] here finds, too")
        .cause(cause)
    };
    let output = crate::cli::cargo::command()
        .args(["fetch", "--color", "never", "--manifest-path"])
        .arg(&manifest)
        .args(config::arguments(home))
        .args(is_offline.then_some("--offline"))
        .output()
        .map_err(|error| failed(error.to_string()))?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr);
        return Err(failed(text.trim_end().to_owned()));
    }
    let lock = std::fs::read_to_string(stub.join("Cargo.lock")).unwrap_or_default();
    let (version, source) = locked(&lock, name, entry)
        .ok_or_else(|| failed("it is not in Cargo's answer".to_owned()))?;
    let folder = crate::graph::fetched(&stub, name, &version, &source)
        .map_err(|error| failed(error.one_line()))?;
    Ok((real(&folder), fetched))
}

/// The version and source of the base. (Cargo does not say where it is: to
/// `cargo metadata` a package without a library is no dependency.)
fn locked(lock: &str, name: &str, entry: &Entry) -> Option<(String, String)> {
    let lock: toml::Table = lock.parse().ok()?;
    let packages = lock.get("package")?.as_array()?;
    let wanted = entry.text("version").unwrap_or_default();
    let wanted = wanted.trim_start_matches(['=', ' ']);
    packages.iter().find_map(|package| {
        let text = |key: &str| package.get(key)?.as_str();
        let (version, source) = (text("version")?, text("source")?);
        let is_source = match entry.text("git") {
            Some(git) => source.starts_with(&format!("git+{git}")),
            None => !source.starts_with("git+") && version.starts_with(wanted),
        };
        let is_it = text("name") == Some(name) && is_source;
        is_it.then(|| (version.to_owned(), source.to_owned()))
    })
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
