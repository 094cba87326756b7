//! The commands of README.md: what it says that they print, compared with what
//! they print now.
//!
//! A block `console` holds commands, each behind `$ `, and what each prints on
//! standard output, with the error if it fails. A line `…` stands for any lines. In a block `console,sizes`
//! numbers that stand alone are as good as any other, and lines may have another
//! order: those are what a compiler makes of them.
//!
//! With `ENROLL_BLESS=1` a block that is not true any more is written anew, with
//! the lines that were shown.

use crate::steps::repository;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A command of a block, with what the page says that it prints.
#[derive(Debug, PartialEq)]
struct Shown {
    command: String,
    output: Vec<String>,
    has_sizes: bool,
}

#[test]
fn the_commands_of_the_readme_print_what_it_shows() {
    let file = repository().join("README.md");
    let page = fs::read_to_string(&file).unwrap();
    let shown = shown(&page);
    for command in [
        "modules", "names", "why", "size", "diff", "check", "verify", "report", "image",
    ] {
        let typed = format!("cargo enroll {command} ");
        assert!(
            shown.iter().any(|one| one.command.contains(&typed)),
            "{command} is not shown"
        );
    }
    let programs = installed();
    let mut blessed = page.clone();
    let mut wrong = Vec::new();
    for one in &shown {
        let printed = run(&programs, &one.command);
        let printed: Vec<&str> = printed.lines().collect();
        if one.is_true(&printed) {
            continue;
        }
        let anew = one.anew(&printed);
        wrong.push(format!(
            "$ {}\n{}\n\nprints now\n\n{}",
            one.command,
            one.output.join("\n"),
            printed.join("\n")
        ));
        let block = |lines: &[String]| {
            let lines = lines.iter().map(|line| format!("{line}\n"));
            format!("$ {}\n{}", one.command, lines.collect::<String>())
        };
        blessed = blessed.replace(&block(&one.output), &block(&anew));
    }
    if std::env::var_os("ENROLL_BLESS").is_some() {
        fs::write(file, blessed).unwrap();
    } else {
        assert!(
            wrong.is_empty(),
            "{}\n\nENROLL_BLESS=1 writes it",
            wrong.join("\n\n")
        );
    }
}

/// The commands of all blocks, in their order.
fn shown(text: &str) -> Vec<Shown> {
    let mut shown = Vec::new();
    let mut block = None;
    for line in text.lines() {
        match (block, line.strip_prefix("$ ")) {
            (None, _) => {
                block = match line {
                    "```console" => Some(false),
                    "```console,sizes" => Some(true),
                    _ => None,
                };
            }
            (Some(_), _) if line == "```" => block = None,
            (Some(has_sizes), Some(command)) => shown.push(Shown {
                command: command.to_owned(),
                output: Vec::new(),
                has_sizes,
            }),
            (Some(_), None) => {
                let last = shown.last_mut().expect("a block begins with a command");
                last.output.push(line.to_owned());
            }
        }
    }
    shown
}

impl Shown {
    /// Whether all lines that are shown are printed, and no others but where
    /// there is a `…`.
    fn is_true(&self, printed: &[&str]) -> bool {
        if self.has_sizes {
            let printed: Vec<String> = printed.iter().map(|line| without_sizes(line)).collect();
            let kept = self.output.iter().filter(|line| *line != "…");
            let mut kept = kept.map(|line| without_sizes(line));
            let is_whole = !self.output.iter().any(|line| line == "…");
            return kept.all(|line| printed.contains(&line))
                && (!is_whole || printed.len() == self.output.len());
        }
        let parts: Vec<&[String]> = self.output.split(|line| line == "…").collect();
        let last = parts.len() - 1;
        let mut rest = printed;
        for (at, part) in parts.into_iter().enumerate() {
            let is_here = |from: &usize| {
                let here = rest[*from..].iter().take(part.len());
                here.len() == part.len() && here.eq(part.iter())
            };
            let found = match at {
                0 => Some(0).filter(is_here),
                _ if at == last => rest.len().checked_sub(part.len()).filter(is_here),
                _ => (0..rest.len()).find(is_here),
            };
            let Some(found) = found else { return false };
            rest = &rest[found + part.len()..];
        }
        rest.is_empty()
    }

