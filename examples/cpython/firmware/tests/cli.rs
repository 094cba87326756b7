//! The firmware as a person starts it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn firmware(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cpython-firmware"))
        .args(arguments)
        .current_dir(scripts())
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env_remove("PYTHONPATH")
        .env_remove("PYTHONUNBUFFERED")
        .output()
        .unwrap()
}

fn scripts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn without_arguments_it_plays_the_tour_and_ends() {
    let output = firmware(&[]);
    assert_eq!(text(&output.stderr), "");
    assert!(output.status.success());
    let printed = text(&output.stdout);
    let file = scripts().join("tour.out");
    if std::fs::read_to_string(&file).unwrap_or_default() != printed {
        // `ENROLL_BLESS=1` writes it anew.
        if std::env::var_os("ENROLL_BLESS").is_some() {
            std::fs::write(&file, printed).unwrap();
        }
        panic!("{} differs; printed was:\n{printed}", file.display());
    }
}

#[test]
fn a_script_runs_with_its_arguments() {
    let output = firmware(&["arguments.py", "one", "-i"]);
    assert_eq!(text(&output.stderr), "");
    assert!(output.status.success());
    let expected = "['arguments.py', 'one', '-i'] __main__ arguments.py\n";
    assert_eq!(text(&output.stdout), expected);
}

/// Each is a `unittest` that compares with CPython's own module, or with known
/// answers.
#[test]
fn modules_do_what_those_of_cpython_do() {
    for (script, least) in [
        ("array_", 7),
        ("binascii_", 8),
        ("collections_", 12),
        ("cryptolib_", 5),
        ("errno_", 3),
        ("framebuf_", 6),
        ("hashlib_", 13),
        ("io_", 9),
        ("json_", 15),
        ("os_", 7),
        ("platform_", 4),
        ("random_", 5),
        ("re_", 9),
        ("sys_", 5),
        ("time_", 4),
    ] {
        let output = firmware(&[&format!("{script}.py")]);
        let report = text(&output.stderr);
        assert!(output.status.success(), "{script}:\n{report}");
        let ran = report
            .lines()
            .find_map(|line| line.strip_prefix("Ran ")?.split(' ').next()?.parse().ok());
        let ran: usize = ran.unwrap_or_else(|| panic!("{script}:\n{report}"));
        assert!(ran >= least, "only {ran} tests in {script}");
    }
}

#[test]
fn what_a_script_fails_with_is_shown_as_python_does() {
    let output = firmware(&["wrong.py"]);
    assert_eq!(output.status.code(), Some(1));
    let shown = text(&output.stderr);
    assert!(
        shown.starts_with("Traceback (most recent call last):\n"),
        "{shown}"
    );
    assert!(
        shown.contains("File \"wrong.py\", line 4, in draw\n"),
        "{shown}"
    );
    assert!(
        shown.contains("\nValueError: bits must be 32 or less\n"),
        "{shown}"
    );
    let output = firmware(&["missing.py"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).starts_with("cannot read missing.py: "));
    let output = firmware(&["exits.py"]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(text(&output.stderr), "");
}
