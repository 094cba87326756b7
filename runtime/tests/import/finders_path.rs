//! The finder that walks a path.

use crate::folder::Folder;
use crate::host::{Value, full};
use enroll::import::{
    Answer, Code, Files, Finder, Frozen, FrozenModule, ImportError, Kind, Memory, MemoryModule,
    Path, PathHook, Request, Sought, Spec, Suffix, Zip,
};
use std::rc::Rc;
use std::sync::Arc;

fn source(text: &str) -> MemoryModule {
    MemoryModule::source(text)
}

#[test]
fn the_order_of_the_entries_decides_across_kinds() {
    static FROZEN: &[FrozenModule] = &[FrozenModule::new("m", b"who = frozen")];
    let folder = Folder::new();
    folder
        .write("dir/m.py", "who = dir")
        .archive("lib.zip", &[("m.py", "who = zip")]);
    let memory = Memory::new("memory");
    memory.insert("m", source("who = memory"));
    let path = Path::standard();
    path.push(memory);
    path.push(Frozen::new(FROZEN));
    assert_eq!(path.hooks(), ["zip", "files", "memory", "frozen"]);

    let mut vm = full(vec![Rc::new(path)]);
    let mut entries = [
        (folder.path("dir"), "dir"),
        (folder.path("lib.zip"), "zip"),
        ("memory".into(), "memory"),
        (".frozen".into(), "frozen"),
    ];
    for _ in 0..entries.len() {
        vm.imports.path = entries.iter().map(|(entry, _)| entry.clone()).collect();
        assert_eq!(vm.look("m", "who"), entries[0].1);
        vm.forget("m");
        entries.rotate_left(1);
    }
}

#[test]
fn a_namespace_package_gathers_its_portions_over_all_entries() {
    static FROZEN: &[FrozenModule] = &[FrozenModule::new("ns.rom", b"who = 5")];
    let folder = Folder::new();
    folder
        .write("one/ns/a.py", "who = 1")
        .write("two/ns/b.py", "who = 2")
        .write("two/ns/a.py", "who = 0")
        .make("none")
        .archive("lib.zip", &[("sub/ns/c.py", "who = 3")]);
    let memory = Memory::new("memory");
    memory.insert("ns.d", source("who = 4"));
    let path = Path::standard();
    path.push(memory);
    path.push(Frozen::new(FROZEN));
    let mut vm = full(vec![Rc::new(path)]);
    vm.imports.path = vec![
        folder.path("one"),
        folder.path("none"),
        folder.path("two"),
        folder.path("lib.zip/sub"),
        "memory".into(),
        ".frozen".into(),
    ];

    let portions = [
        folder.path("one/ns"),
        folder.path("two/ns"),
        folder.path("lib.zip/sub/ns"),
        "memory/ns".into(),
        ".frozen/ns".into(),
    ];
    assert_eq!(vm.look("ns", "__path__"), portions.join(":"));
    assert_eq!(vm.look("ns", "__file__"), "-");
    let spec = vm.with(|importer| importer.find_spec("ns")).unwrap();
    assert_eq!(spec.unwrap().kind, Kind::Namespace);
    for (name, who) in [
        ("ns.a", "1"),
        ("ns.b", "2"),
        ("ns.c", "3"),
        ("ns.d", "4"),
        ("ns.rom", "5"),
    ] {
        assert_eq!(vm.look(name, "who"), who, "{name}");
    }
}

#[test]
fn a_module_behind_portions_wins() {
    let folder = Folder::new();
    folder
        .make("one/x")
        .make("one/y")
        .make("one/z")
        .write("two/x.py", "")
        .write("three/y/__init__.py", "")
        .archive("lib.zip", &[("z/__init__.py", "")]);
    let mut vm = full(vec![Rc::new(Path::standard())]);
    vm.imports.path = ["one", "two", "three", "lib.zip"]
        .map(|entry| folder.path(entry))
        .into();
    assert_eq!(vm.look("x", "__file__"), folder.path("two/x.py"));
    assert_eq!(vm.look("y", "__path__"), folder.path("three/y"));
    assert_eq!(vm.look("z", "__path__"), folder.path("lib.zip/z"));
}

