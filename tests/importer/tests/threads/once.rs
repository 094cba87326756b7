//! Everything is loaded once, whoever comes first, and nobody gets it before it
//! is whole.

use crate::random::Random;
use crate::watchdog::Watchdog;
use crate::{THREADS, interpreter, is_done, number};
use enroll::import::Importer;
use importer::{Action, Error, File, Shared, Statement, World};
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Instant;

/// What every thread imports, each in an order of its own.
const NAMES: &[&str] = &[
    "ring_a",
    "ring_b",
    "ring_c",
    "pack",
    "pack.x",
    "pack.y",
    "pack.sub.z",
    "flaky",
    "shaky",
    "machine",
    "os.path",
    "os.net",
    "time",
    "plain",
];

/// How often `flaky` fails before it loads.
const FAILURES: u32 = 2;

/// Modules out of files with what they import. Three import each other in a
/// ring, and so do two of a package with their package.
const MODULES: &[(&str, &str, &[&str])] = &[
    ("/lib", "ring_a", &["ring_b"]),
    ("/lib", "ring_b", &["ring_c"]),
    ("/lib", "ring_c", &["ring_a"]),
    ("/lib", "pack", &["pack.x"]),
    ("/lib/pack", "x", &["pack.y"]),
    ("/lib/pack", "y", &["pack", "pack.x"]),
    ("/lib/pack", "sub", &["ring_b"]),
    ("/lib/pack/sub", "z", &["pack.sub", "plain", "machine"]),
    ("/lib", "flaky", &[]),
    ("/lib", "shaky", &["flaky"]),
    ("/lib", "plain", &[]),
];

fn world(round: usize) -> World {
    let pause = match round % 4 {
        0 => 20,
        _ => 0,
    };
    let mut world = World {
        failing: BTreeMap::from([((Action::Init, "machine".into()), 1)]),
        wanted: BTreeMap::from([("os.path".into(), "ring_a".into())]),
        pause: pause.max(1),
        ..World::default()
    };
    for (number, (folder, tail, others)) in MODULES.iter().enumerate() {
        let mut program = vec![Statement::Pause(pause)];
        if *tail == "flaky" {
            program.push(Statement::FailFirst(FAILURES));
        }
        for (at, other) in others.iter().enumerate() {
            program.push(Statement::Import {
                module: (*other).into(),
                name: format!("other{at}"),
            });
            program.push(Statement::Pause(pause));
        }
        program.push(Statement::Bind("done".into(), 1));
        world.programs.push(program);
        let is_package = MODULES
            .iter()
            .any(|(of, ..)| *of == format!("{folder}/{tail}"));
        let file = if is_package {
            File::Package(number)
        } else {
            File::Module(number)
        };
        world
            .folders
            .insert(((*folder).into(), (*tail).into()), file);
    }
    world
}

/// What one thread met: how often each name failed.
type Failures = BTreeMap<&'static str, usize>;

/// Imports everything until it is there.
fn import_all(shared: &Arc<Shared<'static>>, random: &mut Random) -> Result<Failures, String> {
    let mut vm = shared.vm();
    let mut failures = Failures::new();
    let mut names = NAMES.to_vec();
    while !names.is_empty() {
        let name = names.swap_remove(random.below(names.len()));
        loop {
            let imported = Importer::new(&mut vm.cx()).import(name);
            // A lazy module fails when it is used.
            let done = imported.and_then(|module| is_done(&mut vm, name, &module));
            match done {
                Ok(true) => break,
                Ok(false) => return Err(format!("{name} was half-made")),
                Err(Error(text)) if text.contains(" fails") => {
                    *failures.entry(name).or_default() += 1;
                }
                Err(Error(text)) => return Err(format!("{name}: {text}")),
            }
        }
    }
    Ok(failures)
}

/// How often each code ran in a whole round, by the events of the interpreter.
fn check(shared: &Shared<'static>, failures: &Failures) -> Result<(), String> {
    let log = std::mem::take(&mut shared.state().log);
    let count = |event: &str| log.iter().filter(|line| line.starts_with(event)).count();
    let expect = |event: String, wanted: usize| match count(&event) {
        found if found == wanted => Ok(()),
        found => Err(format!("{found} times `{event}`, wanted {wanted}: {log:?}")),
    };
    let failed = |name: &str| failures.get(name).copied().unwrap_or_default();
    // Each failure of flaky was met by one import: of flaky itself, or of shaky.
    let total = failed("flaky") + failed("shaky");
    if total != FAILURES as usize {
        return Err(format!("flaky failed {total} times: {failures:?}"));
    }
    for (number, (folder, tail, _)) in MODULES.iter().enumerate() {
        let below = folder.trim_start_matches("/lib").trim_start_matches('/');
        let name = match below {
            "" => (*tail).to_owned(),
            package => format!("{}.{tail}", package.replace('/', ".")),
        };
        let wanted = match *tail {
            "flaky" => 1 + FAILURES as usize,
            "shaky" => 1 + failed("shaky"),
            // Its import of machine may have failed once.
            "z" => 1 + failed("pack.sub.z"),
            _ => 1,
        };
        expect(format!("exec {name} #{number}"), wanted)?;
    }
    for name in ["machine-extra", "os.path", "os.net", "time"] {
        expect(format!("Init {name}"), 1)?;
    }
    // The first one fails.
    let machine = log.iter().filter(|line| *line == "Init machine").count();
    if machine != 2 || failed("machine") + failed("pack.sub.z") != 1 {
        return Err(format!("machine was initialised {machine} times"));
    }
    Ok(())
}

/// A round: all threads at once in a new interpreter.
fn round(round: usize) -> Result<Failures, String> {
    let shared = interpreter(world(round));
    if round % 2 == 1 {
        let mut vm = shared.vm();
        Importer::new(&mut vm.cx()).install_lazy(Vec::new());
    }
    let start = Barrier::new(THREADS);
    let results: Vec<Result<Failures, String>> = thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|thread| {
                let (shared, start) = (&shared, &start);
                let mut random = Random::new((round * THREADS + thread) as u64);
                scope.spawn(move || {
                    start.wait();
                    import_all(shared, &mut random)
                })
            })
            .collect();
        let joined = threads.into_iter().map(|thread| thread.join());
        joined
            .map(|joined| joined.unwrap_or_else(|_| Err("a thread panicked".into())))
            .collect()
    });
    let mut failures = Failures::new();
    for result in results {
        for (name, times) in result? {
            *failures.entry(name).or_default() += times;
        }
    }
    check(&shared, &failures)?;
    Ok(failures)
}

#[test]
fn eight_threads_load_everything_once() {
    let rounds = number("ENROLL_IMPORTER_ROUNDS", 1_000);
    let watchdog = Watchdog::new("eight_threads_load_everything_once");
    let begin = Instant::now();
    let mut failures = Failures::new();
    for number in 0..rounds {
        watchdog.round(number);
        match round(number) {
            Ok(met) => met.into_iter().for_each(|(name, times)| {
                *failures.entry(name).or_default() += times;
            }),
            Err(wrong) => panic!("round {number}: {wrong}"),
        }
    }
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "\n{rounds} rounds of {THREADS} threads, {} imports; failures met: {failures:?}; {:.1} s",
        rounds * THREADS * NAMES.len(),
        begin.elapsed().as_secs_f64()
    )
    .expect("standard output is open");
}
