//! Zip archives.

use crate::folder::{Folder, archive};
use crate::host::{Value, full};
use enroll::import::{Answer, Kind, Path, PathHook, Sought, Suffix, Zip};
use std::fs;
use std::rc::Rc;
use std::time::{Duration, SystemTime};

fn suffixes() -> [Suffix; 3] {
    [
        Suffix::new(".so", Kind::Extension),
        Suffix::new(".pyc", Kind::Compiled),
        Suffix::new(".py", Kind::Source),
    ]
}

fn found(zip: &Zip, entry: &str, name: &str) -> String {
    match zip.find(entry, &Sought::new(name, &suffixes())) {
        Answer::Module(spec) => spec.origin.unwrap(),
        Answer::Portion(portion) => portion + "/",
        Answer::Nothing => "-".into(),
        Answer::Moved => "moved".into(),
    }
}

#[test]
fn packages_modules_and_folders_in_an_archive() {
    let folder = Folder::new();
    folder.archive(
        "lib.zip",
        &[
            ("m.py", "who = 1"),
            ("m.pyc", "who = 2"),
            ("native.so", ""),
            ("pkg/__init__.py", "who = 3"),
            ("pkg/sub/__init__.py", "who = 4"),
            ("pkg/sub/deep.py", "who = 5"),
            ("ns/", ""),
            ("hidden/below/x.py", "who = 6"),
        ],
    );
    let mut vm = full(vec![Rc::new(Path::standard())]);
    vm.imports.suffixes = suffixes().into();
    vm.imports.path = vec![folder.path("lib.zip")];
    for (name, who, file) in [
        ("m", "2", "m.pyc"),
        ("pkg", "3", "pkg/__init__.py"),
        ("pkg.sub", "4", "pkg/sub/__init__.py"),
        ("pkg.sub.deep", "5", "pkg/sub/deep.py"),
        ("hidden.below.x", "6", "hidden/below/x.py"),
    ] {
        assert_eq!(vm.look(name, "who"), who, "{name}");
        let file = folder.path(&format!("lib.zip/{file}"));
        assert_eq!(vm.look(name, "__file__"), file);
    }
    for (name, path) in [
        ("pkg.sub", "lib.zip/pkg/sub"),
        ("ns", "lib.zip/ns"),
        ("hidden", "lib.zip/hidden"),
    ] {
        assert_eq!(vm.look(name, "__path__"), folder.path(path));
    }
    for name in ["native", "pk", "pkg.m", "hid", "ns.m"] {
        assert!(vm.import(name).is_err(), "{name}");
    }
}

#[test]
fn an_entry_may_be_a_folder_in_an_archive() {
    let folder = Folder::new();
    folder.archive("lib.zip", &[("a/b/m.py", ""), ("top.py", "")]);
    let zip = Zip::new();
    let lib = folder.path("lib.zip");
    for (inner, name, wanted) in [
        ("", "top", "top.py"),
        ("/", "top", "top.py"),
        ("/a", "b", "a/b/"),
        ("/a/b", "m", "a/b/m.py"),
        ("/a/b/", "m", "a/b/m.py"),
        ("/a", "m", "-"),
        ("/nowhere", "m", "-"),
        ("/top.py", "m", "-"),
    ] {
        let entry = format!("{lib}{inner}");
        assert!(zip.takes(&entry), "{entry}");
        let wanted = match wanted {
            "-" => "-".into(),
            inner => format!("{lib}/{inner}"),
        };
        assert_eq!(found(&zip, &entry, name), wanted, "{entry}");
    }
    for entry in [
        "",
        "/",
        "lib.zip",
        &folder.path(""),
        &folder.path("other.zip"),
    ] {
        assert!(!zip.takes(entry), "{entry}");
    }
}