#[test]
fn a_name_never_leads_out_of_an_entry() {
    let folder = Folder::new();
    folder
        .write("secret.py", "who = 1")
        .write("secret/__init__.py", "")
        .write("lib/ok.py", "")
        .write("lib/sub/ok.py", "")
        .archive("lib.zip", &[("../secret.py", ""), ("sub/ok.py", "")]);
    let memory = Memory::new("memory");
    memory.insert("a/b", source(""));
    let path = Rc::new(Path::standard());
    path.push(memory);
    let entries = ["lib", "lib.zip", "lib.zip/sub"].map(|entry| folder.path(entry));
    let absolute = folder.path("secret");
    for name in [
        "../secret",
        "..\\secret",
        "sub/../../secret",
        "sub/ok",
        "sub\\ok",
        "/secret",
        absolute.as_str(),
        "ok\0",
        "",
        "a/b",
        "C:secret",
    ] {
        for entry in entries.iter().map(String::as_str).chain(["memory", ""]) {
            assert_eq!(by_hook(entry, name), None, "{name:?} in {entry:?}");
            assert_eq!(by_path(&path, entry, name), None, "{name:?} in {entry:?}");
        }
    }

    // A dotted name is split before it gets there.
    let mut vm = full(vec![path]);
    vm.imports.path = entries.into();
    for name in ["..secret", "ok..ok", "ok.", "...", ".", "ok/../../secret"] {
        assert!(vm.import(name).is_err(), "{name}");
    }
    assert!(vm.import("ok").is_ok());
}

/// What the finder finds for a request that no importer makes.
fn by_path(path: &Rc<Path>, entry: &str, name: &str) -> Option<Spec> {
    let mut vm = full(Vec::new());
    let entries = [entry.to_string()];
    let mut request = Request::new(name, &entries, None);
    request.tail = name;
    let found = vm.with(|importer| path.find(importer.cx(), &request));
    found.unwrap()
}

/// The same of the hook alone.
fn by_hook(entry: &str, name: &str) -> Option<Answer> {
    let suffixes = [Suffix::new(".py", Kind::Source)];
    let mut sought = Sought::new(name, &suffixes);
    sought.tail = name;
    let answer = Files::new().find(entry, &sought);
    (!matches!(answer, Answer::Nothing | Answer::Moved)).then_some(answer)
}

#[test]
fn hooks_are_seen_and_changed() {
    let folder = Folder::new();
    folder.write("m.py", "who = file");
    let path = Rc::new(Path::standard());
    let mut vm = full(vec![path.clone()]);
    vm.imports.path = vec!["box".into(), folder.path("")];
    assert_eq!(vm.look("m", "who"), "file");
    assert_eq!(
        path.remembered(),
        [
            (folder.path(""), Some("files".into())),
            ("box".into(), None)
        ]
    );

    // A new hook is asked about entries that were known before.
    let memory = Memory::new("box");
    memory.insert("m", source("who = box"));
    path.insert(0, memory);
    assert_eq!(path.hooks(), ["box", "zip", "files"]);
    assert_eq!(path.hook_of("box").as_deref(), Some("box"));
    vm.forget("m");
    assert_eq!(vm.look("m", "who"), "box");

    // Also about those that another hook has taken.
    let memory = Memory::new(folder.path(""));
    memory.insert("m", source("who = instead"));
    path.insert(0, memory);
    vm.imports.path.remove(0);
    vm.forget("m");
    assert_eq!(vm.look("m", "who"), "instead");
    assert!(path.remove(&folder.path("")));
    vm.forget("m");
    assert_eq!(vm.look("m", "who"), "file");

    assert!(path.remove("box") && !path.remove("box"));
    assert!(path.remove("files"));
    vm.forget("m");
    assert_eq!(
        vm.import("m"),
        Err("ModuleNotFoundError: No module named 'm'".into())
    );
}

