//! Runs all cases and counts them.

use enroll_tests_conformance::case::{self, Case, HEADINGS, Python};
use enroll_tests_conformance::suite::Suite;
use std::fmt::Write;
use std::path::Path;

const LEAST: usize = 160;
const LEAST_OF_A_HEADING: usize = 8;
const LEAST_IN_PYTHON: usize = 80;

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    case::read(&folder).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_case_prints_what_its_source_says() {
    let suite = Suite::new().unwrap();
    let mut failed = String::new();
    let mut count = 0;
    for case in cases() {
        let out = suite.run(&case).unwrap();
        if out != case.out {
            count += 1;
            let _ = write!(
                failed,
                "\n{} {}\n--- expected\n{}--- printed\n{out}",
                case.place, case.title, case.out
            );
        }
    }
    assert!(failed.is_empty(), "{count} cases failed:\n{failed}");
}

#[test]
fn there_are_cases_for_every_heading() {
    let cases = cases();
    let mut in_python = 0;
    let mut differing = 0;
    for heading in HEADINGS {
        let of_heading = cases.iter().filter(|case| case.heading == heading);
        let count = of_heading.clone().count();
        let python = of_heading.filter(|case| case.cpython().is_some()).count();
        println!("{heading}: {count} cases, {python} also in CPython");
        in_python += python;
        assert!(count >= LEAST_OF_A_HEADING, "{heading} has {count} cases");
    }
    for case in &cases {
        differing += usize::from(matches!(case.python, Python::Differs { .. }));
    }
    println!(
        "{} cases, {in_python} also in CPython, {differing} of these differ",
        cases.len()
    );
    assert!(cases.len() >= LEAST, "{} cases", cases.len());
    assert!(in_python >= LEAST_IN_PYTHON, "{in_python} run in Python");
}

#[test]
fn titles_are_unique() {
    let mut titles: Vec<String> = cases().into_iter().map(|case| case.title).collect();
    titles.sort();
    let count = titles.len();
    titles.dedup();
    assert_eq!(titles.len(), count);
}

/// The reason of each case that differs is a line of the table in the README, and
/// each line of the table has such a case.
#[test]
fn every_difference_is_documented() {
    let readme = include_str!("../README.md");
    let rows = readme
        .split("## Differences from CPython")
        .nth(1)
        .expect("the README has the table");
    let documented: Vec<&str> = rows
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(" | ").next())
        .filter(|cell| *cell != "difference")
        .map(str::trim)
        .collect();
    let cases = cases();
    let mut shown: Vec<&str> = Vec::new();
    for case in &cases {
        if let Python::Differs { why, .. } = &case.python {
            assert!(
                documented.contains(&why.as_str()),
                "{}: `{why}` is not in the table of README.md",
                case.place
            );
            shown.push(why);
        }
    }
    for line in documented {
        assert!(shown.contains(&line), "no case shows `{line}`");
    }
}
