//! The list of finders, as scripts see and change it, and who is asked when.

use crate::counted::{Counted, Log};
use crate::folder::Folder;
use crate::host::{Full, Value, Vm, bare, full};
use enroll::import::{Finder, Frozen, FrozenModule, Memory, MemoryModule, Options, Path};
use std::rc::Rc;

fn labels(vm: &Vm<'_, true>) -> Vec<String> {
    let finders = vm.imports.finders.iter();
    finders.map(|finder| finder.label().into()).collect()
}

fn memory(label: &'static str, modules: &[(&str, &str)]) -> Rc<Memory> {
    let memory = Memory::new(label);
    for (name, text) in modules {
        memory.insert(*name, MemoryModule::source(*text));
    }
    Rc::new(memory)
}

#[test]
fn the_first_finder_that_has_it_wins() {
    let first = memory("first", &[("m", "who = 1")]);
    let second = memory("second", &[("m", "who = 2"), ("n", "who = 3")]);
    let mut vm = full(vec![first, second]);
    assert_eq!(labels(&vm), ["first", "second"]);
    assert_eq!(vm.look("m", "who"), "1");
    assert_eq!(vm.look("n", "who"), "3");
    vm.imports.finders.reverse();
    assert_eq!(vm.look("m", "who"), "1", "it is loaded");
    vm.forget("m");
    assert_eq!(vm.look("m", "who"), "2");
}

#[test]
fn a_script_changes_the_list_while_it_is_imported() {
    let first = memory(
        "first",
        &[("start", "do turn\nimport m\ndo drop\nimport n")],
    );
    let second = memory("second", &[("m", "who = 2"), ("n", "who = 2")]);
    let third = memory("third", &[("m", "who = 3")]);
    let mut vm = full(vec![first, second, third]);
    vm.action("turn", |vm| {
        assert_eq!(labels(vm), ["first", "second", "third"]);
        vm.imports.finders.swap(1, 2);
    });
    vm.action("drop", |vm| {
        vm.imports
            .finders
            .retain(|finder| finder.label() != "second");
    });
    assert_eq!(
        vm.import("start"),
        Err("ModuleNotFoundError: No module named 'n'".into())
    );
    assert_eq!(vm.look("m", "who"), "3");
    assert_eq!(labels(&vm), ["first", "third"]);
}

#[test]
fn a_search_goes_on_with_the_list_as_it_was() {
    /// Empties the list when it is asked.
    struct Emptying;

    impl Finder<Full> for Emptying {
        fn label(&self) -> &str {
            "emptying"
        }
        fn find(
            &self,
            cx: &mut enroll::Cx<'_, '_, Full>,
            _: &enroll::import::Request<'_>,
        ) -> Result<Option<enroll::import::Spec>, crate::host::Error> {
            cx.host().imports.finders.clear();
            Ok(None)
        }
        fn code(
            &self,
            _: &mut enroll::Cx<'_, '_, Full>,
            _: &enroll::import::Spec,
        ) -> Result<enroll::import::Code, crate::host::Error> {
            unreachable!("it finds nothing")
        }
    }

    let behind = memory("behind", &[("m", "who = 1")]);
    let mut vm = full(vec![Rc::new(Emptying), behind]);
    assert_eq!(vm.look("m", "who"), "1");
    assert!(labels(&vm).is_empty());
}

#[test]
fn builtin_then_frozen_then_files_then_what_is_extensible() {
    static FROZEN: &[FrozenModule] = &[
        FrozenModule::new("firm", b"who = 10"),
        FrozenModule::new("foo", b"who = 11").class(enroll::Class::Extensible),
        FrozenModule::new("soft", b"who = 12").class(enroll::Class::Extensible),
        FrozenModule::new("sys", b"who = 13"),
    ];
    let folder = Folder::new();
    let finders: Vec<Rc<dyn Finder<Full>>> = vec![
        Rc::new(Frozen::new(FROZEN)),
        Rc::new(Path::standard()),
        Rc::new(Frozen::extensible(FROZEN)),
    ];
    // What is found without a file of its name, and with one.
    for (name, without, with) in [
        ("sys", "built-in", "built-in"),
        ("firm", "frozen", "frozen"),
        ("soft", "frozen", "file"),
        ("foo", "frozen", "file"),
    ] {
        for (file, wanted) in [(false, without), (true, with)] {
            if file {
                folder.write(&format!("{name}.py"), "who = 0");
            }
            let mut vm = full(finders.clone());
            vm.imports.path = vec![folder.path("")];
            let spec = vm.with(|importer| importer.find_spec(name)).unwrap();
            let spec = spec.unwrap();
            let got = match spec.has_file {
                true => "file",
                false => spec.origin.as_deref().unwrap(),
            };
            assert_eq!(got, wanted, "{name}, file: {file}");
        }
    }
}

