//! Stage three: registrations, extensions and names, each with its place.
//!
//! It reads every marker invocation that the source stage found with the same
//! parser as the macros, and knows nothing of conflicts: what two crates say
//! about one module is the plan's business.

mod clash;
mod declared;
mod folders;
mod hidden;
pub(crate) mod lacking;
mod links;
mod parts;
mod reader;
mod wider;

pub use declared::{Declared, Item, Spelled};
pub use lacking::Lacking;

use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::graph::{Dependency, Graph};
use crate::near::near;
use crate::place::Place;
use crate::settings::Settings;
use crate::source::Inputs;
use crate::source::marker::Markers;
use std::collections::BTreeSet;

/// Everything the crates of a build declare.
#[derive(Clone, Debug, Default)]
pub struct Extraction {
    /// Modules and extensions, by package, in source order.
    pub declared: Vec<Declared>,
    /// Names that are used outside declarations, and those of declarations,
    /// whatever their cfg.
    pub names: Vec<Use>,
    /// The names of modules whose declarations could not be read: nobody is to
    /// be told that these are missing.
    pub unreadable: BTreeSet<String>,
    /// Crates that folders of the firmware name, and its manifest does not by
    /// that name: Cargo has to say whether it depends on them.
    pub lacking: Vec<Lacking>,
    /// For each package of the graph but the firmware, the extern names that its
    /// code names, of those dependencies that lead to a declaration.
    pub named: Vec<BTreeSet<String>>,
}

impl Extraction {
    /// Adds what the next package declares.
    fn extend(&mut self, part: Extraction) {
        self.declared.extend(part.declared);
        self.names.extend(part.names);
        self.unreadable.extend(part.unreadable);
        self.lacking.extend(part.lacking);
    }

    /// Whether the code of a package names a dependency: only then is it
    /// linked.
    pub fn is_named(&self, package: usize, dependency: &Dependency) -> bool {
        let named = self.named.get(package);
        named.is_some_and(|named| named.contains(&dependency.extern_name))
    }
}

/// A name and where it is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The text.
    pub text: String,
    /// Where it stands; `None` for a name that the builder declared.
    pub place: Option<Place>,
}

/// Reads all crates of a graph.
///
/// What was wrong goes to `diagnostics`, and the reading goes on.
pub fn extract(
    graph: &Graph,
    settings: &Settings,
    inputs: &mut Inputs,
    diagnostics: &mut Diagnostics,
) -> Extraction {
    let markers = markers(graph);
    let mut extraction = Extraction::default();
    let mut read = Vec::new();
    for part in parts::read(graph, settings, &markers) {
        extraction.extend(part.extraction);
        diagnostics.extend(part.diagnostics);
        read.push(part.inputs);
    }
    extraction.named = links::named(graph, settings, &extraction.declared, &read);
    for (package, read) in graph.packages.iter().zip(read) {
        // A registry crate does not change under one lock file.
        if package.local {
            inputs.extend(read);
        }
    }
    wider::elsewhere(graph, &markers, inputs, diagnostics);
    for (_, name) in &settings.names {
        if let Err(message) = enroll_syntax::check_name(name) {
            diagnostics.push(Diagnostic::new(
                Kind::Setting,
                format!("Builder::names was given {name:?}: {message}"),
            ));
            continue;
        }
        extraction.names.push(Use {
            text: name.clone(),
            place: None,
        });
    }
    let named = settings.declared.iter().map(|name| (name, "names_of"));
    let assumed = settings.assumed.keys().map(|name| (name, "assume_cfg"));
    for (name, call) in named.chain(assumed) {
        if !graph.packages.iter().any(|known| known.name == *name) {
            diagnostics.push(unknown_package(graph, name, call));
        }
    }
    extraction
}

/// The marker macros by every name a crate of this build gives them.
fn markers(graph: &Graph) -> Markers {
    let mut markers = Markers::default();
    for package in &graph.packages {
        for (name, marker) in &package.metadata.macros {
            markers.insert(name.clone(), *marker);
        }
    }
    markers
}

fn unknown_package(graph: &Graph, package: &str, call: &str) -> Diagnostic {
    let names = graph.packages.iter().map(|package| package.name.as_str());
    Diagnostic::new(
        Kind::Setting,
        format!(
            "Builder::{call} names the package `{package}`, which is not in this build or does \
             not depend on enroll"
        ),
    )
    .help(near(package, names).unwrap_or_else(|| "remove the call".to_owned()))
}
