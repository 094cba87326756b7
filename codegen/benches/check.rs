//! What a change of one file costs until its firmware is checked, beside one
//! `cargo tree`.
//!
//! `cargo bench -p enroll-codegen --bench check` builds the default firmware
//! once, then times in turn, after touching a source of a module crate: `cargo
//! tree` of the firmware, `cargo enroll check`, and the run of the firmware's build
//! script as Cargo starts it. The scripts are compiled without optimisation, as
//! `cargo build` compiles them; the command is an optimised build.

use serde_json::Value;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

const FIRMWARE: &str = "firmware";
const CHANGED: &str = "examples/modules/errno/src/lib.rs";
const ROUNDS: usize = 21;

fn main() -> Result<(), Box<dyn Error>> {
    // `cargo test --benches` starts this too, without the argument.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()?;
    let enroll = [
        "--release",
        "-p",
        "enroll-codegen",
        "--features",
        "cli",
        "--bin",
        "cargo-enroll",
    ];
    let enroll = built(&root, &enroll, |message| message["executable"].as_str())?;
    let out = built(&root, &["-p", FIRMWARE], |message| {
        let is_own = message["package_id"]
            .as_str()?
            .contains("examples/firmware");
        message["out_dir"].as_str().filter(|_| is_own)
    })?;
    let record: Value = serde_json::from_str(&fs::read_to_string(out.join("enroll_script.json"))?)?;
    let mut times: [Vec<Duration>; 3] = Default::default();
    // The first round fills caches, and is thrown away.
    for round in 0..=ROUNDS {
        let source = fs::File::options().append(true).open(root.join(CHANGED))?;
        source.set_modified(SystemTime::now())?;
        let mut tree = cargo(&root);
        tree.args(["tree", "--offline", "-p", FIRMWARE]);
        let mut check = Command::new(&enroll);
        check
            .current_dir(&root)
            .args(["check", "--offline", "-p", FIRMWARE]);
        for (times, command) in times.iter_mut().zip([tree, check, script(&record)?]) {
            let time = time(command)?;
            if round > 0 {
                times.push(time);
            }
        }
    }
    let median = |times: &mut Vec<Duration>| {
        times.sort();
        times[times.len() / 2]
    };
    let [tree, check, script] = &mut times;
    let tree = median(tree);
    println!("| | ms | ratio |");
    println!("|---|---|---|");
    for (what, time) in [
        ("`cargo tree`", tree),
        ("the build script", median(script)),
        ("`cargo enroll check`", median(check)),
    ] {
        let ratio = time.as_secs_f64() / tree.as_secs_f64();
        println!("| {what} | {:.0} | {ratio:.1} |", time.as_secs_f64() * 1e3);
    }
    Ok(())
}

fn cargo(root: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    command
}

/// Builds, and takes a path out of the last message that has one.
fn built(
    root: &Path,
    arguments: &[&str],
    path: impl Fn(&Value) -> Option<&str>,
) -> Result<PathBuf, Box<dyn Error>> {
    let output = cargo(root)
        .args(["build", "--message-format=json"])
        .args(arguments)
        .stderr(Stdio::inherit())
        .output()?;
    let text = String::from_utf8(output.stdout)?;
    let messages: Vec<Value> = text
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    let found = messages.iter().rev().find_map(path);
    Ok(PathBuf::from(
        found.ok_or("Cargo's messages do not name it")?,
    ))
}

/// The build script as Cargo starts it, writing elsewhere.
fn script(record: &Value) -> Result<Command, Box<dyn Error>> {
    let out = std::env::temp_dir().join(format!("enroll-bench-{}", std::process::id()));
    fs::create_dir_all(&out)?;
    let mut command = Command::new(record["program"].as_str().ok_or("no program")?);
    let variables = record["environment"].as_object().into_iter().flatten();
    for (name, value) in variables {
        command.env(name, value.as_str().unwrap_or_default());
    }
    command
        .env("OUT_DIR", &out)
        .current_dir(record["folder"].as_str().ok_or("no folder")?);
    Ok(command)
}

fn time(mut command: Command) -> Result<Duration, Box<dyn Error>> {
    let start = Instant::now();
    let output = command.stdin(Stdio::null()).output()?;
    let time = start.elapsed();
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(time)
}
