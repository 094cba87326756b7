//! Tells the crate what it is compiled by and for.
//!
//! Every fact is one of the target's or the compiler's: no path, no time, no
//! name of a machine or a person. So the same compiler for the same target gives
//! the same bytes in any folder.

use std::env;
use std::process::Command;

fn main() {
    // Cargo runs it again for another compiler, target or profile anyway.
    println!("cargo::rerun-if-changed=build.rs");

    let os = variable("CARGO_CFG_TARGET_OS");
    let version = variable("CARGO_PKG_VERSION");
    let system = system(&os);
    let machine = machine(&os, &variable("CARGO_CFG_TARGET_ARCH"));
    let libc = libc(&os, &variable("CARGO_CFG_TARGET_ENV"));
    // On a machine without a system, the runtime is in its place, as MicroPython
    // has it.
    let first = if system.is_empty() { "enroll" } else { system };
    let terse = format!("{first}-{version}");
    let mut platform = format!("{terse}-{machine}");
    if !libc.is_empty() {
        platform += "-with-";
        platform += libc;
    }
    for (name, value) in [
        ("RUSTC", release().as_str()),
        ("TARGET", &variable("TARGET")),
        ("PROFILE", &variable("PROFILE")),
        ("SYSTEM", system),
        ("MACHINE", &machine),
        ("LIBC", libc),
        ("TERSE", &terse),
        ("NAME", &platform),
    ] {
        println!("cargo::rustc-env=PLATFORM_{name}={value}");
    }
}

/// What Cargo tells; empty where it does not, as of the environment of a target
/// that has none.
fn variable(name: &str) -> String {
    env::var(name).unwrap_or_default()
}

/// The compiler's version, such as `1.88.0` or `1.96.0-nightly`.
fn release() -> String {
    let rustc = env::var_os("RUSTC").unwrap_or("rustc".into());
    let output = match Command::new(&rustc).arg("-vV").output() {
        Ok(output) => output,
        Err(error) => panic!("cannot run {}: {error}", rustc.display()),
    };
    let text = String::from_utf8_lossy(&output.stdout);
    match text.lines().find_map(|line| line.strip_prefix("release: ")) {
        Some(release) => release.trim().to_owned(),
        None => panic!("`rustc -vV` gives no release:\n{text}"),
    }
}

/// What `uname` calls the system; empty where there is none.
fn system(os: &str) -> &str {
    match os {
        "none" | "unknown" => "",
        "linux" => "Linux",
        "android" => "Android",
        "macos" => "Darwin",
        "ios" => "iOS",
        "windows" => "Windows",
        "freebsd" => "FreeBSD",
        "netbsd" => "NetBSD",
        "openbsd" => "OpenBSD",
        "solaris" | "illumos" => "SunOS",
        "emscripten" => "Emscripten",
        other => other,
    }
}

/// The architecture as the system calls it, where that is not Rust's word.
fn machine(os: &str, arch: &str) -> String {
    match (os, arch) {
        ("windows", "x86_64") => "AMD64".to_owned(),
        ("windows", "aarch64") => "ARM64".to_owned(),
        ("macos" | "ios", "aarch64") => "arm64".to_owned(),
        _ => arch.to_owned(),
    }
}

/// The C library; empty where there is none or nobody says which.
fn libc(os: &str, env: &str) -> &'static str {
    match (os, env) {
        // Of Windows, `gnu` is the linker.
        ("windows", _) => "",
        (_, "gnu") => "glibc",
        (_, "musl") => "musl",
        (_, "newlib") => "newlib",
        (_, "uclibc") => "uClibc",
        _ => "",
    }
}
