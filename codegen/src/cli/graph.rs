//! `cargo enroll graph`: the crates of a firmware as a file.

use super::again;
use super::options::Options;
use crate::graph::file;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// What `cargo enroll graph --help` prints.
pub(super) const HELP: &str = "\
Write the crates of a firmware to a file, for builds without Cargo

Usage: cargo enroll graph [-o FILE] [ARGS]

ARGS are those of `cargo build`; nothing is compiled. Without -o the graph is
printed, with folders relative to the current one.
";

/// Writes the graph of the firmware that these arguments of `cargo build` select
/// to the file behind `-o`, or returns it; folders are relative to that file, or
/// to the current folder.
///
/// # Errors
///
/// Why there is none: the text to show.
pub fn graph(args: &[OsString]) -> Result<String, String> {
    let options = Options::of(args, &[], &["-o", "--output"])?;
    let output = options.value("-o").or(options.value("--output"));
    let output = output.map(PathBuf::from);
    let mut rest = options.words.clone();
    rest.extend_from_slice(&options.cargo);
    let mut answers = again::ask(&rest)?;
    if answers.len() > 1 {
        let names: Vec<String> = answers.into_iter().map(|answer| answer.firmware).collect();
        return Err(format!(
            "error: a graph is that of one firmware: choose one with -p among `{}`",
            names.join("`, `")
        ));
    }
    let Some(answer) = answers
        .pop()
        .filter(|answer| !answer.value["graph"].is_null())
    else {
        return Err(
            "error: Cargo cannot say what is in this build: `cargo enroll check`".to_owned(),
        );
    };
    let text = format!("{:#}", answer.value["graph"]);
    let graph = file::parse(&text, Path::new("the answer of the build script"))
        .map_err(|errors| errors.to_string())?;
    let failed = |path: &Path, error: &dyn std::fmt::Display| {
        format!("error: could not write {}: {error}", path.display())
    };
    let folder = match output.as_deref().and_then(Path::parent) {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let base = folder
        .canonicalize()
        .map_err(|error| failed(folder, &error))?;
    let text = format!("{:#}\n", file::json(&graph, Some(&base)));
    match output {
        Some(path) => {
            crate::emit::write(&path, &text)
                .map_err(|error| format!("error: {}", error.one_line()))?;
            Ok(String::new())
        }
        None => Ok(text),
    }
}
