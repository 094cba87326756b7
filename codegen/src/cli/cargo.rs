//! One `cargo build`, and what Cargo says it compiled.

use super::recorded;
use serde_json::Value;
use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// What was compiled, freshly or before.
#[derive(Debug, Default)]
pub(super) struct Built {
    pub(super) artifacts: Vec<Artifact>,
    /// The folders in which a build script wrote a plan.
    pub(super) plans: Vec<PathBuf>,
}

/// One crate as it was compiled.
#[derive(Debug)]
pub(super) struct Artifact {
    pub(super) package: String,
    pub(super) version: String,
    pub(super) features: Vec<String>,
    /// As paths in Rust begin.
    pub(super) crate_name: String,
    pub(super) rlibs: Vec<PathBuf>,
    /// The linked program, if it is a binary or an example.
    pub(super) program: Option<PathBuf>,
}

/// Builds with these arguments of `cargo build`, its own output on stderr; at
/// least one firmware is among what was built.
pub(super) fn build(args: &[OsString]) -> Result<Built, String> {
    let mut child = command()
        .arg("build")
        .args(args)
        .arg("--message-format=json-render-diagnostics")
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("error: could not run Cargo: {error}"))?;
    let mut built = Built::default();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines() {
            let line = line.map_err(|error| format!("error: Cargo's output: {error}"))?;
            if let Ok(message) = serde_json::from_str(&line) {
                built.message(&message);
            }
        }
    }
    let status = child
        .wait()
        .map_err(|error| format!("error: could not wait for Cargo: {error}"))?;
    if !status.success() {
        return Err("error: the build failed, so there is nothing to tell".to_owned());
    }
    if built.plans.is_empty() {
        return Err(
            "error: no build script of this build wrote a table: is the firmware selected (-p)?"
                .to_owned(),
        );
    }
    // In the order of their firmwares, not in that in which scripts ended. A plan
    // that cannot be read is told by whoever reads it.
    built.plans.sort_by_cached_key(|path| {
        let plan = recorded::value(path).unwrap_or_default();
        let firmware = plan["firmware"].as_str().map(str::to_owned);
        (firmware, path.clone())
    });
    Ok(built)
}

