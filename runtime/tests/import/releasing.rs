//! What is left of modules that are gone.

use crate::host::{Value, full};
use enroll::import::{Memory, MemoryModule};
use enroll::qstr;
use std::rc::Rc;
use std::sync::Arc;

fn memory(modules: &[(&str, &str)]) -> Arc<Memory> {
    let memory = Memory::new("memory");
    for (name, source) in modules {
        memory.insert(*name, MemoryModule::source(*source));
    }
    Arc::new(memory)
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
