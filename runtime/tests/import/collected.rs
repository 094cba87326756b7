//! A host that collects garbage: a mark and sweep over the modules, whose values
//! refer to nothing but modules.

use crate::host::{Value, Vm, full};
use enroll::import::{Handle, Memory, MemoryModule};
use enroll::qstr;
use std::collections::HashSet;
use std::rc::Rc;

/// Forgets every module that can be reached neither from the importer nor from
/// what the scripts hold, and says how many.
fn collect(vm: &mut Vm<'static, true>, held: &[Handle]) -> usize {
    let mut next: Vec<Handle> = held.to_vec();
    let mut values: Vec<Value> = Vec::new();
    vm.imports
        .roots(&mut |module| next.push(module), &mut |value| {
            values.push(value.clone());
        });
    next.extend(values.iter().filter_map(module_of));
    let mut reached = HashSet::new();
    while let Some(module) = next.pop() {
        if reached.insert(module) {
            vm.imports
                .trace(module, &mut |value| next.extend(module_of(value)));
        }
    }
    vm.imports.sweep(|module| reached.contains(&module))
}

fn module_of(value: &Value) -> Option<Handle> {
    match value {
        Value::Module(module) => Some(*module),
        _ => None,
    }
}

fn vm(modules: &[(&str, &str)]) -> Vm<'static, true> {
    let memory = Memory::new("memory");
    for (name, code) in modules {
        memory.insert(*name, MemoryModule::source(*code));
    }
    full(vec![Rc::new(memory)])
}

fn new(vm: &mut Vm<'static, true>, name: &str) -> Handle {
    vm.with(|importer| importer.new_module(name)).unwrap()
}

/// Whether the importer still knows it.
fn lives(vm: &mut Vm<'static, true>, module: Handle) -> bool {
    vm.imports.name(module).is_some()
}

#[test]
fn a_module_that_nobody_reaches_is_swept() {
    let mut vm = vm(&[("a", ""), ("b", "")]);
    let (a, b) = (vm.import("a").unwrap(), vm.import("b").unwrap());
    let made = new(&mut vm, "made");
    vm.store(a, "b", Value::Module(b));
    vm.store(b, "a", Value::Module(a));
    vm.forget("b");
    assert_eq!(collect(&mut vm, &[made]), 0, "`a` holds `b`");
    vm.forget("a");
    assert_eq!(
        collect(&mut vm, &[a]),
        1,
        "a script holds `a`, nobody `made`"
    );
    assert!(lives(&mut vm, b) && !lives(&mut vm, made));
    assert_eq!(vm.imports.len(), 2);
    assert_eq!(collect(&mut vm, &[]), 2, "they hold each other");
    assert!(vm.imports.is_empty());

    // The same name is another module now, and the old handle leads nowhere.
    let again = vm.import("a").unwrap();
    assert!(again != a && lives(&mut vm, again) && !lives(&mut vm, a));
    let dead = vm.with(|importer| importer.load(a, qstr!("__name__")));
    assert_eq!(dead.unwrap_err().0, "ReferenceError: the module is gone");
}

#[test]
fn what_the_importer_needs_is_a_root() {
    let mut vm = vm(&[("a", "")]);
    let (a, sys) = (vm.import("a").unwrap(), vm.import("sys").unwrap());
    // In the table of modules under another name.
    let (alias, import) = (new(&mut vm, "alias"), new(&mut vm, "import"));
    let entered = vm.with(|importer| importer.set("other", Value::Module(alias)));
    entered.unwrap();
    // A native module keeps what its `init` made.
    vm.forget("sys");
    // The replaced import function.
    vm.with(|importer| importer.set_import(Some(Value::Module(import))));
    assert_eq!(collect(&mut vm, &[]), 0);
    assert!([a, sys, alias, import].map(|module| lives(&mut vm, module)) == [true; 4]);
    // A root stays whatever the mark says; what a value leads to is the host's.
    assert_eq!(vm.imports.sweep(|_| false), 1);
    assert!([a, sys, alias].map(|module| lives(&mut vm, module)) == [true; 3]);

    // A value in the table that is no module of the importer.
    let text = Value::Text("a text".into());
    let entered = vm.with(|importer| importer.set("text", text.clone()));
    entered.unwrap();
    let mut values = Vec::new();
    vm.imports
        .roots(&mut |_| {}, &mut |value| values.push(value.clone()));
    assert!(values.contains(&text), "{values:?}");
}

