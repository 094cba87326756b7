//! Makes a failing case small: as long as the rest still fails, parts of it go.

use crate::compare::{Counts, run};
use crate::operation::Case;

/// How many times a case is run to make it smaller.
const TRIES: usize = 4_000;

/// A smaller case that fails as well.
pub(crate) fn shrink(case: &Case) -> Case {
    let mut small = case.clone();
    let mut tries = TRIES;
    loop {
        let before = size(&small);
        chunks(&mut small, &mut tries);
        files(&mut small, &mut tries);
        statements(&mut small, &mut tries);
        if size(&small) == before || tries == 0 {
            return small;
        }
    }
}

fn size(case: &Case) -> usize {
    let statements: usize = case.world.programs.iter().map(Vec::len).sum();
    let world = &case.world;
    case.operations.len()
        + world.folders.len()
        + world.frozen.len()
        + world.wanted.len()
        + statements
}

fn fails(case: &Case, tries: &mut usize) -> bool {
    if *tries == 0 {
        return false;
    }
    *tries -= 1;
    run(case, &mut Counts::default()).is_err()
}

/// Takes operations away, long runs of them first.
fn chunks(case: &mut Case, tries: &mut usize) {
    if let Err(mismatch) = run(case, &mut Counts::default()) {
        case.operations.truncate(mismatch.step + 1);
    }
    let mut length = case.operations.len().next_power_of_two() / 2;
    while length > 0 {
        let mut start = 0;
        while start < case.operations.len() {
            let mut without = case.clone();
            let end = (start + length).min(case.operations.len());
            without.operations.drain(start..end);
            if fails(&without, tries) {
                *case = without;
            } else {
                start += length;
            }
        }
        length /= 2;
    }
}

/// Takes away what can be found, and what natives import.
fn files(case: &mut Case, tries: &mut usize) {
    for place in case.world.folders.clone().into_keys() {
        attempt(case, tries, |case| {
            case.world.folders.remove(&place);
        });
    }
    for name in case.world.frozen.clone().into_keys() {
        attempt(case, tries, |case| {
            case.world.frozen.remove(&name);
        });
    }
    for name in case.world.wanted.clone().into_keys() {
        attempt(case, tries, |case| {
            case.world.wanted.remove(&name);
        });
    }
}

/// Takes statements away.
fn statements(case: &mut Case, tries: &mut usize) {
    for program in 0..case.world.programs.len() {
        for statement in (0..case.world.programs[program].len()).rev() {
            attempt(case, tries, |case| {
                drop(case.world.programs[program].remove(statement));
            });
        }
    }
}

fn attempt(case: &mut Case, tries: &mut usize, change: impl FnOnce(&mut Case)) {
    let mut without = case.clone();
    change(&mut without);
    if fails(&without, tries) {
        *case = without;
    }
}