#[test]
fn a_changed_archive_is_noticed() {
    let folder = Folder::new();
    let zip = Zip::new();
    let lib = folder.path("lib.zip");
    // Of one size, one after the other, faster than a clock ticks.
    for round in 100..200 {
        folder.archive("lib.zip", &[(&format!("m{round}.py"), "")]);
        let (here, before) = (format!("m{round}"), format!("m{}", round - 1));
        assert_eq!(found(&zip, &lib, &here), format!("{lib}/{here}.py"));
        assert_eq!(found(&zip, &lib, &before), "-");
    }

    // Of one size and one time.
    let time = SystemTime::now() - Duration::from_secs(3600);
    for name in ["one", "two"] {
        folder.archive("lib.zip", &[(&format!("{name}.py"), "")]);
        let file = fs::File::options().append(true).open(&lib).unwrap();
        file.set_modified(time).unwrap();
        drop(file);
        std::thread::sleep(Duration::from_millis(2200));
        assert_eq!(found(&zip, &lib, name), format!("{lib}/{name}.py"));
    }
    assert_eq!(found(&zip, &lib, "one"), "-");

    folder.remove("lib.zip");
    assert_eq!(found(&zip, &lib, "two"), "moved");
    assert!(!zip.takes(&lib));
}

#[test]
fn what_is_no_archive_is_left_to_others() {
    let folder = Folder::new();
    let whole = archive(&[("m.py", "who = 1")]);
    folder
        .write("empty.zip", "")
        .write("text.zip", "PK is how an archive begins")
        .write("cut.zip", &whole[..whole.len() / 2])
        .write("whole.data", &whole);
    // An archive may have something before it, as one that runs itself.
    folder.write(
        "prefixed",
        [b"#!/usr/bin/env python\n".as_slice(), &whole].concat(),
    );
    let zip = Zip::new();
    for (name, is_archive) in [
        ("empty.zip", false),
        ("text.zip", false),
        ("cut.zip", false),
        ("whole.data", true),
        ("prefixed", true),
    ] {
        assert_eq!(zip.takes(&folder.path(name)), is_archive, "{name}");
    }
    let mut vm = full(vec![Rc::new(Path::standard())]);
    vm.imports.path = ["empty.zip", "cut.zip", "text.zip", "prefixed"]
        .map(|name| folder.path(name))
        .into();
    assert_eq!(vm.look("m", "who"), "1");
}

#[test]
fn an_archive_that_is_damaged_for_a_while() {
    let folder = Folder::new();
    let whole = archive(&[("m.py", "who = 1"), ("n.py", "who = 2")]);
    folder.write("lib.zip", &whole);
    let mut vm = full(vec![Rc::new(Path::standard())]);
    vm.imports.path = vec![folder.path("lib.zip")];
    vm.with(|importer| importer.install_lazy(Vec::new()));
    let lazy = vm.import("m").unwrap();
    folder.write("lib.zip", &whole[..whole.len() - 10]);
    assert_eq!(
        vm.import("n"),
        Err("ModuleNotFoundError: No module named 'n'".into())
    );
    let who = vm.imports.names.intern("who").unwrap();
    let loaded = vm.with(|importer| importer.load(lazy, who));
    let why = loaded.unwrap_err().0;
    let wanted = format!("OSError: cannot read {}: ", folder.path("lib.zip/m.py"));
    assert!(why.starts_with(&wanted), "{why}");

    folder.remove("lib.zip");
    let loaded = vm.with(|importer| importer.load(lazy, who));
    assert!(loaded.unwrap_err().0.starts_with(&wanted));

    folder.archive("lib.zip", &[("n.py", "who = 3")]);
    let loaded = vm.with(|importer| importer.load(lazy, who));
    assert!(loaded.unwrap_err().0.starts_with(&wanted));
    assert_eq!(vm.look("n", "who"), "3");

    folder.write("lib.zip", &whole);
    let loaded = vm.with(|importer| importer.load(lazy, who));
    assert_eq!(loaded.unwrap(), Some(Value::Int(1)));
}

