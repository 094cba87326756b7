//! The byte scan against ripgrep, over a few hundred megabytes of Rust.
//!
//! `cargo bench -p enroll-codegen --bench scan` measures; the first time it
//! fetches the sources and installs ripgrep below the target folder.
//! `ENROLL_SCAN_FOLDER` names another folder to scan, `ENROLL_SCAN_RG` an
//! `rg` that is there. No cache is kept between two scans but the operating
//! system's.

use enroll_codegen::source::scan::{Words, read_each};
use std::error::Error;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Large crates of different kinds: bindings, generated clients, register
/// definitions, and what is written by hand.
const CORPUS: &str = r#"
[package]
name = "corpus"
version = "0.0.0"
edition = "2024"
[lib]
path = "lib.rs"
[dependencies]
aws-sdk-ec2 = "=1.274.0"
k8s-openapi = { version = "=0.26.0", features = ["v1_32"] }
stm32h7 = "=0.16.0"
syn = "=3.0.9"
tokio = "1"
web-sys = "=0.3.83"
windows = "=0.62.2"
[workspace]
"#;

const RIPGREP: &str = "15.2.0";

const ROUNDS: usize = 15;

fn main() -> Result<(), Box<dyn Error>> {
    // `cargo test --benches` starts this too, without the argument.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("scan");
    std::fs::create_dir_all(&folder)?;
    let corpus = match std::env::var_os("ENROLL_SCAN_FOLDER") {
        Some(corpus) => PathBuf::from(corpus),
        None => corpus(&folder)?,
    };
    let rg = match std::env::var_os("ENROLL_SCAN_RG") {
        Some(rg) => PathBuf::from(rg),
        None => ripgrep(&folder)?,
    };
    println!("| words | files | MB | hits | scan ms | ripgrep ms | ratio |");
    println!("|---|---|---|---|---|---|---|");
    let markers = [
        "register_module",
        "extend_module",
        "qstr",
        "include_modules",
    ];
    let common = [
        "register_module",
        "qstr",
        "include_str",
        "unwrap_or_else",
        "assert_eq",
    ];
    for words in [markers.as_slice(), common.as_slice()] {
        compare(words, &corpus, &rg)?;
    }
    Ok(())
}

/// What was searched, and what was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    files: usize,
    bytes: usize,
    hits: usize,
}

fn compare(words: &[&str], corpus: &Path, rg: &Path) -> Result<(), Box<dyn Error>> {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let mut counts = None;
    // The first round only warms the operating system's cache.
    for round in 0..=ROUNDS {
        let start = Instant::now();
        let scanned = scan(words, corpus)?;
        let scan_took = start.elapsed();
        let start = Instant::now();
        let searched = search(words, corpus, rg)?;
        let search_took = start.elapsed();
        if scanned != searched {
            return Err(format!("scan {scanned:?}, ripgrep {searched:?}").into());
        }
        counts = Some(scanned);
        if round > 0 {
            ours.push(scan_took);
            theirs.push(search_took);
        }
    }
    let counts = counts.unwrap_or_default();
    let (ours, theirs) = (median(ours), median(theirs));
    println!(
        "| {} | {} | {:.0} | {} | {:.0} | {:.0} | {:.2} |",
        words.join(", "),
        counts.files,
        counts.bytes as f64 / 1e6,
        counts.hits,
        ours.as_secs_f64() * 1e3,
        theirs.as_secs_f64() * 1e3,
        ours.as_secs_f64() / theirs.as_secs_f64(),
    );
    Ok(())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// All Rust files below a folder, as the source stage searches them.
fn scan(words: &[&str], corpus: &Path) -> Result<Counts, Box<dyn Error>> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(corpus) {
        let entry = entry?;
        if entry.file_type().is_file() && entry.path().extension() == Some(OsStr::new("rs")) {
            files.push(entry.into_path());
        }
    }
    let words = Words::new(words.iter().copied());
    let examined = read_each(&files, |_, content| {
        content.map(|content| words.examine(content))
    });
    let mut counts = Counts::default();
    for examined in examined {
        let examined = examined?;
        counts.files += 1;
        counts.bytes += examined.bytes;
        counts.hits += examined.hits;
    }
    Ok(counts)
}

/// The same with ripgrep: nothing ignored, nothing taken for binary.
fn search(words: &[&str], corpus: &Path, rg: &Path) -> Result<Counts, Box<dyn Error>> {
    let output = Command::new(rg)
        .args(["--no-config", "--no-ignore", "--hidden", "--text"])
        .args(["--glob=*.rs", "--count-matches", "--stats", "--regexp"])
        .arg(format!(r"(?-u:\b)(?:{})(?-u:\b)", words.join("|")))
        .arg(corpus)
        .output()?;
    let text = String::from_utf8(output.stdout)?;
    let number = |what: &str| {
        let mut lines = text.lines().rev();
        let number = lines.find_map(|line| line.strip_suffix(what)?.parse().ok());
        number.ok_or_else(|| format!("no{what} in {text}"))
    };
    Ok(Counts {
        files: number(" files searched")?,
        bytes: number(" bytes searched")?,
        hits: number(" matches")?,
    })
}

/// Fetches the sources, once.
fn corpus(folder: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let vendor = folder.join("vendor");
    if !vendor.exists() {
        std::fs::write(folder.join("Cargo.toml"), CORPUS)?;
        std::fs::write(folder.join("lib.rs"), "")?;
        cargo(["vendor", "vendor"], folder)?;
    }
    Ok(vendor)
}

/// Installs ripgrep, once.
fn ripgrep(folder: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let rg = folder
        .join("bin")
        .join(format!("rg{}", std::env::consts::EXE_SUFFIX));
    if !rg.exists() {
        let version = format!("ripgrep@{RIPGREP}");
        cargo(["install", "--locked", &version, "--root", "."], folder)?;
    }
    Ok(rg)
}

fn cargo<const N: usize>(arguments: [&str; N], folder: &Path) -> Result<(), Box<dyn Error>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(arguments)
        .current_dir(folder)
        .stdout(Stdio::null())
        .status()?;
    match status.success() {
        true => Ok(()),
        false => Err(format!("cargo {} failed", arguments[0]).into()),
    }
}
