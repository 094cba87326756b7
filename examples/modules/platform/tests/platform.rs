//! The module `platform`, called by name.

use enroll_portable::testing::{Interp, args, named};
use platform_module::PLATFORM;
use std::process::Command;

fn interp() -> Interp {
    Interp::of::<PLATFORM>().unwrap()
}

fn text(interp: &mut Interp, path: &str) -> String {
    let value = match path.strip_suffix("()") {
        Some(function) => interp.call(function, args![]).unwrap(),
        None => interp.get(path).unwrap(),
    };
    value.as_str().unwrap().to_owned()
}

#[test]
fn the_compiler_is_the_one_that_compiles() {
    let interp = &mut interp();
    let rustc = std::env::var_os("RUSTC").unwrap_or("rustc".into());
    let output = Command::new(rustc).arg("--version").output().unwrap();
    let version = String::from_utf8(output.stdout).unwrap();
    // `rustc 1.95.0 (59807616e 2026-04-14)`
    let release = version.split(' ').nth(1).unwrap();
    assert_eq!(text(interp, "platform.RUSTC"), release.trim());
    let compiler = text(interp, "platform.python_compiler()");
    assert_eq!(compiler, format!("rustc {}", release.trim()));
}

#[test]
fn the_target_is_that_of_the_test() {
    let interp = &mut interp();
    let target = text(interp, "platform.TARGET");
    assert!(target.starts_with(std::env::consts::ARCH), "{target}");
    if cfg!(target_os = "linux") {
        assert!(target.contains("linux"), "{target}");
        assert_eq!(text(interp, "platform.system()"), "Linux");
        assert_eq!(text(interp, "platform.machine()"), std::env::consts::ARCH);
    }
    let libc = interp.call("platform.libc_ver", args![]).unwrap();
    let expected = match (cfg!(target_os = "linux"), cfg!(target_env = "gnu")) {
        (true, true) => "('glibc', '')",
        (true, false) => return,
        (false, _) => "('', '')",
    };
    assert_eq!(interp.repr(&libc), expected);
}

#[test]
fn the_platform_is_made_of_the_parts() {
    let interp = &mut interp();
    let [system, machine] =
        ["system", "machine"].map(|name| text(interp, &format!("platform.{name}()")));
    let version = env!("CARGO_PKG_VERSION");
    let platform = text(interp, "platform.platform()");
    let expected = format!("{system}-{version}-{machine}");
    assert!(platform.starts_with(&expected), "{platform}");
    let with = platform.strip_prefix(&expected).unwrap();
    assert!(with.is_empty() || with.starts_with("-with-"), "{platform}");
    let terse = interp.call_named("platform.platform", args![], named![terse = true]);
    assert_eq!(terse.unwrap(), format!("{system}-{version}").into());
    let aliased = interp.call_named("platform.platform", args![], named![aliased = true]);
    assert_eq!(aliased.unwrap(), platform.into());
}

#[test]
fn the_version_is_that_of_the_runtime() {
    let interp = &mut interp();
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(text(interp, "platform.VERSION"), version);
    assert_eq!(text(interp, "platform.python_version()"), version);
    assert_eq!(text(interp, "platform.python_implementation()"), "enroll");
    let profile = text(interp, "platform.PROFILE");
    let expected = if cfg!(debug_assertions) {
        "debug"
    } else {
        "release"
    };
    assert_eq!(profile, expected);
}
