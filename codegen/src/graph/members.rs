//! Reads what `cargo metadata` prints.

use super::request::Request;
use crate::error::{Diagnostic, Kind};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The workspace that is being built.
#[derive(Clone, Debug)]
pub(super) struct Workspace {
    pub(super) root: PathBuf,
    pub(super) members: Vec<Member>,
}

#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) version: String,
    pub(super) manifest: PathBuf,
    pub(super) targets: Vec<Built>,
}

/// A target of a member.
#[derive(Clone, Debug)]
pub(super) struct Built {
    /// `lib`, `staticlib`, `bin`, …
    pub(super) kinds: Vec<String>,
    pub(super) name: String,
    pub(super) root: PathBuf,
    pub(super) edition: String,
    pub(super) required_features: Vec<String>,
}

impl Workspace {
    /// Reads `cargo metadata --no-deps`.
    ///
    /// # Errors
    ///
    /// [`Kind::CargoQuery`] if it is not the format that is known since
    /// Cargo 1.0.
    pub(super) fn parse(text: &str) -> Result<Workspace, Diagnostic> {
        let value: Value = serde_json::from_str(text).map_err(unknown)?;
        let members = list(&value["packages"]).map(member).collect();
        match (path(&value["workspace_root"]), members) {
            (Some(root), Some(members)) => Ok(Workspace { root, members }),
            _ => Err(unknown("a field is missing")),
        }
    }

    /// The member of this name and version in this folder.
    pub(super) fn member(&self, dir: &Path, name: &str, version: &str) -> Option<&Member> {
        let mut namesakes = self
            .members
            .iter()
            .filter(|member| member.name == name && member.version == version);
        let first = namesakes.next()?;
        let same = |member: &&Member| member.manifest.parent() == Some(dir);
        Some(namesakes.find(same).unwrap_or(first))
    }
}

/// A package that `cargo metadata` knows.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) name: String,
    pub(super) version: String,
    /// The whole source id, such as `git+https://…#commit`; `None` for a
    /// folder.
    pub(super) source: Option<String>,
    pub(super) manifest: PathBuf,
}

/// All packages of `cargo metadata`; those it cannot describe are left out.
pub(super) fn packages(text: &str) -> Vec<Known> {
    let value: Value = serde_json::from_str(text).unwrap_or_default();
    list(&value["packages"])
        .filter_map(|package| {
            Some(Known {
                name: string(&package["name"])?,
                version: string(&package["version"])?,
                source: string(&package["source"]),
                manifest: path(&package["manifest_path"])?,
            })
        })
        .collect()
}

/// The names under which the firmware has its dependencies, those for tests
/// included, in `cargo metadata` of everything.
pub(super) fn names(text: &str, request: &Request) -> Option<BTreeSet<String>> {
    let value: Value = serde_json::from_str(text).ok()?;
    let manifest = request.manifest_dir.join("Cargo.toml");
    let firmware = list(&value["packages"])
        .find(|package| path(&package["manifest_path"]).is_some_and(|path| path == manifest))?;
    let mut nodes = list(&value["resolve"]["nodes"]);
    let node = nodes.find(|node| node["id"] == firmware["id"])?;
    let is_linked = |dependency: &&Value| {
        let mut kinds = list(&dependency["dep_kinds"]);
        kinds.any(|kind| kind["kind"] != "build")
    };
    let dependencies = list(&node["deps"]).filter(is_linked);
    dependencies.map(|one| string(&one["name"])).collect()
}

fn member(package: &Value) -> Option<Member> {
    Some(Member {
        name: string(&package["name"])?,
        version: string(&package["version"])?,
        manifest: path(&package["manifest_path"])?,
        targets: list(&package["targets"])
            .map(built)
            .collect::<Option<_>>()?,
    })
}

fn built(target: &Value) -> Option<Built> {
    Some(Built {
        kinds: list(&target["kind"]).map(string).collect::<Option<_>>()?,
        name: string(&target["name"])?,
        root: path(&target["src_path"])?,
        edition: string(&target["edition"])?,
        // Absent where there are none.
        required_features: list(&target["required-features"])
            .filter_map(string)
            .collect(),
    })
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn string(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn path(value: &Value) -> Option<PathBuf> {
    value.as_str().map(PathBuf::from)
}

fn unknown(cause: impl std::fmt::Display) -> Diagnostic {
    Diagnostic::new(
        Kind::CargoQuery,
        "`cargo metadata` printed something that cannot be read",
    )
    .help("use a version of Cargo that this version of enroll-codegen knows")
    .cause(cause)
}
