//! Random programs show the same in CPython, with enroll's modules and with its own,
//! as in every translation.

use enroll_library_cpython::Driver;
use enroll_tests_library::host::Host;
use enroll_tests_library::outcome::differences;
use enroll_tests_library::programs::Programs;
use enroll_tests_library::suite::{self, TRANSLATED};
use std::env;

const PROGRAMS: u64 = 300;

/// `LIBRARY_SEED` and `LIBRARY_PROGRAMS` try others, and more of them.
fn number(variable: &str, default: u64) -> u64 {
    let set = env::var(variable).ok();
    set.and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[test]
fn random_programs_show_the_same_everywhere() {
    let driver = Driver::new().unwrap();
    let first = number("LIBRARY_SEED", 1);
    let count = number("LIBRARY_PROGRAMS", PROGRAMS);
    let (mut lines, mut errors, mut with_stdlib) = (0, 0, 0);
    for seed in first..first + count {
        let case = Programs::new(seed).next_case();
        let run = |host| match driver.run(&case, host) {
            Ok(printed) => printed,
            Err(error) => panic!("seed {seed} on {host}: {error}\n{}", case.source),
        };
        let expected = run(Host::CPython);
        let mut others = Vec::new();
        if case.stdlib {
            with_stdlib += 1;
            others.push((Host::Stdlib, run(Host::Stdlib)));
        }
        for host in TRANSLATED {
            match suite::run(&case, host) {
                Ok(printed) => others.push((host, printed)),
                Err(error) => panic!("seed {seed} on {host}: {error}\n{}", case.source),
            }
        }
        for (host, printed) in others {
            let differing = differences(host, &expected, &printed);
            assert!(
                differing.is_empty(),
                "seed {seed} on {host}\n{differing}\n{}",
                case.source
            );
        }
        lines += expected.len();
        errors += expected
            .iter()
            .filter(|line| line.text.starts_with("! "))
            .count();
    }
    println!(
        "{count} programs, {with_stdlib} also with CPython's own modules; \
         {lines} lines shown on each host, {errors} of them errors"
    );
    assert!(errors > 0 && lines > errors);
}
