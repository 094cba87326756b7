//! What fails is given to no thread, whenever it asks.

use crate::watchdog::Watchdog;
use crate::{THREADS, interpreter, number};
use enroll::import::Importer;
use importer::{Action, Error, File, Statement, Value, World};
use std::collections::BTreeMap;
use std::thread;

/// How many imports of a thread a round is: the moment when it could go wrong is
/// short.
const ROUNDS: usize = 20;

/// Imports it from all threads, over and over.
fn import_from_all(world: World, name: &str, rounds: usize) -> Vec<Result<Value, Error>> {
    let shared = interpreter(world);
    thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|_| {
                scope.spawn(|| {
                    let mut vm = shared.vm();
                    let mut cx = vm.cx();
                    let imports = (0..rounds).map(|_| Importer::new(&mut cx).import(name));
                    imports.filter(Result::is_ok).collect::<Vec<_>>()
                })
            })
            .collect();
        let joined = threads.into_iter().map(|thread| thread.join());
        joined.flat_map(|given| given.expect("no panic")).collect()
    })
}

#[test]
fn no_thread_gets_a_module_whose_code_fails() {
    let _watchdog = Watchdog::new("no_thread_gets_a_module_whose_code_fails");
    let world = World {
        folders: BTreeMap::from([(("/lib".into(), "bad".into()), File::Module(0))]),
        programs: vec![vec![Statement::Bind("x".into(), 1), Statement::Fail]],
        ..World::default()
    };
    let rounds = ROUNDS * number("ENROLL_IMPORTER_ROUNDS", 1_000);
    assert_eq!(import_from_all(world, "bad", rounds), []);
}

#[test]
fn no_thread_gets_a_native_module_whose_init_fails() {
    let _watchdog = Watchdog::new("no_thread_gets_a_native_module_whose_init_fails");
    let world = World {
        failing: BTreeMap::from([((Action::Init, "machine".into()), u32::MAX)]),
        ..World::default()
    };
    let rounds = ROUNDS * number("ENROLL_IMPORTER_ROUNDS", 1_000);
    assert_eq!(import_from_all(world, "machine", rounds), []);
}
