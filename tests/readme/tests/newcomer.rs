//! Follows "A module and a firmware, from nothing" of README.md, literally.
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A step: what a newcomer types, or a file they write.
#[derive(Debug, PartialEq)]
enum Step {
    Run(String),
    Write { file: String, text: String },
}

/// The steps under a heading. A `sh` block is typed line by line; a `rust`
/// block is the content of the file that was last named before it.
fn steps(readme: &str, heading: &str) -> Vec<Step> {
    let section = readme.split(heading).nth(1).expect("the section is there");
    let section = section.split("\n## ").next().unwrap();
    let mut steps = Vec::new();
    let mut file = None;
    let mut lines = section.lines();
    while let Some(line) = lines.next() {
        let block: &mut dyn Iterator<Item = &str> = &mut lines;
        let mut body = || block.take_while(|line| *line != "```").collect::<Vec<_>>();
        match line {
            "```sh" => steps.extend(body().into_iter().map(|line| Step::Run(line.to_owned()))),
            "```rust" => steps.push(Step::Write {
                file: file.take().expect("a file is named before its text"),
                text: body().join("\n") + "\n",
            }),
            line => {
                let named = line.split('`').nth(1);
                if let Some(name) = named.filter(|name| name.ends_with(".rs")) {
                    file = Some(name.to_owned());
                }
            }
        }
    }
    steps
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap()
}

#[test]
fn the_steps_of_the_readme_lead_to_a_running_firmware() {
    let repository = repository();
    let readme = fs::read_to_string(repository.join("README.md")).unwrap();
    let steps = steps(&readme, "## A module and a firmware, from nothing");
    assert!(steps.len() > 10, "{steps:#?}");
    // Not below this repository: `cargo new` would join its workspace.
    let folder = std::env::temp_dir().join(format!("enroll-newcomer-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    std::os::unix::fs::symlink(&repository, folder.join("enroll")).unwrap();
    let mut last = String::new();
    for step in &steps {
        match step {
            Step::Write { file, text } => fs::write(folder.join(file), text).unwrap(),
            Step::Run(line) => {
                last = run(&folder, line);
                lock(&folder, &repository);
            }
        }
    }
    assert_eq!(last, "hello, world\n");
    shows_what_was_generated(&readme);
    fs::remove_dir_all(folder).unwrap();
}

/// Every whole line of the generated file that the README shows is in it.
fn shows_what_was_generated(readme: &str) {
    let section = readme.split("## What the build generates").nth(1).unwrap();
    let sample = section.split("```rust,ignore\n").nth(1).unwrap();
    let sample = sample.split("```").next().unwrap();
    let build = target().join("debug/build");
    let outputs = fs::read_dir(build)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    // Earlier runs left theirs.
    let newest = outputs
        .map(|output| output.join("out/enroll_modules.rs"))
        .filter(|file| file.exists())
        .max_by_key(|file| file.metadata().unwrap().modified().unwrap())
        .unwrap();
    let generated = fs::read_to_string(newest).unwrap();
    assert!(sample.lines().count() > 15, "{sample}");
    for line in sample.lines() {
        let shown = line
            .trim()
            .trim_start_matches('"')
            .split('…')
            .next()
            .unwrap();
        assert!(
            generated.contains(shown),
            "{shown:?} is not in\n{generated}"
        );
    }
}

/// Where the newcomer's crates are compiled: kept, so that it is done once.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("newcomer")
}

/// The versions that this repository was tested with, which are on this
/// machine already.
fn lock(folder: &Path, repository: &Path) {
    for package in ["greeting", "firmware"] {
        let lock = folder.join(package).join("Cargo.lock");
        if lock.parent().unwrap().exists() && !lock.exists() {
            fs::copy(repository.join("Cargo.lock"), lock).unwrap();
        }
    }
}

fn run(folder: &Path, line: &str) -> String {
    let mut words = line.split_whitespace();
    assert_eq!(words.next(), Some("cargo"), "{line}");
    let output = Command::new(env!("CARGO"))
        .args(words)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target())
        .env("CARGO_NET_OFFLINE", "true")
        .env_remove("CARGO_MANIFEST_DIR")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "`{line}` failed:\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn steps_are_read_in_order() {
    let text =
        "## A\n```sh\na\nb\n```\nWrite `x.rs` so:\n```rust\nfn x() {}\n```\n## B\n```sh\nc\n```\n";
    let expected = [
        Step::Run("a".to_owned()),
        Step::Run("b".to_owned()),
        Step::Write {
            file: "x.rs".to_owned(),
            text: "fn x() {}\n".to_owned(),
        },
    ];
    assert_eq!(steps(text, "## A"), expected);
}
