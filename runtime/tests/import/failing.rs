//! Code that fails, or panics, leaves nothing behind.

use crate::host::{Full, Value, Vm, full};
use enroll::import::{Code, Importer, Kind, Memory, MemoryModule, Spec};
use enroll::testing::Kit;
use enroll::{Adapter, Cx};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

/// Whose only module `m` panics when it runs first.
fn panicking_once() -> Vm<'static, true> {
    let memory = Memory::new("memory");
    memory.insert("m", MemoryModule::source("x = 1\ndo panic\ny = 2"));
    let mut vm = full(vec![Rc::new(memory)]);
    let has_run = Cell::new(false);
    vm.action("panic", move |_| {
        assert!(has_run.replace(true), "as it is to")
    });
    vm
}

/// Whether it panics.
fn panics(vm: &mut Vm<'static, true>, run: impl FnOnce(&mut Vm<'static, true>)) -> bool {
    catch_unwind(AssertUnwindSafe(|| run(vm))).is_err()
}

#[test]
fn a_module_that_panics_is_imported_anew() {
    let mut vm = panicking_once();
    assert!(panics(&mut vm, |vm| drop(vm.import("m"))));
    assert!(vm.with(|importer| importer.loaded()).is_empty());
    assert_eq!(vm.look("m", "y"), "2");
}

#[test]
fn a_lazy_module_that_panics_waits_again() {
    let mut vm = panicking_once();
    vm.with(|importer| importer.install_lazy(Vec::new()));
    let module = vm.import("m").unwrap();
    assert!(panics(&mut vm, |vm| drop(vm.look("m", "x"))));
    assert!(vm.imports.is_lazy(module));
    assert_eq!(vm.look("m", "y"), "2");
    assert!(!vm.imports.is_lazy(module));
    assert_eq!(vm.import("m"), Ok(module));
}

#[test]
fn a_lazy_module_that_runs_out_of_memory_waits_again() {
    let memory = Memory::new("memory");
    memory.insert("m", MemoryModule::source("x = 1\ndo fill\nfail"));
    let mut vm = full(vec![Rc::new(memory)]);
    vm.action("fill", |vm| vm.is_full = true);
    vm.with(|importer| importer.install_lazy(Vec::new()));
    let module = vm.import("m").unwrap();
    for run in 1..3 {
        let late = vm.with(|importer| importer.ensure_loaded(module));
        assert_eq!(late.unwrap_err().0, "RuntimeError: failed");
        assert!(vm.imports.is_lazy(module), "run {run}");
        vm.is_full = false;
    }
    assert_eq!(vm.ran, ["m", "m"]);
}

enroll::register_module! {
    static SELFISH: Module<Full> = "selfish" { "X" => 1 }
    init: unload_myself,
    deinit: nothing,
}

enroll::register_module! {
    static FRAIL: Module<Full> = "frail" { "X" => 1 }
    init: panic_once,
}

fn unload_myself(cx: &mut Cx<'_, '_, Full>) -> Result<(), crate::host::Error> {
    cx.host().ran.push("init".into());
    let unloaded = Importer::new(cx).unload("selfish");
    // It has no name where it is asked for without one.
    unloaded.map(drop).or(Ok(()))
}

fn nothing(_: &mut Cx<'_, '_, Full>) -> Result<(), crate::host::Error> {
    Ok(())
}

fn panic_once(cx: &mut Cx<'_, '_, Full>) -> Result<(), crate::host::Error> {
    cx.host().ran.push("init".into());
    assert!(cx.host().ran.len() > 1, "as it is to");
    Ok(())
}

static ADAPTERS: &[Adapter<Full>] = &[Adapter::of::<Full>()];

#[test]
fn a_native_module_that_unloads_itself_has_vanished() {
    let kit = Kit::new().declared::<SELFISH>();
    let mut vm = Vm::of(kit.build(ADAPTERS).unwrap());
    for runs in 1..3 {
        assert_eq!(
            vm.import("selfish").unwrap_err(),
            "ImportError: loaded module 'selfish' not found in sys.modules"
        );
        assert_eq!(vm.ran.len(), runs);
        assert!(vm.imports.is_empty());
    }
}

#[test]
fn a_native_module_that_panics_is_initialised_anew() {
    let kit = Kit::new().declared::<FRAIL>();
    let mut vm = Vm::of(kit.build(ADAPTERS).unwrap());
    assert!(panics(&mut vm, |vm| drop(vm.import("frail"))));
    assert!(vm.imports.is_empty());
    assert_eq!(vm.look("frail", "X"), "1");
    assert_eq!(vm.ran.len(), 2);
}

/// Loads `fail` under a name.
fn load_failing(vm: &mut Vm<'static, true>, name: &str) {
    let code = Code::new(&b"fail"[..]);
    let loaded = vm.with(|importer| importer.load_code(name, Spec::new(name, Kind::Source), code));
    assert_eq!(loaded.unwrap_err().0, "RuntimeError: failed");
}

#[test]
fn code_that_fails_leaves_what_was_under_its_name() {
    let mut vm = full(Vec::new());
    let sys = vm.import("sys").unwrap();
    load_failing(&mut vm, "sys");
    assert_eq!(vm.import("sys"), Ok(sys));
    vm.with(|importer| importer.set("number", Value::Int(5)))
        .unwrap();
    load_failing(&mut vm, "number");
    let number = vm.with(|importer| importer.get("number"));
    assert_eq!(number, Ok(Some(Value::Int(5))));
    load_failing(&mut vm, "new");
    assert_eq!(vm.with(|importer| importer.get("new")), Ok(None));
}

#[test]
fn code_that_fails_leaves_a_lazy_module_to_wait() {
    let memory = Memory::new("memory");
    memory.insert("m", MemoryModule::source("x = 1"));
    let mut vm = full(vec![Rc::new(memory)]);
    vm.with(|importer| importer.install_lazy(Vec::new()));
    let module = vm.import("m").unwrap();
    load_failing(&mut vm, "m");
    assert!(vm.imports.is_lazy(module));
    assert_eq!(vm.look("m", "x"), "1");
}
