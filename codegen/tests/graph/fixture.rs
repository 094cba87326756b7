//! Workspaces in temporary folders, and what Cargo itself would build there.

use crate::oracle;
use enroll_codegen::graph::{self, Graph, Package, Request};
use enroll_codegen::source::cfg::CfgSet;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The manifest of the runtime, as far as a graph needs it.
pub(crate) const RUNTIME: &str = "[package]\nname = \"enroll\"\nversion = \"1.0.0\"\n";

/// A manifest of version 0.1.0.
pub(crate) fn manifest(name: &str, rest: &str) -> String {
    format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n{rest}")
}

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

    /// A workspace of packages 0.1.0 in folders of their names, with the rest
    /// of their manifests, and with the runtime. Its lock file is written.
    pub(crate) fn workspace(members: &[(&str, &str)]) -> Fixture {
        let names: Vec<&str> = members.iter().map(|(name, _)| *name).collect();
        let root = format!("[workspace]\nresolver = \"3\"\nmembers = {names:?}\n");
        let mut files = vec![("Cargo.toml".to_owned(), root)];
        files.push(("enroll/Cargo.toml".to_owned(), RUNTIME.to_owned()));
        for (name, rest) in members {
            let text = if rest.starts_with("[package]") {
                (*rest).to_owned()
            } else {
                manifest(name, rest)
            };
            files.push((format!("{name}/Cargo.toml"), text));
        }
        let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (&**p, &**t)).collect();
        let fixture = Fixture::new(&files);
        fixture.lock("");
        fixture
    }

    /// With a variable for every Cargo that runs here.
    pub(crate) fn with_env(mut self, name: &str, value: impl Into<OsString>) -> Fixture {
        self.env.push((name.into(), value.into()));
        self
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
        let request = self.request(dir, features);
        let graph = self.graph(&request);
        oracle::check(self, &request, &graph);
        graph
    }

    /// The graph alone.
    pub(crate) fn graph(&self, request: &Request) -> Graph {
        match graph::load(request) {
            Ok(graph) => graph,
            Err(told) => panic!("{told}"),
        }
    }

    /// What is wrong, with the fixture's folder as `DIR`.
    pub(crate) fn refused(&self, request: &Request) -> String {
        let told = graph::load(request).expect_err("an error");
        told.render().replace(&*self.dir.to_string_lossy(), "DIR")
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.dir);
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
