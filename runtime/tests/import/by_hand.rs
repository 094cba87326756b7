//! Loading a file or a piece of code under a name (CPython 3.2's `imp`).

use crate::folder::Folder;
use crate::host::{Full, Value, Vm, full};
use enroll::import::{Code, Finder, ImportError, Importer, Kind, NullFinder, Spec, Suffix};
use std::rc::Rc;

const MAGIC: [u8; 4] = *b"vm10";

fn with_magic() -> Vm<'static, true> {
    let mut vm = full(Vec::new());
    vm.imports.options.magic = MAGIC;
    vm
}

/// What a loader gives, as module or as error.
fn load(
    vm: &mut Vm<'static, true>,
    load: impl FnOnce(&mut Importer<'_, '_, 'static, Full>) -> Result<Value, crate::host::Error>,
) -> Result<enroll::import::Handle, String> {
    match vm.with(load) {
        Ok(Value::Module(module)) => Ok(module),
        Ok(other) => panic!("{other:?} is no module"),
        Err(error) => Err(error.0),
    }
}

#[test]
fn a_source_file_is_loaded_under_any_name_and_again_in_the_same_module() {
    let folder = Folder::new();
    folder.write("settings.txt", "speed = 1\nold = 1");
    let path = folder.path("settings.txt");
    let mut vm = full(Vec::new());
    let module = load(&mut vm, |importer| importer.load_source("m", &path)).unwrap();
    assert_eq!(vm.ran, ["m"]);
    assert_eq!(vm.look("m", "__name__"), "m");
    assert_eq!(vm.look("m", "__file__"), path);
    let spec = vm
        .with(|importer| importer.find_spec("m"))
        .unwrap()
        .unwrap();
    assert_eq!((spec.kind, spec.suffix.as_str()), (Kind::Source, ".txt"));
    assert!(!spec.is_package());

    folder.write("settings.txt", "speed = 2");
    let again = load(&mut vm, |importer| importer.load_source("m", &path));
    assert_eq!(again, Ok(module));
    assert_eq!(vm.look("m", "speed"), "2");
    assert_eq!(vm.look("m", "old"), "1", "names that are not bound stay");
    assert_eq!(vm.ran, ["m", "m"]);

    let other = load(&mut vm, |importer| importer.load_source("other", &path));
    assert!(other.is_ok_and(|other| other != module));
}

#[test]
fn a_source_file_that_fails_leaves_the_table_of_modules_as_it_was() {
    let folder = Folder::new();
    folder
        .write("m.py", "speed = 1")
        .write("bad.py", "speed = 2\nfail");
    let mut vm = full(Vec::new());
    let bad = folder.path("bad.py");
    let failed = load(&mut vm, |importer| importer.load_source("m", &bad));
    assert_eq!(failed, Err("RuntimeError: failed".into()));
    assert_eq!(vm.with(|importer| importer.loaded()), [""; 0]);

    let good = folder.path("m.py");
    let module = load(&mut vm, |importer| importer.load_source("m", &good));
    let failed = load(&mut vm, |importer| importer.load_source("m", &bad));
    assert_eq!(failed, Err("RuntimeError: failed".into()));
    assert_eq!(vm.import("m"), module, "what was loaded stays");

    let gone = folder.path("gone.py");
    let missing = load(&mut vm, |importer| importer.load_source("x", &gone));
    let why = missing.unwrap_err();
    assert!(
        why.starts_with(&format!("OSError: cannot read {gone}: ")),
        "{why}"
    );
    assert_eq!(vm.with(|importer| importer.loaded()), ["m"]);
}

#[test]
fn a_compiled_file_begins_with_the_bytes_of_the_interpreter() {
    let folder = Folder::new();
    let mut vm = with_magic();
    assert_eq!(vm.with(|importer| importer.get_magic()), MAGIC);
    // This interpreter runs the whole file.
    folder.write("m.pyc", "vm10 = 1\nspeed = 3");
    let path = folder.path("m.pyc");
    let module = load(&mut vm, |importer| importer.load_compiled("m", &path));
    assert!(module.is_ok());
    assert_eq!(vm.look("m", "speed"), "3");
    let spec = vm
        .with(|importer| importer.find_spec("m"))
        .unwrap()
        .unwrap();
    assert_eq!((spec.kind, spec.suffix.as_str()), (Kind::Compiled, ".pyc"));

    for (bytes, shown) in [("vm11 = 1", "766d3131"), ("vm", "766d"), ("", "")] {
        folder.write("other.pyc", bytes);
        let path = folder.path("other.pyc");
        let other = load(&mut vm, |importer| importer.load_compiled("other", &path));
        let why = format!("ImportError: bad magic number in 'other': {shown}");
        assert_eq!(other, Err(why), "{bytes}");
    }
    assert_eq!(vm.ran, ["m"], "no other file's code ran");
    assert_eq!(vm.with(|importer| importer.loaded()), ["m"]);
}

#[test]
fn a_file_that_is_linked_is_told_the_host_by_its_path() {
    let mut vm = full(Vec::new());
    // Nothing is read: the host does what its system wants.
    let module = load(&mut vm, |importer| {
        importer.load_dynamic("motor", "/lib/motor.so")
    });
    assert!(module.is_ok());
    assert_eq!(vm.ran, ["motor"]);
    let spec = vm.with(|importer| importer.find_spec("motor"));
    let spec = spec.unwrap().unwrap();
    assert_eq!((spec.kind, spec.suffix.as_str()), (Kind::Extension, ".so"));
    assert_eq!(spec.origin.as_deref(), Some("/lib/motor.so"));
}

#[test]
fn code_is_loaded_under_a_name_whatever_its_spec_says() {
    let mut vm = full(Vec::new());
    let mut spec = Spec::new("anything", Kind::Source);
    spec.origin = Some("a network".into());
    spec.search = Some(vec!["/net".into()]);
    let code = Code::new("speed = 4".as_bytes());
    let module = load(&mut vm, |importer| importer.load_code("m", spec, code));
    assert_eq!(vm.import("m"), module);
    assert_eq!(vm.look("m", "__name__"), "m");
    assert_eq!(vm.look("m", "__path__"), "/net");
    assert_eq!(vm.look("m", "__file__"), "-", "its origin is no file");
    assert_eq!(vm.look("m", "speed"), "4");

    let nothing = load(&mut vm, |importer| {
        let code = Code::new("do vanish".as_bytes());
        importer
            .cx()
            .host()
            .action("vanish", |vm| vm.forget("gone"));
        importer.load_code("gone", Spec::new("", Kind::Source), code)
    });
    let why = "ImportError: loaded module 'gone' not found in sys.modules";
    assert_eq!(nothing, Err(why.into()));
}

#[test]
fn suffixes_are_told_in_the_order_they_are_searched() {
    let mut vm = full(Vec::new());
    let suffixes = vm.with(|importer| importer.get_suffixes());
    assert_eq!(
        suffixes,
        [
            Suffix::new(".pyc", Kind::Compiled),
            Suffix::new(".py", Kind::Source)
        ]
    );
    let modes: Vec<&str> = suffixes.iter().map(Suffix::mode).collect();
    assert_eq!(modes, ["rb", "r"]);
}

#[test]
fn the_null_finder_has_nothing() {
    let mut vm = full(vec![Rc::new(NullFinder)]);
    assert_eq!(
        vm.import("m"),
        Err("ModuleNotFoundError: No module named 'm'".into())
    );
    let spec = Spec::new("m", Kind::Source);
    let code = vm.with(|importer| Finder::<Full>::code(&NullFinder, importer.cx(), &spec));
    let why = ImportError::NoSpec { name: "m".into() };
    assert_eq!(code.unwrap_err().0, format!("{}: {why}", why.class()));
}
