//! Reads a `Cargo.toml`: what `cargo tree` does not say about a package.
//!
//! Cargo has accepted the manifest before, so a value of the wrong type
//! counts as absent here.

use super::document::{Document, Table};
use super::metadata::{self, Metadata, Whose};
use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::place::Place;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use toml::de::DeValue;

/// What counts of a package's manifest.
#[derive(Clone, Debug)]
pub(super) struct Manifest {
    pub(super) name: String,
    pub(super) version: String,
    pub(super) edition: String,
    /// Name of the library in Rust.
    pub(super) lib_name: String,
    /// Root file of the library, whether or not it exists.
    pub(super) lib_root: PathBuf,
    pub(super) has_build_script: bool,
    pub(super) proc_macro: bool,
    /// Normal dependencies of all tables.
    pub(super) declared: Vec<Declared>,
    pub(super) has_dev_dependencies: bool,
    pub(super) features: BTreeMap<String, Vec<String>>,
    pub(super) metadata: Metadata,
}

/// A normal dependency as declared.
#[derive(Clone, Debug)]
pub(super) struct Declared {
    /// The key: the name in code, if it is not the package's.
    pub(super) key: String,
    /// Whether `package = "…"` renames it.
    pub(super) renamed: bool,
    pub(super) package: String,
    /// The requirement, if one is given.
    pub(super) version: Option<String>,
    pub(super) path: Option<PathBuf>,
    pub(super) git: bool,
    pub(super) optional: bool,
    /// The `…` of `[target.….dependencies]`.
    pub(super) target: Option<String>,
}

/// Reads the manifest in `dir`.
///
/// # Errors
///
/// [`Kind::Manifest`] if it, or the workspace manifest that it inherits from,
/// cannot be read or does not parse. What `[package.metadata.enroll]` gets
/// wrong goes to `errors`.
pub(super) fn read(
    dir: &Path,
    whose: Whose,
    errors: &mut Diagnostics,
) -> Result<Manifest, Diagnostic> {
    let path = dir.join("Cargo.toml");
    let text = text(&path)?;
    let document = Document::parse(&path, &text)?;
    let package = document.table("package");
    let package = package.as_ref();
    let workspace = if inherits(&document) {
        Some(Shared::find(dir, &document)?)
    } else {
        None
    };
    let workspace = workspace.as_ref();
    let field = |key: &str, shared: fn(&Shared) -> &Option<String>| {
        let own = package.and_then(|package| package.string(key));
        own.map(str::to_owned)
            .or_else(|| workspace.and_then(|workspace| shared(workspace).clone()))
    };
    let name = package
        .and_then(|package| package.string("name"))
        .unwrap_or_default()
        .to_owned();
    let lib = document.table("lib");
    let lib = lib.as_ref();
    let edition = lib
        .and_then(|lib| lib.string("edition"))
        .map(str::to_owned)
        .or_else(|| field("edition", |shared| &shared.edition));
    let crate_types = lib.and_then(|lib| lib.strings("crate-type"));
    let build = package.and_then(|package| package.get("build"));
    Ok(Manifest {
        version: field("version", |shared| &shared.version).unwrap_or_else(|| "0.0.0".to_owned()),
        edition: edition.unwrap_or_else(|| "2015".to_owned()),
        lib_name: lib
            .and_then(|lib| lib.string("name"))
            .unwrap_or(&name)
            .replace('-', "_"),
        lib_root: dir.join(
            lib.and_then(|lib| lib.string("path"))
                .unwrap_or("src/lib.rs"),
        ),
        has_build_script: match build.map(DeValue::as_bool) {
            Some(Some(built)) => built,
            Some(None) => true,
            None => dir.join("build.rs").is_file(),
        },
        proc_macro: lib.is_some_and(|lib| lib.flag("proc-macro") || lib.flag("proc_macro"))
            || crate_types.is_some_and(|types| types.iter().any(|(kind, _)| *kind == "proc-macro")),
        declared: declared(dir, &document, workspace),
        has_dev_dependencies: has_dev_dependencies(&document),
        features: features(&document),
        metadata: metadata::read(&document, whose, errors),
        name,
    })
}

/// The text of a file that Cargo has read before.
pub(super) fn text(path: &Path) -> Result<String, Diagnostic> {
    std::fs::read_to_string(path).map_err(|cause| {
        Diagnostic::new(Kind::Manifest, "this manifest cannot be read")
            .at(Place::file(path), "")
            .help("Cargo must be able to read it too: `cargo metadata --no-deps` says more")
            .cause(cause)
    })
}

