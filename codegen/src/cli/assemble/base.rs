//! The firmware that another one is made of.

use super::entry::Entry;
use super::fetch;
use super::path::real;
use super::told::wrong;
use crate::error::Diagnostic;
use crate::near::near;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The base, as Cargo knows it.
pub(super) struct Base {
    /// The folder of its manifest.
    pub(super) folder: PathBuf,
    /// The folder of its workspace.
    pub(super) workspace: PathBuf,
    /// What `cargo metadata` says of the package: everything that it inherits
    /// is filled in.
    pub(super) package: Value,
    /// Its manifest, for what `cargo metadata` does not say.
    pub(super) manifest: toml::Table,
    /// Its workspace's manifest.
    pub(super) root: toml::Table,
    /// Where it was fetched from, if it was: its path dependencies are there,
    /// too.
    pub(super) fetched: Option<Fetched>,
}

/// Where a base was fetched from.
#[derive(Clone)]
pub(super) enum Fetched {
    /// The keys `git` and `rev` or `tag`.
    Git(toml::Table),
    /// From a registry, where nothing has path dependencies.
    Registry,
}

impl Base {
    /// Finds it, and asks Cargo about it. Nothing is downloaded for a folder.
    ///
    /// # Errors
    ///
    /// At the place of the entry: no such package, or none that can be a
    /// firmware.
    pub(super) fn find(
        entry: &Entry,
        home: &Path,
        project: &Path,
        patch: &toml::Table,
        is_offline: bool,
    ) -> Result<Base, Diagnostic> {
        let (folder, fetched) = match entry.path() {
            Some(folder) => (folder, None),
            None => {
                let (folder, fetched) = fetch::fetch(entry, home, project, patch, is_offline)?;
                (folder, Some(fetched))
            }
        };
        let manifest_path = folder.join("Cargo.toml");
        if !manifest_path.is_file() {
            let message = format!("there is no package in {}", folder.display());
            return Err(wrong(message, &entry.place)
                .help("`path` names the folder of a firmware's Cargo.toml"));
        }
        let answer = metadata(&manifest_path, entry)?;
        let packages = answer["packages"].as_array();
        let packages = packages.map_or(&[][..], Vec::as_slice);
        let is_it = |package: &&Value| {
            let path = package["manifest_path"].as_str().unwrap_or_default();
            real(Path::new(path)) == real(&manifest_path)
        };
        let Some(package) = packages.iter().find(is_it) else {
            return Err(virtual_workspace(entry, packages));
        };
        if let Some(name) = entry.text("package") {
            let found = package["name"].as_str().unwrap_or_default();
            if name != found {
                let message = format!("the package there is `{found}`, not `{name}`");
                return Err(wrong(message, &entry.place));
            }
        }
        let is_script = |target: &Value| target["kind"][0] == "custom-build";
        let targets = package["targets"].as_array();
        if !targets.is_some_and(|targets| targets.iter().any(is_script)) {
            let message = format!(
                "`{}` is no firmware: it has no build script",
                package["name"].as_str().unwrap_or_default()
            );
            return Err(wrong(message, &entry.place).help(NO_FIRMWARE));
        }
        let workspace = PathBuf::from(answer["workspace_root"].as_str().unwrap_or_default());
        Ok(Base {
            manifest: table(&manifest_path, entry)?,
            root: table(&workspace.join("Cargo.toml"), entry)?,
            folder: real(&folder),
            workspace: real(&workspace),
            package: package.clone(),
            fetched,
        })
    }

    /// A text that `cargo metadata` has of it.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.package[key].as_str()
    }

    pub(super) fn name(&self) -> &str {
        self.text("name").unwrap_or_default()
    }

    /// Its dependencies, dev-dependencies left out, each with its key.
    pub(super) fn dependencies(&self) -> impl Iterator<Item = (&str, &Value)> {
        let all = self.package["dependencies"].as_array();
        all.into_iter()
            .flatten()
            .filter(|dependency| dependency["kind"] != "dev")
            .filter_map(|dependency| {
                let renamed = dependency["rename"].as_str();
                Some((renamed.or(dependency["name"].as_str())?, dependency))
            })
    }
}

/// What makes a package a firmware.
pub(super) const NO_FIRMWARE: &str =
    "a firmware's build.rs calls enroll_codegen::Builder, and its code enroll::include_modules!()";

fn metadata(manifest: &Path, entry: &Entry) -> Result<Value, Diagnostic> {
    let failed = |cause: String| {
        wrong("Cargo cannot read this package", &entry.place)
            .help("what it inherits from a workspace must be there, and so on: Cargo says what")
            .cause(cause)
    };
    let output = crate::cli::cargo::command()
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .args(["--offline", "--color", "never", "--manifest-path"])
        .arg(manifest)
        .output()
        .map_err(|error| failed(error.to_string()))?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr);
        return Err(failed(text.trim_end().to_owned()));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| failed(error.to_string()))
}

fn table(path: &Path, entry: &Entry) -> Result<toml::Table, Diagnostic> {
    let failed = |cause: String| {
        let message = format!("could not read {}", path.display());
        wrong(message, &entry.place).cause(cause)
    };
    let text = std::fs::read_to_string(path).map_err(|error| failed(error.to_string()))?;
    text.parse()
        .map_err(|error: toml::de::Error| failed(error.to_string()))
}

fn virtual_workspace(entry: &Entry, packages: &[Value]) -> Diagnostic {
    let names: Vec<&str> = packages
        .iter()
        .filter_map(|package| package["name"].as_str())
        .collect();
    let error = wrong(
        "this is a workspace without a package of its own",
        &entry.place,
    );
    let wanted = entry.text("package").unwrap_or("firmware");
    let error = error.help("name the folder of a package");
    match near(wanted, names.iter().copied()) {
        Some(near) => error.help(near),
        None => error.help(format!("it has `{}`", names.join("`, `"))),
    }
}
