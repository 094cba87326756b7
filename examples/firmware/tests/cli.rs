//! The firmware as a person starts it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Runs the firmware with arguments and an input that is no terminal.
fn firmware(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_firmware"))
        .args(arguments)
        .current_dir(scripts())
        .env_remove("LUA_PATH")
        .env_remove("LUA_PATH_5_4")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that ends without reading closes the pipe: no matter.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn scripts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// Compares with a file; `ENROLL_BLESS=1` writes it anew.
fn expect(file: &str, printed: &[u8]) {
    let file = scripts().join(file);
    let printed = text(printed);
    if std::fs::read_to_string(&file).unwrap_or_default() == printed {
        return;
    }
    if std::env::var_os("ENROLL_BLESS").is_some() {
        std::fs::write(&file, printed).unwrap();
    }
    panic!("{} differs; printed was:\n{printed}", file.display());
}

#[test]
fn without_arguments_it_plays_the_tour_and_ends() {
    let output = firmware(&[], "");
    assert_eq!(text(&output.stderr), "");
    assert!(output.status.success());
    expect("tour.out", &output.stdout);
}

#[test]
fn a_script_runs_with_its_arguments() {
    let output = firmware(&["arguments.lua", "one", "-i"], "");
    assert_eq!(text(&output.stderr), "");
    assert!(output.status.success());
    assert_eq!(
        text(&output.stdout),
        "arguments.lua\tone\t-i\t2\none\t-i\na file\n"
    );
}

#[test]
fn scripts_use_the_modules_of_the_build() {
    for script in ["files", "containers", "frozen"] {
        let output = firmware(&[&format!("{script}.lua")], "");
        assert_eq!(text(&output.stderr), "", "{script}");
        assert!(output.status.success(), "{script}");
        expect(&format!("{script}.out"), &output.stdout);
    }
}

#[test]
fn code_runs() {
    let output = firmware(&["-e", "print(require 'errno'.ENOENT, ...)", "a"], "");
    assert_eq!(text(&output.stdout), "2\ta\n");
    assert!(output.status.success());
}

#[test]
fn help_is_shown() {
    let output = firmware(&["--help"], "");
    assert!(text(&output.stdout).starts_with("Usage: firmware"));
    assert!(output.status.success());
}

#[test]
fn a_failure_is_told_and_the_status_is_1() {
    for (arguments, told) in [
        (&["-x"][..], "firmware: unknown option '-x'"),
        (&["-e"], "firmware: '-e' needs CODE after it"),
        (&["no-such.lua"], "firmware: cannot read no-such.lua: "),
        (
            &["-e", "x ="],
            "firmware: (command line):1: unexpected symbol near <eof>",
        ),
        (
            &["wrong.lua"],
            "firmware: wrong.lua:3: module 'errno' has no attribute 'EPRM'; did you mean 'EPERM'?\n\
             stack traceback:\n\twrong.lua:3: in local 'load'\n\twrong.lua:5: in main chunk\n",
        ),
        (
            &["-e", "require 'random'.getrandbits(33)"],
            "firmware: (command line):1: random.getrandbits: ValueError: bits must be 32 or less",
        ),
        (&["-e", "error({})"], "firmware: table: 0x"),
        (
            &["-e", "require 'ernno'"],
            "firmware: (command line):1: module 'ernno' not found:\n\
             \tno field package.preload['ernno']\n\
             \tno builtin module 'ernno'; did you mean 'errno'?\n",
        ),
    ] {
        let output = firmware(arguments, "");
        let stderr = text(&output.stderr);
        assert!(stderr.starts_with(told), "{arguments:?}: {stderr}");
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
    }
}

#[test]
fn lines_from_a_pipe_are_run_without_editing() {
    let output = firmware(
        &["-i"],
        "errno = require 'errno'\nerrno.EPERM, 1\nfor i = 1, 2 do\nprint(i)\nend\n\nreturn nil\n",
    );
    assert_eq!(text(&output.stderr), "");
    assert_eq!(text(&output.stdout), "1\t1\n1\n2\nnil\n");
    assert!(output.status.success());
}

#[test]
fn a_failing_line_of_a_pipe_is_told_and_the_next_ones_run() {
    let output = firmware(&["-i"], "require 'errno'.EPRM\n= 1\nprint 'still here'\n");
    let stderr = text(&output.stderr);
    assert!(stderr.starts_with("stdin:1: module 'errno' has no attribute 'EPRM'"));
    assert!(stderr.contains("\nstdin:1: unexpected symbol near '='\n"));
    assert!(stderr.ends_with("firmware: 2 lines of the input failed\n"));
    assert_eq!(text(&output.stdout), "still here\n");
    assert_eq!(output.status.code(), Some(1));

    let output = firmware(&["-i"], "for i = 1, 2 do");
    assert_eq!(
        text(&output.stderr),
        "firmware: the input ends within a statement\n"
    );
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_prompt_after_a_script_finds_its_globals() {
    let output = firmware(&["-i", "-e", "x = 7"], "x\n");
    assert_eq!(text(&output.stdout), "7\n");
    assert!(output.status.success());
}
