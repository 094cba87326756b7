//! Steps of a page, read and followed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A step: what a newcomer types, or a file they write.
#[derive(Debug, PartialEq)]
pub(crate) enum Step {
    Run(String),
    Write { file: String, text: String },
}

/// The steps of a text. A `sh` block is typed line by line; a `rust` block is
/// the content of the file that was last named before it.
pub(crate) fn steps(text: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut file = None;
    let mut lines = text.lines();
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
                let mut named = line.split('`').skip(1).step_by(2);
                if let Some(name) = named.find(|name| name.ends_with(".rs")) {
                    file = Some(name.to_owned());
                }
            }
        }
    }
    steps
}

/// The part of a page under a heading, up to the next one of that kind.
pub(crate) fn section<'p>(page: &'p str, heading: &str) -> &'p str {
    let section = page.split(heading).nth(1).expect("the section is there");
    section.split("\n## ").next().unwrap()
}

pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap()
}

/// Follows the steps in a folder that holds nothing but this repository, and
/// returns what each command printed.
pub(crate) fn follow(name: &str, steps: &[Step]) -> Vec<String> {
    let repository = repository();
    // Not below this repository: `cargo new` would join its workspace.
    let folder = std::env::temp_dir().join(format!("enroll-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    std::os::unix::fs::symlink(&repository, folder.join("enroll")).unwrap();
    let mut printed = Vec::new();
    for step in steps {
        match step {
            Step::Write { file, text } => {
                let file = folder.join(file);
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, text).unwrap();
            }
            Step::Run(line) => {
                printed.push(run(&folder, name, line));
                lock(&folder, &repository);
            }
        }
    }
    fs::remove_dir_all(folder).unwrap();
    printed
}

/// Where the crates of a page are compiled: kept, so that it is done once.
pub(crate) fn target(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// The versions that this repository was tested with, which are on this
/// machine already.
fn lock(folder: &Path, repository: &Path) {
    for package in fs::read_dir(folder).unwrap() {
        let package = package.unwrap();
        let lock = package.path().join("Cargo.lock");
        if package.file_type().unwrap().is_dir() && !lock.exists() {
            fs::copy(repository.join("Cargo.lock"), lock).unwrap();
        }
    }
}

fn run(folder: &Path, name: &str, line: &str) -> String {
    let mut words = line.split_whitespace();
    assert_eq!(words.next(), Some("cargo"), "{line}");
    let output = Command::new(env!("CARGO"))
        .args(words)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target(name))
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
    assert_eq!(steps(section(text, "## A")), expected);
}
