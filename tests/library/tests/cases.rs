//! Every case on the hosts that need a translation. `ENROLL_BLESS=1` writes the
//! `.out` files anew, and fails all the same.

use enroll_tests_library::case::Case;
use enroll_tests_library::compare::Comparison;
use enroll_tests_library::host::{HOSTS, Host};
use enroll_tests_library::outcome::Line;
use enroll_tests_library::suite::{self, TRANSLATED};
use std::path::Path;

/// Fewer cases of a module are too few.
const CASES_OF_A_MODULE: usize = 3;

/// Fewer lines of a module are too few on a host that has it.
const LINES: usize = 20;
const LINES_OF_A_LARGE_MODULE: usize = 150;
const LARGE: [&str; 6] = ["array", "framebuf", "hashlib", "io", "json", "re"];

/// Lines that have to be compared on each of [`TRANSLATED`], so that no mark takes out
/// more than is known.
const LEAST: [usize; 2] = [2600, 2600];

fn comparison() -> Comparison<impl Fn(&Case, Host) -> Result<Vec<Line>, String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let comparison = Comparison::new(&folder, &TRANSLATED, suite::run);
    comparison.unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_case_shows_the_same_on_every_host() {
    let (compared, failed) = comparison().run().unwrap();
    assert!(failed.is_empty(), "{failed}");
    for ((host, lines), least) in TRANSLATED.iter().zip(compared).zip(LEAST) {
        println!("{host}: {lines} lines compared");
        assert!(lines >= least, "{lines} lines on {host}, of {least}");
    }
}

#[test]
fn every_mark_is_needed() {
    let needless = comparison().needless_marks();
    assert!(needless.is_empty(), "\n{needless}");
}

/// The reason of each mark is a line of the table in the README, and each line has
/// such a mark.
#[test]
fn every_reason_is_documented() {
    let readme = include_str!("../README.md");
    let table = readme.split("## What a host cannot say").nth(1);
    let table = table.expect("the README has the table");
    let rows = table.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| ")?.split(" | ");
        Some((Host::named(cells.next()?)?, cells.next()?.trim()))
    });
    let documented: Vec<(Host, &str)> = rows.collect();
    let comparison = comparison();
    for (host, why) in comparison.reasons() {
        let is_there = documented.contains(&(host, why));
        assert!(
            is_there,
            "`not {host}: {why}` is not in the table of README.md"
        );
    }
    for (host, why) in documented {
        let has_case = comparison.reasons().any(|reason| reason == (host, why));
        assert!(has_case, "no case has `not {host}: {why}`");
    }
}

/// How much is compared, what is left out, and why: in the log.
#[test]
fn every_module_has_its_cases() {
    let comparison = comparison();
    for module in enroll_tests_library_lua::modules() {
        let count = comparison.of_module(module).count();
        let lines = HOSTS.map(|host| format!("{host} {}", comparison.lines(module, host)));
        println!("{module}: {count} cases, lines: {}", lines.join(", "));
        assert!(count >= CASES_OF_A_MODULE, "{module} has {count} cases");
        let least = match LARGE.contains(&module) {
            true => LINES_OF_A_LARGE_MODULE,
            false => LINES,
        };
        for host in [Host::Lua, Host::Rhai, Host::CPython] {
            let lines = comparison.lines(module, host);
            assert!(lines >= least, "{module} has {lines} lines on {host}");
        }
    }
    print!("{}", comparison.left_out());
}
