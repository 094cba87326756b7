//! Frozen modules.

use crate::folder::Folder;
use crate::host::{Tiny, Value, bare, full};
use enroll::import::{
    Answer, Finder, Frozen, FrozenModule, Kind, Memory, MemoryModule, Options, Path, PathHook,
    Sought,
};
use enroll::{Class, Qstr, qstr};
use std::borrow::Cow;
use std::rc::Rc;

static SET: &[FrozenModule] = &[
    FrozenModule::new("boot", b"import net.wifi\nwho = 1").suffix(".py"),
    FrozenModule::new("net", b"who = 2")
        .package()
        .aliases(&["unet", "web"]),
    FrozenModule::new("net.wifi", b"who = 3").package(),
    FrozenModule::new("net.wifi.low", b"who = 4"),
    FrozenModule::new("ns.part", b"who = 5"),
    FrozenModule::new("soft", b"who = 6")
        .class(Class::Extensible)
        .aliases(&["limp"]),
    FrozenModule::new("ulow", b"who = 7").class(Class::Extensible),
];

fn finders<const C: bool>() -> Vec<Rc<dyn Finder<Tiny<C>>>> {
    vec![
        Rc::new(Frozen::new(SET)),
        Rc::new(Path::standard()),
        Rc::new(Frozen::extensible(SET)),
    ]
}

#[test]
fn modules_and_packages_are_found_by_their_full_names() {
    let mut vm = full(finders());
    for (name, who, path) in [
        ("boot", "1", "-"),
        ("net", "2", ".frozen/net"),
        ("net.wifi", "3", ".frozen/net/wifi"),
        ("net.wifi.low", "4", "-"),
        ("soft", "6", "-"),
    ] {
        assert_eq!(vm.look(name, "who"), who, "{name}");
        assert_eq!(vm.look(name, "__path__"), path, "{name}");
        assert_eq!(vm.look(name, "__file__"), "-", "{name}");
    }
    for name in [
        "bo", "boots", "net.wif", "net.boot", "wifi", "ns", "ns.part", "a", "z",
    ] {
        assert!(vm.import(name).is_err(), "{name}");
    }
    assert_eq!(vm.ran, ["boot", "net", "net.wifi", "net.wifi.low", "soft"]);

    let spec = vm.with(|importer| importer.find_spec("boot")).unwrap();
    let spec = spec.unwrap();
    assert_eq!(
        (spec.kind, spec.origin.as_deref()),
        (Kind::Frozen, Some("frozen"))
    );
    assert_eq!((spec.suffix.as_str(), spec.has_file), (".py", false));
}

#[test]
fn code_stays_in_read_only_memory() {
    let frozen = Frozen::new(SET);
    let Answer::Module(spec) = PathHook::find(&frozen, ".frozen", &Sought::new("boot", &[])) else {
        panic!("not found");
    };
    let code = PathHook::code(&frozen, &spec).unwrap();
    let Cow::Borrowed(bytes) = code.bytes else {
        panic!("it was copied");
    };
    assert!(std::ptr::eq(bytes, SET[0].code));
    assert!(code.names.is_empty());
}

#[test]
fn the_id_table_of_compiled_code_stays_in_read_only_memory() {
    static NAMES: [Qstr; 2] = [qstr!("argv"), qstr!("path")];
    static COMPILED: &[FrozenModule] = &[FrozenModule::new("boot", &[1, 0, 2, 1]).names(&NAMES)];
    let frozen = Frozen::new(COMPILED);
    let Answer::Module(spec) = PathHook::find(&frozen, ".frozen", &Sought::new("boot", &[])) else {
        panic!("not found");
    };
    let names = PathHook::code(&frozen, &spec).unwrap().names;
    assert!(names.is_in_place() && names.iter().eq(NAMES));
}

