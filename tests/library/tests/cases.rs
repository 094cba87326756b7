//! Every case on the hosts that need a translation. `ENROLL_BLESS=1` writes the
//! `.out` files anew, and fails all the same.

use enroll_tests_library::case::{self, Case};
use enroll_tests_library::host::{HOSTS, Host};
use enroll_tests_library::outcome::{self, Line};
use enroll_tests_library::suite::{self, TRANSLATED};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Fewer cases of a module are too few.
const CASES_OF_A_MODULE: usize = 3;

/// Lines that have to be compared on each host, so that no mark takes out more than
/// is known.
const LEAST: [(Host, usize); 2] = [(Host::Lua, 10), (Host::Rhai, 10)];

fn cases() -> Vec<(PathBuf, Case)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    case::read_all(&folder).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_case_shows_the_same_on_every_host() {
    let bless = std::env::var_os("ENROLL_BLESS").is_some();
    let mut failed = String::new();
    let mut compared: BTreeMap<Host, usize> = BTreeMap::new();
    for (path, case) in cases() {
        let file = path.with_extension("out");
        let known = std::fs::read_to_string(&file).unwrap_or_default();
        let mut new = outcome::read(&known);
        for host in TRANSLATED {
            if !case.runs_on(host) {
                continue;
            }
            let printed = match suite::run(&case, host) {
                Ok(printed) => printed,
                Err(error) => {
                    failed += &format!("\n{} on {host}: {error}\n", case.name);
                    continue;
                }
            };
            let lines = case.lines_for(host);
            let theirs = |line: &&Line| lines.contains(&line.line);
            let expected: Vec<Line> = new.iter().filter(theirs).cloned().collect();
            *compared.entry(host).or_default() += printed.len();
            if !outcome::agree(host, &expected, &printed) {
                let differences = outcome::differences(host, &expected, &printed);
                failed += &format!("\n{} on {host}:\n{differences}", case.name);
                if bless {
                    new = outcome::merged(host, &new, &printed, |line| lines.contains(&line));
                }
            }
        }
        let new = outcome::write(&new);
        if new != known {
            if bless {
                std::fs::write(&file, new).unwrap();
            }
            failed += &format!("\n{}: the .out file was written anew\n", case.name);
        }
    }
    for (host, least) in LEAST {
        let lines = compared.get(&host).copied().unwrap_or_default();
        println!("{host}: {lines} lines compared");
        if lines < least {
            failed += &format!("\nonly {lines} lines on {host}, of {least}\n");
        }
    }
    assert!(failed.is_empty(), "{failed}");
}

/// What is left out, and why, in the log.
#[test]
fn every_module_has_its_cases() {
    let cases = cases();
    for module in enroll_tests_library_lua::modules() {
        let of_module = cases.iter().filter(|(_, case)| case.module == module);
        let mut line = format!("{module:<12}");
        for host in HOSTS {
            let lines: usize = of_module
                .clone()
                .map(|(_, case)| case.lines_for(host).len())
                .sum();
            line += &format!(" {host} {lines:>4}");
        }
        println!("{line}");
        let count = of_module.count();
        assert!(count >= CASES_OF_A_MODULE, "{module} has {count} cases");
    }
    for (_, case) in &cases {
        for mark in &case.left_out {
            println!("{} not on {}: {}", case.name, mark.host, mark.why);
        }
        for (line, marks) in &case.marks {
            for mark in marks {
                println!("{}:{line} not on {}: {}", case.name, mark.host, mark.why);
            }
        }
    }
}

/// A mark whose reason is gone hides what has to be compared.
#[test]
fn every_mark_is_needed() {
    let mut needless = String::new();
    for (path, case) in cases() {
        let known = std::fs::read_to_string(path.with_extension("out")).unwrap_or_default();
        let known = outcome::read(&known);
        for host in TRANSLATED {
            needless +=
                &suite::needless_marks(&case, host, &known, |case| suite::run(case, host).ok());
        }
    }
    assert!(needless.is_empty(), "\n{needless}");
}
