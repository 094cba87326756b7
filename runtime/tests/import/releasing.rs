//! What is left of modules that are gone.

use crate::host::{Full, Value, Vm, full};
use enroll::import::{Finder, Memory, MemoryModule};
use enroll::qstr;
use std::rc::Rc;

/// An interpreter that finds these packages.
fn with(modules: &[(&str, &str)]) -> Vm<'static, true> {
    let memory = Memory::new("memory");
    for (name, source) in modules {
        memory.insert(*name, MemoryModule::source(*source).package());
    }
    let memory: Rc<dyn Finder<Full>> = Rc::new(memory);
    full(vec![memory])
}

#[test]
fn a_released_module_has_no_patches() {
    let mut vm = full(Vec::new());
    let owner = qstr!("__main__");
    vm.with(|importer| {
        let module = importer.new_module("m").unwrap();
        let patched = importer.patch(module, qstr!("__doc__"), owner, Value::Int(1));
        assert_eq!(patched, Ok(()));
        assert!(importer.release(module));
        assert_eq!(importer.patches(module), []);
        assert_eq!(importer.undo_all(owner), 0);
    });
}

#[test]
fn a_failed_import_leaves_no_record_where_nothing_holds_the_module() {
    let mut vm = with(&[("bad", "x = 1\nfail")]);
    for (is_held, left) in [(false, 0), (true, 3)] {
        vm.is_held = is_held;
        for _ in 0..3 {
            assert_eq!(vm.import("bad"), Err("RuntimeError: failed".into()));
        }
        assert_eq!(vm.imports.len(), left);
    }
}

#[test]
fn an_unload_gives_the_modules_and_forgets_those_that_nothing_holds() {
    let mut vm = with(&[("a", ""), ("a.b", "")]);
    for (is_held, left) in [(false, 0), (true, 2)] {
        vm.is_held = is_held;
        let modules = ["a", "a.b"].map(|name| vm.import(name).unwrap());
        let unloaded = vm.with(|importer| importer.unload("a")).unwrap();
        assert_eq!(unloaded.modules, modules);
        assert_eq!(vm.imports.len(), left);
        for module in modules {
            assert_eq!(vm.with(|importer| importer.release(module)), is_held);
        }
    }
}

#[test]
fn a_module_that_unloads_itself_is_there_until_its_code_has_run() {
    let mut vm = with(&[("m", "do unload\nx = 1")]);
    vm.is_held = false;
    vm.action("unload", |vm| {
        vm.with(|importer| importer.unload("m")).unwrap();
    });
    let error = "ImportError: loaded module 'm' not found in sys.modules";
    assert_eq!(vm.import("m"), Err(error.into()));
    assert_eq!(vm.imports.len(), 0);
}

#[test]
fn the_host_is_told_of_every_attribute_that_an_unload_takes_away() {
    let mut vm = with(&[("a", ""), ("a.b", ""), ("foo.b", "")]);
    let path = Value::List(vec!["memory/foo".into()]);
    for package in ["a", "foo"] {
        let module = vm.import(package).unwrap();
        if package == "foo" {
            vm.store(module, "__path__", path.clone());
        }
        vm.import(&format!("{package}.b")).unwrap();
        let owner = qstr!("__main__");
        vm.with(|importer| importer.patch(module, qstr!("__doc__"), owner, Value::None))
            .unwrap();
        let below = vm.imports.names.get("b").unwrap();
        vm.changed.clear();
        vm.with(|importer| importer.unload(&format!("{package}.b")))
            .unwrap();
        assert_eq!(vm.changed, [(module, below)], "{package}");

        vm.import(&format!("{package}.b")).unwrap();
        vm.changed.clear();
        vm.with(|importer| importer.unload(package)).unwrap();
        let told = match package {
            // A package that comes out of a file comes back as another object.
            "a" => vec![(module, qstr!("__doc__"))],
            // This one comes back, with its patches.
            _ => vec![(module, below)],
        };
        assert_eq!(vm.changed, told, "{package}");
    }
}
