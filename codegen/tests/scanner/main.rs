//! The scanner against the compiler: random crates are compiled, and the
//! symbols in the object file are compared with what the scanner found.
//!
//! `ENROLL_SCANNER_CASES` sets the number of cases (1,000), and
//! `ENROLL_SCANNER_SEED` another beginning; `ENROLL_SCANNER_KEEP` keeps every
//! case's folder, otherwise only those of the differing cases are kept.

mod bodies;
mod case;
mod compare;
mod compile;
mod generate;
mod items;
mod macros;
mod modules;
mod place;
mod quiet;
mod random;
mod texts;

use compare::Compared;
use compile::Compiler;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

#[test]
fn c17_the_scanner_finds_what_the_compiler_compiles() {
    let number = |variable: &str, default: usize| {
        std::env::var(variable).map_or(default, |text| text.parse().expect(variable))
    };
    let cases = number("ENROLL_SCANNER_CASES", 1000);
    let seed = number("ENROLL_SCANNER_SEED", 1) as u64;
    let keep = std::env::var_os("ENROLL_SCANNER_KEEP").is_some();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("scanner");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let compiler = Compiler::new(&folder);

    let start = Instant::now();
    let next = AtomicUsize::new(0);
    let total = Mutex::new(Total::default());
    let threads = std::thread::available_parallelism().map_or(1, Into::into);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= cases || total.lock().unwrap().wrong.len() >= 5 {
                        return;
                    }
                    let case = generate::generate(seed, index, compiler.has_cfg_select);
                    let own = folder.join(index.to_string());
                    case.write(&own).unwrap();
                    let compared = compare::compare(&case, &own, &compiler);
                    if compared.is_ok() && !keep {
                        std::fs::remove_dir_all(&own).unwrap();
                    }
                    total.lock().unwrap().add(index, &case, compared);
                }
            });
        }
    });
    let total = total.into_inner().unwrap();
    report(&total, start.elapsed()).unwrap();
    for (index, wrong) in &total.wrong {
        println!(
            "\ncase {index}, in {}:\n{wrong}",
            folder.join(index.to_string()).display()
        );
    }
    assert!(
        total.wrong.is_empty(),
        "the scanner and the compiler differ"
    );
    assert_eq!(total.cases, cases);
    if cases >= 1000 {
        for construct in case::CONSTRUCTS {
            assert!(
                total.counts.contains_key(construct),
                "no case had: {construct}"
            );
        }
    }
}

/// Prints what was compared, also where the harness hides a test's output.
fn report(total: &Total, took: Duration) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\nconstructs in the random crates:")?;
    for (construct, count) in &total.counts {
        writeln!(out, "{count:8} {construct}")?;
    }
    let Compared {
        agreed,
        undecided,
        under_macros,
    } = total.compared;
    writeln!(
        out,
        "{} crates, {} files: {agreed} symbols agreed, {undecided} undecided until told, \
         {under_macros} under macros, {} crates differ; {:.1} s",
        total.cases,
        total.files,
        total.wrong.len(),
        took.as_secs_f64(),
    )
}

#[derive(Default)]
struct Total {
    cases: usize,
    files: usize,
    counts: BTreeMap<&'static str, usize>,
    compared: Compared,
    wrong: BTreeMap<usize, String>,
}

impl Total {
    fn add(&mut self, index: usize, case: &case::Case, compared: Result<Compared, String>) {
        self.cases += 1;
        self.files += case.files.len();
        for (construct, count) in &case.counts {
            *self.counts.entry(construct).or_default() += count;
        }
        match compared {
            Ok(compared) => {
                self.compared.agreed += compared.agreed;
                self.compared.undecided += compared.undecided;
                self.compared.under_macros += compared.under_macros;
            }
            Err(wrong) => {
                self.wrong.insert(index, wrong);
            }
        }
    }
}
