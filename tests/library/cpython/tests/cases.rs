//! Every case in CPython, with enroll's modules, and where the case says so with
//! CPython's own. `ENROLL_BLESS=1` writes the `.out` files anew, and fails all the
//! same.

use enroll_library_cpython::Driver;
use enroll_tests_library::case;
use enroll_tests_library::host::Host;
use enroll_tests_library::outcome::{self, Line};
use enroll_tests_library::suite;
use std::collections::BTreeMap;
use std::path::Path;

/// The version that the comparison is made with.
const VERSION: &str = "3.11";

/// Lines that have to be compared with each.
const LEAST: [(Host, usize); 2] = [(Host::CPython, 2300), (Host::Stdlib, 1700)];

#[test]
fn cpython_shows_what_every_host_does() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cases");
    let cases = case::read_all(&folder).unwrap_or_else(|error| panic!("{error}"));
    let driver = Driver::new().unwrap();
    assert_eq!(
        driver.version().unwrap(),
        VERSION,
        "the comparison is with CPython {VERSION}: set PYO3_PYTHON to one"
    );
    let bless = std::env::var_os("ENROLL_BLESS").is_some();
    let mut failed = String::new();
    let mut compared: BTreeMap<Host, usize> = BTreeMap::new();
    for (path, case) in &cases {
        let file = path.with_extension("out");
        let known = std::fs::read_to_string(&file).unwrap_or_default();
        let mut new = outcome::read(&known);
        for host in [Host::CPython, Host::Stdlib] {
            if !case.runs_on(host) {
                continue;
            }
            let printed = match driver.run(case, host) {
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
                // What enroll's modules do is what is expected of CPython's own.
                if bless && host == Host::CPython {
                    new = outcome::merged(host, &new, &printed, |line| lines.contains(&line));
                }
            }
        }
        let new = outcome::write(&new);
        if new != known {
            std::fs::write(&file, new).unwrap();
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

/// A mark whose reason is gone hides what has to be compared.
#[test]
fn every_mark_is_needed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cases");
    let cases = case::read_all(&folder).unwrap_or_else(|error| panic!("{error}"));
    let driver = Driver::new().unwrap();
    let mut needless = String::new();
    for (path, case) in cases {
        let known = std::fs::read_to_string(path.with_extension("out")).unwrap_or_default();
        let known = outcome::read(&known);
        for host in [Host::CPython, Host::Stdlib] {
            needless +=
                &suite::needless_marks(&case, host, &known, |case| driver.run(case, host).ok());
        }
    }
    assert!(needless.is_empty(), "\n{needless}");
}