    /// What is printed, as far as its like was shown: a line is the like of one
    /// that begins with the same word.
    fn anew(&self, printed: &[&str]) -> Vec<String> {
        if !self.output.iter().any(|line| line == "…") {
            return printed.iter().map(|line| (*line).to_owned()).collect();
        }
        let mut rest = printed;
        let mut anew = Vec::new();
        for line in &self.output {
            let word = line.split_whitespace().next();
            if line == "…" {
                anew.push(line.clone());
            } else if let Some(at) = rest
                .iter()
                .position(|line| line.split_whitespace().next() == word)
            {
                anew.push(rest[at].to_owned());
                rest = &rest[at + 1..];
            }
        }
        anew
    }
}

/// A line with `N` for each number that stands alone, and one space between words.
fn without_sizes(line: &str) -> String {
    let words = line.split_whitespace().map(|word| {
        let number = word.trim_end_matches('*');
        match number.parse::<f64>() {
            Ok(_) => "N",
            Err(_) => word,
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Builds the command as `cargo install` would, and returns the folder it is in.
fn installed() -> PathBuf {
    let built = cargo()
        .args(["build", "--quiet", "-p", "enroll-codegen"])
        .args(["--features", "cli", "--bin", "cargo-enroll"])
        .status()
        .unwrap();
    assert!(built.success());
    target().join("debug")
}

/// What a line prints that is typed in the repository. Cargo is online in the
/// page and offline here.
fn run(programs: &Path, line: &str) -> String {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let of_cargo = Path::new(env!("CARGO")).parent().unwrap().to_owned();
    let folders = [programs.to_owned(), of_cargo].into_iter();
    let path = std::env::join_paths(folders.chain(std::env::split_paths(&path))).unwrap();
    let mut shell = cleaned(Command::new("sh"));
    let output = shell.args(["-c", line]).env("PATH", path).output().unwrap();
    let mut printed = String::from_utf8(output.stdout).unwrap();
    if !output.status.success() {
        let told = String::from_utf8(output.stderr).unwrap();
        let error = told.lines().skip_while(|line| !line.starts_with("error"));
        printed.extend(error.map(|line| format!("{line}\n")));
    }
    printed
}

fn cargo() -> Command {
    cleaned(Command::new(env!("CARGO")))
}

/// Without what the Cargo that runs this test has said of itself.
fn cleaned(mut command: Command) -> Command {
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        let is_kept = ["CARGO_HOME", "CARGO_INCREMENTAL"].contains(&&*text);
        let is_told = ["CARGO_", "ENROLL_"].iter().any(|of| text.starts_with(of));
        if is_told && !is_kept {
            command.env_remove(&name);
        }
    }
    command
        .current_dir(repository())
        .env("CARGO_TARGET_DIR", target())
        .env("CARGO_NET_OFFLINE", "true")
        .env_remove("USER_MODULES");
    command
}

/// The folder this was built in, so that what is there is not built again.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .unwrap()
        .to_owned()
}

#[test]
fn a_block_is_true_if_what_it_leaves_out_is_marked() {
    let text = "```console\n$ a\n1\n…\n3\n4\n…\n$ b\n```\n```text\n$ c\n```\n```console,sizes\n$ d\nx 1024* 2\n```\n";
    let shown = shown(text);
    let commands: Vec<&str> = shown.iter().map(|one| &*one.command).collect();
    assert_eq!(commands, ["a", "b", "d"]);
    let [a, b, d] = &*shown else { unreachable!() };
    for (printed, expected) in [
        (&["1", "2", "3", "4", "5"][..], true),
        (&["1", "3", "4"], true),
        (&["1", "2", "3", "5"], false),
        (&["0", "1", "3", "4"], false),
        (&["1"], false),
        (&[], false),
    ] {
        assert_eq!(a.is_true(printed), expected, "{printed:?}");
    }
    assert!(b.is_true(&[]) && !b.is_true(&["1"]));
    assert!(d.is_true(&["x    7   23.4"]));
    assert!(!d.is_true(&["y 1 2"]) && !d.is_true(&["x 1 2", "y"]));
    assert_eq!(a.anew(&["1 a", "2", "4 b"]), ["1 a", "…", "4 b", "…"]);
}
