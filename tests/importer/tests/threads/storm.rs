//! Threads that import, use, reload and unload the same modules at random: what
//! each gets depends on the others, but all come to their end, and what is
//! loaded after that is whole.

use crate::random::Random;
use crate::watchdog::Watchdog;
use crate::{THREADS, interpreter, is_done, number};
use enroll::import::{ImportHost, Importer};
use importer::{Action, File, Scripted, Shared, Statement, Value, World};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread;

const NAMES: &[&str] = &[
    "a", "b", "pack", "pack.x", "pack.y", "machine", "os", "os.path", "json", "time",
];

/// How much each thread does in a round.
const STEPS: usize = 40;

fn world() -> World {
    let program = |others: &[&str]| {
        let mut program = vec![Statement::Pause(0)];
        program.extend(others.iter().map(|other| Statement::Import {
            module: (*other).into(),
            name: "other".into(),
        }));
        program.push(Statement::Pause(0));
        program.push(Statement::Bind("done".into(), 1));
        program
    };
    let file = |folder: &str, tail: &str, file| ((folder.into(), tail.into()), file);
    World {
        folders: BTreeMap::from([
            file("/lib", "a", File::Module(0)),
            file("/lib", "b", File::Module(1)),
            file("/lib", "pack", File::Package(2)),
            file("/lib/pack", "x", File::Module(3)),
            file("/lib/pack", "y", File::Module(4)),
        ]),
        programs: vec![
            program(&["b"]),
            program(&["a", "machine"]),
            program(&[]),
            program(&["pack.y"]),
            program(&["pack.x", "b"]),
        ],
        failing: BTreeMap::from([
            ((Action::Init, "machine".into()), 3),
            ((Action::Deinit, "json".into()), 3),
        ]),
        wanted: BTreeMap::from([("os.path".into(), "a".into())]),
        ..World::default()
    }
}

/// What one thread does. Errors are the others' doing.
fn run(shared: &Arc<Shared<'static>>, mut random: Random) {
    let mut vm = shared.vm();
    let mut cx = vm.cx();
    let done = Scripted::imports(&mut cx, |imports| imports.names.intern("done"));
    let done = done.expect("there are few names");
    let mut last = Value::None;
    for _ in 0..STEPS {
        let name = random.pick(NAMES);
        let mut importer = Importer::new(&mut cx);
        match (random.below(12), &last) {
            (0..5, _) => last = importer.import(name).unwrap_or(Value::None),
            (5 | 6, Value::Module(module)) => drop(importer.load(*module, done)),
            (7, Value::Module(module)) => drop(importer.dir(*module)),
            (8, Value::Module(module)) => drop(importer.store(*module, done, Value::Int(1))),
            (9, value) => drop(importer.reload(&value.clone())),
            (10, _) => drop(importer.unload(name)),
            (11, _) if random.percent(50) => importer.install_lazy(Vec::new()),
            _ => importer.uninstall_lazy(),
        }
    }
}

#[test]
fn threads_that_load_and_unload_come_to_an_end() {
    let rounds = number("ENROLL_IMPORTER_ROUNDS", 1_000) / 5;
    let watchdog = Watchdog::new("threads_that_load_and_unload_come_to_an_end");
    for round in 0..rounds {
        watchdog.round(round);
        let shared = interpreter(world());
        thread::scope(|scope| {
            for thread in 0..THREADS {
                let shared = &shared;
                scope.spawn(move || run(shared, Random::new((round * THREADS + thread) as u64)));
            }
        });
        let mut vm = shared.vm();
        Importer::new(&mut vm.cx()).uninstall_lazy();
        for name in ["a", "b", "pack", "pack.x", "pack.y"] {
            let module = Importer::new(&mut vm.cx()).import(name);
            let whole = module.and_then(|module| is_done(&mut vm, name, &module));
            assert_eq!(whole, Ok(true), "round {round}: {name}");
        }
        let mut cx = vm.cx();
        let mut importer = Importer::new(&mut cx);
        assert!(!importer.lock_held(), "round {round}");
        let _ = importer.shutdown();
    }
}
