//! The graph against Cargo's own plan of a build: the unit graph, which knows
//! every feature and every name, but which only a nightly Cargo prints.

use crate::fixture::{Fixture, run};
use enroll_codegen::graph::{Answer, Graph, Package, Request};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Checks a graph: packages, features and names of the build itself, and the
/// features of the two builds that it compares with.
pub(crate) fn check(fixture: &Fixture, request: &Request, graph: &Graph) {
    let built = plan(fixture, request, Plan::Build);
    assert_eq!(summary(graph), planned(&built), "enroll, then Cargo");
    for kind in [Plan::Test, Plan::TestWorkspace] {
        let plan = plan(fixture, request, kind);
        let features = features_of_all(&plan, &request.target);
        for package in graph.packages.iter().chain(&graph.elsewhere) {
            let id = format!("{} {}", package.name, package.version);
            let answer = match kind {
                Plan::TestWorkspace => &package.answers.workspace,
                _ => &package.answers.with_dev,
            };
            match answer {
                Answer::Features(answer) => {
                    assert_eq!(
                        Some(answer),
                        features.get(&id),
                        "features of {id} in a test"
                    );
                }
                Answer::Absent => {}
                Answer::Unknown => panic!("no answer about {id}"),
            }
        }
    }
}

/// Which build Cargo is asked about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Plan {
    Build,
    Test,
    TestWorkspace,
}

/// Cargo's unit graph.
fn plan(fixture: &Fixture, request: &Request, plan: Plan) -> Value {
    let package = format!("{}@{}", request.name, request.version);
    let plain: Vec<&str> = request.features.iter().map(String::as_str).collect();
    let plain = plain.join(",");
    let mut command = fixture.cargo("");
    command
        .current_dir(&request.manifest_dir)
        .env("RUSTC_BOOTSTRAP", "1");
    match plan {
        Plan::Build => command.args(["build", "--package", &package, "--features", &plain]),
        Plan::Test => command.args(["test", "--package", &package, "--features", &plain]),
        Plan::TestWorkspace => command.args(["test", "--workspace"]),
    };
    command
        .args(["--unit-graph", "-Zunstable-options", "--offline"])
        .args(["--locked", "--target", &request.target]);
    // Empty for a fixture whose firmware is no member of a workspace.
    let read = |path: &Path| std::fs::read_to_string(path).unwrap_or_default();
    let manifest = read(&request.manifest_dir.join("Cargo.toml"));
    let defaults = request.features.contains("default") || !manifest.contains("\ndefault =");
    if plan != Plan::TestWorkspace || !defaults {
        command.arg("--no-default-features");
    }
    if plan == Plan::TestWorkspace {
        let root = read(&fixture.dir.join("Cargo.toml"));
        for feature in &request.features {
            // The first resolver means the member in whose folder it runs.
            let feature = if root.contains("resolver = \"1\"") {
                feature.clone()
            } else {
                format!("{}/{feature}", request.name)
            };
            command.args(["--features", &feature]);
        }
    }
    serde_json::from_slice(&run(&mut command)).expect("a unit graph")
}

/// The features of everything that is compiled for the target.
fn features_of_all(plan: &Value, target: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for unit in plan["units"].as_array().expect("units") {
        if unit["platform"] == target && unit["mode"] != "run-custom-build" {
            let features = unit["features"].as_array().expect("features");
            let features = features.iter().filter_map(Value::as_str);
            all.entry(package(unit["pkg_id"].as_str().expect("an id")))
                .or_default()
                .extend(features.map(str::to_owned));
        }
    }
    all
}

/// What `cargo build` would compile, as [`summary`] puts it.
fn planned(plan: &Value) -> BTreeMap<String, Summary> {
    let units = plan["units"].as_array().expect("units");
    let name = |unit: usize| package(units[unit]["pkg_id"].as_str().expect("an id"));
    let crates = |unit: usize| {
        let kind = units[unit]["target"]["kind"][0].as_str().expect("a kind");
        !["custom-build", "proc-macro"].contains(&kind) && units[unit]["mode"] == "build"
    };
    let children = |unit: usize| -> Vec<(usize, String)> {
        let dependencies = units[unit]["dependencies"].as_array().expect("a list");
        dependencies
            .iter()
            .map(|dependency| {
                let index = dependency["index"].as_u64().expect("an index") as usize;
                let name = dependency["extern_crate_name"].as_str().expect("a name");
                (index, name.to_owned())
            })
            .filter(|(index, _)| crates(*index))
            .collect()
    };
    let is_runtime = |unit: usize| name(unit).starts_with("enroll ");
    let mut reaching: BTreeSet<usize> = (0..units.len()).filter(|&u| is_runtime(u)).collect();
    loop {
        let more: Vec<usize> = (0..units.len())
            .filter(|&unit| crates(unit) && !reaching.contains(&unit))
            .filter(|&unit| children(unit).iter().any(|(c, _)| reaching.contains(c)))
            .collect();
        if more.is_empty() {
            break;
        }
        reaching.extend(more);
    }
    let mut planned: BTreeMap<String, Summary> = BTreeMap::new();
    let mut open: Vec<usize> = plan["roots"]
        .as_array()
        .expect("roots")
        .iter()
        .map(|root| root.as_u64().expect("an index") as usize)
        .filter(|&root| crates(root))
        .collect();
    let roots = open.clone();
    let mut seen = BTreeSet::new();
    while let Some(unit) = open.pop() {
        if !seen.insert(unit) || is_runtime(unit) {
            continue;
        }
        if !roots.contains(&unit) && !reaching.contains(&unit) {
            continue;
        }
        let summary = planned.entry(name(unit)).or_default();
        let features = units[unit]["features"].as_array().expect("features");
        summary.features.extend(
            features
                .iter()
                .map(|feature| feature.as_str().expect("a feature").to_owned()),
        );
        for (child, extern_name) in children(unit) {
            // A binary names its own library too.
            if reaching.contains(&child) && name(child) != name(unit) {
                summary.names.insert((name(child), extern_name));
            }
            open.push(child);
        }
    }
    planned
}

/// What must agree with Cargo about a package: its features, and the packages
/// that count among its dependencies with their names in code.
#[derive(Debug, Default, PartialEq, Eq)]
struct Summary {
    features: BTreeSet<String>,
    names: BTreeSet<(String, String)>,
}

fn summary(graph: &Graph) -> BTreeMap<String, Summary> {
    let id = |package: &Package| format!("{} {}", package.name, package.version);
    graph
        .packages
        .iter()
        .map(|package| {
            let mut names: BTreeSet<(String, String)> = package
                .dependencies
                .iter()
                .map(|edge| (id(&graph.packages[edge.package]), edge.extern_name.clone()))
                .collect();
            for name in &package.runtime_names {
                names.insert(("enroll 1.0.0".into(), name.clone()));
            }
            let features = package.features.clone();
            (id(package), Summary { features, names })
        })
        .collect()
}

/// `name version` of a package id specification.
fn package(id: &str) -> String {
    let (url, fragment) = id.rsplit_once('#').expect("a package id");
    match fragment.split_once('@') {
        Some((name, version)) => format!("{name} {version}"),
        None => {
            let name = url.split('?').next().expect("a part").rsplit('/').next();
            format!("{} {fragment}", name.expect("a part"))
        }
    }
}
