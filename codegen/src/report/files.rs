//! What a file is called on every machine.

use crate::graph::{Graph, Package};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The files of a graph's packages.
pub(super) struct Files<'g> {
    graph: &'g Graph,
    /// Those that were asked for: a file has many names in it.
    known: HashMap<PathBuf, (Option<&'g str>, String)>,
}

impl<'g> Files<'g> {
    pub(super) fn new(graph: &'g Graph) -> Files<'g> {
        Files {
            graph,
            known: HashMap::new(),
        }
    }

    /// The package that a file belongs to, and the file within it. One that is
    /// in no package is told by its place in the workspace, or by its name.
    pub(super) fn locate(&mut self, file: &Path) -> (Option<&'g str>, String) {
        if let Some(known) = self.known.get(file) {
            return known.clone();
        }
        // Packages may lie in each other's folders: the innermost has it.
        let packages = self.graph.packages.iter();
        let innermost = packages
            .filter_map(|package| Some((depth(package, file)?, package)))
            .max_by_key(|(depth, _)| *depth);
        let located = match innermost {
            Some((_, package)) => (Some(&*package.name), package.relative(file)),
            None => {
                let name = file.file_name().map_or(file, Path::new);
                let within = file.strip_prefix(&self.graph.workspace).unwrap_or(name);
                (None, spelled(within))
            }
        };
        self.known.insert(file.to_owned(), located.clone());
        located
    }
}

/// How many folders deep a package lies in which this file is.
fn depth(package: &Package, file: &Path) -> Option<usize> {
    let folders = package.folders.iter().map(|folder| &folder.dir);
    let of = |dir: &PathBuf| file.starts_with(dir).then(|| dir.components().count());
    folders.chain([&package.dir]).filter_map(of).max()
}

/// One spelling on every system.
fn spelled(file: &Path) -> String {
    let parts: Vec<_> = file.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}
