//! Names that scripts ask for in vain: the table of names is for names that are.

use crate::host::{Full, Vm, full};
use enroll::import::{Finder, Memory, MemoryModule};
use std::rc::Rc;

fn vm() -> Vm<'static, true> {
    let memory = Memory::new("memory");
    memory.insert("pkg", MemoryModule::source("x = 1").package());
    memory.insert("pkg.sub", MemoryModule::source("y = 1"));
    let memory: Rc<dyn Finder<Full>> = Rc::new(memory);
    full(vec![memory])
}

#[test]
fn a_from_import_in_vain_interns_nothing() {
    for module in ["pkg", "sys"] {
        let mut vm = vm();
        vm.import(module).unwrap();
        let error = vm.with(|importer| {
            let value = importer.import_name(module, None, &["nothing", "sub"], 0);
            importer
                .import_from(&value.unwrap(), "nothing")
                .unwrap_err()
                .0
        });
        let wanted = format!("ImportError: cannot import name 'nothing' from '{module}' (");
        assert!(error.starts_with(&wanted), "{error}");
        assert_eq!(vm.imports.names.get("nothing"), None, "{module}");
        assert_eq!(vm.imports.names.get("pkg.nothing"), None, "{module}");
    }
    assert_eq!(vm().look("pkg.sub", "y"), "1");
}

#[test]
fn a_lazy_module_is_loaded_before_its_names_are_known() {
    let mut vm = vm();
    vm.with(|importer| importer.install_lazy(Vec::new()));
    let value = vm.with(|importer| {
        let value = importer.import_name("pkg", None, &["x"], 0)?;
        importer.import_from(&value, "x")
    });
    assert_eq!(value, Ok(crate::host::Value::Int(1)));
}
