//! Reads a graph.

use super::FORMAT;
use super::item::{File, Item};
use super::write::{id, kind};
use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::graph::metadata::MARKERS;
use crate::graph::{
    Answer, Answers, Dependency, Graph, Inputs, Metadata, Origin, Package, Target, TargetKind,
};
use crate::near::near;
use crate::place::Place;
use crate::settings::Data;
use crate::source::cfg::CfgSet;
use crate::source::folders::Folder;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

const TOP: &[&str] = &[
    "format",
    "firmware",
    "workspace",
    "cfgs",
    "packages",
    "elsewhere",
];

const PACKAGE: &[&str] = &[
    "name",
    "version",
    "dir",
    "manifest",
    "root",
    "crate_name",
    "edition",
    "features",
    "dependencies",
    "enroll",
    "build_script",
    "proc_macro",
    "local",
    "origin",
    "declared",
    "names",
    "macros",
    "other_targets",
    "user_modules",
    "with_dev",
    "in_workspace",
];

/// Reads a graph file.
///
/// # Errors
///
/// [`Kind::GraphFile`] for everything that is wrong with it, each at its place.
pub fn read(file: &Path) -> Result<Graph, Diagnostics> {
    let text = std::fs::read_to_string(file).map_err(|cause| {
        Diagnostic::new(Kind::GraphFile, "the graph file cannot be read")
            .at(Place::file(file), "")
            .help("`cargo enroll graph -o FILE` writes one")
            .cause(cause)
    })?;
    parse(&text, file)
}

/// The graph in a text that was read from `path`.
///
/// # Errors
///
/// As [`read`].
pub(crate) fn parse(text: &str, path: &Path) -> Result<Graph, Diagnostics> {
    let value: Value = serde_json::from_str(text).map_err(|cause| {
        let place = Place {
            line: cause.line().max(1),
            column: cause.column().max(1),
            ..Place::file(path)
        };
        Diagnostic::new(Kind::GraphFile, format!("this file is not JSON: {cause}")).at(place, "")
    })?;
    let file = File {
        path,
        text,
        told: RefCell::new(Diagnostics::new()),
    };
    let graph = Reader {
        base: path.parent().unwrap_or(Path::new("")),
        root: file.root(&value),
    }
    .graph();
    let told = file.told.into_inner();
    match graph {
        Some(graph) if !told.has_errors() => Ok(graph),
        _ => Err(told),
    }
}

struct Reader<'t> {
    base: &'t Path,
    root: Item<'t>,
}

