//! Puts the answers together.

use super::ask::{Asked, ask};
use super::chain;
use super::compare::Answers;
use super::config::Config;
use super::edges::Edges;
use super::inputs::inputs;
use super::locate::Locator;
use super::manifest::{self, Manifest};
use super::metadata::Whose;
use super::request::Request;
use super::root::{self, Chosen};
use super::tree::PackageId;
use super::{Graph, Origin, Package, RUNTIME};
use crate::error::{Diagnostic, Diagnostics, Kind};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
#[cfg(feature = "cli")]
use std::path::Path;
use std::path::PathBuf;

/// Asks Cargo which packages are in this build of the firmware.
///
/// Runs `cargo tree` once, and once more for each other build that could
/// unify more features, at the same time; `cargo metadata` once without
/// dependencies, and once with them if a package that counts comes from a
/// registry or a repository. Each takes some 10 to 50 ms. Nothing is
/// downloaded and no file is written.
///
/// ```no_run
/// # use enroll_codegen::graph;
/// let request = graph::Request::from_build_script()?;
/// let graph = graph::load(&request)?;
/// for package in &graph.packages {
///     println!("{} {} in {}", package.name, package.version, package.dir.display());
/// }
/// # Ok::<(), enroll_codegen::error::Diagnostics>(())
/// ```
///
/// # Errors
///
/// Everything that is wrong, not the first only: [`Kind::CargoQuery`],
/// [`Kind::TwoRuntimes`], [`Kind::FirmwareTarget`], [`Kind::Manifest`],
/// [`Kind::PackageFolder`], [`Kind::AmbiguousFolder`].
pub fn load(request: &Request) -> Result<Graph, Diagnostics> {
    let mut told = Diagnostics::new();
    let firmware = manifest::read(
        &request.manifest_dir,
        Whose::Firmware,
        &mut Diagnostics::new(),
    )?;
    let asked = ask(request, &firmware)?;
    let tree = &asked.tree;
    let Some(root) = tree.find(&request.name, &request.version) else {
        return Err(not_in_answer(request).into());
    };
    let member = asked
        .workspace
        .member(&request.manifest_dir, &request.name, &request.version)
        .ok_or_else(|| not_in_answer(request))?;
    let chosen = root::choose(request, member);
    let closure = tree.closure(root);
    let runtime = chain::runtime(tree, root, &closure);
    let (chosen, runtime) = match (chosen, runtime) {
        (Ok(chosen), Ok(runtime)) => (chosen, runtime),
        (chosen, runtime) => {
            for diagnostic in [chosen.err(), runtime.err()].into_iter().flatten() {
                told.push(diagnostic);
            }
            return Err(told);
        }
    };

    let cargo_home = cargo_home(request);
    let config = Config::read(&request.manifest_dir, &cargo_home);
    let locator = Locator::new(request, &cargo_home, &config);
    let mut counting = tree.reaching(&closure, &runtime);
    counting.insert(root);
    let mut read: BTreeMap<&PackageId, Read> = BTreeMap::new();
    for &node in counting.difference(&runtime) {
        let node = &tree.nodes[node];
        if read.contains_key(&node.id) {
            continue;
        }
        let whose = match node.id == tree.nodes[root].id {
            true => Whose::Firmware,
            false => Whose::Other,
        };
        match Read::new(&locator, &node.id, whose, &mut told) {
            Ok(package) => {
                read.insert(&node.id, package);
            }
            Err(diagnostic) => told.push(diagnostic),
        }
    }
    if told.has_errors() {
        return Err(told);
    }

    let mut graph = Graph {
        packages: Vec::new(),
        firmware: 0,
        workspace: asked.workspace.root.clone(),
        elsewhere: elsewhere(&asked, &read, &locator),
        cfgs: request.cfgs.clone(),
        inputs: inputs(request, tree, &asked.workspace, &config),
        warnings: Diagnostics::new(),
    };
    // Sorted by name, version and source, as package identities are.
    let index: BTreeMap<&PackageId, usize> = read.keys().copied().zip(0..).collect();
    let edges = Edges {
        request,
        tree,
        closure: &closure,
        read: &read,
        index: &index,
    };
    for (&id, package) in &read {
        let features = edges.features(id);
        let (dependencies, runtime_names) = edges.of(id, &package.manifest, &features);
        let mut package = package.package(id, features, asked.answers(id));
        package.dependencies = dependencies;
        package.runtime_names = runtime_names;
        graph.packages.push(package);
    }
    graph.firmware = index.get(&tree.nodes[root].id).copied().unwrap_or(0);
    if let Some(package) = graph.packages.get_mut(graph.firmware) {
        appoint(package, chosen);
        if package.metadata.settings.base.is_some() {
            // Cargo joins the ways to the base's sources, and leaves each `..`.
            package.root = package
                .root
                .canonicalize()
                .unwrap_or_else(|_| package.root.clone());
        }
    }
    graph.warnings = told;
    Ok(graph)
}

/// A package with what its manifest says.
pub(super) struct Read {
    dir: PathBuf,
    pub(super) manifest: Manifest,
}

