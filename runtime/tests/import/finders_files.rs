//! Directories of files, and what is remembered of them.

use crate::folder::Folder;
use crate::host::{Value, full};
use enroll::import::{Answer, Files, Kind, Path, PathHook, Sought, Suffix};
use std::fs;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

fn suffixes() -> [Suffix; 2] {
    [
        Suffix::new(".pyc", Kind::Compiled),
        Suffix::new(".py", Kind::Source),
    ]
}

/// Where the hook finds a module, `folder/` for a portion, `-` for nothing.
fn found(files: &Files, entry: &str, name: &str) -> String {
    match files.find(entry, &Sought::new(name, &suffixes())) {
        Answer::Module(spec) => spec.origin.unwrap(),
        Answer::Portion(portion) => portion + "/",
        Answer::Nothing => "-".into(),
        Answer::Moved => "moved".into(),
    }
}

#[test]
fn package_then_module_then_folder_suffix_by_suffix() {
    let files = Files::new();
    // What is there, from last to first choice, and what is found then.
    let steps = [
        ("m/other.txt", "m/"),
        ("m.py", "m.py"),
        ("m.pyc", "m.pyc"),
        ("m/__init__.py", "m/__init__.py"),
        ("m/__init__.pyc", "m/__init__.pyc"),
    ];
    let folder = Folder::new();
    let entry = folder.path("");
    for (file, wanted) in steps {
        folder.write(file, "");
        assert_eq!(found(&files, &entry, "m"), folder.path(wanted), "{file}");
    }
    for (file, wanted) in [
        ("m/__init__.pyc", "m/__init__.py"),
        ("m/__init__.py", "m.pyc"),
        ("m.pyc", "m.py"),
        ("m.py", "m/"),
    ] {
        folder.remove(file);
        assert_eq!(found(&files, &entry, "m"), folder.path(wanted), "{file}");
    }
    folder.remove("m");
    assert_eq!(found(&files, &entry, "m"), "-");
}

#[test]
fn what_only_looks_like_a_module_is_none() {
    let folder = Folder::new();
    folder
        .make("folder.py")
        .make("package/__init__.py")
        .write("file", "")
        .write("UPPER.py", "")
        .write("dotted.name.py", "");
    let files = Files::new();
    let entry = folder.path("");
    for (name, wanted) in [
        ("folder", "-".into()),
        ("package", folder.path("package/")),
        ("file", "-".into()),
        ("upper", "-".into()),
        ("UPPER", folder.path("UPPER.py")),
        ("dotted", "-".into()),
        ("name", "-".into()),
    ] {
        assert_eq!(found(&files, &entry, name), wanted, "{name}");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere", folder.path("dangling.py")).unwrap();
        std::os::unix::fs::symlink("UPPER.py", folder.path("linked.py")).unwrap();
        assert_eq!(found(&files, &entry, "dangling"), "-");
        assert_eq!(found(&files, &entry, "linked"), folder.path("linked.py"));
        folder.remove("UPPER.py");
        assert_eq!(found(&files, &entry, "linked"), "-");
    }
}

#[test]
fn suffixes_and_the_file_of_a_package_are_the_hosts() {
    let folder = Folder::new();
    folder
        .write("tool", "")
        .write("fast.cpython-311-x86_64-linux-gnu.so", "not read")
        .write("lib/init.lua", "who = 1");
    let suffixes = [
        Suffix::new(".lua", Kind::Source),
        Suffix::new(".cpython-311-x86_64-linux-gnu.so", Kind::Extension),
        Suffix::new("", Kind::Hook),
    ];
    let files = Files::new();
    let search = |name: &str| {
        let mut sought = Sought::new(name, &suffixes);
        sought.init = "init";
        files.find(&folder.path(""), &sought)
    };
    for (name, kind, file, code) in [
        ("tool", Kind::Hook, "tool", ""),
        ("lib", Kind::Source, "lib/init.lua", "who = 1"),
        (
            "fast",
            Kind::Extension,
            "fast.cpython-311-x86_64-linux-gnu.so",
            "",
        ),
    ] {
        let Answer::Module(spec) = search(name) else {
            panic!("{name}");
        };
        assert_eq!(spec.kind, kind);
        assert_eq!(spec.origin, Some(folder.path(file)));
        assert_eq!(spec.is_package(), name == "lib");
        let suffix = suffixes.iter().find(|suffix| suffix.kind == kind).unwrap();
        assert_eq!(spec.suffix, suffix.suffix);
        assert_eq!(&*files.code(&spec).unwrap().bytes, code.as_bytes());
    }
    assert_eq!(suffixes[0].mode(), "r");
    assert_eq!(suffixes[1].mode(), "rb");
}

