//! Asks Cargo about all builds that matter, at the same time.

use super::compare::{self, Answers, Held};
use super::manifest::Manifest;
use super::members::{self, Workspace};
use super::query::{self, Scope};
use super::request::Request;
use super::tree::{PackageId, Tree};
use crate::error::{Diagnostic, Diagnostics};
use std::collections::BTreeSet;
use std::thread;

/// Cargo's answers.
pub(super) struct Asked {
    pub(super) tree: Tree,
    pub(super) workspace: Workspace,
    /// `None` where Cargo could not say.
    pub(super) with_dev: Option<Held>,
    /// The same.
    pub(super) all: Option<Held>,
}

impl Asked {
    pub(super) fn answers(&self, id: &PackageId) -> Answers {
        compare::answers(id, self.with_dev.as_ref(), self.all.as_ref())
    }
}

/// Asks for all scopes at the same time, leaving out those that can only
/// repeat another's answer.
pub(super) fn ask(request: &Request, firmware: &Manifest) -> Result<Asked, Diagnostics> {
    thread::scope(|scope| {
        let alone = scope.spawn(|| query::tree(request, Scope::Firmware));
        let dev = firmware
            .has_dev_dependencies
            .then(|| scope.spawn(|| query::tree(request, Scope::Dev)));
        let workspace = query::members(request).and_then(|text| Workspace::parse(&text));
        let several = workspace.as_ref().is_ok_and(|w| w.members.len() > 1);
        // Default features are off for all members or for none.
        let defaults =
            request.features.contains("default") || !firmware.features.contains_key("default");
        let all = several.then(|| {
            query::tree(request, Scope::WorkspaceDev { defaults })
                .or_else(|_| query::tree(request, Scope::Workspace { defaults }))
        });
        let held = |tree: &Tree| Held::of(tree, request);
        // If both fail it is for one reason, and this one says more.
        let tree = joined(alone)?;
        let workspace = workspace?;
        let with_dev = match dev {
            Some(dev) => joined(dev).ok().as_ref().map(held),
            None => Some(held(&tree)),
        };
        let all = match all {
            Some(all) => all.ok().as_ref().map(held),
            None => with_dev.as_ref().map(|held| Held {
                features: held.features.clone(),
            }),
        };
        Ok(Asked {
            tree,
            workspace,
            with_dev,
            all,
        })
    })
}

/// The names under which Cargo gives the firmware its dependencies, those for
/// tests included. `None` where Cargo cannot say.
pub(crate) fn dependency_names(request: &Request) -> Option<BTreeSet<String>> {
    members::names(&query::packages(request)?, request)
}

fn joined(
    handle: thread::ScopedJoinHandle<'_, Result<Tree, Diagnostic>>,
) -> Result<Tree, Diagnostic> {
    match handle.join() {
        Ok(answer) => answer,
        // Not reachable by any input: carry on the panic as it was.
        Err(panic) => std::panic::resume_unwind(panic),
    }
}