#[test]
fn all_names_of_a_module_give_one_object() {
    for names in [
        ["net", "unet", "web"],
        ["unet", "web", "net"],
        ["web", "net", "unet"],
    ] {
        let mut vm = full(finders());
        let module = vm.import(names[0]).unwrap();
        let below = vm.import(&format!("{}.wifi.low", names[0])).unwrap();
        for name in names {
            assert_eq!(vm.import(name), Ok(module), "{name} of {names:?}");
            assert_eq!(vm.look(name, "__name__"), "net");
            let low = format!("{name}.wifi.low");
            assert_eq!(vm.import(&low), Ok(below), "{low} of {names:?}");
            assert_eq!(vm.look(&low, "__name__"), "net.wifi.low");
            assert_eq!(vm.look(&low, "__package__"), "net.wifi");
        }
        assert_eq!(vm.ran, ["net", "net.wifi", "net.wifi.low"]);
        let shown = vm.with(|importer| importer.show(module));
        assert_eq!(shown.unwrap(), "<module 'net' (frozen)>");

        // It is reloaded under whatever name it is entered.
        vm.forget(names[0]);
        let reloaded = vm.with(|importer| importer.reload(&Value::Module(module)));
        assert_eq!(reloaded.unwrap(), Value::Module(module));
        assert_eq!(vm.ran.last().unwrap(), "net");

        // Without any entry, the next import is a new one.
        vm.forget(names[1]);
        vm.forget(names[2]);
        assert_ne!(vm.import(names[0]), Ok(module));
    }
}

#[test]
fn a_failed_module_leaves_none_of_its_names_behind() {
    static FAILING: &[FrozenModule] =
        &[FrozenModule::new("bad", b"import worse\nfail").aliases(&["worse"])];
    let mut vm = full(vec![Rc::new(Frozen::new(FAILING))]);
    for name in ["bad", "worse", "bad"] {
        assert_eq!(vm.import(name), Err("RuntimeError: failed".into()));
        let loaded = vm.with(|importer| importer.loaded());
        assert_eq!(loaded, [""; 0]);
    }
    assert_eq!(vm.ran, ["bad", "bad", "bad"]);
}

#[test]
fn a_file_takes_the_place_of_an_extensible_one() {
    let folder = Folder::new();
    folder
        .write("soft.py", "who = 60")
        .write("limp.py", "who = 61")
        .write("net.py", "who = 62");
    let mut vm = full(finders());
    vm.imports.path = vec![folder.path("")];
    assert_eq!(vm.look("net", "who"), "2");
    assert_eq!(vm.look("soft", "who"), "60");
    assert_eq!(vm.look("limp", "who"), "61");
    folder.remove("limp.py");
    vm.forget("limp");
    assert_eq!(
        vm.look("limp", "who"),
        "6",
        "the alias is still the frozen one"
    );
    assert_eq!(vm.look("soft", "who"), "60");
}

#[test]
fn a_package_of_files_has_no_frozen_submodules_unless_its_path_says_so() {
    static LIB: &[FrozenModule] = &[
        FrozenModule::new("lib", b"")
            .package()
            .class(Class::Extensible),
        FrozenModule::new("lib.rom", b"who = 1").class(Class::Extensible),
    ];
    let folder = Folder::new();
    folder.write("lib/__init__.py", "");
    let mut vm = full(vec![
        Rc::new(Path::standard()),
        Rc::new(Frozen::extensible(LIB)),
    ]);
    vm.imports.path = vec![folder.path("")];
    let lib = vm.import("lib").unwrap();
    assert!(vm.import("lib.rom").is_err());
    let path = vec![folder.path("lib"), ".frozen/lib".into()];
    vm.store(lib, "__path__", Value::List(path));
    assert_eq!(vm.look("lib.rom", "who"), "1");
}