/// The packages, as `name version`, that a normal dependency chain brings into
/// `firmware` with the features these arguments select.
pub(super) fn closure(firmware: &str, args: &[OsString]) -> Result<Vec<String>, String> {
    let output = command()
        .args(["tree", "--edges", "normal,no-proc-macro"])
        .args(["--prefix", "none"])
        .args(["--format", "{p}", "--package", firmware])
        .args(selection(args))
        .output()
        .map_err(|error| format!("error: could not run Cargo: {error}"))?;
    if !output.status.success() {
        return Err(format!(
            "error: `cargo tree` failed:\n{}",
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(text
        .lines()
        .filter_map(|line| {
            let (name, rest) = line.split_once(" v")?;
            let version = rest.split_whitespace().next()?;
            Some(format!("{name} {version}"))
        })
        .collect())
}

/// The folder of the compiler's own libraries, where `rustc` or a flag in the
/// environment tells it.
pub(super) fn sysroot() -> Option<PathBuf> {
    for (name, flags) in std::env::vars_os() {
        if !name.to_string_lossy().ends_with("RUSTFLAGS") {
            continue;
        }
        let flags = flags.to_string_lossy().into_owned();
        // CARGO_ENCODED_RUSTFLAGS has a separator of its own.
        let mut flags = flags.split(|c: char| c.is_whitespace() || c == '\u{1f}');
        if let Some(given) = flags.find_map(|flag| flag.strip_prefix("--sysroot=")) {
            return Some(PathBuf::from(given));
        }
    }
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc)
        .args(["--print", "sysroot"])
        .output()
        .ok()?;
    let printed = String::from_utf8(output.stdout).ok()?;
    output
        .status
        .success()
        .then(|| PathBuf::from(printed.trim_end()))
}

pub(super) fn command() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Those of `cargo build`'s arguments that select features, target and lock
/// file, and that `cargo tree` understands too.
pub(super) fn selection(args: &[OsString]) -> Vec<OsString> {
    const ALONE: &[&str] = &[
        "--all-features",
        "--no-default-features",
        "--offline",
        "--locked",
        "--frozen",
    ];
    const WITH_VALUE: &[&str] = &[
        "--features",
        "-F",
        "--target",
        "--manifest-path",
        "--config",
    ];
    let mut selected = Vec::new();
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let text = arg.to_string_lossy();
        let joined = WITH_VALUE.iter().any(|option| {
            let value = text.strip_prefix(option).unwrap_or_default();
            value.starts_with('=') || (*option == "-F" && !value.is_empty())
        });
        if ALONE.contains(&&*text) || joined {
            selected.push(arg.clone());
        } else if WITH_VALUE.contains(&&*text) {
            selected.push(arg.clone());
            selected.extend(args.next().cloned());
        }
    }
    selected
}

impl Built {
    /// The plan of the one firmware of the build.
    pub(super) fn only(&self) -> Result<PathBuf, String> {
        match &*self.plans {
            [plan] => Ok(plan.clone()),
            plans => Err(format!(
                "error: this build has {} firmwares: select one with -p",
                plans.len()
            )),
        }
    }

    fn message(&mut self, message: &Value) {
        match message["reason"].as_str() {
            Some("build-script-executed") => {
                if let Some(out) = message["out_dir"].as_str() {
                    let plan = PathBuf::from(out).join(crate::report::FILE);
                    if plan.is_file() {
                        self.plans.push(plan);
                    }
                }
            }
            Some("compiler-artifact") => self.artifacts.extend(artifact(message)),
            _ => {}
        }
    }
}

fn artifact(message: &Value) -> Option<Artifact> {
    let (package, version) = package(message["package_id"].as_str()?)?;
    let texts = |value: &Value| -> Vec<String> {
        let items = value.as_array().into_iter().flatten();
        items.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let rlibs = texts(&message["filenames"])
        .into_iter()
        .filter(|name| name.ends_with(".rlib"))
        .map(PathBuf::from)
        .collect();
    let target = &message["target"];
    let is_program = ["bin", "example"]
        .iter()
        .any(|kind| texts(&target["kind"]).iter().any(|of| of == kind));
    let program = message["executable"].as_str().filter(|_| is_program);
    Some(Artifact {
        package,
        version,
        features: texts(&message["features"]),
        crate_name: target["name"].as_str()?.replace('-', "_"),
        rlibs,
        program: program.map(PathBuf::from),
    })
}

/// Name and version of a package id specification (The Cargo Book, "Package ID
/// Specifications"): `path+file:///d/errno#0.1.0`, `registry+…#errno@0.1.0`.
fn package(id: &str) -> Option<(String, String)> {
    let (url, fragment) = id.rsplit_once('#')?;
    let (name, version) = match fragment.rsplit_once('@') {
        Some((name, version)) => (name, version),
        None => {
            let path = url.split('?').next().unwrap_or(url);
            (path.trim_end_matches('/').rsplit('/').next()?, fragment)
        }
    };
    Some((name.to_owned(), version.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{package, selection};
    use std::ffi::OsString;

    #[test]
    fn a_package_id_holds_name_and_version() {
        for (id, name, version) in [
            ("path+file:///d/errno#0.1.0", "errno", "0.1.0"),
            ("path+file:///d/folder#errno@0.1.0", "errno", "0.1.0"),
            ("registry+https://x/index#syn@3.0.9", "syn", "3.0.9"),
            ("git+file:///d/errno?branch=x#0.1.0", "errno", "0.1.0"),
        ] {
            let expected = Some((name.to_owned(), version.to_owned()));
            assert_eq!(package(id), expected, "{id}");
        }
    }

    #[test]
    fn only_what_selects_goes_to_cargo_tree() {
        let args = [
            "--release",
            "-p",
            "fw",
            "--features",
            "a,b",
            "-Fc",
            "--target=x",
            "--locked",
            "-v",
        ];
        let args: Vec<OsString> = args.iter().map(OsString::from).collect();
        let selected = ["--features", "a,b", "-Fc", "--target=x", "--locked"];
        assert_eq!(selection(&args), selected);
    }
}
