//! A workspace of a test, and Cargo in it.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A copy of a workspace below `fixtures/`, with this repository as its enroll.
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

/// What a `cargo build` said.
pub(crate) struct Built {
    /// `false` where errors stopped it.
    pub(crate) success: bool,
    /// What a person reads.
    pub(crate) stderr: String,
    /// Cargo's messages about compiled targets.
    artifacts: Vec<Value>,
}

impl Workspace {
    /// A fresh copy for one test. What is compiled is shared with the other
    /// workspaces, so that enroll itself is compiled once.
    pub(crate) fn of(name: &str, test: &str) -> Workspace {
        Workspace::with_target(name, test, "shared-target")
    }

    /// A fresh copy with compiled crates of its own, for a test that counts
    /// what is compiled again.
    pub(crate) fn alone(name: &str, test: &str) -> Workspace {
        let workspace = Workspace::with_target(name, test, &format!("{name}-{test}-target"));
        let _ = fs::remove_dir_all(&workspace.target);
        workspace
    }

    fn with_target(name: &str, test: &str, target: &str) -> Workspace {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let workspace = Workspace {
            root: scratch.join(format!("{name}-{test}")),
            target: scratch.join(target),
        };
        let _ = fs::remove_dir_all(&workspace.root);
        copy(&here.join("fixtures").join(name), &workspace.root);
        // The versions that this repository locks are on the machine: Cargo
        // works offline.
        let lock = here.join("../../Cargo.lock");
        fs::copy(lock, workspace.root.join("Cargo.lock")).unwrap();
        workspace
    }

    /// Writes a file of the workspace.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs Cargo, whatever comes of it.
    pub(crate) fn cargo(&self, arguments: &str) -> Output {
        Command::new(env!("CARGO"))
            .current_dir(&self.root)
            .args(arguments.split_whitespace())
            .env("CARGO_TARGET_DIR", &self.target)
            .env("CARGO_NET_OFFLINE", "true")
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_TERM_COLOR", "never")
            .env_remove("ENROLL_QSTR_SALT")
            .env_remove("RUSTFLAGS")
            .output()
            .unwrap()
    }

    /// Runs Cargo and gives what it printed, for a command that must succeed.
    pub(crate) fn run(&self, arguments: &str) -> String {
        let output = self.cargo(arguments);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "cargo {arguments}:\n{stderr}");
        String::from_utf8(output.stdout).unwrap() + &stderr
    }

    /// `cargo build` with further arguments.
    pub(crate) fn build(&self, arguments: &str) -> Built {
        let output = self.cargo(&format!(
            "build --message-format=json-render-diagnostics {arguments}"
        ));
        let messages = serde_json::Deserializer::from_slice(&output.stdout).into_iter::<Value>();
        let artifacts = messages
            .map(Result::unwrap)
            .filter(|message| message["reason"] == "compiler-artifact");
        Built {
            success: output.status.success(),
            artifacts: artifacts.collect(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Built {
    /// The same, for a build that must succeed.
    pub(crate) fn succeeded(self) -> Built {
        assert!(self.success, "{}", self.stderr);
        self
    }

    /// The library that was compiled for a target of this name.
    pub(crate) fn rlib(&self, name: &str) -> PathBuf {
        let files = self
            .artifacts
            .iter()
            .filter(|artifact| artifact["target"]["name"] == name)
            .flat_map(|artifact| artifact["filenames"].as_array().unwrap());
        files
            .filter_map(Value::as_str)
            .map(PathBuf::from)
            .find(|path| {
                path.extension()
                    .is_some_and(|extension| extension == "rlib")
            })
            .unwrap_or_else(|| panic!("no library {name}"))
    }

    /// The program of a binary of this name.
    pub(crate) fn executable(&self, name: &str) -> PathBuf {
        self.artifacts
            .iter()
            .filter(|artifact| artifact["target"]["name"] == name)
            .find_map(|artifact| artifact["executable"].as_str())
            .map(PathBuf::from)
            .unwrap_or_else(|| panic!("no program {name}"))
    }

    /// The targets that were compiled now, sorted.
    pub(crate) fn compiled(&self) -> Vec<&str> {
        let mut names: Vec<_> = self
            .artifacts
            .iter()
            .filter(|artifact| artifact["fresh"] == false)
            .filter_map(|artifact| artifact["target"]["name"].as_str())
            .collect();
        names.sort_unstable();
        names
    }
}

/// Copies a folder; `@repository@` in a manifest becomes the path of this one.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else if from.ends_with("Cargo.toml") {
            let repository = concat!(env!("CARGO_MANIFEST_DIR"), "/../..").replace('\\', "/");
            let text = fs::read_to_string(&from).unwrap();
            fs::write(to, text.replace("@repository@", &repository)).unwrap();
        } else {
            fs::copy(&from, &to).unwrap();
        }
    }
}
