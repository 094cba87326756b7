//! What scripts do all the time: importing what is loaded, and loading
//! attributes, with the override layer off, untouched and patched.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use enroll::import::{Importer, Layer};
use enroll::{Cx, Qstr, qstr};
use enroll_benches::imports::{Scripts, Sort, Value, module, patch, vm};

/// Calls that one sample times.
const CALLS: usize = 1_000;

fn main() {
    divan::main();
}

/// An import of what is loaded: a builtin that no file can replace, one that a
/// file could replace, a module out of a file, and one in a package.
#[divan::bench(types = [(), Layer<Value>], args = ["machine", "time", "settings", "drivers.motor"])]
fn import<P: Sort>(bencher: Bencher<'_, '_>, name: &str) {
    bencher
        .counter(ItemsCount::new(CALLS))
        .with_inputs(vm::<P>)
        .bench_local_refs(|vm| {
            let mut cx = Cx::<Scripts<P>>::new(vm);
            let mut importer = Importer::new(&mut cx);
            for _ in 0..CALLS {
                let _ = black_box(importer.import(black_box(name)));
            }
        });
}

/// What of the module is patched.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Patched {
    Nothing,
    OtherName,
    ThisName,
}

fn load<P: Sort>(bencher: Bencher<'_, '_>, owner: &str, name: Qstr, patched: Patched) {
    bencher
        .counter(ItemsCount::new(CALLS))
        .with_inputs(|| {
            let mut vm = vm::<P>();
            let owner = module(&mut vm, owner);
            match patched {
                Patched::Nothing => {}
                Patched::OtherName => patch(&mut vm, owner, qstr!("patched")),
                Patched::ThisName => patch(&mut vm, owner, name),
            }
            (vm, owner)
        })
        .bench_local_refs(|(vm, owner)| {
            let mut cx = Cx::<Scripts<P>>::new(vm);
            let mut importer = Importer::new(&mut cx);
            for _ in 0..CALLS {
                let _ = black_box(importer.load(black_box(*owner), black_box(name)));
            }
        });
}

/// A constant of a builtin.
mod constant {
    use super::*;

    #[divan::bench]
    fn off(bencher: Bencher<'_, '_>) {
        load::<()>(bencher, "machine", qstr!("sleep"), Patched::Nothing);
    }

    #[divan::bench(args = [Patched::Nothing, Patched::OtherName, Patched::ThisName])]
    fn layer(bencher: Bencher<'_, '_>, patched: Patched) {
        load::<Layer<Value>>(bencher, "machine", qstr!("sleep"), patched);
    }
}

/// A name that a builtin has not got.
mod missing {
    use super::*;

    #[divan::bench]
    fn off(bencher: Bencher<'_, '_>) {
        load::<()>(bencher, "machine", qstr!("motor"), Patched::Nothing);
    }

    #[divan::bench(args = [Patched::Nothing, Patched::OtherName])]
    fn layer(bencher: Bencher<'_, '_>, patched: Patched) {
        load::<Layer<Value>>(bencher, "machine", qstr!("motor"), patched);
    }
}

/// A name of a module out of a file.
mod attribute {
    use super::*;

    #[divan::bench]
    fn off(bencher: Bencher<'_, '_>) {
        load::<()>(bencher, "settings", qstr!("setting"), Patched::Nothing);
    }

    #[divan::bench(args = [Patched::Nothing, Patched::OtherName, Patched::ThisName])]
    fn layer(bencher: Bencher<'_, '_>, patched: Patched) {
        load::<Layer<Value>>(bencher, "settings", qstr!("setting"), patched);
    }
}
