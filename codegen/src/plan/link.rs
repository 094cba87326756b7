//! Which crates the generated code has to name, so that rustc links them.

use super::modules::Merged;
use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::extract::Extraction;
use crate::graph::{Dependency, Graph};
use crate::place::Place;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A direct dependency of the firmware that leads to a registering crate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Extern {
    /// The name that the firmware's code uses for it.
    pub name: String,
    /// Index of the package in the graph.
    pub package: usize,
}

/// The direct dependencies through which a registering crate is linked.
///
/// rustc does not link a crate that no code names, whatever the manifest says.
/// Naming all dependencies would be too much: it breaks a `no_std` build with
/// two panic handlers. A crate in between must name what it depends on itself.
pub(super) fn externs(
    graph: &Graph,
    extraction: &Extraction,
    merged: &Merged,
    diagnostics: &mut Diagnostics,
) -> Vec<Extern> {
    let mut wanted: BTreeMap<usize, &str> = BTreeMap::new();
    for module in &merged.modules {
        let extensions = module.extensions.iter().map(|(at, _)| *at);
        for at in extensions.chain([module.declared]) {
            let declared = &extraction.declared[at];
            wanted
                .entry(declared.package)
                .or_insert(&declared.module.text);
        }
    }
    let mut externs = BTreeSet::new();
    let mut linked = BTreeSet::from([graph.firmware]);
    for dependency in &graph.packages[graph.firmware].dependencies {
        let reached = reached(graph, extraction, dependency.package);
        if reached.iter().any(|package| wanted.contains_key(package)) {
            externs.insert(Extern {
                name: dependency.extern_name.clone(),
                package: dependency.package,
            });
            linked.extend(reached);
        }
    }
    for (&package, module) in &wanted {
        if !linked.contains(&package) {
            diagnostics.push(unlinked(graph, extraction, package, module));
        }
    }
    externs.into_iter().collect()
}

/// A crate and all that it leads to over crates that name each other.
fn reached(graph: &Graph, extraction: &Extraction, from: usize) -> BTreeSet<usize> {
    let mut reached = BTreeSet::from([from]);
    let mut queue = VecDeque::from([from]);
    while let Some(package) = queue.pop_front() {
        for dependency in &graph.packages[package].dependencies {
            if extraction.is_named(package, dependency) && reached.insert(dependency.package) {
                queue.push_back(dependency.package);
            }
        }
    }
    reached
}

/// A registering crate that nothing names: the error shows the crate on the
/// shortest way to it that should.
fn unlinked(graph: &Graph, extraction: &Extraction, package: usize, module: &str) -> Diagnostic {
    let target = &graph.packages[package];
    let diagnostic = Diagnostic::new(
        Kind::Unlinked,
        format!(
            "`{}` registers `{module}`, but no code names that crate, so it would not be linked",
            target.name
        ),
    );
    let way = way(graph, package);
    let gap = way.windows(2).find_map(|pair| {
        let from = &graph.packages[pair[0]];
        let edge: &Dependency = from.dependencies.iter().find(|d| d.package == pair[1])?;
        let named = pair[0] == graph.firmware || extraction.is_named(pair[0], edge);
        (!named).then_some((from, edge))
    });
    let direct = format!("let the firmware depend on `{}` itself", target.name);
    match gap {
        Some((from, edge)) => diagnostic
            .at(
                Place::file(&from.root),
                format!("`{}` does not name `{}`", from.name, edge.extern_name),
            )
            .help(format!(
                "write `extern crate {} as _;` at the root of `{}`",
                edge.extern_name, from.name
            ))
            .help(direct),
        None => diagnostic.help(direct),
    }
}

/// The shortest way from the firmware to a package.
fn way(graph: &Graph, to: usize) -> Vec<usize> {
    let mut before: BTreeMap<usize, usize> = BTreeMap::new();
    let mut queue = VecDeque::from([graph.firmware]);
    while let Some(package) = queue.pop_front() {
        for dependency in &graph.packages[package].dependencies {
            let next = dependency.package;
            if next != graph.firmware && !before.contains_key(&next) {
                before.insert(next, package);
                queue.push_back(next);
            }
        }
    }
    let mut way = vec![to];
    let mut at = to;
    while let Some(&previous) = before.get(&at) {
        way.push(previous);
        at = previous;
    }
    way.reverse();
    way
}