#[test]
fn what_a_removed_hook_found_cannot_be_loaded() {
    let memory = Arc::new(Memory::new("memory"));
    memory.insert("m", source("who = 1"));
    let path = Rc::new(Path::new());
    path.push(memory);
    let mut vm = full(vec![path.clone()]);
    vm.imports.path = vec!["memory".into()];
    vm.with(|importer| importer.install_lazy(Vec::new()));
    let module = vm.import("m").unwrap();
    path.remove("memory");
    // The number of a hook is not given out again.
    path.push(Memory::new("memory"));
    let who = vm.imports.names.intern("who").unwrap();
    let loaded = vm.with(|importer| importer.load(module, who));
    assert_eq!(
        loaded.unwrap_err().0,
        "OSError: cannot read memory/m: the path hook that found it was removed"
    );
}

#[test]
fn a_hook_may_change_the_hooks_while_it_is_asked() {
    struct Adding(Arc<Path>);

    impl PathHook for Adding {
        fn label(&self) -> &str {
            "adding"
        }
        fn takes(&self, entry: &str) -> bool {
            if entry == "late" && self.0.hooks().len() == 1 {
                let memory = Memory::new("late");
                memory.insert("m", source("who = 1"));
                self.0.push(memory);
            }
            false
        }
        fn find(&self, _: &str, _: &Sought<'_>) -> Answer {
            Answer::Nothing
        }
        fn code(&self, _: &Spec) -> Result<Code, ImportError> {
            unreachable!("it finds nothing")
        }
    }

    let path = Arc::new(Path::new());
    path.push(Adding(path.clone()));
    let mut vm = full(vec![Rc::new(path)]);
    vm.imports.path = vec!["late".into()];
    // The search goes on with the hooks as they were; the next one sees them.
    assert!(vm.import("m").is_err());
    assert_eq!(vm.look("m", "who"), "1");
}

#[test]
fn the_path_of_a_package_may_name_any_place() {
    static FROZEN: &[FrozenModule] = &[
        FrozenModule::new("rom", b"").package(),
        FrozenModule::new("rom.part", b"who = rom"),
    ];
    let folder = Folder::new();
    folder
        .write("pkg/__init__.py", "")
        .archive("lib.zip", &[("deep/zipped.py", "who = zip")]);
    let memory = Memory::new("memory");
    memory.insert("elsewhere.made", source("who = memory"));
    let path = Path::standard();
    path.push(Frozen::new(FROZEN));
    path.push(memory);
    let mut vm = full(vec![Rc::new(path)]);
    vm.imports.path = vec![folder.path("")];
    let package = vm.import("pkg").unwrap();
    let entries = vec![
        ".frozen/rom".into(),
        "memory/elsewhere".into(),
        folder.path("lib.zip/deep"),
    ];
    vm.store(package, "__path__", Value::List(entries));
    for (name, who) in [
        ("pkg.part", "rom"),
        ("pkg.made", "memory"),
        ("pkg.zipped", "zip"),
    ] {
        assert_eq!(vm.look(name, "who"), who);
        assert_eq!(vm.look(name, "__name__"), name);
    }
}

#[test]
fn threads_may_share_every_finder() {
    fn shared<T: Send + Sync>() {}
    shared::<Path>();
    shared::<Frozen>();
    shared::<Memory>();
    shared::<Files>();
    shared::<Zip>();

    let folder = Folder::new();
    folder.archive("lib.zip", &[("b/c.py", "")]);
    for number in 0..50 {
        folder.write(&format!("m{number}.py"), "");
    }
    let files = Files::new();
    let zip = Zip::new();
    let suffixes = [Suffix::new(".py", Kind::Source)];
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for number in 0..50 {
                    let name = format!("m{number}");
                    let found = files.find(&folder.path(""), &Sought::new(&name, &suffixes));
                    assert!(matches!(found, Answer::Module(_)));
                    let found = zip.find(&folder.path("lib.zip/b"), &Sought::new("c", &suffixes));
                    let Answer::Module(spec) = found else {
                        panic!("not found");
                    };
                    assert!(zip.code(&spec).is_ok());
                }
            });
        }
    });
}
