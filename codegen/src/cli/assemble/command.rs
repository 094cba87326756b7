//! The commands over a manifest: what of the command line is ours, what is
//! Cargo's.

use super::base::NO_FIRMWARE;
use super::{Project, assemble, config};
use crate::cli::cargo;
use serde_json::Value;
use std::ffi::{OsStr, OsString};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

/// What `cargo enroll build --help` prints.
pub(in crate::cli) const BUILD: &str = "\
Assemble a firmware from a manifest, and build it

Usage: cargo enroll build -f FILE [--variant NAME] [ARGS]

ARGS are those of `cargo build`. The lock file is kept beside the manifest.
Every other command takes -f FILE and --variant NAME too, and is then about the
assembled firmware.
";

/// What `cargo enroll run --help` prints.
pub(in crate::cli) const RUN: &str = "\
Assemble a firmware from a manifest, and run it

Usage: cargo enroll run -f FILE [--variant NAME] [ARGS] [-- WORDS]

ARGS are those of `cargo run`, WORDS the firmware's.
";

/// What `cargo enroll assemble --help` prints.
pub(in crate::cli) const ASSEMBLE: &str = "\
Write the project of a manifest, and print where it is

Usage: cargo enroll assemble -f FILE [--variant NAME]

What is printed is the path of its Cargo.toml. Nothing is built.
";

/// One of the three without `-f`.
///
/// # Errors
///
/// Always.
pub(in crate::cli) fn without_manifest(_: &[OsString]) -> Result<String, String> {
    Err("error: this command is about a manifest: -f firmware.toml".to_owned())
}

/// Which manifest, which variant, and what is left for the command.
pub(in crate::cli) struct Given {
    manifest: PathBuf,
    variant: Option<String>,
    rest: Vec<OsString>,
}

/// Takes `-f FILE` and `--variant NAME` out of the arguments; `None` without
/// `-f`.
///
/// # Errors
///
/// One of them has no value, or cannot be together with another argument.
pub(in crate::cli) fn given(arguments: &[OsString]) -> Result<Option<Given>, String> {
    let mut manifest: Option<PathBuf> = None;
    let mut variant = None;
    let mut rest = Vec::new();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let text = argument.to_string_lossy();
        if text == "--" {
            rest.push(argument.clone());
            rest.extend(arguments.cloned());
            break;
        }
        let mut value = |long: &str, short: &str| -> Result<Option<OsString>, String> {
            if text == long || (!short.is_empty() && text == short) {
                let value = arguments.next().cloned();
                return value
                    .map(Some)
                    .ok_or_else(|| format!("error: `{text}` needs a value after it"));
            }
            let joined = text
                .strip_prefix(long)
                .and_then(|value| value.strip_prefix('='));
            let attached = text.strip_prefix(short).filter(|_| {
                !short.is_empty() && !text.starts_with("--") && text.len() > short.len()
            });
            Ok(joined.or(attached).map(OsString::from))
        };
        if let Some(file) = value("--file", "-f")? {
            if manifest.is_some() {
                return Err("error: -f is given twice".to_owned());
            }
            manifest = Some(file.into());
        } else if let Some(name) = value("--variant", "")? {
            if variant.is_some() {
                return Err("error: --variant is given twice".to_owned());
            }
            variant = Some(name.to_string_lossy().into_owned());
        } else {
            rest.push(argument.clone());
        }
    }
    let Some(manifest) = manifest else {
        return match variant {
            Some(_) => Err("error: --variant is of a manifest: -f firmware.toml".to_owned()),
            None => Ok(None),
        };
    };
    let is_own = |argument: &OsString| argument.to_string_lossy().starts_with("--manifest-path");
    if rest
        .iter()
        .take_while(|argument| *argument != "--")
        .any(is_own)
    {
        return Err("error: -f and --manifest-path name two firmwares".to_owned());
    }
    Ok(Some(Given {
        manifest,
        variant,
        rest,
    }))
}

/// Assembles, and runs `command` on the project: Cargo itself for `build` and
/// `run`, else the command of this program.
///
/// # Errors
///
/// The text to show: nothing was run.
pub(in crate::cli) fn run(command: &OsStr, given: &Given) -> Result<ExitCode, String> {
    let variant = given.variant.as_deref();
    let own = given.rest.iter().take_while(|argument| *argument != "--");
    let has = |option: &str| own.clone().any(|one| one == option);
    let is_offline = has("--offline") || has("--frozen");
    let project = assemble(&given.manifest, variant, is_offline)
        .map_err(|errors| errors.to_string().trim_end().to_owned())?;
    let is_locked = has("--locked") || has("--frozen");
    if is_locked && !project.lock.kept.is_file() {
        return Err(format!(
            "error: there is no {}, and --locked does not let it be made\n\
             help: build once without it, and keep the file with the manifest",
            project.lock.kept.display()
        ));
    }
    let told = |error: crate::error::Diagnostic| format!("error: {}", error.one_line());
    let lent = project.lock.give(&project.workspace).map_err(told)?;
    let code = match command.to_string_lossy().as_ref() {
        "build" => build(&project, given),
        "run" => {
            let mut cargo = cargo::command();
            cargo.arg("run");
            finish(&mut cargo, &project, given)
        }
        "assemble" => {
            let path = format!("{}\n", project.manifest.display());
            crate::cli::print(&path).map(|()| ExitCode::SUCCESS)
        }
        _ => {
            let program = std::env::current_exe().map_err(|error| format!("error: {error}"))?;
            let mut again = Command::new(program);
            again.arg(command);
            finish(&mut again, &project, given)
        }
    };
    let succeeded = code.as_ref().is_ok_and(|code| *code == ExitCode::SUCCESS);
    project.lock.take(&lent, succeeded).map_err(told)?;
    code
}

