//! What the build script writes down, and that it is the same everywhere.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A package of nothing but the build script, and of a program that prints what
/// it got.
const PROGRAM: &str = r#"
fn main() {
    for (name, value) in [
        ("RUSTC", env!("PLATFORM_RUSTC")),
        ("TARGET", env!("PLATFORM_TARGET")),
        ("PROFILE", env!("PLATFORM_PROFILE")),
        ("NAME", env!("PLATFORM_NAME")),
    ] {
        println!("{name}={value}");
    }
}
"#;

const MANIFEST: &str = r#"
[package]
name = "facts"
version = "7.8.9"
edition = "2024"

[workspace]
"#;

/// All that is written down, in order.
const NAMES: [&str; 8] = [
    "RUSTC", "TARGET", "PROFILE", "SYSTEM", "MACHINE", "LIBC", "TERSE", "NAME",
];

/// An empty folder of this test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn build_script() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("build.rs")
}

fn rustc() -> OsString {
    std::env::var_os("RUSTC").unwrap_or("rustc".into())
}

fn printed(output: Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout).unwrap()
}

fn cargo(folder: &Path, arguments: &[&str]) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(arguments)
        .args(["--offline", "--target-dir", "target"])
        .current_dir(folder)
        .env_remove("CARGO_BUILD_TARGET");
    cargo
}

/// Builds the package in a folder and gives what Cargo says that the build script
/// wrote, and what the program printed.
fn build(folder: &Path, more: &[(&str, &str)]) -> (String, String) {
    fs::create_dir_all(folder.join("src")).unwrap();
    fs::write(folder.join("Cargo.toml"), MANIFEST).unwrap();
    fs::write(folder.join("src/main.rs"), PROGRAM).unwrap();
    fs::copy(build_script(), folder.join("build.rs")).unwrap();
    let mut run = cargo(folder, &["run", "--quiet", "--message-format=json"]);
    let output = printed(run.envs(more.iter().copied()).output().unwrap());
    let (messages, program): (Vec<&str>, Vec<&str>) =
        output.lines().partition(|line| line.starts_with('{'));
    let mut scripts = messages
        .iter()
        .filter(|message| message.contains("\"build-script-executed\""))
        .map(|message| message.split_once("\"env\":[[").unwrap().1)
        .map(|facts| facts.split_once("]]").unwrap().0.to_owned());
    let script = scripts.next().unwrap();
    assert_eq!(scripts.next(), None, "there is one build script");
    (script, program.join("\n"))
}

#[test]
fn two_folders_at_two_times_give_the_same_bytes() {
    let one = folder("one");
    let two = folder("another-one/deeper in it");
    let (script, program) = build(&one, &[]);
    let elsewhere = [
        ("HOSTNAME", "elsewhere"),
        ("USER", "somebody"),
        ("LANG", "de_DE.UTF-8"),
        ("TZ", "Asia/Kathmandu"),
        ("SOURCE_DATE_EPOCH", "86400"),
    ];
    assert_eq!(build(&two, &elsewhere), (script.clone(), program.clone()));
    // `"PLATFORM_RUSTC","1.95.0"],["PLATFORM_TARGET",…`
    let facts = script.split("],[").map(|fact| {
        let (name, value) = fact.trim_matches('"').split_once("\",\"").unwrap();
        // A path has a slash, a time a colon, a name of somebody a line for it.
        assert!(!value.contains(['/', '\\', ':', ' ']), "{fact}");
        name.strip_prefix("PLATFORM_").unwrap()
    });
    assert_eq!(facts.collect::<Vec<_>>(), NAMES);
    assert!(program.contains("PROFILE=debug\n"), "{program}");
    assert!(program.contains("-7.8.9-"), "{program}");
}

#[test]
fn the_build_script_runs_again_when_it_changes_and_not_otherwise() {
    let folder = folder("again");
    build(&folder, &[]);
    for (file, runs) in [
        ("src/main.rs", false),
        ("Cargo.toml", false),
        ("build.rs", true),
    ] {
        let path = folder.join(file);
        let text = fs::read_to_string(&path).unwrap();
        let comment = if file == "Cargo.toml" { "#" } else { "//" };
        fs::write(&path, format!("{text}\n{comment} changed\n")).unwrap();
        let built = cargo(&folder, &["build", "-v"]).output().unwrap();
        assert!(built.status.success());
        let told = String::from_utf8_lossy(&built.stderr);
        let ran = told.contains("build-script-build`");
        assert_eq!(ran, runs, "{file}: {told}");
    }
}

/// What the build script says of a target, with its compiled program alone: no
/// library of the target is needed.
#[test]
fn targets_of_all_sorts_have_names() {
    let folder = folder("targets");
    let script = folder.join("script");
    let compile = Command::new(rustc())
        .args(["--edition", "2024", "-o"])
        .args([script.as_os_str(), build_script().as_os_str()])
        .output();
    printed(compile.unwrap());
    for (target, os, arch, env, expected) in [
        (
            "x86_64-unknown-linux-gnu",
            "linux",
            "x86_64",
            "gnu",
            "Linux-1.2.3-x86_64-with-glibc",
        ),
        (
            "aarch64-unknown-linux-musl",
            "linux",
            "aarch64",
            "musl",
            "Linux-1.2.3-aarch64-with-musl",
        ),
        ("thumbv7m-none-eabi", "none", "arm", "", "enroll-1.2.3-arm"),
        (
            "xtensa-esp32-espidf",
            "espidf",
            "xtensa",
            "newlib",
            "espidf-1.2.3-xtensa-with-newlib",
        ),
        (
            "wasm32-unknown-unknown",
            "unknown",
            "wasm32",
            "",
            "enroll-1.2.3-wasm32",
        ),
        (
            "aarch64-apple-darwin",
            "macos",
            "aarch64",
            "",
            "Darwin-1.2.3-arm64",
        ),
        (
            "x86_64-pc-windows-gnu",
            "windows",
            "x86_64",
            "gnu",
            "Windows-1.2.3-AMD64",
        ),
    ] {
        let run = Command::new(&script)
            .envs([
                ("CARGO_CFG_TARGET_OS", os),
                ("CARGO_CFG_TARGET_ARCH", arch),
                ("CARGO_CFG_TARGET_ENV", env),
                ("CARGO_PKG_VERSION", "1.2.3"),
                ("TARGET", target),
                ("PROFILE", "release"),
            ])
            .output();
        let script = printed(run.unwrap());
        let value = |name: &str| {
            let prefix = format!("cargo::rustc-env=PLATFORM_{name}=");
            let mut values = script.lines().filter_map(|line| line.strip_prefix(&prefix));
            values.next().unwrap().to_owned()
        };
        assert_eq!(value("NAME"), expected);
        assert_eq!(value("TARGET"), target);
        assert_eq!(value("PROFILE"), "release");
        let bare = os == "none" || os == "unknown";
        assert_eq!(value("SYSTEM").is_empty(), bare, "{target}");
        assert!(expected.starts_with(&value("TERSE")));
    }
}

#[test]
fn a_compiler_that_does_not_run_is_told() {
    let folder = folder("compiler");
    let script = folder.join("script");
    let compile = Command::new(rustc())
        .args(["--edition", "2024", "-o"])
        .args([script.as_os_str(), build_script().as_os_str()])
        .output();
    printed(compile.unwrap());
    let run = Command::new(&script).env("RUSTC", "no such rustc").output();
    let output = run.unwrap();
    assert!(!output.status.success());
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.contains("cannot run no such rustc: "), "{errors}");
}
