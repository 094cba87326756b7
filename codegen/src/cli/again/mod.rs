//! Asks the build scripts of firmwares, without building.
//!
//! A firmware's build script records how Cargo started it ([`crate::script`]).
//! Where that record fits the arguments and the compiled script is up to date,
//! it is started again, in well under a second; otherwise Cargo compiles and runs
//! it first, and is stopped as soon as it has.

mod arguments;
mod compile;
mod fresh;
mod record;
mod run;
mod selection;

use super::cargo;
use arguments::Arguments;
pub(super) use arguments::positional;
use record::Record;
use selection::Selection;
use serde_json::Value;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::Path;

/// What one build script found out.
pub(super) struct Answer {
    /// The firmware's package.
    pub(super) firmware: String,
    /// See [`crate::script`].
    pub(super) value: Value,
    /// What it froze as a file of its own, if the firmware can have one.
    pub(super) image: Option<Vec<u8>>,
    /// What it printed for a person.
    pub(super) stderr: String,
    /// Whether Cargo would go on.
    pub(super) succeeded: bool,
}

/// The answers of the firmwares that these arguments of `cargo build` select,
/// one for each target, sorted by the firmware's name.
///
/// # Errors
///
/// The text to show.
pub(super) fn ask(args: &[OsString]) -> Result<Vec<Answer>, String> {
    let arguments = Arguments::read(args);
    let metadata = metadata(&arguments)?;
    let selection = selection::select(&metadata, &arguments);
    let path = |key: &str| metadata[key].as_str().map(Path::new);
    let build = path("build_directory").or(path("target_directory"));
    let build = build.unwrap_or(Path::new("target"));
    let records = match usable(&metadata, &selection, &arguments, build) {
        Ok(records) => records,
        Err(reason) => {
            eprintln!("{reason}: asking Cargo");
            let wanted = selection.wanted.iter().map(|wanted| wanted.name.clone());
            let firmwares: BTreeSet<String> = match selection.is_clear {
                true => wanted.chain(selection.reached).collect(),
                false => BTreeSet::new(),
            };
            compile::compile(args, &firmwares, build)?
        }
    };
    if records.is_empty() {
        return Err(
            "error: no build script of these packages has a table to make: is the firmware \
             selected (-p)?"
                .to_owned(),
        );
    }
    let answers: Result<Vec<Answer>, String> = records
        .iter()
        .map(|record| run::run(record, &metadata))
        .collect();
    let mut answers = answers?;
    answers.sort_by(|a, b| a.firmware.cmp(&b.firmware));
    Ok(answers)
}

/// The records to use.
///
/// # Errors
///
/// Why Cargo has to be asked, as the beginning of a sentence.
fn usable(
    metadata: &Value,
    selection: &Selection,
    arguments: &Arguments,
    build: &Path,
) -> Result<Vec<Record>, String> {
    if let Some(argument) = &arguments.unclear {
        return Err(format!("what `{argument}` means is Cargo's to say"));
    }
    if !selection.is_clear {
        return Err("which packages are meant is Cargo's to say".to_owned());
    }
    if let Some(reached) = selection.reached.first() {
        return Err(format!(
            "with which features `{reached}` is built is Cargo's to say"
        ));
    }
    if selection.wanted.is_empty() {
        return Err("no firmware is selected by name".to_owned());
    }
    let root = Path::new(metadata["workspace_root"].as_str().unwrap_or_default());
    let targets = match arguments.targets.is_empty() {
        true => crate::graph::configured_targets(&folder(root)),
        false => arguments.targets.clone(),
    };
    let records = record::all(build);
    let mut usable = Vec::new();
    for wanted in &selection.wanted {
        let fitting = record::fitting(&records, wanted, arguments, &targets);
        if fitting.len() < targets.len().max(1) {
            return Err(format!(
                "no run of the build script of `{}` fits",
                wanted.name
            ));
        }
        for record in fitting {
            if let Some(reason) = fresh::outdated(record, metadata) {
                return Err(reason);
            }
            usable.push(record.clone());
        }
    }
    Ok(usable)
}

/// The folder that Cargo's configuration is looked for from.
fn folder(root: &Path) -> std::path::PathBuf {
    std::env::current_dir().unwrap_or_else(|_| root.to_path_buf())
}

fn metadata(arguments: &Arguments) -> Result<Value, String> {
    let mut command = cargo::command();
    command
        .args(["metadata", "--format-version", "1", "--no-deps"])
        .args(&arguments.shared);
    if let Some(folder) = &arguments.target_dir {
        command.env("CARGO_TARGET_DIR", folder);
    }
    let output = command
        .output()
        .map_err(|error| format!("error: could not run Cargo: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr)
            .trim_end()
            .to_owned());
    }
    serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("error: Cargo's output: {error}"))
}
