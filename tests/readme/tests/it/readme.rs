//! "A module and a firmware, from nothing" of README.md.

use crate::steps::{follow, repository, section, steps, target};
use std::fs;

const NAME: &str = "newcomer";

#[test]
fn the_steps_of_the_readme_lead_to_a_running_firmware() {
    let readme = fs::read_to_string(repository().join("README.md")).unwrap();
    let steps = steps(section(&readme, "## A module and a firmware, from nothing"));
    assert!(steps.len() > 10, "{steps:#?}");
    let printed = follow(NAME, &steps);
    assert_eq!(printed.last().unwrap(), "hello, world\n");
    shows_what_was_generated(&readme);
}

/// Every whole line of the generated file that the README shows is in it.
fn shows_what_was_generated(readme: &str) {
    let section = readme.split("## What the build generates").nth(1).unwrap();
    let sample = section.split("```rust,ignore\n").nth(1).unwrap();
    let sample = sample.split("```").next().unwrap();
    let build = target(NAME).join("debug/build");
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
