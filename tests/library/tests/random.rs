//! Random programs show the same in every translation.

use enroll_tests_library::host::Host;
use enroll_tests_library::outcome::{Line, differences, seen_by};
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
fn random_programs_show_the_same_in_every_translation() {
    let first = number("LIBRARY_SEED", 1);
    let count = number("LIBRARY_PROGRAMS", PROGRAMS);
    let (mut lines, mut errors) = (0, 0);
    for seed in first..first + count {
        let case = Programs::new(seed).next_case();
        let outcomes = TRANSLATED.map(|host| match suite::run(&case, host) {
            Ok(printed) => printed,
            Err(error) => panic!("seed {seed} on {host}: {error}\n{}", case.source),
        });
        let [lua, rhai] = &outcomes;
        // What Lua cannot tell apart, it does not find different.
        let rhai: Vec<Line> = rhai.iter().map(blurred).collect();
        let differing = differences(Host::Lua, &rhai, lua);
        assert!(
            differing.is_empty(),
            "seed {seed}: Rhai is what is expected\n{differing}\n{}",
            case.source
        );
        lines += lua.len();
        errors += lua
            .iter()
            .filter(|line| line.text.starts_with("! "))
            .count();
    }
    println!("{count} programs, {lines} lines shown on each host, {errors} of them errors");
    assert!(errors > 0 && lines > errors);
}

fn blurred(line: &Line) -> Line {
    Line {
        line: line.line,
        text: seen_by(Host::Lua, &line.text),
    }
}
