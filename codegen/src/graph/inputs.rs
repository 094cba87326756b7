//! What the graph was read from: what a build script has to watch.

use super::config::Config;
use super::members::Workspace;
use super::query;
use super::request::Request;
use super::tree::{Source, Tree};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The files and variables that decide the graph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// Cargo.lock, the manifest of every path package of the closure, of every
    /// member and of their workspaces, Cargo's configuration files, the
    /// target's specification. All of them exist: Cargo runs a build script
    /// every time if told to watch a file that is missing.
    pub files: BTreeSet<PathBuf>,
    /// Names of environment variables.
    pub env: BTreeSet<String>,
}

/// All inputs of one answer. Manifests of registry and git packages are not
/// among them: they do not change under one lock file.
pub(super) fn inputs(
    request: &Request,
    tree: &Tree,
    workspace: &Workspace,
    config: &Config,
) -> Inputs {
    let mut files: BTreeSet<PathBuf> = config.files.iter().cloned().collect();
    files.extend(query::specification(request));
    files.insert(workspace.root.join("Cargo.lock"));
    files.insert(workspace.root.join("Cargo.toml"));
    files.extend(
        workspace
            .members
            .iter()
            .map(|member| member.manifest.clone()),
    );
    for node in &tree.nodes {
        if let Source::Path(dir) = &node.id.source {
            files.insert(dir.join("Cargo.toml"));
            // A path package outside the workspace may inherit from another.
            if !dir.starts_with(&workspace.root) {
                files.extend(above(dir));
            }
        }
    }
    files.retain(|path| path.is_file());
    Inputs {
        files,
        // Compiler flags are not among them: Cargo runs the script again by
        // itself. `CARGO_HOME` neither: rustup sets it and an editor does not,
        // so that the two would undo each other's work.
        env: BTreeSet::from(["RUST_TARGET_PATH".to_owned()]),
    }
}

/// The manifests above `dir`, one of which may be its workspace's.
fn above(dir: &Path) -> impl Iterator<Item = PathBuf> {
    dir.ancestors()
        .skip(1)
        .map(|folder| folder.join("Cargo.toml"))
}
