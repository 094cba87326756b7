//! Every case that Python can express, in CPython.

use enroll_conformance_cpython::Driver;
use enroll_tests_conformance::case;
use std::fmt::Write;
use std::path::Path;

/// The version whose messages the cases have.
const VERSION: &str = "3.11";

#[test]
fn cpython_prints_what_the_cases_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cases");
    let cases = case::read(&folder).unwrap_or_else(|error| panic!("{error}"));
    let driver = Driver::new().unwrap();
    assert_eq!(
        driver.version().unwrap(),
        VERSION,
        "the messages in the cases are those of CPython {VERSION}: set PYO3_PYTHON to one"
    );
    let (mut ran, mut differ, mut failed) = (0, 0, String::new());
    for case in &cases {
        let Some(expected) = case.cpython() else {
            continue;
        };
        ran += 1;
        differ += usize::from(expected != case.out);
        let printed = match driver.run(case) {
            Ok(printed) => printed,
            Err(error) => format!("the driver failed: {error}\n"),
        };
        if printed != expected {
            let _ = write!(
                failed,
                "\n{} {}\n--- expected of CPython\n{expected}--- printed\n{printed}",
                case.place, case.title
            );
        }
    }
    println!("{ran} cases in CPython {VERSION}, {differ} of these differ from enroll's");
    assert!(ran > 0 && failed.is_empty(), "{failed}");
}
