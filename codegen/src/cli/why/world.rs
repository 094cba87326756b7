//! What is known about one firmware.

use crate::cli::again::Answer;
use crate::error::Diagnostics;
use crate::extract::{Extraction, extract};
use crate::freeze::FrozenSet;
use crate::graph::{Graph, Package, file};
use crate::plan::{Plan, plan};
use crate::settings::Settings;
use crate::source::Inputs;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};

/// A firmware as its build script found it.
pub(super) struct World {
    /// The firmware's package.
    pub(super) firmware: String,
    pub(super) settings: Settings,
    pub(super) graph: Graph,
    pub(super) extraction: Extraction,
    pub(super) plan: Plan,
    /// The plan as the script told it: with what only the script knows.
    pub(super) told: Value,
    /// The files of the frozen modules, by name.
    pub(super) frozen: Value,
    pub(super) target: String,
}

impl World {
    /// Puts the answer's graph and settings through the stages once more.
    ///
    /// # Errors
    ///
    /// Why the build script had no graph: the text to show.
    pub(super) fn new(answer: &Answer) -> Result<World, String> {
        let value = &answer.value;
        if value["graph"].is_null() {
            let rendered = value["rendered"].as_str().unwrap_or_default();
            return Err(rendered.trim_end().to_owned());
        }
        let text = format!("{:#}", value["graph"]);
        let graph = file::parse(&text, Path::new("the answer of the build script"))
            .map_err(|errors| errors.to_string())?;
        let settings = Settings::from_json(&value["settings"]);
        let mut told = Diagnostics::new();
        let extraction = extract(&graph, &settings, &mut Inputs::default(), &mut told);
        let plan = plan(
            &graph,
            &extraction,
            &FrozenSet::default(),
            &settings,
            &mut told,
        );
        Ok(World {
            firmware: answer.firmware.clone(),
            target: value["request"]["target"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            told: value["plan"].clone(),
            frozen: value["frozen_files"].clone(),
            settings,
            graph,
            extraction,
            plan,
        })
    }

    /// The folder that places are told from.
    pub(super) fn root(&self) -> PathBuf {
        self.graph.workspace.clone()
    }

    pub(super) fn own(&self) -> &Package {
        &self.graph.packages[self.graph.firmware]
    }

    /// The shortest way of dependencies from the firmware to a package of the
    /// graph.
    pub(super) fn chain(&self, package: usize) -> Vec<String> {
        let mut before: BTreeMap<usize, usize> = BTreeMap::new();
        let mut queue = VecDeque::from([self.graph.firmware]);
        while let Some(at) = queue.pop_front() {
            for dependency in &self.graph.packages[at].dependencies {
                let next = dependency.package;
                if next != self.graph.firmware && !before.contains_key(&next) {
                    before.insert(next, at);
                    queue.push_back(next);
                }
            }
        }
        let mut way = vec![package];
        let mut at = package;
        while let Some(&previous) = before.get(&at) {
            way.push(previous);
            at = previous;
        }
        let way = way.into_iter().rev();
        way.map(|at| id(&self.graph.packages[at])).collect()
    }

    /// The packages that rustc links: those that code names, one from another,
    /// beginning with what the firmware depends on.
    pub(super) fn linked(&self) -> BTreeSet<usize> {
        let firmware = self.graph.firmware;
        let direct = self.own().dependencies.iter();
        let mut open: Vec<usize> = direct.map(|dependency| dependency.package).collect();
        let mut linked = BTreeSet::from([firmware]);
        while let Some(at) = open.pop() {
            if linked.insert(at) {
                let named = self.graph.packages[at].dependencies.iter();
                let named = named.filter(|to| self.extraction.is_named(at, to));
                open.extend(named.map(|dependency| dependency.package));
            }
        }
        linked
    }
}

impl World {
    /// The command that makes a package of the graph, or one around it, a
    /// dependency of the firmware.
    pub(super) fn add(&self, package: &Package) -> String {
        let own = self.own();
        let mut direct = own.dependencies.iter();
        let is_direct =
            direct.any(|to| self.graph.packages[to.package].manifest == package.manifest);
        let what = if is_direct {
            package.name.clone()
        } else if package.local {
            let dir = package.dir.strip_prefix(&self.graph.workspace);
            format!("--path {}", dir.unwrap_or(&package.dir).display())
        } else {
            format!("{}@{}", package.name, package.version)
        };
        format!("cargo add -p {} {what}", own.name)
    }
}

/// `name version`.
pub(super) fn id(package: &Package) -> String {
    format!("{} {}", package.name, package.version)
}
