//! Writes a graph.

use super::FORMAT;
use crate::graph::metadata::MARKERS;
use crate::graph::{Answer, Graph, Origin, Package, TargetKind};
use crate::source::cfg::CfgSet;
use serde_json::{Map, Value, json};
use std::path::Path;

/// The graph as it stands in a file of the folder `base`; `None` keeps every
/// path as it is.
pub fn json(graph: &Graph, base: Option<&Path>) -> Value {
    let writer = Writer { graph, base };
    let packages: Vec<Value> = graph.packages.iter().map(|p| writer.package(p)).collect();
    let elsewhere: Vec<Value> = graph.elsewhere.iter().map(|p| writer.package(p)).collect();
    json!({
        "format": FORMAT,
        "firmware": id(&graph.packages[graph.firmware]),
        "workspace": writer.path(&graph.workspace),
        "cfgs": cfgs(&graph.cfgs),
        "packages": packages,
        "elsewhere": elsewhere,
    })
}

struct Writer<'g> {
    graph: &'g Graph,
    base: Option<&'g Path>,
}

impl Writer<'_> {
    fn package(&self, package: &Package) -> Value {
        let dependencies = package.dependencies.iter().map(|dependency| {
            json!({
                "package": id(&self.graph.packages[dependency.package]),
                "name": dependency.extern_name,
                "optional": dependency.optional,
            })
        });
        let inside = |path: &Path| match path.strip_prefix(&package.dir) {
            Ok(inside) => spelled(inside),
            Err(_) => spelled(path),
        };
        let targets = package.other_targets.iter().map(|target| {
            json!({
                "kind": kind(target.kind),
                "name": target.name,
                "root": inside(&target.root),
            })
        });
        let names = package.metadata.names.as_ref().map(|names| {
            let names = names.iter().map(|(name, place)| {
                json!({
                    "name": name,
                    "file": inside(&place.file),
                    "line": place.line,
                    "column": place.column,
                    "width": place.width,
                })
            });
            names.collect::<Vec<_>>()
        });
        let macros = package.metadata.macros.iter();
        let macros = macros.map(|(name, marker)| {
            let known = MARKERS.iter().find(|(_, known)| known == marker);
            (name.clone(), json!(known.map(|(name, _)| *name)))
        });
        let mut object = json!({
            "name": package.name,
            "version": package.version,
            "origin": match package.origin {
                Origin::Path => "path",
                Origin::Registry => "registry",
                Origin::Git => "git",
            },
            "local": package.local,
            "dir": self.path(&package.dir),
            "manifest": inside(&package.manifest),
            "root": inside(&package.root),
            "crate_name": package.crate_name,
            "edition": package.edition,
            "build_script": package.has_build_script,
            "proc_macro": package.proc_macro,
            "features": package.features,
            "dependencies": dependencies.collect::<Vec<_>>(),
            "enroll": package.runtime_names,
            "declared": package.declared,
            "macros": macros.collect::<Map<String, Value>>(),
            "other_targets": targets.collect::<Vec<_>>(),
            "with_dev": answer(&package.answers.with_dev),
            "in_workspace": answer(&package.answers.workspace),
        });
        if self.base.is_none() {
            let folders = package.folders.iter().map(|folder| {
                json!({
                    "name": folder.name,
                    "parent": folder.parent,
                    "dir": folder.dir,
                    "root": folder.root,
                })
            });
            object["user_modules"] = folders.collect();
        }
        if let Some(names) = names {
            object["names"] = json!(names);
        }
        object
    }

    /// Below the base, or beside it where both have a folder in common.
    fn path(&self, path: &Path) -> String {
        let Some(base) = self.base else {
            return spelled(path);
        };
        let common = base
            .components()
            .zip(path.components())
            .take_while(|(one, other)| one == other)
            .count();
        // Nothing in common but the root: another disk, or a registry.
        if common < 2 {
            return spelled(path);
        }
        let up = base.components().skip(common).map(|_| "..".to_owned());
        let down = path.components().skip(common);
        let down = down.map(|part| part.as_os_str().to_string_lossy().into_owned());
        let all: Vec<String> = up.chain(down).collect();
        match all.is_empty() {
            true => ".".to_owned(),
            false => all.join("/"),
        }
    }
}

/// What names a package in a file.
pub(super) fn id(package: &Package) -> String {
    format!("{} {}", package.name, package.version)
}

/// In one spelling on every system, if it is relative.
fn spelled(path: &Path) -> String {
    if path.is_absolute() {
        return path.to_string_lossy().into_owned();
    }
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

pub(super) fn kind(kind: TargetKind) -> &'static str {
    match kind {
        TargetKind::Lib => "lib",
        TargetKind::Bin => "bin",
        TargetKind::Example => "example",
        TargetKind::Test => "test",
        TargetKind::Bench => "bench",
    }
}

fn answer(answer: &Answer) -> Value {
    match answer {
        Answer::Unknown => json!("unknown"),
        Answer::Absent => json!("absent"),
        Answer::Features(features) => json!(features),
    }
}

/// As `rustc --print cfg` prints them. What has no value is printed as a name,
/// since Cargo does not tell `unix` from `target_env = ""`.
fn cfgs(set: &CfgSet) -> Vec<String> {
    let mut lines: Vec<String> = set.names.iter().cloned().collect();
    for (name, values) in &set.pairs {
        let values = values.iter().filter(|value| !value.is_empty());
        lines.extend(values.map(|value| format!("{name}=\"{value}\"")));
    }
    lines.sort();
    lines
}
