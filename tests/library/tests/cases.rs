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

/// Fewer lines of a module are too few on a host that has it.
const LINES: usize = 20;
const LINES_OF_A_LARGE_MODULE: usize = 150;
const LARGE: [&str; 6] = ["array", "framebuf", "hashlib", "io", "json", "re"];

/// Lines that have to be compared on each host, so that no mark takes out more than
/// is known.
const LEAST: [(Host, usize); 2] = [(Host::Lua, 2300), (Host::Rhai, 2300)];

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

/// How much is compared, what is left out, and why: in the log.
#[test]
fn every_module_has_its_cases() {
    let cases = cases();
    for module in enroll_tests_library_lua::modules() {
        let mut compared: BTreeMap<Host, usize> = BTreeMap::new();
        let mut count = 0;
        for (path, case) in cases.iter().filter(|(_, case)| case.module == module) {
            count += 1;
            let known = std::fs::read_to_string(path.with_extension("out")).unwrap_or_default();
            let known = outcome::read(&known);
            for host in HOSTS {
                let lines = case.lines_for(host);
                let theirs = known.iter().filter(|line| lines.contains(&line.line));
                *compared.entry(host).or_default() += theirs.count();
            }
        }
        let by_host: Vec<String> = compared
            .iter()
            .map(|(host, lines)| format!("{host} {lines:>4}"))
            .collect();
        println!("{module:<12} {count} cases: {} lines", by_host.join(", "));
        assert!(count >= CASES_OF_A_MODULE, "{module} has {count} cases");
        let least = if LARGE.contains(&module) {
            LINES_OF_A_LARGE_MODULE
        } else {
            LINES
        };
        for host in [Host::Lua, Host::Rhai, Host::CPython] {
            let lines = compared.get(&host).copied().unwrap_or_default();
            assert!(lines >= least, "{module} has {lines} lines on {host}");
        }
    }
    for (_, case) in &cases {
        for host in HOSTS {
            for (line, mark) in case.marks_of(host) {
                let line = line.map_or(String::new(), |line| format!(":{line}"));
                println!("{}{line} not on {host}: {}", case.name, mark.why);
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
