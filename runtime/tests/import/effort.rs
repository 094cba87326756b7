//! What takes eight times as long with eight times as many names, patches or
//! modules, and not sixty-four times.

use crate::host::{Value, full};
use enroll::qstr;
use std::time::{Duration, Instant};

/// How often less must be the work on few than on eight times as many.
const STEEP: u32 = 28;

/// Measures the work on so many, the best of three, and compares.
fn is_not_steep(few: usize, work: impl Fn(usize) -> Duration) {
    let best = |count| (0..3).map(|_| work(count)).min().unwrap_or_default();
    let (short, long) = (best(few), best(few * 8));
    assert!(
        long < short * STEEP,
        "{few}: {short:?}, eightfold: {long:?}"
    );
}

#[test]
fn names_and_patches_of_a_module() {
    is_not_steep(2_000, |count| {
        let mut vm = full(Vec::new());
        let names: Vec<_> = (0..count)
            .map(|number| vm.imports.names.intern(&format!("name{number}")).unwrap())
            .collect();
        let owner = qstr!("__main__");
        vm.with(|importer| {
            let module = importer.new_module("m").unwrap();
            let start = Instant::now();
            for &name in &names {
                importer.patch(module, name, owner, Value::None).unwrap();
            }
            assert_eq!(importer.names(module).unwrap().len(), count + 1);
            assert_eq!(importer.undo_all(owner), count);
            for &name in &names {
                importer.hide(module, name, owner).unwrap();
            }
            assert_eq!(importer.names(module).unwrap().len(), 1);
            start.elapsed()
        })
    });
}

#[test]
fn modules_below_a_package() {
    is_not_steep(500, |count| {
        let mut vm = full(Vec::new());
        let mut work = vm.with(|importer| {
            for number in 0..count {
                let module = importer.new_module("m").unwrap();
                let name = format!("p.m{number}");
                importer.set(&name, Value::Module(module)).unwrap();
            }
            let start = Instant::now();
            assert_eq!(importer.cx().host().imports.sweep(|_| false), 0);
            start.elapsed()
        });
        let start = Instant::now();
        let unloaded = vm.with(|importer| importer.unload("p")).unwrap();
        assert_eq!(unloaded.modules.len(), count);
        assert_eq!(vm.imports.sweep(|_| false), count);
        work += start.elapsed();
        work
    });
}
