//! The import lock, as scripts see it (`imp.acquire_lock`).

use crate::interpreter;
use crate::watchdog::Watchdog;
use enroll::import::Importer;
use importer::{Error, File, Shared, Statement, Vm, World};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

fn with_two_modules() -> Arc<Shared<'static>> {
    interpreter(World {
        folders: BTreeMap::from([
            (("/lib".into(), "old".into()), File::Module(0)),
            (("/lib".into(), "new".into()), File::Module(0)),
        ]),
        programs: vec![vec![Statement::Bind("done".into(), 1)]],
        ..World::default()
    })
}

fn import(vm: &mut Vm<'static>, name: &str) {
    let imported = Importer::new(&mut vm.cx()).import(name);
    assert!(imported.is_ok(), "{name}: {imported:?}");
}

#[test]
fn who_holds_the_lock_keeps_others_from_loading_but_not_from_what_is_loaded() {
    let _watchdog = Watchdog::new("who_holds_the_lock");
    let shared = with_two_modules();
    let mut vm = shared.vm();
    import(&mut vm, "old");
    let mut cx = vm.cx();
    let mut importer = Importer::new(&mut cx);
    importer.acquire_lock();
    importer.acquire_lock();
    assert!(importer.lock_held());

    let (say, said) = channel();
    let other = thread::spawn({
        let shared = Arc::clone(&shared);
        move || {
            let mut vm = shared.vm();
            import(&mut vm, "old");
            say.send("old").expect("somebody listens");
            import(&mut vm, "new");
            say.send("new").expect("somebody listens");
        }
    });
    assert_eq!(said.recv(), Ok("old"));
    // Held twice, so one release changes nothing.
    importer.release_lock().expect("it is held");
    assert!(importer.lock_held());
    let waiting = said.recv_timeout(Duration::from_millis(50));
    assert_eq!(waiting, Err(RecvTimeoutError::Timeout));
    importer.release_lock().expect("it is held");
    assert_eq!(said.recv(), Ok("new"));
    other.join().expect("it does not panic");
    assert!(!importer.lock_held());
}

#[test]
fn only_who_holds_the_lock_can_release_it() {
    let shared = with_two_modules();
    let mut vm = shared.vm();
    let mut cx = vm.cx();
    let mut importer = Importer::new(&mut cx);
    let not_held = Err(Error("RuntimeError: not holding the import lock".into()));
    assert_eq!(importer.release_lock(), not_held);
    importer.acquire_lock();
    let from_another = thread::scope(|scope| {
        let other = scope.spawn(|| {
            let mut vm = shared.vm();
            let mut cx = vm.cx();
            let mut importer = Importer::new(&mut cx);
            (importer.lock_held(), importer.release_lock())
        });
        other.join().expect("it does not panic")
    });
    assert_eq!(from_another, (true, not_held));
    assert_eq!(importer.release_lock(), Ok(()));
}

#[test]
fn a_failed_import_gives_the_lock_back() {
    let shared = with_two_modules();
    let mut vm = shared.vm();
    let mut cx = vm.cx();
    let mut importer = Importer::new(&mut cx);
    assert!(importer.import("missing").is_err());
    assert!(!importer.lock_held());
}
