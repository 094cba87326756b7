//! Which crates a crate names in its code.

use super::reader::context;
use super::{Declared, Inputs};
use crate::graph::{Dependency, Graph, Package};
use crate::settings::Settings;
use crate::source::cfg::Context;
use crate::source::{mentions, text};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// For each package of the graph, the extern names that its files name, of
/// those dependencies that lead to a declaration.
///
/// Others need not be linked for the table's sake, so of most crates this reads
/// nothing; nor of the firmware, for which the generated code names them.
pub(super) fn named(
    graph: &Graph,
    settings: &Settings,
    declared: &[Declared],
    inputs: &[Inputs],
) -> Vec<BTreeSet<String>> {
    let none = BTreeMap::new();
    let leading = leading(graph, declared);
    let packages = graph.packages.iter().zip(inputs).enumerate();
    packages
        .map(|(index, (package, inputs))| {
            let leads = |to: &&Dependency| leading.contains(&to.package);
            let names = package.dependencies.iter().filter(leads);
            let names: BTreeSet<&str> = names.map(|to| to.extern_name.as_str()).collect();
            if index == graph.firmware || names.is_empty() {
                return BTreeSet::new();
            }
            let cx = context(graph, settings, package, &none);
            of_package(names, &inputs.files, &cx)
        })
        .collect()
}

/// The packages that declare something, and those that depend on one of them
/// in any number of steps.
fn leading(graph: &Graph, declared: &[Declared]) -> BTreeSet<usize> {
    let mut parents: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, Package { dependencies, .. }) in graph.packages.iter().enumerate() {
        for dependency in dependencies {
            parents.entry(dependency.package).or_default().push(index);
        }
    }
    let mut open: Vec<usize> = declared.iter().map(|one| one.package).collect();
    let mut leading = BTreeSet::new();
    while let Some(package) = open.pop() {
        if leading.insert(package) {
            open.extend(parents.get(&package).into_iter().flatten());
        }
    }
    leading
}

fn of_package(
    mut missing: BTreeSet<&str>,
    files: &BTreeSet<PathBuf>,
    cx: &Context<'_>,
) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for file in files {
        if missing.is_empty() {
            break;
        }
        let Ok(source) = text::read(file) else {
            continue;
        };
        for word in mentions(&source, file, &missing, cx) {
            missing.remove(word.as_str());
            named.insert(word);
        }
    }
    named
}
