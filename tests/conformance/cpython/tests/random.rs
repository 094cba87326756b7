//! Random programs of imports print the same in both interpreters.

use enroll_conformance_cpython::Driver;
use enroll_conformance_cpython::programs::Programs;
use enroll_tests_conformance::suite::Suite;
use std::env;

const PROGRAMS: u64 = 400;

/// `CONFORMANCE_SEED` and `CONFORMANCE_PROGRAMS` try others, and more of them.
fn number(variable: &str, default: u64) -> u64 {
    let set = env::var(variable).ok();
    set.and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// The one difference that these programs meet, as the README documents it: a
/// module that took its own entry away.
fn as_cpython_says(ours: &str) -> String {
    let lines = ours.lines().map(|line| {
        let vanished = line
            .strip_prefix("ImportError: loaded module ")
            .and_then(|rest| rest.strip_suffix(" not found in sys.modules"));
        match vanished {
            Some(name) => format!("KeyError: {name}\n"),
            None => format!("{line}\n"),
        }
    });
    lines.collect()
}

#[test]
fn random_programs_print_the_same() {
    let driver = Driver::new().unwrap();
    let suite = Suite::new().unwrap();
    let first = number("CONFORMANCE_SEED", 1);
    let count = number("CONFORMANCE_PROGRAMS", PROGRAMS);
    let (mut lines, mut errors, mut endless) = (0, 0, 0);
    for seed in first..first + count {
        let case = Programs::new(seed).next_case();
        let ours = as_cpython_says(&suite.run(&case).unwrap());
        let theirs = driver.run_pure(&case).unwrap();
        // How deep is deep differs.
        if ours.contains("RecursionError") || theirs.contains("RecursionError") {
            endless += 1;
            continue;
        }
        if ours != theirs {
            for (path, text) in &case.files {
                println!("--- {path}\n{text}");
            }
            println!("--- main\n{}", case.main);
            panic!("seed {seed}\n--- CPython\n{theirs}\n--- enroll\n{ours}");
        }
        lines += ours.lines().count();
        errors += ours.lines().filter(|line| line.contains("Error: ")).count();
    }
    println!(
        "{count} programs, {lines} lines printed, {errors} of them errors; \
         {endless} programs import without end and are left out"
    );
    assert!(errors > 0 && lines > errors && endless < count / 10);
}
