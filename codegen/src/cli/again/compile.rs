//! Lets Cargo compile and run build scripts, and nothing else.

use super::record::{self, Record};
use crate::cli::cargo;
use serde_json::Value;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread;
use std::time::SystemTime;

/// Runs `cargo check` with these arguments until the scripts of all these
/// firmwares ran, and returns their records.
///
/// A script that refuses the build left its record before. So does one whose
/// message is still to come when Cargo has failed for another reason.
pub(super) fn compile(
    args: &[OsString],
    firmwares: &BTreeSet<String>,
    build: &Path,
) -> Result<Vec<Record>, String> {
    let begin = SystemTime::now();
    let mut command = cargo::command();
    command
        .args([
            "check",
            "--quiet",
            "--message-format=json-render-diagnostics",
        ])
        .args(args)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    in_a_group(&mut command);
    let mut child = command
        .spawn()
        .map_err(|error| format!("error: could not run Cargo: {error}"))?;
    let stderr = child.stderr.take();
    let told = thread::spawn(move || {
        let mut text = Vec::new();
        let read = stderr.map(|mut stderr| stderr.read_to_end(&mut text));
        drop(read);
        String::from_utf8_lossy(&text).into_owned()
    });
    let mut records: Vec<Record> = Vec::new();
    let mut is_stopped = false;
    let lines = child.stdout.take().map(|out| BufReader::new(out).lines());
    for line in lines.into_iter().flatten() {
        let line = line.map_err(|error| format!("error: Cargo's output: {error}"))?;
        let message: Value = serde_json::from_str(&line).unwrap_or_default();
        if message["reason"] != "build-script-executed" {
            continue;
        }
        let out = message["out_dir"].as_str().map(Path::new);
        records.extend(out.and_then(Record::read));
        let ran: BTreeSet<&str> = records.iter().map(Record::firmware).collect();
        if !firmwares.is_empty() && firmwares.iter().all(|name| ran.contains(name.as_str())) {
            stop(&mut child);
            is_stopped = true;
            break;
        }
    }
    let status = child
        .wait()
        .map_err(|error| format!("error: could not wait for Cargo: {error}"))?;
    let told = told.join().unwrap_or_default();
    if is_stopped || status.success() {
        return Ok(records);
    }
    let since = record::all(build).into_iter();
    let since = since.filter(|record| record.time >= begin);
    let known: BTreeSet<_> = records.iter().map(|record| record.out.clone()).collect();
    records.extend(since.filter(|record| !known.contains(&record.out)));
    match records.is_empty() {
        true => Err(told.trim_end().to_owned()),
        false => Ok(records),
    }
}

/// The compilers that Cargo started have to end with it: each holds files of
/// the target folder open.
#[cfg(unix)]
fn in_a_group(command: &mut std::process::Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

#[cfg(not(unix))]
fn in_a_group(_: &mut std::process::Command) {}

/// Ends Cargo as the keys Ctrl-C would.
fn stop(child: &mut Child) {
    #[cfg(unix)]
    {
        let group = format!("-{}", child.id());
        let sent = std::process::Command::new("kill")
            .args(["-INT", "--", &group])
            .status();
        if sent.is_ok_and(|status| status.success()) {
            return;
        }
    }
    // It has ended by itself, or there is no gentler way.
    let _ = child.kill();
}
