//! The same folders and archives, asked by CPython: where it is not installed,
//! nothing is compared.

use crate::folder::{Folder, archive};
use crate::host::full;
use enroll::import::{Path, Suffix};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::Command;
use std::rc::Rc;

const NAMES: [&str; 3] = ["qa", "qb", "qc"];
const TREES: u64 = 80;

/// A sequence of numbers that looks random (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = self.0;
        number = (number ^ number >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ number >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((number ^ number >> 31) % end as u64) as usize
    }
}

/// Files, and folders that end in a slash.
fn tree(numbers: &mut Numbers, below: &str, depth: usize, files: &mut BTreeMap<String, ()>) {
    for name in NAMES {
        let place = format!("{below}{name}");
        let sort = numbers.below(8);
        if matches!(sort, 1 | 2) {
            files.insert(format!("{place}.py"), ());
        }
        if matches!(sort, 2..=5) {
            files.insert(format!("{place}/"), ());
            if matches!(sort, 2 | 3) {
                files.insert(format!("{place}/__init__.py"), ());
            }
            if depth > 0 {
                tree(numbers, &format!("{place}/"), depth - 1, files);
            }
        }
    }
}

/// Three folders and an archive; gives the entries of a path.
fn make(folder: &Folder, numbers: &mut Numbers) -> Vec<String> {
    let mut entries = Vec::new();
    for root in ["one", "two", "three", "lib.zip"] {
        let mut files = BTreeMap::new();
        tree(numbers, "", 2, &mut files);
        let members: Vec<(&str, &str)> = files.keys().map(|file| (file.as_str(), "")).collect();
        if root == "lib.zip" {
            folder.write(root, archive(&members));
        } else {
            folder.make(root);
            for (file, _) in members {
                match file.strip_suffix('/') {
                    Some(inner) => folder.make(&format!("{root}/{inner}")),
                    None => folder.write(&format!("{root}/{file}"), ""),
                };
            }
        }
        entries.push(folder.path(root));
    }
    entries.push(folder.path("lib.zip/qa"));
    entries.push(folder.path("one/qb"));
    entries.push(folder.path("nowhere"));
    for place in (1..entries.len()).rev() {
        entries.swap(place, numbers.below(place + 1));
    }
    entries
}

/// All names to the third level.
fn names() -> Vec<String> {
    let mut names: Vec<String> = NAMES.map(String::from).to_vec();
    for level in [0, NAMES.len()] {
        let packages = names[level..].to_vec();
        for package in packages {
            names.extend(NAMES.map(|name| format!("{package}.{name}")));
        }
    }
    names
}

const ASK: &str = r#"
import importlib, importlib.util, sys
for number, path in enumerate(TREES):
    for name in [name for name in sys.modules if name[0] == "q"]:
        del sys.modules[name]
    sys.path[:] = path
    sys.path_importer_cache.clear()
    for name in NAMES:
        try:
            spec = importlib.util.find_spec(name)
        except ModuleNotFoundError:
            spec = None
        if spec is None:
            print(number, name, "-")
        else:
            below = spec.submodule_search_locations
            print(number, name, spec.origin, "-" if below is None else ":".join(below))
"#;

#[test]
fn cpython_finds_the_same() {
    let mut numbers = Numbers(1);
    let folders: Vec<Folder> = (0..TREES).map(|_| Folder::new()).collect();
    let paths = folders.iter().map(|folder| make(folder, &mut numbers));
    let paths: Vec<Vec<String>> = paths.collect();

    let script = format!("TREES = {paths:?}\nNAMES = {:?}\n{ASK}", names());
    let python = Command::new("python3")
        .args(["-I", "-B", "-c", &script])
        .output();
    let Ok(python) = python else {
        println!("not compared: there is no python3");
        return;
    };
    let errors = String::from_utf8_lossy(&python.stderr);
    assert!(python.status.success(), "{errors}");
    let theirs = String::from_utf8(python.stdout).unwrap();

    let mut ours = String::new();
    for (number, path) in paths.into_iter().enumerate() {
        let mut vm = full(vec![Rc::new(Path::standard())]);
        vm.imports.suffixes = vec![Suffix::new(".py", enroll::import::Kind::Source)];
        vm.imports.path = path;
        for name in names() {
            let spec = vm.with(|importer| importer.find_spec(&name));
            let Ok(Some(spec)) = spec else {
                writeln!(ours, "{number} {name} -").unwrap();
                continue;
            };
            let origin = spec.origin.unwrap_or("None".into());
            let below = spec.search.map_or("-".into(), |search| search.join(":"));
            writeln!(ours, "{number} {name} {origin} {below}").unwrap();
        }
    }
    let mut sorts = [0; 4];
    for (ours, theirs) in ours.lines().zip(theirs.lines()) {
        assert_eq!(ours, theirs);
        let sort = match ours.split(' ').skip(2).collect::<Vec<_>>()[..] {
            [_] => 0,
            ["None", _] => 3,
            [_, "-"] => 1,
            _ => 2,
        };
        sorts[sort] += 1;
    }
    assert_eq!(ours.lines().count(), theirs.lines().count());
    let [missing, modules, packages, namespaces] = sorts;
    println!(
        "{TREES} trees: {modules} modules, {packages} packages, \
         {namespaces} namespace packages, {missing} names that are not there"
    );
    assert!(sorts.iter().all(|&count| count > 100));
}
