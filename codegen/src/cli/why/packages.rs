//! Every package that Cargo knows around a firmware: other members, and what
//! only tests, build scripts, other targets or other features bring in.

use crate::cli::cargo;
use crate::graph::{Answer, Answers, Metadata, Origin, Package, RUNTIME};
use crate::source::marker::Markers;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Packages, and the edges between them under every feature and target.
#[derive(Debug)]
pub(super) struct Packages {
    pub(super) all: Vec<Known>,
}

/// A package.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) name: String,
    pub(super) version: String,
    pub(super) manifest: PathBuf,
    pub(super) is_path: bool,
    /// Root file and name of its library.
    library: Option<(PathBuf, String)>,
    has_build_script: bool,
    /// What each of its features switches on.
    pub(super) features: BTreeMap<String, Vec<String>>,
    /// Names of wrapper macros, as its metadata has them.
    macros: Value,
    pub(super) edges: Vec<Edge>,
}

/// A dependency as one table of a manifest declares it.
#[derive(Clone, Debug)]
pub(super) struct Edge {
    /// Index of the package it leads to.
    pub(super) to: usize,
    /// The key in the manifest.
    pub(super) key: String,
    /// `normal`, `dev` or `build`.
    pub(super) kind: String,
    /// The `…` of `[target.….dependencies]`.
    pub(super) target: Option<String>,
    pub(super) optional: bool,
}

impl Packages {
    /// Asks Cargo, offline; without the optional dependencies where these were
    /// never downloaded.
    ///
    /// # Errors
    ///
    /// What Cargo said.
    pub(super) fn ask(args: &[OsString]) -> Result<Packages, String> {
        let ask = |more: &[&str]| {
            let mut command = cargo::command();
            command
                .args(["metadata", "--format-version", "1", "--offline"])
                .args(more)
                .args(
                    cargo::selection(args)
                        .into_iter()
                        .filter(|arg| arg != "--offline"),
                );
            let output = command.output().map_err(|error| error.to_string())?;
            match output.status.success() {
                true => serde_json::from_slice(&output.stdout).map_err(|error| error.to_string()),
                false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
            }
        };
        let value: Value = ask(&["--all-features"]).or_else(|_| ask(&[]))?;
        Ok(Packages::read(&value))
    }

    fn read(value: &Value) -> Packages {
        let listed: Vec<&Value> = list(&value["packages"]).collect();
        let index: BTreeMap<&str, usize> = listed
            .iter()
            .enumerate()
            .map(|(at, package)| (text(&package["id"]), at))
            .collect();
        let mut all: Vec<Known> = listed.iter().map(|package| known(package)).collect();
        for node in list(&value["resolve"]["nodes"]) {
            let Some(&from) = index.get(text(&node["id"])) else {
                continue;
            };
            let declared = &listed[from]["dependencies"];
            for dependency in list(&node["deps"]) {
                let Some(&to) = index.get(text(&dependency["pkg"])) else {
                    continue;
                };
                for kind in list(&dependency["dep_kinds"]) {
                    let edge = edge(declared, &all[to].name, kind, to);
                    all[from].edges.push(edge);
                }
            }
        }
        Packages { all }
    }

    pub(super) fn find(&self, package: &Package) -> Option<usize> {
        let same = |known: &Known| known.manifest == package.manifest;
        self.all.iter().position(same)
    }

    /// Those that reach the runtime in some way, and could register something.
    pub(super) fn registering(&self) -> BTreeSet<usize> {
        let runtime = |at: &usize| self.all[*at].name == RUNTIME;
        let mut seen: BTreeSet<usize> = (0..self.all.len()).filter(runtime).collect();
        let goals = seen.clone();
        loop {
            let reaches = |at: &usize| {
                let mut edges = self.all[*at].edges.iter();
                !seen.contains(at) && edges.any(|edge| seen.contains(&edge.to))
            };
            let more: Vec<usize> = (0..self.all.len()).filter(reaches).collect();
            if more.is_empty() {
                break;
            }
            seen.extend(more);
        }
        seen.difference(&goals).copied().collect()
    }

    /// The marker macros of all of them.
    pub(super) fn markers(&self, graph: &[Package]) -> Markers {
        let mut markers = Markers::default();
        for package in graph {
            for (name, marker) in &package.metadata.macros {
                markers.insert(name.clone(), *marker);
            }
        }
        for known in &self.all {
            for (name, wrapped) in known.macros.as_object().into_iter().flatten() {
                let wrapped = wrapped.as_str().and_then(|name| markers.get(name));
                if let Some(marker) = wrapped {
                    markers.insert(name.clone(), marker);
                }
            }
        }
        markers
    }
}

impl Known {
    /// For the scan of its library; `None` if it has none.
    pub(super) fn package(&self) -> Option<Package> {
        let (root, crate_name) = self.library.clone()?;
        let answer = || Answer::Features(BTreeSet::new());
        Some(Package {
            name: self.name.clone(),
            version: self.version.clone(),
            origin: Origin::Path,
            local: self.is_path,
            dir: self.dir().to_path_buf(),
            manifest: self.manifest.clone(),
            root,
            other_targets: Vec::new(),
            folders: Vec::new(),
            crate_name,
            edition: String::new(),
            has_build_script: self.has_build_script,
            proc_macro: false,
            features: BTreeSet::new(),
            answers: Answers {
                with_dev: answer(),
                workspace: answer(),
            },
            dependencies: Vec::new(),
            runtime_names: Vec::new(),
            declared: BTreeSet::new(),
            metadata: Metadata::default(),
        })
    }

    pub(super) fn dir(&self) -> &Path {
        self.manifest.parent().unwrap_or(&self.manifest)
    }

    pub(super) fn id(&self) -> String {
        format!("{} {}", self.name, self.version)
    }
}

fn known(package: &Value) -> Known {
    let library = list(&package["targets"]).find(|target| {
        let mut kinds = list(&target["kind"]).map(text);
        kinds.any(|kind| kind == "lib" || kind == "rlib")
    });
    let library = library.map(|target| {
        let root = PathBuf::from(text(&target["src_path"]));
        (root, text(&target["name"]).replace('-', "_"))
    });
    let is_build = |target: &Value| list(&target["kind"]).any(|kind| kind == "custom-build");
    let features = package["features"].as_object().into_iter().flatten();
    let features = features.map(|(feature, values)| {
        let values = list(values).map(|value| text(value).to_owned());
        (feature.clone(), values.collect())
    });
    Known {
        name: text(&package["name"]).to_owned(),
        version: text(&package["version"]).to_owned(),
        manifest: PathBuf::from(text(&package["manifest_path"])),
        is_path: package["source"].is_null(),
        library,
        has_build_script: list(&package["targets"]).any(is_build),
        features: features.collect(),
        macros: package["metadata"]["enroll"]["macros"].clone(),
        edges: Vec::new(),
    }
}

/// An edge with what the manifest says about it.
fn edge(declared: &Value, name: &str, kind: &Value, to: usize) -> Edge {
    let declaration = list(declared).find(|declaration| {
        declaration["name"] == name
            && declaration["kind"] == kind["kind"]
            && declaration["target"] == kind["target"]
    });
    let key = declaration.map(|declaration| {
        let renamed = declaration["rename"].as_str();
        renamed.unwrap_or(text(&declaration["name"])).to_owned()
    });
    Edge {
        to,
        key: key.unwrap_or_else(|| name.to_owned()),
        kind: kind["kind"].as_str().unwrap_or("normal").to_owned(),
        target: kind["target"].as_str().map(str::to_owned),
        optional: declaration.is_some_and(|of| of["optional"] == true),
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