#[test]
fn as_in_micropython_a_u_forces_it_and_is_a_weak_link() {
    let folder = Folder::new();
    folder
        .write("soft.py", "who = 60")
        .write("low.py", "who = 70");
    let mut vm = full(finders());
    vm.imports.path = vec![folder.path("")];
    assert!(vm.import("usoft").is_err());

    vm.imports.options = Options::micropython();
    assert_eq!(vm.look("usoft", "who"), "6");
    assert_eq!(vm.look("soft", "who"), "60");
    assert_eq!(vm.look("low", "who"), "70");
    folder.remove("soft.py");
    folder.remove("low.py");
    vm.forget("soft");
    vm.forget("low");
    let forced = vm.import("usoft").unwrap();
    assert_eq!(vm.import("soft"), Ok(forced));
    assert_eq!(vm.look("low", "who"), "7");
    assert_eq!(vm.look("low", "__name__"), "ulow");
    let ran = vm.ran.iter().filter(|name| *name == "soft").count();
    assert_eq!(ran, 2, "the frozen one and the file");
}

#[test]
fn an_entry_of_the_path_stands_for_the_set() {
    let folder = Folder::new();
    folder
        .write("boot.py", "who = 10")
        .write("ns/b.py", "who = 50");
    let path = Path::standard();
    path.insert(0, Frozen::new(SET));
    let mut vm = full(vec![Rc::new(path)]);
    vm.imports.path = vec![folder.path(""), ".frozen".into()];
    // Whatever its class, the order of the entries decides.
    assert_eq!(vm.look("boot", "who"), "10");
    vm.forget("boot");
    vm.imports.path.reverse();
    assert_eq!(vm.look("boot", "who"), "1");
    assert_eq!(vm.look("net.wifi.low", "who"), "4");
    assert_eq!(vm.look("soft", "who"), "6");
    assert_eq!(vm.import("web"), vm.import("net"));
    // Without a module of its own, a folder.
    assert_eq!(vm.look("ns.part", "who"), "5");
    assert_eq!(vm.look("ns.b", "who"), "50");
    assert_eq!(
        vm.look("ns", "__path__"),
        format!(".frozen/ns:{}", folder.path("ns"))
    );
    vm.imports.path = vec![folder.path("")];
    assert!(vm.import("ulow").is_err());
}

#[test]
fn find_module_with_a_path_searches_that_path() {
    let mut vm = full(finders());
    let mut find = |path: Option<Vec<String>>| {
        let found = vm.with(|importer| importer.find_module("boot", path.as_deref()));
        found.map(|finding| finding.spec().kind).ok()
    };
    assert_eq!(find(None), Some(Kind::Frozen));
    assert_eq!(find(Some(vec![".frozen".into()])), Some(Kind::Frozen));
    assert_eq!(find(Some(vec!["/nowhere".into()])), None);
}

#[test]
fn imp_knows_frozen_modules() {
    let mut vm = full(finders());
    for (name, is_frozen) in [
        ("boot", true),
        ("net.wifi.low", true),
        ("web", true),
        ("soft", true),
        ("sys", false),
        ("nowhere", false),
    ] {
        let answer = vm.with(|importer| importer.is_frozen(name)).unwrap();
        assert_eq!(answer, is_frozen, "{name}");
    }
    let first = vm.with(|importer| importer.init_frozen("soft")).unwrap();
    let second = vm.with(|importer| importer.init_frozen("soft")).unwrap();
    assert_eq!(first, second);
    assert_eq!(vm.ran, ["soft", "soft"]);
}

#[test]
fn what_the_host_cannot_run_is_not_found() {
    static MIXED: &[FrozenModule] = &[
        FrozenModule::new("compiled", b"who = 1").suffix(".pyc"),
        FrozenModule::new("text", b"who = 2").suffix(".py"),
    ];
    let mut vm = bare(vec![Rc::new(Frozen::new(MIXED))]);
    assert_eq!(vm.look("compiled", "who"), "1");
    assert_eq!(
        vm.import("text"),
        Err("ModuleNotFoundError: No module named 'text' \
             (source code was not searched: there is no compiler)"
            .into())
    );
}

