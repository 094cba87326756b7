//! What Cargo says about a build.

use crate::project::printed;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;

/// A build that succeeded.
#[derive(Debug)]
pub(crate) struct Built {
    /// Packages of which a crate was compiled, build scripts not counted.
    pub(crate) compiled: BTreeSet<String>,
    /// Executables, by target.
    pub(crate) executables: BTreeMap<String, PathBuf>,
}

impl Built {
    /// Reads Cargo's messages.
    pub(crate) fn read(messages: &[u8]) -> Built {
        let mut built = Built {
            compiled: BTreeSet::new(),
            executables: BTreeMap::new(),
        };
        for line in String::from_utf8_lossy(messages).lines() {
            // What a test prints stands between the messages.
            let Ok(message) = serde_json::from_str::<Value>(line) else {
                continue;
            };
            if message["reason"] != "compiler-artifact" {
                continue;
            }
            let target = &message["target"];
            if target["kind"][0] == "custom-build" {
                continue;
            }
            if message["fresh"] == false {
                let id = message["package_id"].as_str().expect("an id");
                built.compiled.insert(package(id));
            }
            if let Some(executable) = message["executable"].as_str() {
                let name = target["name"].as_str().expect("a name");
                built.executables.insert(name.to_owned(), executable.into());
            }
        }
        built
    }

    /// Runs an executable and returns what it prints.
    pub(crate) fn run(&self, target: &str) -> String {
        let executable = &self.executables[target];
        printed(Command::new(executable).output().expect("it runs"))
    }
}

/// The name in a package id specification.
fn package(id: &str) -> String {
    let (url, fragment) = id.rsplit_once('#').expect("a package id");
    let name = match fragment.split_once('@') {
        Some((name, _)) => name,
        None => url.rsplit('/').next().expect("a part"),
    };
    name.to_owned()
}