impl Reader<'_> {
    fn graph(&self) -> Option<Graph> {
        self.root.keys(TOP);
        let format = self.root.must("format")?;
        if *format.value != FORMAT {
            format.wrong(
                format!("this version of enroll-codegen reads graph files of format {FORMAT}"),
                "",
                "write it anew: `cargo enroll graph -o FILE`",
            );
            return None;
        }
        let listed = self.root.must("packages")?.list();
        let mut read: Vec<(Package, &Item<'_>)> = listed
            .iter()
            .filter_map(|item| Some((self.package(item)?, item)))
            .collect();
        // The stages read packages in this order.
        read.sort_by(|(a, _), (b, _)| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
        let ids: Vec<(String, String)> = read
            .iter()
            .map(|(package, _)| (package.name.clone(), id(package)))
            .collect();
        let packages = read.into_iter().map(|(mut package, item)| {
            self.dependencies(&mut package, item, &ids);
            package
        });
        let packages: Vec<Package> = packages.collect();
        let elsewhere = self.root.get("elsewhere");
        let elsewhere = elsewhere.iter().flat_map(|list| list.list());
        let elsewhere = elsewhere.filter_map(|item| self.package(&item)).collect();
        let workspace = self.root.get("workspace");
        let workspace = workspace.as_ref().and_then(Item::text).unwrap_or(".");
        let cfgs = self.root.get("cfgs");
        let cfgs = cfgs.iter().flat_map(|list| list.list());
        let mut set = CfgSet::default();
        for line in cfgs {
            cfg(&line, &mut set);
        }
        let firmware = self.root.must("firmware")?;
        let firmware = find(&firmware, &ids)?;
        Some(Graph {
            packages,
            firmware,
            workspace: self.folder(workspace),
            elsewhere,
            cfgs: set,
            inputs: Inputs::default(),
            warnings: Diagnostics::new(),
        })
    }

    /// A folder from that of the file, without the `..` that lead out of it: as
    /// Cargo would name it.
    fn folder(&self, path: &str) -> PathBuf {
        let mut folder = PathBuf::new();
        for part in self.base.join(path).components() {
            match (part, folder.components().next_back()) {
                (Component::CurDir, _) => {}
                (Component::ParentDir, Some(Component::Normal(_))) => {
                    folder.pop();
                }
                _ => folder.push(part),
            }
        }
        match folder.as_os_str().is_empty() {
            true => PathBuf::from("."),
            false => folder,
        }
    }

    /// A package without its edges.
    fn package(&self, item: &Item<'_>) -> Option<Package> {
        item.keys(PACKAGE);
        let must = |key: &str| item.must(key)?.text();
        let (name, version, dir) = (must("name"), must("version"), must("dir"));
        let (name, version, dir) = (name?, version?, dir?);
        let dir = self.folder(dir);
        if !dir.is_dir() {
            let named = item.get("dir");
            let message = format!("the folder of `{name}` is not there: {}", dir.display());
            let help = "folders are relative to that of the graph file";
            named
                .unwrap_or_else(|| item.clone())
                .wrong(message, "", help);
        }
        let text = |key: &str| {
            item.get(key)
                .and_then(|item| item.text().map(str::to_owned))
        };
        let flag = |key: &str| item.get(key).map(|item| item.flag());
        let texts = |key: &str| item.get(key).map(|item| item.texts());
        let features = texts("features").unwrap_or_default();
        let answer = |key: &str| match item.get(key) {
            Some(item) if item.value == "unknown" => Answer::Unknown,
            Some(item) if item.value == "absent" => Answer::Absent,
            Some(item) => Answer::Features(item.texts()),
            None => Answer::Features(features.clone()),
        };
        let targets = item.get("other_targets");
        let targets = targets.iter().flat_map(|list| list.list());
        let user_modules = item.get("user_modules");
        let user_modules = user_modules.iter().flat_map(|list| list.list());
        let runtime_names = texts("enroll").unwrap_or_default().into_iter().collect();
        Some(Package {
            origin: origin(item),
            local: flag("local").unwrap_or(true),
            manifest: dir.join(text("manifest").as_deref().unwrap_or("Cargo.toml")),
            root: dir.join(text("root").as_deref().unwrap_or("src/lib.rs")),
            other_targets: targets.filter_map(|item| target(&item, &dir)).collect(),
            folders: user_modules.filter_map(|item| folder(&item)).collect(),
            crate_name: text("crate_name").unwrap_or_else(|| name.replace('-', "_")),
            edition: text("edition").unwrap_or_else(|| "2024".to_owned()),
            has_build_script: flag("build_script").unwrap_or_default(),
            proc_macro: flag("proc_macro").unwrap_or_default(),
            answers: Answers {
                with_dev: answer("with_dev"),
                workspace: answer("in_workspace"),
            },
            dependencies: Vec::new(),
            runtime_names,
            declared: texts("declared").unwrap_or_default(),
            metadata: metadata(item, &dir),
            name: name.to_owned(),
            version: version.to_owned(),
            features,
            dir,
        })
    }

    fn dependencies(&self, package: &mut Package, item: &Item<'_>, ids: &[(String, String)]) {
        let list = item.get("dependencies");
        for item in list.iter().flat_map(|list| list.list()) {
            item.keys(&["package", "name", "optional"]);
            let Some(named) = item.must("package") else {
                continue;
            };
            let Some(at) = find(&named, ids) else {
                continue;
            };
            let own = ids[at].0.replace('-', "_");
            let name = item
                .get("name")
                .and_then(|name| name.text().map(str::to_owned));
            package.dependencies.push(Dependency {
                package: at,
                extern_name: name.unwrap_or(own),
                optional: item.get("optional").is_some_and(|item| item.flag()),
            });
        }
        package.dependencies.sort();
        let names = package.dependencies.iter();
        let names = names.map(|dependency| dependency.extern_name.clone());
        package.declared.extend(names);
        package
            .declared
            .extend(package.runtime_names.iter().cloned());
    }
}

/// The package that a text names: `name`, or `name version`.
fn find(item: &Item<'_>, ids: &[(String, String)]) -> Option<usize> {
    let text = item.text()?;
    let fits = |(name, id): &&(String, String)| name == text || id == text;
    match ids.iter().filter(fits).count() {
        1 => ids.iter().position(|id| fits(&id)),
        0 => {
            let names = ids.iter().map(|(name, _)| name.as_str());
            let help = near(text, names);
            let help = help.as_deref().unwrap_or("add it to `packages`");
            item.wrong(format!("no package of this file is `{text}`"), "", help);
            None
        }
        _ => {
            let message = format!("two packages of this file are `{text}`");
            item.wrong(
                message,
                "",
                "write the version behind the name: `name 1.0.0`",
            );
            None
        }
    }
}

fn origin(item: &Item<'_>) -> Origin {
    let Some(item) = item.get("origin") else {
        return Origin::Path;
    };
    match item.text() {
        Some("registry") => Origin::Registry,
        Some("git") => Origin::Git,
        Some("path") | None => Origin::Path,
        Some(_) => {
            item.wrong(
                "this is no origin",
                "",
                "it is one of `path`, `registry`, `git`",
            );
            Origin::Path
        }
    }
}

fn target(item: &Item<'_>, dir: &Path) -> Option<Target> {
    const KINDS: [TargetKind; 5] = [
        TargetKind::Lib,
        TargetKind::Bin,
        TargetKind::Example,
        TargetKind::Test,
        TargetKind::Bench,
    ];
    item.keys(&["kind", "name", "root"]);
    let text = |key: &str| item.must(key)?.text();
    let (named, name, root) = (text("kind"), text("name"), text("root"));
    let (named, name, root) = (named?, name?, root?);
    let Some(kind) = KINDS.into_iter().find(|known| kind(*known) == named) else {
        item.wrong(
            "this is no kind of target",
            "",
            "such as `bin` or `example`",
        );
        return None;
    };
    Some(Target {
        kind,
        name: name.to_owned(),
        root: dir.join(root),
    })
}

fn folder(item: &Item<'_>) -> Option<Folder> {
    item.keys(&["name", "parent", "dir", "root"]);
    let text = |key: &str| item.must(key)?.text();
    Some(Folder {
        name: text("name")?.to_owned(),
        parent: text("parent")?.into(),
        dir: text("dir")?.into(),
        root: text("root")?.into(),
    })
}

fn metadata(item: &Item<'_>, dir: &Path) -> Metadata {
    let names = item.get("names").map(|list| {
        let list = list.list();
        list.iter().filter_map(|name| hidden(name, dir)).collect()
    });
    let mut macros = BTreeMap::new();
    for (name, item) in item.get("macros").iter().flat_map(Item::entries) {
        let wrapped = item.text();
        match MARKERS
            .into_iter()
            .find(|(known, _)| Some(*known) == wrapped)
        {
            Some((_, marker)) => {
                macros.insert(name.to_owned(), marker);
            }
            None => {
                let known = MARKERS.map(|(name, _)| name).join("`, `");
                let message = format!("`{name}` must wrap one of the macros that are looked for");
                item.wrong(message, "", &format!("it is one of `{known}`"));
            }
        }
    }
    Metadata {
        names,
        macros,
        // What a builder is told counts.
        settings: Data::default(),
    }
}

/// A name that no scan sees: a text, whose place is here, or an object with the
/// place that it has in its manifest.
fn hidden(item: &Item<'_>, dir: &Path) -> Option<(String, Place)> {
    if item.value.is_string() {
        return Some((item.text()?.to_owned(), item.place()));
    }
    item.keys(&["name", "file", "line", "column", "width"]);
    let name = item.must("name")?.text()?.to_owned();
    let number = |key: &str| item.get(key).map_or(0, |item| item.number());
    let file = item.get("file");
    let file = file.as_ref().and_then(Item::text).unwrap_or("Cargo.toml");
    Some((
        name,
        Place {
            file: dir.join(file),
            line: number("line").max(1),
            column: number("column").max(1),
            width: number("width"),
        },
    ))
}

/// A line of `rustc --print cfg`.
fn cfg(item: &Item<'_>, set: &mut CfgSet) {
    let Some(line) = item.text() else {
        return;
    };
    let (name, value) = match line.split_once('=') {
        Some((name, value)) => (name, value.trim().trim_matches('"')),
        None => (line, ""),
    };
    let name = name.trim().to_lowercase();
    // Features belong to packages.
    if name == "feature" {
        return;
    }
    if value.is_empty() {
        set.names.insert(name.clone());
    }
    let values: &mut BTreeSet<String> = set.pairs.entry(name).or_default();
    values.insert(value.to_owned());
}
