//! What build scripts recorded about their runs.

use super::arguments::Arguments;
use super::selection::Wanted;
use crate::script::{FILE, FORMAT};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A build script and how Cargo started it.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) value: Value,
    /// When Cargo ran the script.
    pub(super) time: SystemTime,
    /// The folder that the script wrote to.
    pub(super) out: PathBuf,
}

impl Record {
    /// The record in an `OUT_DIR`, if a script of this format left one.
    pub(super) fn read(out: &Path) -> Option<Record> {
        let path = out.join(FILE);
        let text = fs::read_to_string(&path).ok()?;
        let value: Value = serde_json::from_str(&text).ok()?;
        let time = path.metadata().ok()?.modified().ok()?;
        (value["format"] == FORMAT).then(|| Record {
            value,
            time,
            out: out.to_path_buf(),
        })
    }

    pub(super) fn firmware(&self) -> &str {
        self.value["request"]["package"]
            .as_str()
            .unwrap_or_default()
    }

    /// The program that Cargo compiled from `build.rs`.
    pub(super) fn program(&self) -> &Path {
        Path::new(self.value["program"].as_str().unwrap_or_default())
    }

    /// A variable that Cargo set for it.
    pub(super) fn variable(&self, name: &str) -> &str {
        self.value["environment"][name].as_str().unwrap_or_default()
    }

    /// Whether the run was one of the build that is asked about.
    fn fits(&self, wanted: &Wanted, arguments: &Arguments, targets: &[String]) -> bool {
        let request = &self.value["request"];
        let text = |key: &str| request[key].as_str().unwrap_or_default();
        let features = request["features"].as_array().into_iter().flatten();
        let mut features: Vec<&str> = features.filter_map(Value::as_str).collect();
        features.sort_unstable();
        let folder = arguments.profile_folder();
        text("package") == wanted.name
            && text("version") == wanted.version
            && Path::new(text("folder")) == wanted.dir
            && features.iter().eq(&wanted.features)
            && self.out.components().any(|part| part.as_os_str() == folder)
            && self.is_for(targets)
            && self.has_flags()
    }

    /// Whether the target is one of those named; the machine's own where none
    /// is.
    fn is_for(&self, targets: &[String]) -> bool {
        let target = self.variable("TARGET");
        let named = |named: &String| match named.strip_suffix(".json") {
            Some(path) => Path::new(path)
                .file_name()
                .is_some_and(|name| name == target),
            None => named == target,
        };
        match targets {
            [] => target == self.variable("HOST"),
            targets => targets.iter().any(named),
        }
    }

    /// Whether the compiler flags in this environment are those of the run.
    /// Without any here, those of the run came from a configuration file, or
    /// the run is not to be had again.
    fn has_flags(&self) -> bool {
        let recorded = self.variable("CARGO_ENCODED_RUSTFLAGS");
        if let Some(encoded) = std::env::var_os("CARGO_ENCODED_RUSTFLAGS") {
            return encoded == recorded;
        }
        match std::env::var("RUSTFLAGS") {
            Ok(flags) => flags
                .split_whitespace()
                .eq(recorded.split('\u{1f}').filter(|flag| !flag.is_empty())),
            Err(_) => recorded.is_empty() || self.is_configured("rustflags"),
        }
    }

    /// Whether one of Cargo's configuration files has a word.
    fn is_configured(&self, word: &str) -> bool {
        let folder = self.value["request"]["folder"].as_str().unwrap_or_default();
        let files = crate::graph::configuration_files(Path::new(folder));
        let has = |file: &PathBuf| fs::read_to_string(file).is_ok_and(|text| text.contains(word));
        files.iter().any(has)
    }
}

/// The records below a build folder, the latest first.
///
/// `PROFILE/build/PACKAGE-HASH/out`, below a folder of the target's name where
/// one was given; later Cargos have one more folder after the package's.
pub(super) fn all(build: &Path) -> Vec<Record> {
    let mut records = Vec::new();
    for one in folders(build) {
        let profiles = [vec![one.clone()], folders(&one)].concat();
        for scripts in profiles.iter().map(|profile| profile.join("build")) {
            for package in folders(&scripts) {
                let out = package.join("out");
                match Record::read(&out) {
                    Some(record) => records.push(record),
                    None if !out.is_dir() => {
                        let outs = folders(&package).into_iter().map(|unit| unit.join("out"));
                        records.extend(outs.filter_map(|out| Record::read(&out)));
                    }
                    None => {}
                }
            }
        }
    }
    records.sort_by_key(|record| std::cmp::Reverse(record.time));
    records
}

/// The latest record of each target that fits.
pub(super) fn fitting<'r>(
    records: &'r [Record],
    wanted: &Wanted,
    arguments: &Arguments,
    targets: &[String],
) -> Vec<&'r Record> {
    let mut found: Vec<&Record> = Vec::new();
    for record in records {
        let same = |other: &&Record| other.variable("TARGET") == record.variable("TARGET");
        if record.fits(wanted, arguments, targets) && !found.iter().any(same) {
            found.push(record);
        }
    }
    found
}

fn folders(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).into_iter().flatten();
    let paths = entries.filter_map(Result::ok);
    let folders = paths.filter(|entry| entry.file_type().is_ok_and(|of| of.is_dir()));
    folders.map(|entry| entry.path()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::ffi::OsString;

    /// Whether a run with these differences is one that is asked about so.
    fn fits(change: impl Fn(&mut Value), out: &str, line: &str, targets: &[&str]) -> bool {
        let mut value = json!({
            "environment": { "TARGET": "x", "HOST": "x", "CARGO_ENCODED_RUSTFLAGS": "" },
            "request": {
                "package": "fw", "version": "1.0.0", "folder": "/w/fw", "features": ["b", "a"],
            },
        });
        change(&mut value);
        let record = Record {
            value,
            time: SystemTime::UNIX_EPOCH,
            out: PathBuf::from(out),
        };
        let wanted = Wanted {
            name: "fw".to_owned(),
            version: "1.0.0".to_owned(),
            dir: PathBuf::from("/w/fw"),
            features: ["a", "b"].map(str::to_owned).into(),
        };
        let args: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
        let targets: Vec<String> = targets.iter().map(|&target| target.to_owned()).collect();
        record.fits(&wanted, &Arguments::read(&args), &targets)
    }

    #[test]
    fn a_run_fits_if_cargo_would_repeat_it() {
        let debug = "/w/target/debug/build/fw-1/out";
        let release = "/w/target/x/release/build/fw-1/out";
        let same = |_: &mut Value| {};
        assert!(fits(same, debug, "", &[]));
        assert!(fits(same, debug, "", &["x"]));
        assert!(fits(same, debug, "", &["y", "dir/x.json"]));
        assert!(!fits(same, debug, "", &["y"]));
        assert!(!fits(same, debug, "--release", &[]));
        assert!(fits(same, release, "--release", &[]));
        assert!(fits(same, release, "--profile bench", &[]));
        assert!(!fits(same, release, "--profile small", &[]));
        for (pointer, other) in [
            ("/environment/TARGET", json!("y")),
            ("/environment/CARGO_ENCODED_RUSTFLAGS", json!("--cfg=other")),
            ("/request/package", json!("fw2")),
            ("/request/version", json!("1.0.1")),
            ("/request/folder", json!("/w/other")),
            ("/request/features", json!(["a"])),
            ("/request/features", json!(["a", "b", "c"])),
        ] {
            let change = |value: &mut Value| {
                *value.pointer_mut(pointer).expect("there") = other.clone();
            };
            assert!(!fits(change, debug, "", &[]), "{pointer} {other}");
        }
    }
}