#[test]
fn a_forced_builtin_then_the_file() {
    let folder = Folder::new();
    let path = Rc::new(Path::standard());
    for options in [Options::micropython(), Options::default()] {
        let is_forced = options.weak_links;
        let mut vm = full(vec![path.clone()]);
        vm.imports.options = options;
        vm.imports.path = vec![folder.path("")];
        folder.write("foo.py", "WHO = 3");
        let forced = vm.look("ufoo", "WHO");
        if is_forced {
            assert_eq!(forced, "2");
        } else {
            assert_eq!(forced, "ModuleNotFoundError: No module named 'ufoo'");
        }
        assert_eq!(vm.look("foo", "WHO"), "3");
        assert_eq!(vm.look("foo", "__file__"), folder.path("foo.py"));
        folder.remove("foo.py");
        vm.forget("foo");
        assert_eq!(vm.look("foo", "WHO"), "2");
    }
}

#[test]
fn what_is_loaded_is_never_searched_again() {
    let folder = Folder::new();
    folder
        .write("a/__init__.py", "")
        .write("a/b/__init__.py", "")
        .write("a/b/c.py", "who = 1");
    let log = Rc::new(Log::default());
    let mut vm = full(vec![Rc::new(Counted {
        finder: Path::standard(),
        log: log.clone(),
    })]);
    vm.imports.path = vec![folder.path("")];

    vm.import("a.b.c").unwrap();
    assert_eq!(
        log.take(),
        [
            format!("a in {}", folder.path("")),
            "code of a".into(),
            format!("a.b in {}", folder.path("a")),
            "code of a.b".into(),
            format!("a.b.c in {}", folder.path("a/b")),
            "code of a.b.c".into(),
        ]
    );

    // A file for each of them, and another path: nobody looks.
    folder.write("a.py", "fail");
    vm.imports.path.clear();
    for name in ["a", "a.b", "a.b.c", "sys"] {
        vm.import(name).unwrap();
        vm.import(name).unwrap();
    }
    assert_eq!(log.take(), [""; 0]);

    // An extensible builtin is searched at its first import alone.
    vm.import("foo").unwrap();
    vm.import("foo").unwrap();
    assert_eq!(log.take(), ["foo in "]);
}

#[test]
fn a_subpackage_asks_the_path_of_its_parent_as_it_is_now() {
    let folder = Folder::new();
    folder
        .write("lib/a/__init__.py", "")
        .write("lib/a/b.py", "who = 1")
        .write("other/b.py", "who = 2")
        .write("lib2/a/__init__.py", "fail");
    let log = Rc::new(Log::default());
    let mut vm = full(vec![Rc::new(Counted {
        finder: Path::standard(),
        log: log.clone(),
    })]);
    vm.imports.path = vec![folder.path("lib")];
    let a = vm.import("a").unwrap();
    log.take();

    // Another `a` would be found now; the one that is loaded says where to look.
    vm.imports.path = vec![folder.path("lib2")];
    vm.store(a, "__path__", Value::List(vec![folder.path("other")]));
    assert_eq!(vm.look("a.b", "who"), "2");
    assert_eq!(
        log.take(),
        [
            format!("a.b in {}", folder.path("other")),
            "code of a.b".into()
        ]
    );

    vm.store(a, "__path__", Value::List(Vec::new()));
    assert_eq!(vm.look("a.b", "who"), "2", "it is loaded");
    vm.forget("a.b");
    assert_eq!(
        vm.import("a.b"),
        Err("ModuleNotFoundError: No module named 'a.b'".into())
    );
    assert_eq!(log.take(), ["a.b in "]);
}

#[test]
fn a_host_without_a_compiler_searches_no_source_and_says_why() {
    let folder = Folder::new();
    folder
        .write("both.py", "who = 1")
        .write("both.pyc", "who = 2")
        .write("text.py", "who = 1")
        .write("pkg/__init__.py", "")
        .write("pkg/made.pyc", "who = 3")
        .archive("lib.zip", &[("z.py", "who = 1"), ("zz.pyc", "who = 4")]);
    let memory = memory("memory", &[("m", "who = 1")]);
    let mut vm = bare(vec![memory, Rc::new(Path::standard())]);
    vm.imports.path = vec![folder.path(""), folder.path("lib.zip")];
    assert_eq!(vm.look("both", "who"), "2");
    assert_eq!(vm.look("zz", "who"), "4");
    // Its `__init__` is source code: what is left is a folder.
    assert_eq!(vm.look("pkg", "__file__"), "-");
    assert_eq!(vm.look("pkg.made", "who"), "3");
    for name in ["text", "z", "m", "nowhere"] {
        assert_eq!(
            vm.import(name),
            Err(format!(
                "ModuleNotFoundError: No module named '{name}' \
                 (source code was not searched: there is no compiler)"
            ))
        );
    }
    assert_eq!(vm.ran, ["both", "zz", "pkg.made"]);
}