/// The arguments and variables that every command on the project gets.
fn prepare(command: &mut Command, project: &Project, given: &Given) {
    let end = given.rest.iter().position(|argument| argument == "--");
    let (own, handed_on) = given.rest.split_at(end.unwrap_or(given.rest.len()));
    // Some commands want their first word first.
    command
        .args(own)
        .arg("--manifest-path")
        .arg(&project.manifest)
        .args(config::arguments(&project.home))
        .args(handed_on);
    if !config::has_target_dir(&project.home, &given.rest) {
        // One for all that is assembled here, so that what they share is
        // compiled once.
        command.env("CARGO_TARGET_DIR", project.home.join("target"));
    }
    let folders = std::env::var_os(crate::source::folders::VARIABLE);
    if let Some(folders) = folders {
        // Relative to the manifest, and not to the project that is generated.
        let full = std::env::split_paths(&folders)
            .filter(|path| !path.as_os_str().is_empty())
            .map(|path| project.home.join(path));
        if let Ok(full) = std::env::join_paths(full) {
            command.env(crate::source::folders::VARIABLE, full);
        }
    }
}

fn finish(command: &mut Command, project: &Project, given: &Given) -> Result<ExitCode, String> {
    prepare(command, project, given);
    let status = command
        .status()
        .map_err(|error| format!("error: could not run {:?}: {error}", command.get_program()))?;
    Ok(code(status))
}

fn code(status: std::process::ExitStatus) -> ExitCode {
    // A signal has no code; Cargo's own for a failure is 101.
    let code = status.code().unwrap_or(101);
    ExitCode::from(u8::try_from(code).unwrap_or(101))
}

/// `cargo build`, and what it linked kept apart from what the next variant
/// links under the same name.
fn build(project: &Project, given: &Given) -> Result<ExitCode, String> {
    let mut command = cargo::command();
    command.arg("build");
    let own = |argument: &OsString| argument.to_string_lossy().starts_with("--message-format");
    if given.rest.iter().any(own) {
        return finish(&mut command, project, given);
    }
    command.arg("--message-format=json-render-diagnostics");
    prepare(&mut command, project, given);
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("error: could not run Cargo: {error}"))?;
    let mut linked: Vec<PathBuf> = Vec::new();
    let mut has_plan = false;
    for line in child
        .stdout
        .take()
        .into_iter()
        .flat_map(|out| BufReader::new(out).lines())
    {
        let line = line.map_err(|error| format!("error: Cargo's output: {error}"))?;
        let message: Value = serde_json::from_str(&line).unwrap_or_default();
        match message["reason"].as_str() {
            Some("build-script-executed") => {
                let out = message["out_dir"].as_str().unwrap_or_default();
                has_plan |= Path::new(out).join(crate::report::FILE).is_file();
            }
            Some("compiler-artifact")
                if message["manifest_path"].as_str().map(Path::new) == Some(&project.manifest) =>
            {
                linked.extend(images(&message));
            }
            _ => {}
        }
    }
    let status = child
        .wait()
        .map_err(|error| format!("error: could not wait for Cargo: {error}"))?;
    if !status.success() {
        return Ok(code(status));
    }
    if !has_plan {
        return Err(format!(
            "error: the base of {} is no firmware: its build script wrote no table of modules\n\
             help: {NO_FIRMWARE}",
            given.manifest.display()
        ));
    }
    for image in linked {
        let kept = keep(&image, project)?;
        eprintln!("{:>12} {}: {}", "Assembled", project.title, kept.display());
    }
    Ok(ExitCode::SUCCESS)
}

/// The files of an artifact that are an image or part of one.
fn images(message: &Value) -> Vec<PathBuf> {
    if let Some(program) = message["executable"].as_str() {
        return vec![program.into()];
    }
    let files = message["filenames"].as_array().into_iter().flatten();
    files
        .filter_map(|file| file.as_str().map(PathBuf::from))
        .filter(|file| {
            let ending = file.extension().and_then(OsStr::to_str).unwrap_or_default();
            ["a", "so", "dylib", "dll", "lib"].contains(&ending)
        })
        .collect()
}

/// Puts a linked file into the project's folder too, below `debug` or
/// `release` as Cargo has it.
fn keep(image: &Path, project: &Project) -> Result<PathBuf, String> {
    let (Some(name), Some(profile)) = (image.file_name(), image.parent().and_then(Path::file_name))
    else {
        return Ok(image.to_path_buf());
    };
    let folder = project.folder.join(profile);
    let kept = folder.join(name);
    let put = || -> std::io::Result<()> {
        std::fs::create_dir_all(&folder)?;
        // Gone first: a copy onto a link to the image would empty both.
        match std::fs::remove_file(&kept) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        // Cargo writes a new file at the next build, so a link stays as it is.
        std::fs::hard_link(image, &kept).or_else(|_| std::fs::copy(image, &kept).map(drop))
    };
    put().map_err(|error| format!("error: could not write {}: {error}", kept.display()))?;
    let here = std::env::current_dir().map(|here| super::real(&here));
    Ok(match here {
        Ok(here) => kept
            .strip_prefix(here)
            .map_or(kept.clone(), Path::to_path_buf),
        Err(_) => kept,
    })
}
