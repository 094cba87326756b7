//! The firmware as a person starts it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn firmware(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rhai-firmware"))
        .args(arguments)
        .current_dir(scripts())
        .output()
        .unwrap()
}

fn scripts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// Compares with a file; `ENROLL_BLESS=1` writes it anew.
#[track_caller]
fn expect(file: &str, output: &Output) {
    assert_eq!(text(&output.stderr), "");
    assert!(output.status.success());
    let file = scripts().join(file);
    let printed = text(&output.stdout);
    if std::fs::read_to_string(&file).unwrap_or_default() == printed {
        return;
    }
    if std::env::var_os("ENROLL_BLESS").is_some() {
        std::fs::write(&file, printed).unwrap();
    }
    panic!("{} differs; printed was:\n{printed}", file.display());
}

#[test]
fn without_arguments_it_plays_the_tour() {
    expect("tour.out", &firmware(&[]));
}

#[test]
fn a_script_imports_modules_of_five_crates() {
    expect("modules.out", &firmware(&["modules.rhai"]));
}

#[test]
fn the_script_of_the_microcontroller_prints_the_same_here() {
    // `examples/cortex-m-rhai` compares with the same file.
    let folder = "../../../../cortex-m-rhai/scripts";
    let output = firmware(&[&format!("{folder}/station.rhai")]);
    expect(&format!("{folder}/station.out"), &output);
}

#[test]
fn an_error_that_nobody_catches_is_told_with_its_place() {
    let output = firmware(&["wrong.rhai"]);
    assert!(!output.status.success());
    assert_eq!(text(&output.stdout), "before\n");
    assert_eq!(
        text(&output.stderr),
        "rhai-firmware: TypeError: randint() is missing argument 2 ('b') (line 5, position 1)\n"
    );
    let output = firmware(&["no such file.rhai"]);
    assert!(!output.status.success());
    assert!(text(&output.stderr).starts_with("rhai-firmware: cannot read no such file.rhai"));
}