#[test]
fn a_set_need_not_be_sorted() {
    static UNSORTED: &[FrozenModule] = &[
        FrozenModule::new("z", b"who = 1").aliases(&["a", "b"]),
        FrozenModule::new("b", b"who = 2").package(),
        FrozenModule::new("b.x", b"who = 3"),
        FrozenModule::new("z", b"who = 4"),
        FrozenModule::new("ns.y", b"who = 5"),
    ];
    let frozen = Frozen::new(UNSORTED);
    for (name, code) in [
        ("z", Some("who = 1")),
        ("a", Some("who = 1")),
        ("b", Some("who = 2")),
        ("b.x", Some("who = 3")),
        ("c", None),
        ("", None),
        ("zz", None),
    ] {
        let found = frozen.get(name).map(|module| module.code);
        assert_eq!(found, code.map(str::as_bytes), "{name}");
    }
    let answer = PathHook::find(&frozen, ".frozen", &Sought::new("ns", &[]));
    assert_eq!(answer, Answer::Portion(".frozen/ns".into()));
    assert!(Frozen::new(&[]).get("a").is_none());

    let mut vm = full(vec![Rc::new(frozen)]);
    assert_eq!(vm.look("a", "who"), "1");
    assert_eq!(vm.look("b.x", "who"), "3");
}

#[test]
fn every_module_of_a_large_set_is_found() {
    let names: Vec<String> = (0..2000).map(|number| format!("m{number}")).collect();
    for is_sorted in [true, false] {
        let mut set: Vec<FrozenModule> = names
            .iter()
            .map(|name| FrozenModule::new(name.clone().leak(), b""))
            .collect();
        if is_sorted {
            set.sort_by_key(|module| module.name);
        }
        let frozen = Frozen::new(set.leak());
        for name in &names {
            assert_eq!(
                frozen.get(name).map(|module| module.name),
                Some(name.as_str())
            );
        }
        assert!(frozen.get("m2000").is_none() && frozen.get("m").is_none());
    }
}

#[test]
fn a_frozen_module_behind_an_entry_of_the_path_is_frozen() {
    static SET: &[FrozenModule] = &[
        FrozenModule::new("net", b"x = 1").package(),
        FrozenModule::new("net.wifi", b"x = 2"),
        FrozenModule::new("wifi", b"x = 3"),
    ];
    let memory = Memory::new("memory");
    memory.insert("net", MemoryModule::source("x = 4"));
    let path = Path::new();
    path.push(memory);
    path.push(Frozen::new(SET));
    let mut vm = full(vec![Rc::new(path)]);
    vm.imports.path = vec!["memory".into(), ".frozen".into()];
    assert_eq!(vm.look("net", "x"), "4");
    vm.with(|importer| {
        for (name, is_frozen) in [("net", true), ("net.wifi", true), ("lan", false)] {
            assert_eq!(importer.is_frozen(name), Ok(is_frozen), "{name}");
            assert_eq!(
                importer.init_frozen(name).unwrap().is_some(),
                is_frozen,
                "{name}"
            );
        }
    });
    assert_eq!(vm.look("net", "x"), "1");
    assert_eq!(vm.look("net.wifi", "x"), "2");
}

static ONE: &[FrozenModule] = &[FrozenModule::new("net", b"who = 1").aliases(&["neta"])];
static OTHER: &[FrozenModule] = &[FrozenModule::new("net", b"who = 2").aliases(&["netb"])];

#[test]
fn modules_of_one_name_in_two_sets_are_two() {
    let mut vm = full(vec![Rc::new(Frozen::new(ONE)), Rc::new(Frozen::new(OTHER))]);
    assert_eq!(vm.look("net", "who"), "1");
    assert_eq!(vm.look("netb", "who"), "2");
    assert_eq!(vm.import("neta"), vm.import("net"));
}

#[test]
fn a_spec_is_good_for_its_own_set_alone() {
    static OTHER: &[FrozenModule] = &[FrozenModule::new("boot", b"who = 10")];
    let [ours, other] = [SET, OTHER].map(Frozen::new);
    let Answer::Module(spec) = PathHook::find(&ours, ".frozen", &Sought::new("boot", &[])) else {
        panic!("not found");
    };
    assert!(PathHook::code(&ours, &spec).is_ok());
    let error = PathHook::code(&other, &spec).unwrap_err().to_string();
    assert!(error.contains("it is not in this set"), "{error}");
}
