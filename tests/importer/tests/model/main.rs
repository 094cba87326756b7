//! The importer against a reference model: random sequences of operations, and
//! after each of them outcome, events, `sys.modules`, attributes, patches and
//! the report of lazy import are compared.
//!
//! `ENROLL_IMPORTER_CASES` sets the number of cases, each with a world of its
//! own (1,000), and `ENROLL_IMPORTER_SEED` another beginning. A case in which
//! both differ is made smaller and printed.

mod change;
mod compare;
mod expected;
mod generate;
mod operation;
mod random;
mod reference;
mod shrink;
mod subject;

use compare::Counts;
use std::io::Write;
use std::time::{Duration, Instant};

/// How many operations a case has.
const OPERATIONS: usize = 60;

/// How many cases there are, unless more or fewer are asked for.
const CASES: usize = 1_000;

/// Outcomes that a whole run must have had: otherwise it shows little.
const WANTED: &[(&str, &str)] = &[
    ("Import", "done"),
    ("Import", "ModuleNotFoundError"),
    ("Import", "OSError"),
    ("Import", "RuntimeError"),
    ("FromImport", "done"),
    ("FromImport", "ImportError"),
    ("Star", "done"),
    ("Load", "done"),
    ("Load", "AttributeError"),
    ("Load", "ReferenceError"),
    ("Load", "RuntimeError"),
    ("Store", "done"),
    ("Delete", "done"),
    ("Delete", "AttributeError"),
    ("Dir", "done"),
    ("Patch", "done"),
    ("Hide", "done"),
    ("Undo", "done"),
    ("Undo", "none"),
    ("UndoAll", "done"),
    ("Unload", "done"),
    ("Unload", "RuntimeError"),
    ("Reload", "done"),
    ("Reload", "RuntimeError"),
    ("Reload", "TypeError"),
    ("Restore", "done"),
    ("Shutdown", "RuntimeError"),
    ("InstallLazy", "done"),
    ("UninstallLazy", "done"),
    ("Ensure", "done"),
    ("InitBuiltin", "done"),
    ("InitBuiltin", "ImportError"),
    ("FindSpec", "done"),
    ("Register", "done"),
];

#[test]
fn the_importer_does_what_the_model_does() {
    let number = |variable: &str, default: usize| {
        std::env::var(variable).map_or(default, |text| text.parse().expect(variable))
    };
    let cases = number("ENROLL_IMPORTER_CASES", CASES);
    let seed = number("ENROLL_IMPORTER_SEED", 1) as u64;

    let start = Instant::now();
    let mut counts = Counts::default();
    for case in 0..cases {
        let generated = generate::case(seed, case, OPERATIONS);
        if let Err(mismatch) = compare::run(&generated, &mut counts) {
            let small = shrink::shrink(&generated);
            let again = compare::run(&small, &mut Counts::default());
            let mismatch = again.err().unwrap_or(mismatch);
            panic!(
                "case {case} of seed {seed} differs after step {}: {}\n{small}",
                mismatch.step, mismatch.text
            );
        }
    }
    report(&counts, cases, start.elapsed()).expect("standard output is open");
    if cases >= CASES {
        for (kind, class) in WANTED {
            let place = ((*kind).into(), (*class).into());
            let had = counts.operations.contains_key(&place);
            assert!(had, "no {kind} ended with: {class}");
        }
    }
}

/// Prints what was compared, also where the harness hides a test's output.
fn report(counts: &Counts, cases: usize, took: Duration) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\noperations by kind and outcome:")?;
    let mut kinds: Vec<(&str, Vec<String>)> = Vec::new();
    for ((kind, class), count) in &counts.operations {
        let outcome = format!("{count} {class}");
        match kinds.last_mut() {
            Some((last, outcomes)) if last == kind => outcomes.push(outcome),
            _ => kinds.push((kind, vec![outcome])),
        }
    }
    for (kind, outcomes) in kinds {
        writeln!(out, "{kind:>14}: {}", outcomes.join(", "))?;
    }
    let events = counts.events.iter();
    let events: Vec<String> = events
        .map(|(kind, count)| format!("{count} {kind}"))
        .collect();
    writeln!(out, "        events: {}", events.join(", "))?;
    writeln!(
        out,
        "{} operations in {cases} worlds; {:.1} s",
        counts.operations.values().sum::<usize>(),
        took.as_secs_f64()
    )
}