impl Read {
    fn new(
        locator: &Locator<'_>,
        id: &PackageId,
        whose: Whose,
        told: &mut Diagnostics,
    ) -> Result<Read, Diagnostic> {
        let dir = locator.folder(id)?;
        let manifest = manifest::read(&dir, whose, told)?;
        Ok(Read { dir, manifest })
    }

    /// The package without its edges.
    fn package(&self, id: &PackageId, features: BTreeSet<String>, answers: Answers) -> Package {
        let manifest = &self.manifest;
        Package {
            name: id.name.clone(),
            version: id.version.clone(),
            origin: id.source.origin(),
            local: id.source.origin() == Origin::Path,
            dir: match &manifest.metadata.settings.base {
                Some(base) => base.package.clone(),
                None => self.dir.clone(),
            },
            manifest: self.dir.join("Cargo.toml"),
            root: manifest.lib_root.clone(),
            other_targets: Vec::new(),
            folders: Vec::new(),
            crate_name: manifest.lib_name.clone(),
            edition: manifest.edition.clone(),
            has_build_script: manifest.has_build_script,
            proc_macro: manifest.proc_macro,
            features,
            answers,
            dependencies: Vec::new(),
            runtime_names: Vec::new(),
            declared: manifest
                .declared
                .iter()
                .map(|declared| declared.key.replace('-', "_"))
                .collect(),
            metadata: manifest.metadata.clone(),
        }
    }
}

/// The packages of the other answers that this build does not hold. One whose
/// folder or manifest cannot be read is left out: it is not in this build.
fn elsewhere(
    asked: &Asked,
    read: &BTreeMap<&PackageId, Read>,
    locator: &Locator<'_>,
) -> Vec<Package> {
    let held = [&asked.with_dev, &asked.all].into_iter().flatten();
    let mut others: BTreeMap<&PackageId, &BTreeSet<String>> = BTreeMap::new();
    for (id, features) in held.flat_map(|held| &held.features) {
        if !read.contains_key(id) && id.name != RUNTIME {
            others.entry(id).or_insert(features);
        }
    }
    others
        .into_iter()
        .filter_map(|(id, features)| {
            let package = Read::new(locator, id, Whose::Other, &mut Diagnostics::new()).ok()?;
            Some(package.package(id, features.clone(), asked.answers(id)))
        })
        .collect()
}

/// Makes the firmware's package stand for the target that was chosen.
fn appoint(package: &mut Package, chosen: Chosen) {
    package.crate_name = chosen.target.name.replace('-', "_");
    package.root = chosen.target.root;
    package.edition = chosen.edition;
    package.other_targets = chosen.others;
}

/// The variables that Cargo's configuration files set for what it starts.
pub(crate) fn configured_environment(request: &Request) -> BTreeSet<String> {
    Config::read(&request.manifest_dir, &cargo_home(request)).env
}

/// Cargo's configuration files for a Cargo that runs in `dir`.
#[cfg(feature = "cli")]
pub(crate) fn configuration_files(dir: &Path) -> Vec<PathBuf> {
    Config::read(dir, &home_of_cargo(None)).files
}

/// The targets that Cargo compiles for where no argument names one.
#[cfg(feature = "cli")]
pub(crate) fn configured_targets(dir: &Path) -> Vec<String> {
    match std::env::var("CARGO_BUILD_TARGET") {
        Ok(target) if !target.is_empty() => vec![target],
        _ => Config::read(dir, &home_of_cargo(None)).targets,
    }
}

/// The folders of the path dependencies that the manifest in `dir` has, those
/// for tests left out.
#[cfg(feature = "cli")]
pub(crate) fn local_dependencies(dir: &Path) -> Vec<PathBuf> {
    let manifest = manifest::read(dir, Whose::Other, &mut Diagnostics::new());
    let declared = manifest.map(|manifest| manifest.declared);
    let declared = declared.into_iter().flatten();
    declared.filter_map(|declared| declared.path).collect()
}

/// The features of the manifest in `dir`, each with what it switches on.
#[cfg(feature = "cli")]
pub(crate) fn features(dir: &Path) -> BTreeMap<String, Vec<String>> {
    let manifest = manifest::read(dir, Whose::Other, &mut Diagnostics::new());
    manifest.map_or_else(|_| BTreeMap::new(), |manifest| manifest.features)
}

/// Where Cargo keeps what it downloads.
pub(super) fn cargo_home(request: &Request) -> PathBuf {
    let given = request.env.iter().find(|(name, _)| name == "CARGO_HOME");
    home_of_cargo(given.map(|(_, value)| value.clone()))
}

/// The folder that was given, else its own variable, which Cargo sets for build
/// scripts, else the folder in the user's home.
fn home_of_cargo(given: Option<OsString>) -> PathBuf {
    match given.or_else(|| std::env::var_os("CARGO_HOME")) {
        Some(home) if !home.is_empty() => PathBuf::from(home),
        _ => std::env::home_dir().unwrap_or_default().join(".cargo"),
    }
}

fn not_in_answer(request: &Request) -> Diagnostic {
    Diagnostic::new(
        Kind::CargoQuery,
        format!(
            "`{} {}` is not in Cargo's own answer about it",
            request.name, request.version
        ),
    )
    .help("it must be a member of the workspace that is being built")
}
