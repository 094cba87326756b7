//! What lazy import counts, and what that costs.

use crate::host::{Value, Vm, full};
use enroll::import::{Code, Kind, Memory, MemoryModule, Report, Spec};
use std::rc::Rc;

fn of_modules(count: usize) -> Vm<'static, true> {
    let memory = Memory::new("memory");
    for number in 0..count {
        memory.insert(format!("m{number}"), MemoryModule::source("x = 1"));
    }
    full(vec![Rc::new(memory)])
}

fn report(vm: &mut Vm<'static, true>) -> Report {
    vm.with(|importer| importer.lazy_report())
}

#[test]
fn an_import_does_not_go_through_what_waits() {
    let mut vm = of_modules(100);
    // Whoever goes through the table asks what module this is.
    vm.with(|importer| importer.set("number", Value::Int(1)))
        .unwrap();
    vm.with(|importer| importer.install_lazy(Vec::new()));
    vm.asked = 0;
    for number in 0..100 {
        vm.import(&format!("m{number}")).unwrap();
    }
    assert!(vm.asked < 10, "{} times", vm.asked);
    assert_eq!(report(&mut vm).most.found, 100);
}

#[test]
fn the_most_that_waited_leaves_out_what_went() {
    let mut vm = of_modules(6);
    vm.with(|importer| importer.install_lazy(Vec::new()));
    let m0 = vm.import("m0").unwrap();
    vm.import("m1").unwrap();
    vm.import("m2").unwrap();
    // Loaded, taken out, unloaded, and hidden by something else.
    vm.with(|importer| importer.ensure_loaded(m0)).unwrap();
    vm.forget("m1");
    vm.with(|importer| importer.unload("m2")).unwrap();
    vm.import("m3").unwrap();
    vm.with(|importer| importer.set("m3", Value::Int(1)))
        .unwrap();
    vm.import("m4").unwrap();
    vm.import("m5").unwrap();
    let report = report(&mut vm);
    assert_eq!(report.most.found, 3);
    assert_eq!(report.proxied.found, 2);
    assert_eq!(report.lost.found, 3);
}

#[test]
fn what_waits_under_a_second_name_has_not_gone() {
    let mut vm = of_modules(2);
    vm.with(|importer| importer.install_lazy(Vec::new()));
    let module = vm.import("m0").unwrap();
    vm.with(|importer| importer.set("other", Value::Module(module)))
        .unwrap();
    vm.forget("m0");
    vm.import("m1").unwrap();
    assert_eq!(report(&mut vm).most.found, 2);
    vm.forget("other");
    vm.import("m0").unwrap();
    assert_eq!(report(&mut vm).most.found, 2);
}

#[test]
fn what_was_loaded_before_is_counted_once() {
    let mut vm = of_modules(3);
    vm.import("m0").unwrap();
    vm.with(|importer| importer.install_lazy(Vec::new()));
    vm.with(|importer| importer.uninstall_lazy());
    vm.import("m1").unwrap();
    vm.with(|importer| importer.install_lazy(Vec::new()));
    assert_eq!(report(&mut vm).before.found, 1);
}

#[test]
fn other_code_for_a_module_that_waits_loads_it() {
    let mut vm = of_modules(1);
    vm.with(|importer| importer.install_lazy(Vec::new()));
    let module = vm.import("m0").unwrap();
    let code = Code::new(&b"y = 2"[..]);
    let spec = Spec::new("m0", Kind::Source);
    let loaded = vm.with(|importer| importer.load_code("m0", spec, code));
    assert_eq!(loaded, Ok(Value::Module(module)));
    assert!(!vm.imports.is_lazy(module));
    assert_eq!(report(&mut vm).loaded.found, 1);
    assert_eq!((&*vm.look("m0", "x"), &*vm.look("m0", "y")), ("-", "2"));
    assert_eq!(vm.ran.len(), 1);
}
