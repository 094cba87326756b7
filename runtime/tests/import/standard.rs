//! The finders that most hosts want, and what a host can ask of its modules.

use crate::folder::Folder;
use crate::host::{Full, Value, full};
use enroll::Class;
use enroll::import::{Finder, Frozen, FrozenModule, Imports, Kind, Path, Sought, Zip};
use enroll::qstr;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

static FROZEN: &[FrozenModule] = &[
    FrozenModule::new("boot", b"who = 'frozen'"),
    FrozenModule::new("net", b"who = 'frozen'").class(Class::Extensible),
];

fn labels(imports: &Imports<'_, Full>) -> Vec<String> {
    let finders = imports.finders.iter();
    finders.map(|finder| finder.label().to_owned()).collect()
}

#[test]
fn frozen_modules_stand_before_and_behind_the_path() {
    let folder = Folder::new();
    for name in ["boot", "net", "disk"] {
        folder.write(&format!("{name}.py"), "who = 'file'");
    }
    folder.archive("lib.zip", &[("packed.py", "who = 'archive'")]);
    let mut vm = full(Vec::new());
    vm.imports.path = vec![folder.path("lib.zip"), folder.path("")];
    vm.imports.add_standard_finders(FROZEN);
    assert_eq!(labels(&vm.imports), ["frozen", "path", "frozen extensible"]);
    for (name, who) in [
        ("boot", "frozen"),
        ("net", "file"),
        ("disk", "file"),
        ("packed", "archive"),
    ] {
        assert_eq!(vm.look(name, "who"), who, "{name}");
    }
    vm.imports.path.clear();
    vm.forget("net");
    assert_eq!(vm.look("net", "who"), "frozen");
}

#[test]
fn a_set_without_modules_of_a_class_has_no_finder_for_it() {
    for (frozen, expected) in [
        (&[][..], &["path"][..]),
        (&FROZEN[..1], &["frozen", "path"]),
        (&FROZEN[1..], &["path", "frozen extensible"]),
    ] {
        let mut vm = full(Vec::new());
        vm.imports.add_standard_finders(frozen);
        assert_eq!(labels(&vm.imports), expected);
    }
    // Behind those that are there; for threads too.
    let mut vm = full(vec![Rc::new(Frozen::new(FROZEN))]);
    vm.imports.add_standard_finders(&[]);
    assert_eq!(labels(&vm.imports), ["frozen", "path"]);
    let shared: Arc<dyn Finder<Full> + Send + Sync> = Path::new().into();
    assert_eq!(shared.label(), "path");
}

#[test]
fn a_host_asks_whether_a_module_is_half_made_or_patched() {
    static LOOKS: &[FrozenModule] = &[FrozenModule::new("m", b"do look")];
    let mut vm = full(Vec::new());
    vm.imports.add_standard_finders(LOOKS);
    let seen = Rc::new(RefCell::new(None));
    let look = seen.clone();
    vm.action("look", move |vm| {
        let module = vm.with(|importer| importer.get("m")).unwrap();
        if let Some(Value::Module(module)) = module {
            *look.borrow_mut() = Some(vm.imports.is_half_made(module));
        }
    });
    let module = vm.import("m").unwrap();
    assert_eq!(*seen.borrow(), Some(true));
    assert!(!vm.imports.is_half_made(module));

    let sys = vm.import("sys").unwrap();
    let (name, owner) = (qstr!("WHO"), qstr!("__main__"));
    assert!(!vm.imports.is_patched(sys));
    vm.with(|importer| importer.hide(sys, name, owner)).unwrap();
    assert!(vm.imports.is_patched(sys) && !vm.imports.is_patched(module));
    assert!(vm.with(|importer| importer.undo(sys, name, owner)));
    assert!(!vm.imports.is_patched(sys));
}

#[test]
fn what_imports_is_shown_without_its_values() {
    let mut vm = full(Vec::new());
    vm.imports.add_standard_finders(FROZEN);
    vm.imports.path.push("/lib".into());
    vm.import("boot").unwrap();
    let imports = format!("{:?}", vm.imports);
    assert!(
        imports.starts_with(
            "Imports { entries: 1, modules: 1, path: [\"/lib\"], finders: [\"frozen\", \"path\", \"frozen extensible\"], options: "
        ),
        "{imports}"
    );
    let importer = vm.with(|importer| format!("{importer:?}"));
    assert_eq!(importer, "Importer { .. }");
    let finding = vm.with(|importer| importer.find_module("net", None));
    let finding = format!("{:?}", finding.unwrap());
    assert!(
        finding.starts_with("Finding { spec: Spec { name: \"net\""),
        "{finding}"
    );
    let path = format!("{:?}", Path::standard());
    assert_eq!(path, "Path { hooks: [\"zip\", \"files\"], .. }");
    assert_eq!(format!("{:?}", Zip::new()), "Zip { openings: 0, .. }");
    let suffixes = [enroll::import::Suffix::new(".py", Kind::Source)];
    let sought = format!("{:?}", Sought::new("a.b", &suffixes));
    assert!(sought.starts_with("Sought { name: \"a.b\""), "{sought}");
}