#[test]
fn a_patch_reaches_its_value_until_it_is_taken_back() {
    let mut vm = vm(&[]);
    let sys = vm.import("sys").unwrap();
    let (name, owner) = (qstr!("WHO"), qstr!("__main__"));
    let [older, newer] = ["older", "newer"].map(|name| new(&mut vm, name));
    let patch = |vm: &mut Vm<'static, true>, by, value| {
        let patched = vm.with(|importer| importer.patch(sys, name, by, Value::Module(value)));
        patched.unwrap();
    };
    patch(&mut vm, owner, older);
    patch(&mut vm, qstr!("sys"), newer);
    assert_eq!(collect(&mut vm, &[]), 0);
    assert!(vm.with(|importer| importer.undo(sys, name, qstr!("sys"))));
    assert_eq!(collect(&mut vm, &[]), 1);
    assert!(lives(&mut vm, older) && !lives(&mut vm, newer));
    assert!(vm.with(|importer| importer.undo(sys, name, owner)));
    assert_eq!(collect(&mut vm, &[]), 1);
}

#[test]
fn what_a_failed_reload_replaced_is_reached_until_one_goes_well() {
    let memory = Rc::new(Memory::new("memory"));
    memory.insert("a", MemoryModule::source(""));
    let mut vm = full(vec![memory.clone()]);
    let a = vm.import("a").unwrap();
    let held = new(&mut vm, "held");
    vm.store(a, "held", Value::Module(held));
    memory.insert("a", MemoryModule::source("held = 1\nfail"));
    let failed = vm.with(|importer| importer.reload(&Value::Module(a)));
    assert!(failed.is_err());
    assert_eq!(collect(&mut vm, &[]), 0);
    assert!(vm.with(|importer| importer.restore(a)));
    assert_eq!(collect(&mut vm, &[]), 0, "it is bound again");

    let failed = vm.with(|importer| importer.reload(&Value::Module(a)));
    assert!(failed.is_err());
    memory.insert("a", MemoryModule::source("held = 2"));
    let reloaded = vm.with(|importer| importer.reload(&Value::Module(a)));
    assert!(reloaded.is_ok());
    assert_eq!(collect(&mut vm, &[]), 1);
    assert!(!lives(&mut vm, held));
}

#[test]
fn a_lazy_module_reaches_what_it_put_in_its_place() {
    let mut vm = vm(&[("a", "do replace"), ("b", "")]);
    vm.action("replace", |vm| {
        let other = vm.with(|importer| importer.new_module("other")).unwrap();
        let entered = vm.with(|importer| importer.set("a", Value::Module(other)));
        entered.unwrap();
    });
    vm.with(|importer| importer.install_lazy(Vec::new()));
    let (a, b) = (vm.import("a").unwrap(), vm.import("b").unwrap());
    let name = vm.with(|importer| importer.load(a, qstr!("__name__")));
    assert_eq!(name, Ok(Some(Value::Text("other".into()))));
    vm.forget("a");
    assert_eq!(
        collect(&mut vm, &[a]),
        0,
        "whoever took `a` needs the other"
    );

    // One that waits and that nobody has is lost.
    vm.forget("b");
    assert_eq!(collect(&mut vm, &[a]), 1);
    assert!(!lives(&mut vm, b));
    let report = vm.with(|importer| importer.lazy_report());
    assert_eq!((report.lost.found, report.proxied.found), (1, 0));
    assert_eq!(collect(&mut vm, &[]), 2);
}