#[test]
fn every_change_is_seen_at_once() {
    let folder = Folder::new();
    let entry = folder.path("lib");
    folder.make("lib");
    let files = Files::new();
    // Far more changes than there are ticks of a clock.
    for round in 0..200 {
        let name = format!("m{round}");
        let file = format!("lib/{name}.py");
        assert_eq!(found(&files, &entry, &name), "-");
        folder.write(&file, "");
        assert_eq!(found(&files, &entry, &name), folder.path(&file));
        folder.remove(&file);
        assert_eq!(found(&files, &entry, &name), "-");
    }
}

#[test]
fn a_directory_is_listed_again_only_when_it_has_changed() {
    let folder = Folder::new();
    folder.write("m.py", "").make("old");
    let entry = folder.path("");
    let files = Files::new();
    std::thread::sleep(Duration::from_millis(2200));
    assert_eq!(files.listings(), 0);
    for _ in 0..10 {
        assert_eq!(found(&files, &entry, "m"), folder.path("m.py"));
        assert_eq!(found(&files, &entry, "n"), "-");
    }
    assert_eq!(files.listings(), 1);

    // Content of files and of folders below is no change of the directory.
    folder.write("m.py", "who = 1").write("old/n.py", "");
    assert_eq!(found(&files, &entry, "n"), "-");
    assert_eq!(files.listings(), 1);

    // A tool that sets the time back does not hide a new file.
    #[cfg(unix)]
    {
        let before = fs::metadata(&entry).unwrap().modified().unwrap();
        folder.write("n.py", "");
        let directory = fs::File::open(&entry).unwrap();
        directory.set_modified(before).unwrap();
        assert_eq!(fs::metadata(&entry).unwrap().modified().unwrap(), before);
        assert_eq!(found(&files, &entry, "n"), folder.path("n.py"));
        assert_eq!(files.listings(), 2);
    }
}

#[test]
fn a_directory_whose_time_lies_ahead_is_not_trusted() {
    let folder = Folder::new();
    let entry = folder.path("");
    let ahead = SystemTime::now() + Duration::from_secs(3600);
    let directory = fs::File::open(&entry).unwrap();
    directory.set_modified(ahead).unwrap();
    let files = Files::new();
    assert_eq!(found(&files, &entry, "m"), "-");
    assert_eq!(found(&files, &entry, "m"), "-");
    assert_eq!(files.listings(), 2);
}

#[test]
fn caches_are_invalidated_by_a_call() {
    let folder = Folder::new();
    folder.write("m.py", "");
    std::thread::sleep(Duration::from_millis(2200));
    let files = Arc::new(Files::new());
    let path = Path::new();
    path.push(files.clone());
    let path = Rc::new(path);
    let mut vm = full(vec![path.clone()]);
    vm.imports.path = vec![folder.path("")];
    let mut search = || {
        assert!(vm.import("nowhere").is_err());
        files.listings()
    };
    assert_eq!([search(), search()], [1, 1]);
    assert_eq!(path.remembered(), [(folder.path(""), Some("files".into()))]);
    vm.with(|importer| importer.invalidate_caches());
    assert!(path.remembered().is_empty());
    assert!(vm.import("nowhere").is_err());
    assert_eq!(files.listings(), 2);
}

#[test]
fn a_replaced_directory_is_noticed() {
    let folder = Folder::new();
    folder
        .write("lib/m.py", "who = 1")
        .write("next/n.py", "who = 2");
    // Two directories of the same age.
    let time = SystemTime::now() - Duration::from_secs(3600);
    for name in ["lib", "next"] {
        let directory = fs::File::open(folder.path(name)).unwrap();
        directory.set_modified(time).unwrap();
    }
    std::thread::sleep(Duration::from_millis(2200));
    let mut vm = full(vec![Rc::new(Path::standard())]);
    vm.imports.path = vec![folder.path("lib")];
    assert_eq!(vm.look("m", "who"), "1");
    assert!(vm.import("n").is_err());

    fs::rename(folder.path("lib"), folder.path("gone")).unwrap();
    vm.forget("m");
    assert!(vm.import("m").is_err());
    fs::rename(folder.path("next"), folder.path("lib")).unwrap();
    assert_eq!(vm.look("n", "who"), "2");
    assert!(vm.import("m").is_err());

    // By an archive, and back.
    folder.remove("lib");
    folder.archive("lib", &[("n.py", "who = 3")]);
    vm.forget("n");
    assert_eq!(vm.look("n", "who"), "3");
    folder.remove("lib");
    folder.write("lib/n.py", "who = 4");
    vm.forget("n");
    assert_eq!(vm.look("n", "who"), "4");
}

