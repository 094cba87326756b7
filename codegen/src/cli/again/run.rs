//! Starts a build script as Cargo did, and takes its answer.

use super::Answer;
use super::record::Record;
use crate::script::{self, FORMAT};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Runs the script of a record.
///
/// It gets an empty folder for `OUT_DIR`: whatever else it makes there, what
/// Cargo's own run left stays as it is.
pub(super) fn run(record: &Record, metadata: &Value) -> Result<Answer, String> {
    let scratch = Scratch::new()?;
    let members = scratch.0.join("metadata.json");
    fs::write(&members, metadata.to_string()).map_err(|error| failed(&members, &error))?;
    let out = scratch.0.join("out");
    let file = scratch.0.join("answer.json");
    fs::create_dir(&out).map_err(|error| failed(&out, &error))?;
    let mut command = Command::new(record.program());
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(script::is_of_cargo) {
            command.env_remove(&name);
        }
    }
    let recorded = record.value["environment"].as_object();
    for (name, value) in recorded.into_iter().flatten() {
        let Some(value) = value.as_str() else {
            continue;
        };
        // What a configuration file sets gives way to the environment.
        if script::is_of_cargo(name) || std::env::var_os(name).is_none() {
            command.env(name, value);
        }
    }
    let output = command
        .env("OUT_DIR", &out)
        .env(script::VARIABLE, &file)
        .env(script::METADATA, &members)
        .env(script::OUT, &record.out)
        .current_dir(record.value["folder"].as_str().unwrap_or("."))
        .output()
        .map_err(|error| failed(record.program(), &error))?;
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    let text = fs::read_to_string(&file).unwrap_or_default();
    let value: Value = serde_json::from_str(&text).unwrap_or_default();
    if value["format"] != FORMAT {
        return Err(format!(
            "error: the build script of `{}` ended ({}) before its builder had an answer\n{stderr}",
            record.firmware(),
            output.status,
        ));
    }
    Ok(Answer {
        firmware: record.firmware().to_owned(),
        value,
        stderr,
        succeeded: output.status.success(),
    })
}

fn failed(path: &Path, error: &std::io::Error) -> String {
    format!("error: {}: {error}", path.display())
}

/// A folder that is removed at the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Result<Scratch, String> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("cargo-enroll-{}-{count}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).map_err(|error| failed(&path, &error))?;
        Ok(Scratch(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
