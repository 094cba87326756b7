//! What the graph was read from: what a build script has to watch.

use super::config::Config;
use super::members::Workspace;
use super::tree::{Source, Tree};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The files and variables that decide the graph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// Cargo.lock, the manifest of every path package of the closure, of every
    /// member and of their workspaces, Cargo's configuration files. All of
    /// them exist: Cargo runs a build script every time if told to watch a
    /// file that is missing.
    pub files: BTreeSet<PathBuf>,
    /// Names of environment variables.
    pub env: BTreeSet<String>,
}

/// Variables that Cargo reads and that move packages or change cfgs.
const VARIABLES: [&str; 7] = [
    "CARGO_BUILD_RUSTFLAGS",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_HOME",
    "CARGO_NET_OFFLINE",
    "RUSTFLAGS",
    "RUST_TARGET_PATH",
    "RUSTUP_TOOLCHAIN",
];

/// All inputs of one answer. Manifests of registry and git packages are not
/// among them: they do not change under one lock file.
pub(super) fn inputs(tree: &Tree, workspace: &Workspace, config: &Config, target: &str) -> Inputs {
    let mut files: BTreeSet<PathBuf> = config.files.iter().cloned().collect();
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
    let mut env: BTreeSet<String> = VARIABLES.map(str::to_owned).into();
    let triple = target.to_uppercase().replace(['-', '.'], "_");
    env.insert(format!("CARGO_TARGET_{triple}_RUSTFLAGS"));
    Inputs { files, env }
}

/// The nearest manifest above `dir`.
fn above(dir: &Path) -> Option<PathBuf> {
    dir.ancestors()
        .skip(1)
        .map(|folder| folder.join("Cargo.toml"))
        .find(|path| path.is_file())
}