#[test]
fn a_place_that_cannot_be_read_has_nothing() {
    let folder = Folder::new();
    folder.write("text.txt", "").write("here/m.py", "who = 1");
    let mut vm = full(vec![Rc::new(Path::standard())]);
    vm.imports.path = vec![
        folder.path("nowhere"),
        folder.path("text.txt"),
        folder.path("text.txt/below"),
        "nul\0".into(),
        "x".repeat(100_000),
        folder.path("here"),
    ];
    assert_eq!(vm.look("m", "who"), "1");

    // It appears.
    folder.write("nowhere/n.py", "who = 2");
    assert_eq!(vm.look("n", "who"), "2");
}

#[cfg(unix)]
#[test]
fn a_directory_that_may_not_be_read_has_nothing() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = Folder::new();
    folder.write("shut/m.py", "who = 1");
    let shut = folder.path("shut");
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o0)).unwrap();
    let may = fs::read_dir(&shut).is_ok();
    let mut vm = full(vec![Rc::new(Path::standard())]);
    vm.imports.path = vec![shut.clone()];
    if may {
        println!("not tested: this user may read everything");
    } else {
        assert!(vm.import("m").is_err());
    }
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!(vm.look("m", "who"), "1");
}

#[test]
fn code_that_is_gone_is_an_error() {
    let folder = Folder::new();
    let entry = folder.path("");
    folder
        .write("gone.py", "who = 1")
        .write("turned.py", "who = 1")
        .write("changed.py", "who = 1");
    let mut vm = full(vec![Rc::new(Path::standard())]);
    vm.imports.path = vec![entry];
    vm.with(|importer| importer.install_lazy(Vec::new()));
    let names = ["gone", "turned", "changed"];
    let modules = names.map(|name| vm.import(name).unwrap());
    folder.remove("gone.py");
    folder.remove("turned.py");
    folder.make("turned.py").write("changed.py", "who = 2");

    let who = vm.imports.names.intern("who").unwrap();
    let [gone, turned, changed] =
        modules.map(|module| vm.with(|importer| importer.load(module, who)));
    for (result, name) in [(gone, "gone"), (turned, "turned")] {
        let why = result.unwrap_err().0;
        let wanted = format!(
            "OSError: cannot read {}: ",
            folder.path(&format!("{name}.py"))
        );
        assert!(why.starts_with(&wanted), "{why}");
    }
    assert_eq!(changed.unwrap(), Some(Value::Int(2)));
    // It comes back.
    folder.write("gone.py", "who = 3");
    let again = vm.with(|importer| importer.load(modules[0], who));
    assert_eq!(again.unwrap(), Some(Value::Int(3)));
}

#[test]
fn a_relative_entry_is_seen_from_the_current_directory() {
    // The tests of this program share the current directory.
    static CURRENT: Mutex<()> = Mutex::new(());
    let _held = CURRENT.lock().unwrap_or_else(PoisonError::into_inner);
    let before = std::env::current_dir().unwrap();
    let folder = Folder::new();
    folder
        .write("one/m.py", "")
        .write("one/lib/n.py", "")
        .write("two/m.py", "")
        .write("two/lib/n/x.py", "");

    let files = Files::new();
    std::env::set_current_dir(folder.path("one")).unwrap();
    for (entry, name, file) in [
        ("", "m", "one/m.py"),
        (".", "m", "one/m.py"),
        ("./", "m", "one/m.py"),
        ("lib", "n", "one/lib/n.py"),
        ("./lib", "n", "one/lib/n.py"),
        (".//lib/", "n", "one/lib/n.py"),
    ] {
        assert_eq!(found(&files, entry, name), folder.path(file), "{entry:?}");
    }
    std::env::set_current_dir(folder.path("two")).unwrap();
    assert_eq!(found(&files, "", "m"), folder.path("two/m.py"));
    assert_eq!(found(&files, "lib", "n"), folder.path("two/lib/n/"));
    assert!(files.takes("lib") && !files.takes("library"));

    // Without a current directory there is nothing there.
    folder.make("three");
    std::env::set_current_dir(folder.path("three")).unwrap();
    folder.remove("three");
    let answers = [found(&files, "", "m"), found(&files, "lib", "n")];
    std::env::set_current_dir(before).unwrap();
    assert_eq!(answers, ["moved", "moved"]);
}
