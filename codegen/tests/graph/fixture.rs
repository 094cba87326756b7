//! Workspaces in temporary folders, and what Cargo itself would build there.

use enroll_codegen::graph::{Graph, Package, Request};
use enroll_codegen::source::cfg::CfgSet;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The target triple of this machine.
pub(crate) fn host() -> &'static str {
    static HOST: OnceLock<String> = OnceLock::new();
    HOST.get_or_init(|| {
        let text = run(Command::new("rustc").arg("-vV"));
        let text = String::from_utf8(text).expect("UTF-8");
        let line = text.lines().find_map(|line| line.strip_prefix("host: "));
        line.expect("a line with the host").to_owned()
    })
}

/// A folder of the test's own, removed at the end.
pub(crate) struct Fixture {
    pub(crate) dir: PathBuf,
    env: Vec<(OsString, OsString)>,
}

impl Fixture {
    /// A folder with these files. A `Cargo.toml` with a `[package]` gets a
    /// `src/lib.rs` beside it unless there is a `src/` among the files.
    pub(crate) fn new(files: &[(&str, &str)]) -> Fixture {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("enroll-graph-{}-{count}", std::process::id());
        let dir = std::env::temp_dir().join(name);
        fs::create_dir_all(&dir).expect("a temporary folder");
        // Cargo prints real paths.
        let dir = dir.canonicalize().expect("a temporary folder");
        let fixture = Fixture {
            dir,
            env: Vec::new(),
        };
        for (path, text) in files {
            fixture.write(path, text);
        }
        for (path, text) in files {
            let Some(folder) = path.strip_suffix("Cargo.toml") else {
                continue;
            };
            let src = format!("{folder}src/");
            if text.contains("[package]") && !files.iter().any(|(path, _)| path.starts_with(&src)) {
                fixture.write(&format!("{src}lib.rs"), "");
            }
        }
        fixture
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.dir.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    pub(crate) fn cargo(&self, dir: &str) -> Command {
        let mut command = Command::new(std::env::var_os("CARGO").expect("run by Cargo"));
        command
            .current_dir(self.dir.join(dir))
            .envs(self.env.iter().map(|(name, value)| (name, value)))
            .env_remove("CARGO_TARGET_DIR");
        command
    }

    pub(crate) fn lock(&self, dir: &str) {
        run(self.cargo(dir).args(["generate-lockfile", "--offline"]));
    }

    /// The firmware `fw` 0.1.0 in folder `dir`, for this machine.
    pub(crate) fn request(&self, dir: &str, features: &[&str]) -> Request {
        Request {
            manifest_dir: self.dir.join(dir),
            name: "fw".into(),
            version: "0.1.0".into(),
            bin: None,
            target: host().into(),
            target_spec: None,
            features: features.iter().map(|&feature| feature.into()).collect(),
            cfgs: cfgs(host()),
            cargo: std::env::var_os("CARGO").expect("run by Cargo").into(),
            env: self.env.clone(),
        }
    }

    /// The graph, after checking it against Cargo's own plan of the build.
    pub(crate) fn load(&self, dir: &str, features: &[&str]) -> Graph {
        self.load_for(&self.request(dir, features))
    }

    pub(crate) fn load_for(&self, request: &Request) -> Graph {
        let graph = match enroll_codegen::graph::load(request) {
            Ok(graph) => graph,
            Err(told) => panic!("{told}"),
        };
        assert_eq!(summary(&graph), self.planned(request), "enroll, then Cargo");
        graph
    }

    /// What `cargo build` would compile, as [`summary`] puts it: from its unit
    /// graph, which knows every feature and every name.
    fn planned(&self, request: &Request) -> BTreeMap<String, Summary> {
        let features: Vec<&str> = request.features.iter().map(String::as_str).collect();
        let mut command = self.cargo("");
        command
            .current_dir(&request.manifest_dir)
            .env("RUSTC_BOOTSTRAP", "1")
            .args(["build", "--unit-graph", "-Zunstable-options", "--offline"])
            .args(["--locked", "--target", &request.target])
            .args(["--no-default-features", "--features", &features.join(",")])
            .args([
                "--package",
                &format!("{}@{}", request.name, request.version),
            ]);
        let plan: Value = serde_json::from_slice(&run(&mut command)).expect("a unit graph");
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
}

impl Drop for Fixture {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.dir);
    }
}

/// What must agree with Cargo about a package: its features, and the packages
/// that count among its dependencies with their names in code.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Summary {
    pub(crate) features: BTreeSet<String>,
    pub(crate) names: BTreeSet<(String, String)>,
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

/// The package of this name.
pub(crate) fn named<'g>(graph: &'g Graph, name: &str) -> &'g Package {
    let mut found = graph.packages.iter().filter(|package| package.name == name);
    let package = found
        .next()
        .unwrap_or_else(|| panic!("`{name}` is not in the graph"));
    assert!(found.next().is_none(), "`{name}` is there twice");
    package
}

/// The cfgs of a target, in the words of a build script's environment.
pub(crate) fn cfgs(target: &str) -> CfgSet {
    let mut rustc = Command::new("rustc");
    let text = run(rustc.args(["--print", "cfg", "--target", target]));
    let text = String::from_utf8(text).expect("UTF-8");
    let mut variables: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for line in text.lines() {
        let (name, value) = line.split_once('=').unwrap_or((line, ""));
        let variable = format!("CARGO_CFG_{}", name.to_uppercase());
        variables
            .entry(variable)
            .or_default()
            .push(value.trim_matches('"'));
    }
    CfgSet::from_env(
        variables
            .into_iter()
            .map(|(name, values)| (name, values.join(","))),
    )
}

/// The output of a command that must succeed.
pub(crate) fn run(command: &mut Command) -> Vec<u8> {
    let output = command.output().expect("the command runs");
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}\n{text}");
    output.stdout
}