/// Whether anything in it is the workspace's.
fn inherits(document: &Document<'_>) -> bool {
    let from_package = document.table("package").is_some_and(|package| {
        ["version", "edition"]
            .into_iter()
            .any(|key| package.table(key).is_some())
    });
    from_package
        || tables(document).iter().any(|(_, table)| {
            table.keys().any(|(key, _)| {
                table
                    .table(key)
                    .is_some_and(|entry| entry.flag("workspace"))
            })
        })
}

/// All tables of normal dependencies, each with its target.
fn tables<'d>(document: &'d Document<'_>) -> Vec<(Option<&'d str>, Table<'d>)> {
    let mut tables = Vec::new();
    if let Some(table) = document.table("dependencies") {
        tables.push((None, table));
    }
    if let Some(targets) = document.table("target") {
        for (target, _) in targets.keys() {
            let table = targets
                .table(target)
                .and_then(|table| table.table("dependencies"));
            if let Some(table) = table {
                tables.push((Some(target), table));
            }
        }
    }
    tables
}

fn has_dev_dependencies(document: &Document<'_>) -> bool {
    let has = |table: &Table<'_>| {
        ["dev-dependencies", "dev_dependencies"]
            .into_iter()
            .any(|key| {
                table
                    .table(key)
                    .is_some_and(|dev| dev.keys().next().is_some())
            })
    };
    let targets = document.table("target");
    has(&document.root())
        || targets.is_some_and(|targets| {
            targets
                .keys()
                .any(|(target, _)| targets.table(target).is_some_and(|table| has(&table)))
        })
}

fn declared(dir: &Path, document: &Document<'_>, workspace: Option<&Shared>) -> Vec<Declared> {
    let mut declared = Vec::new();
    for (target, table) in tables(document) {
        for (key, _) in table.keys() {
            let mut entry = entry(dir, key, &table);
            let own = table.table(key);
            if own.is_some_and(|own| own.flag("workspace"))
                && let Some(shared) = workspace.and_then(|shared| shared.dependencies.get(key))
            {
                let optional = entry.optional;
                entry = shared.clone();
                entry.optional = optional;
            }
            entry.target = target.map(str::to_owned);
            declared.push(entry);
        }
    }
    declared
}

fn entry(dir: &Path, key: &str, table: &Table<'_>) -> Declared {
    let own = table.table(key);
    let own = own.as_ref();
    let string = |name: &str| own.and_then(|own| own.string(name));
    Declared {
        key: key.to_owned(),
        renamed: string("package").is_some(),
        package: string("package").unwrap_or(key).to_owned(),
        version: table
            .string(key)
            .or_else(|| string("version"))
            .map(str::to_owned),
        path: string("path").map(|path| dir.join(path)),
        git: string("git").is_some(),
        optional: own.is_some_and(|own| own.flag("optional")),
        target: None,
    }
}

fn features(document: &Document<'_>) -> BTreeMap<String, Vec<String>> {
    let Some(table) = document.table("features") else {
        return BTreeMap::new();
    };
    table
        .keys()
        .map(|(feature, _)| {
            let values = table.strings(feature).unwrap_or_default();
            let values = values.into_iter().map(|(value, _)| value.to_owned());
            (feature.to_owned(), values.collect())
        })
        .collect()
}

/// What the members of a workspace inherit.
struct Shared {
    version: Option<String>,
    edition: Option<String>,
    dependencies: BTreeMap<String, Declared>,
}

impl Shared {
    /// The workspace of the package in `dir`: the one it names, else the
    /// nearest manifest above that has a `[workspace]`.
    fn find(dir: &Path, document: &Document<'_>) -> Result<Shared, Diagnostic> {
        let named = document
            .table("package")
            .and_then(|package| package.string("workspace").map(|path| dir.join(path)));
        let candidates: Vec<PathBuf> = match named {
            Some(named) => vec![named],
            None => dir.ancestors().map(Path::to_path_buf).collect(),
        };
        for root in candidates {
            let path = root.join("Cargo.toml");
            if !path.is_file() {
                continue;
            }
            let text = text(&path)?;
            let document = Document::parse(&path, &text)?;
            let Some(workspace) = document.table("workspace") else {
                continue;
            };
            let package = workspace.table("package");
            let field = |key: &str| {
                let package = package.as_ref()?;
                package.string(key).map(str::to_owned)
            };
            let dependencies = workspace.table("dependencies");
            return Ok(Shared {
                version: field("version"),
                edition: field("edition"),
                dependencies: dependencies
                    .iter()
                    .flat_map(|table| table.keys().map(move |(key, _)| (table, key)))
                    .map(|(table, key)| (key.to_owned(), entry(&root, key, table)))
                    .collect(),
            });
        }
        Err(Diagnostic::new(
            Kind::Manifest,
            "this manifest inherits from a workspace that cannot be found",
        )
        .at(Place::file(dir.join("Cargo.toml")), "")
        .help("`workspace = true` needs a `[workspace]` in a manifest above"))
    }
}
