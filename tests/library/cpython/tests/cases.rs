//! Every case in CPython, with enroll's modules, and where the case says so with
//! CPython's own. `ENROLL_BLESS=1` writes the `.out` files anew, and fails all the
//! same.

use enroll_library_cpython::Driver;
use enroll_tests_library::case::Case;
use enroll_tests_library::compare::Comparison;
use enroll_tests_library::host::Host;
use enroll_tests_library::outcome::Line;
use std::path::Path;

/// The version that the comparison is made with.
const VERSION: &str = "3.11";

/// Hosts, and lines that have to be compared with each.
const HOSTS: [Host; 2] = [Host::CPython, Host::Stdlib];
const LEAST: [usize; 2] = [2600, 2000];

fn comparison() -> Comparison<impl Fn(&Case, Host) -> Result<Vec<Line>, String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cases");
    let driver = Driver::new().unwrap();
    assert_eq!(
        driver.version().unwrap(),
        VERSION,
        "the comparison is with CPython {VERSION}: set PYO3_PYTHON to one"
    );
    let run = move |case: &Case, host| driver.run(case, host).map_err(|error| error.to_string());
    Comparison::new(&folder, &HOSTS, run).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn cpython_shows_what_every_host_does() {
    let (compared, failed) = comparison().run().unwrap();
    assert!(failed.is_empty(), "{failed}");
    for ((host, lines), least) in HOSTS.iter().zip(compared).zip(LEAST) {
        println!("{host}: {lines} lines compared");
        assert!(lines >= least, "{lines} lines on {host}, of {least}");
    }
}

#[test]
fn every_mark_is_needed() {
    let needless = comparison().needless_marks();
    assert!(needless.is_empty(), "\n{needless}");
}
