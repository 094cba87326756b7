//! What other builds of the same firmware would hold.

use super::RUNTIME;
use super::request::Request;
use super::tree::{PackageId, Tree};
use std::collections::{BTreeMap, BTreeSet};

/// A package in the two builds that unify more features than the firmware
/// alone does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers {
    /// With the firmware's dev-dependencies, as under `cargo test`.
    pub with_dev: Answer,
    /// With all members of the workspace and their dev-dependencies, as under
    /// `cargo test --workspace`; where these were never downloaded, as under
    /// `cargo build --workspace`.
    pub workspace: Answer,
}

/// What one of these builds says about a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Cargo could not say, because something that only that build needs was
    /// never downloaded. So that build is not the one that is running.
    Unknown,
    /// The firmware does not depend on the package there.
    Absent,
    /// Its features there.
    Features(BTreeSet<String>),
}

/// The packages of one answer that reach the runtime, with their features.
pub(super) struct Held {
    pub(super) features: BTreeMap<PackageId, BTreeSet<String>>,
}

impl Held {
    /// Those in the firmware's closure over normal dependencies: what hangs on
    /// a dev-dependency alone is in the answer for its features only.
    pub(super) fn of(tree: &Tree, request: &Request) -> Held {
        let mut features: BTreeMap<PackageId, BTreeSet<String>> = BTreeMap::new();
        if let Some(root) = tree.find(&request.name, &request.version) {
            let closure = tree.closure(root);
            let runtime = |node: &usize| tree.nodes[*node].id.name == RUNTIME;
            let goals: BTreeSet<usize> = closure.iter().copied().filter(runtime).collect();
            for node in tree.reaching(&closure, &goals) {
                let node = &tree.nodes[node];
                let held = features.entry(node.id.clone()).or_default();
                held.extend(node.features.iter().cloned());
            }
        }
        Held { features }
    }

    fn answer(&self, id: &PackageId) -> Answer {
        match self.features.get(id) {
            Some(features) => Answer::Features(features.clone()),
            None => Answer::Absent,
        }
    }
}

/// What both builds say about a package; `None` for one that could not be
/// asked about.
pub(super) fn answers(
    id: &PackageId,
    with_dev: Option<&Held>,
    workspace: Option<&Held>,
) -> Answers {
    let answer = |held: Option<&Held>| held.map_or(Answer::Unknown, |held| held.answer(id));
    Answers {
        with_dev: answer(with_dev),
        workspace: answer(workspace),
    }
}
