//! The edges between packages, in the names that code uses.

use super::load::Read;
use super::manifest::Manifest;
use super::names;
use super::request::Request;
use super::tree::{Node, PackageId, Tree};
use super::{Dependency, RUNTIME};
use std::collections::{BTreeMap, BTreeSet};

/// The edges of the answer, in the names of the manifests.
pub(super) struct Edges<'a> {
    pub(super) request: &'a Request,
    pub(super) tree: &'a Tree,
    pub(super) closure: &'a BTreeSet<usize>,
    pub(super) read: &'a BTreeMap<&'a PackageId, Read>,
    pub(super) index: &'a BTreeMap<&'a PackageId, usize>,
}

impl Edges<'_> {
    fn nodes(&self, id: &PackageId) -> impl Iterator<Item = &Node> {
        let nodes = self.closure.iter().map(|&node| &self.tree.nodes[node]);
        nodes.filter(move |node| node.id == *id)
    }

    pub(super) fn features(&self, id: &PackageId) -> BTreeSet<String> {
        self.nodes(id)
            .flat_map(|node| node.features.iter().cloned())
            .collect()
    }

    /// The dependencies of a package that count, and its names for the
    /// runtime.
    pub(super) fn of(
        &self,
        id: &PackageId,
        manifest: &Manifest,
        features: &BTreeSet<String>,
    ) -> (Vec<Dependency>, Vec<String>) {
        let children: BTreeSet<&PackageId> = self
            .nodes(id)
            .flat_map(|node| &node.children)
            .map(|&child| &self.tree.nodes[child].id)
            .collect();
        let children: Vec<&PackageId> = children.into_iter().collect();
        let target = (self.request.target.as_str(), &self.request.cfgs);
        let mut dependencies = BTreeSet::new();
        let mut runtime_names = BTreeSet::new();
        for child in &children {
            let is_runtime = child.name == RUNTIME;
            let index = self.index.get(child).copied();
            if !is_runtime && index.is_none() {
                continue;
            }
            let lib_name = match self.read.get(child) {
                Some(read) => read.manifest.lib_name.clone(),
                None => child.name.replace('-', "_"),
            };
            let declared = names::declarations(manifest, features, target, &children, child);
            let mut named: Vec<(String, bool)> = declared
                .into_iter()
                .map(|declared| {
                    let name = if declared.renamed {
                        declared.key.replace('-', "_")
                    } else {
                        lib_name.clone()
                    };
                    (name, declared.optional)
                })
                .collect();
            if named.is_empty() {
                named.push((lib_name, false));
            }
            for (extern_name, optional) in named {
                match index {
                    Some(package) if !is_runtime => {
                        dependencies.insert(Dependency {
                            package,
                            extern_name,
                            optional,
                        });
                    }
                    _ => {
                        runtime_names.insert(extern_name);
                    }
                }
            }
        }
        (
            dependencies.into_iter().collect(),
            runtime_names.into_iter().collect(),
        )
    }
}