/// Every byte of an archive, wrong in three ways: nothing panics, and what is
/// read is what was written.
#[test]
fn no_damage_gives_wrong_code() {
    let folder = Folder::new();
    let text = "who = 1\n".repeat(20);
    let whole = archive(&[("m.py", &text), ("pkg/__init__.py", "")]);
    let lib = folder.path("lib.zip");
    let (mut read, mut refused, mut unreadable) = (0, 0, 0);
    for position in 0..whole.len() {
        for change in [0x01, 0x80, 0xff] {
            let mut damaged = whole.clone();
            damaged[position] ^= change;
            folder.write("lib.zip", &damaged);
            let zip = Zip::new();
            if !zip.takes(&lib) {
                refused += 1;
                continue;
            }
            let Answer::Module(spec) = zip.find(&lib, &Sought::new("m", &suffixes())) else {
                refused += 1;
                continue;
            };
            match zip.code(&spec) {
                Ok(code) => {
                    assert_eq!(
                        &*code.bytes,
                        text.as_bytes(),
                        "byte {position} ^ {change:#x}"
                    );
                    read += 1;
                }
                Err(_) => unreadable += 1,
            }
        }
    }
    println!("{read} read, {refused} refused, {unreadable} unreadable");
    assert!(read > 0 && refused > 0 && unreadable > 0);
    for length in 0..whole.len() {
        folder.write("lib.zip", &whole[..length]);
        assert!(!Zip::new().takes(&lib), "{length}");
    }
}

/// Changes a field of the first member in both of its headers.
fn with_field(mut bytes: Vec<u8>, local: usize, central: usize, value: u8) -> Vec<u8> {
    for (header, offset) in [(b"PK\x03\x04", local), (b"PK\x01\x02", central)] {
        let place = bytes.windows(4).position(|four| four == header).unwrap();
        bytes[place + offset] = value;
    }
    bytes
}

#[test]
fn a_member_that_cannot_be_read_is_an_error_of_its_own() {
    let folder = Folder::new();
    let whole = archive(&[("m.py", "who = 1"), ("n.py", "who = 2")]);
    for (what, local, central, value) in [
        ("compressed in an unknown way", 8, 10, 97),
        ("encrypted", 6, 8, 1),
        ("said to be shorter", 22, 24, 6),
        ("said to be longer", 22, 24, 8),
        ("with another sum", 14, 16, 0),
    ] {
        folder.write("lib.zip", with_field(whole.clone(), local, central, value));
        let mut vm = full(vec![Rc::new(Path::standard())]);
        vm.imports.path = vec![folder.path("lib.zip")];
        let why = vm.import("m").unwrap_err();
        let wanted = format!("OSError: cannot read {}: ", folder.path("lib.zip/m.py"));
        assert!(why.starts_with(&wanted), "{what}: {why}");
        println!("{what}: {}", &why[wanted.len()..]);
        assert_eq!(vm.look("n", "who"), "2", "{what}");
    }
}

#[test]
fn an_archive_is_opened_again_only_when_it_has_changed() {
    let folder = Folder::new();
    folder.archive("lib.zip", &[("m.py", "")]);
    let lib = folder.path("lib.zip");
    let ahead = SystemTime::now() + Duration::from_secs(3600);
    for (time, openings) in [(None, 1), (Some(ahead), 4)] {
        if let Some(time) = time {
            let file = fs::File::options().append(true).open(&lib).unwrap();
            file.set_modified(time).unwrap();
        } else {
            std::thread::sleep(Duration::from_millis(2200));
        }
        let zip = Zip::new();
        let Answer::Module(spec) = zip.find(&lib, &Sought::new("m", &suffixes())) else {
            panic!("not found");
        };
        assert_eq!(found(&zip, &format!("{lib}/sub"), "m"), "-");
        for _ in 0..2 {
            assert!(zip.code(&spec).is_ok());
        }
        assert_eq!(zip.openings(), openings);
    }
}
