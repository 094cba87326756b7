//! Modules in memory.

use crate::host::{Value, bare, full};
use enroll::import::{Kind, Memory, MemoryModule, Path};
use std::rc::Rc;
use std::sync::Arc;

fn source(text: &str) -> MemoryModule {
    MemoryModule::source(text)
}

#[test]
fn modules_are_added_replaced_and_removed() {
    let memory = Rc::new(Memory::new("memory"));
    let mut vm = full(vec![memory.clone()]);
    assert!(vm.import("m").is_err());

    assert_eq!(memory.insert("m", source("who = 1")), None);
    assert_eq!(vm.look("m", "who"), "1");
    let module = vm.import("m").unwrap();

    let before = memory.insert("m", source("who = 2"));
    assert_eq!(before, Some(source("who = 1")));
    assert_eq!(vm.look("m", "who"), "1", "what is loaded stays");
    let reloaded = vm.with(|importer| importer.reload(&Value::Module(module)));
    assert_eq!(reloaded.unwrap(), Value::Module(module));
    assert_eq!(vm.look("m", "who"), "2");

    assert!(memory.remove("m").is_some() && memory.remove("m").is_none());
    let reloaded = vm.with(|importer| importer.reload(&Value::Module(module)));
    assert_eq!(
        reloaded.unwrap_err().0,
        "ModuleNotFoundError: spec not found for the module 'm'"
    );
    assert_eq!(vm.look("m", "who"), "2");
    vm.forget("m");
    assert!(vm.import("m").is_err());
}

#[test]
fn packages_lead_to_what_is_below_them() {
    let memory = Rc::new(Memory::new("memory"));
    memory.insert("a", source("").package());
    memory.insert("a.b", source("").package());
    memory.insert("a.b.c", source("who = 1"));
    memory.insert("x.y", source(""));
    memory.insert("x", source(""));
    let mut vm = full(vec![memory.clone()]);
    assert_eq!(vm.look("a.b.c", "who"), "1");
    assert_eq!(vm.look("a.b", "__path__"), "memory/a/b");
    assert_eq!(vm.look("a.b.c", "__file__"), "-");
    let spec = vm.with(|importer| importer.find_spec("a.b.c")).unwrap();
    assert_eq!(spec.unwrap().origin.as_deref(), Some("memory/a/b/c"));
    assert_eq!(
        vm.import("x.y"),
        Err("ModuleNotFoundError: No module named 'x.y'; 'x' is not a package".into())
    );
    assert_eq!(memory.names(), ["a", "a.b", "a.b.c", "x", "x.y"]);
    assert!(memory.contains("x.y") && !memory.contains("y"));
}

#[test]
fn a_lazy_module_runs_the_code_that_is_there_at_its_first_use() {
    let memory = Rc::new(Memory::new("memory"));
    for name in ["stays", "changes", "turns", "goes"] {
        memory.insert(name, source("who = 1"));
    }
    let mut vm = full(vec![memory.clone()]);
    vm.with(|importer| importer.install_lazy(Vec::new()));
    let modules = ["stays", "changes", "turns", "goes"].map(|name| vm.import(name).unwrap());
    memory.insert("changes", source("who = 2"));
    memory.insert("turns", MemoryModule::new(&b"who = 3"[..], Kind::Compiled));
    memory.remove("goes");

    let who = vm.imports.names.intern("who").unwrap();
    let results = modules.map(|module| vm.with(|importer| importer.load(module, who)));
    let results = results.map(|result| match result {
        Ok(Some(Value::Int(number))) => number.to_string(),
        Ok(other) => panic!("{other:?}"),
        Err(error) => error.0,
    });
    assert_eq!(
        results,
        [
            "1",
            "2",
            "OSError: cannot read memory/turns: code of another kind took its place",
            "OSError: cannot read memory/goes: it was removed",
        ]
    );
}

#[test]
fn its_label_is_an_entry_of_a_path() {
    let one = Arc::new(Memory::new("one"));
    let two = Arc::new(Memory::new("two"));
    one.insert("m", source("who = 1"));
    two.insert("m", source("who = 2"));
    one.insert("ns.a", source("who = 3"));
    two.insert("ns.b", source("who = 4"));
    let path = Path::new();
    path.push(one.clone());
    path.push(two);
    let mut vm = full(vec![Rc::new(path)]);
    vm.imports.path = vec!["two".into(), "one".into()];
    assert_eq!(vm.look("m", "who"), "2");
    assert_eq!(vm.look("ns", "__path__"), "two/ns:one/ns");
    assert_eq!(vm.look("ns.a", "who"), "3");
    assert_eq!(vm.look("ns.b", "who"), "4");
    assert_eq!(one.entry("ns.deep"), "one/ns/deep");

    // Once it has code of its own, it is no namespace any more.
    one.insert("ns", source("who = 5"));
    vm.forget("ns");
    assert_eq!(vm.look("ns", "who"), "5");
}

#[test]
fn a_refused_module_is_no_folder() {
    let memory = Memory::new("memory");
    memory.insert("text", source("").package());
    memory.insert(
        "text.below",
        MemoryModule::new(&b"who = 1"[..], Kind::Compiled),
    );
    let path = Path::new();
    path.push(memory);
    let mut vm = bare(vec![Rc::new(path)]);
    vm.imports.path = vec!["memory".into()];
    assert!(vm.import("text").is_err());
}

#[test]
fn a_name_with_a_slash_is_no_name() {
    let memory = Arc::new(Memory::new("memory"));
    memory.insert("a", source("").package());
    memory.insert("a.b", source("who = 1").package());
    memory.insert("a/b", source("who = 2"));
    memory.insert("a.b/c", source("who = 3"));
    memory.insert("a.b.c", source("who = 4"));
    let mut vm = full(vec![Rc::new(memory.clone())]);
    for name in ["a/b", "a.b/c"] {
        let missing = format!("ModuleNotFoundError: No module named '{name}'");
        assert_eq!(vm.look(name, "who"), missing);
    }
    assert_eq!(vm.look("a.b.c", "who"), "4");
    // Nor as an entry of a path.
    let path = Path::new();
    path.push(memory);
    let mut vm = full(vec![Rc::new(path)]);
    vm.imports.path = vec!["memory".into()];
    assert!(vm.import("a/b").is_err());
    assert_eq!(vm.look("a.b", "who"), "1");
}
