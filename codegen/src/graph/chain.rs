//! How the firmware comes to the runtime.

use super::RUNTIME;
use super::tree::{PackageId, Tree};
use crate::error::{Diagnostic, Kind};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The runtime's node among `closure`, if it is there.
///
/// # Errors
///
/// [`Kind::TwoRuntimes`] if there are two of them, with a shortest chain to
/// each: the tables of one would not be seen by the other.
pub(super) fn runtime(
    tree: &Tree,
    root: usize,
    closure: &BTreeSet<usize>,
) -> Result<BTreeSet<usize>, Diagnostic> {
    let mut by_id: BTreeMap<&PackageId, usize> = BTreeMap::new();
    let mut nodes = BTreeSet::new();
    for &node in closure {
        let id = &tree.nodes[node].id;
        if id.name == RUNTIME && node != root {
            by_id.entry(id).or_insert(node);
            nodes.insert(node);
        }
    }
    if by_id.len() < 2 {
        return Ok(nodes);
    }
    let mut told = Diagnostic::new(
        Kind::TwoRuntimes,
        format!("{} versions of `{RUNTIME}` are in this build", by_id.len()),
    );
    for &node in by_id.values() {
        let chain: Vec<String> = chain(tree, root, node)
            .into_iter()
            .map(|node| tree.nodes[node].id.to_string())
            .collect();
        told = told.help(format!("one comes by {}", chain.join(" → ")));
    }
    Err(told.help("make the crates agree on one version: `cargo update`, or a `[patch]`"))
}

/// A shortest chain of dependencies from `root` to `goal`, both included.
fn chain(tree: &Tree, root: usize, goal: usize) -> Vec<usize> {
    let mut parent: BTreeMap<usize, usize> = BTreeMap::from([(root, root)]);
    let mut open = VecDeque::from([root]);
    while let Some(node) = open.pop_front() {
        for &child in &tree.nodes[node].children {
            parent.entry(child).or_insert_with(|| {
                open.push_back(child);
                node
            });
        }
    }
    let mut chain = vec![goal];
    let mut node = goal;
    while node != root {
        match parent.get(&node) {
            Some(&next) => node = next,
            None => break,
        }
        chain.push(node);
    }
    chain.reverse();
    chain
}
