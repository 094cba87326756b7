//! An interpreter that runs no code of scripts and has threads: what is asked of
//! it, and of the import lock.

use enroll::import::{
    Code, Finder, Handle, ImportError, ImportHost, ImportLock, Importer, Imports, Kind, Memory,
    MemoryModule, Spec, ThreadLock,
};
use enroll::testing::Kit;
use enroll::{Adapter, Broken, Cx, Host, ModuleId};
use std::rc::Rc;
use std::sync::{Arc, mpsc};

enum Codeless {}

#[derive(Clone, Debug, PartialEq)]
struct Error(ImportError);

impl From<Broken> for Error {
    fn from(broken: Broken) -> Error {
        Error(ImportError::Value(broken.to_string()))
    }
}

type Value = Option<Handle>;

impl Host for Codeless {
    type Rom = i64;
    type Value<'vm> = Value;
    type Context<'vm> = Imports<'vm, Codeless>;
    type Error = Error;

    fn live(_: &mut Cx<'_, '_, Self>, _: &'static i64) -> Result<Value, Error> {
        Ok(None)
    }
    fn text(_: &mut Cx<'_, '_, Self>, _: &'static str) -> Result<Value, Error> {
        Ok(None)
    }
    fn module(cx: &mut Cx<'_, '_, Self>, id: ModuleId) -> Result<Value, Error> {
        Importer::new(cx).module_object(id)
    }
}

impl ImportHost for Codeless {
    type Finder = Rc<dyn Finder<Self>>;
    type Patches<'vm> = ();
    type Lock = Arc<ThreadLock>;

    fn imports<'vm, R>(
        cx: &mut Cx<'_, 'vm, Self>,
        read: impl FnOnce(&mut Imports<'vm, Self>) -> R,
    ) -> R {
        read(cx.host())
    }
    fn error(_: &mut Cx<'_, '_, Self>, error: ImportError) -> Error {
        Error(error)
    }
    fn object(_: &mut Cx<'_, '_, Self>, module: Handle) -> Result<Value, Error> {
        Ok(Some(module))
    }
    fn handle(_: &mut Cx<'_, '_, Self>, value: &Value) -> Option<Handle> {
        *value
    }
    fn string(_: &mut Cx<'_, '_, Self>, _: &str) -> Result<Value, Error> {
        Ok(None)
    }
    fn to_text(_: &mut Cx<'_, '_, Self>, _: &Value) -> Option<String> {
        None
    }
    fn strings(_: &mut Cx<'_, '_, Self>, _: &[String]) -> Result<Value, Error> {
        Ok(None)
    }
    fn to_strings(_: &mut Cx<'_, '_, Self>, _: &Value) -> Result<Vec<String>, Error> {
        Ok(Vec::new())
    }
    fn none(_: &mut Cx<'_, '_, Self>) -> Value {
        None
    }
    fn is_none(value: &Value) -> bool {
        value.is_none()
    }
    fn refuses(kind: Kind) -> Option<&'static str> {
        (kind == Kind::Source).then_some("there is no compiler")
    }
}

static ADAPTERS: &[Adapter<Codeless>] = &[Adapter::of::<Codeless>()];

fn imports() -> Imports<'static, Codeless> {
    Imports::new(Kit::new().build(ADAPTERS).unwrap())
}

#[test]
fn code_that_the_host_cannot_run_is_found_and_refused() {
    let memory = Memory::new("memory");
    memory.insert(
        "m",
        MemoryModule::new("compiled".as_bytes(), Kind::Compiled),
    );
    memory.insert("text", MemoryModule::source("source"));
    let mut imports = imports();
    imports.finders.push(Rc::new(memory));
    let cx: &mut Cx<'_, '_, Codeless> = &mut Cx::new(&mut imports);
    let mut importer = Importer::new(cx);
    let refused = |name: &str, origin: &str, why| {
        Error(ImportError::NoCompiler {
            name: name.into(),
            origin: origin.into(),
            why,
        })
    };

    // It says so itself only when it is to run it.
    let why = refused("m", "memory/m", "this interpreter runs no such code");
    assert_eq!(importer.import("m"), Err(why.clone()));
    assert_eq!(
        why.0.to_string(),
        "'m' was found at memory/m and cannot be run: this interpreter runs no such code"
    );
    assert_eq!(importer.loaded(), [""; 0]);
    // What it refuses is not found.
    let not_found = importer.import("text").unwrap_err();
    assert_eq!(
        not_found.0.to_string(),
        "No module named 'text' (source code was not searched: there is no compiler)"
    );
    // And by hand it is found by nobody.
    let spec = Spec::new("x", Kind::Source);
    let by_hand = importer.load_code("x", spec, Code::new("source".as_bytes()));
    assert_eq!(by_hand, Err(refused("x", "", "there is no compiler")));
    let linked = importer.load_dynamic("motor", "/lib/motor.so");
    let why = "this interpreter runs no such code";
    assert_eq!(linked, Err(refused("motor", "/lib/motor.so", why)));
    assert_eq!(importer.loaded(), [""; 0]);
}

#[test]
fn scripts_hold_the_import_lock_as_often_as_they_acquire_it() {
    let mut imports = imports();
    let cx: &mut Cx<'_, '_, Codeless> = &mut Cx::new(&mut imports);
    let lock = Codeless::lock(cx);
    let mut importer = Importer::new(cx);
    assert!(!importer.lock_held());
    assert_eq!(importer.release_lock(), Err(Error(ImportError::NotLocked)));
    importer.acquire_lock();
    importer.acquire_lock();
    assert!(importer.lock_held() && lock.is_mine());
    // An import gives back no more than it took.
    assert!(importer.import("nothing").is_err());
    assert_eq!(importer.release_lock(), Ok(()));
    assert!(importer.lock_held());
    assert_eq!(importer.release_lock(), Ok(()));
    assert!(!importer.lock_held());
    assert_eq!(importer.release_lock(), Err(Error(ImportError::NotLocked)));
}

#[test]
fn another_thread_waits_for_the_import_lock_and_cannot_release_it() {
    let mut imports = imports();
    let cx: &mut Cx<'_, '_, Codeless> = &mut Cx::new(&mut imports);
    let lock = Codeless::lock(cx);
    let mut importer = Importer::new(cx);
    importer.acquire_lock();
    let (began, begun) = mpsc::channel();
    let (got, gotten) = mpsc::channel();
    let (done, wait) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            began
                .send((lock.is_held(), lock.is_mine(), lock.release()))
                .unwrap();
            lock.acquire();
            got.send(()).unwrap();
            wait.recv().unwrap();
            assert!(lock.release());
        });
        assert_eq!(begun.recv(), Ok((true, false, false)));
        let wait = std::time::Duration::from_millis(20);
        assert!(gotten.recv_timeout(wait).is_err(), "it did not wait");
        assert_eq!(importer.release_lock(), Ok(()));
        gotten.recv().unwrap();
        assert!(importer.lock_held());
        assert_eq!(importer.release_lock(), Err(Error(ImportError::NotLocked)));
        done.send(()).unwrap();
    });
    assert!(!importer.lock_held());
}
