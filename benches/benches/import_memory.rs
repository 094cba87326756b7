//! What an interpreter keeps of its imports: bytes on the heap by module and by
//! patch (the column of the largest number of bytes at one time, divided by the
//! number of items), and the bytes of the state itself, which the host owns.

use divan::{AllocProfiler, Bencher};
use enroll::import::{Importer, Imports, Layer};
use enroll::{Cx, qstr};
use enroll_benches::imports::{Many, Scripts, Sort, Value, Vm, module, vm};
use std::rc::Rc;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    println!(
        "Imports without a layer: {} bytes, with one: {} bytes",
        size_of::<Imports<'_, Scripts<()>>>(),
        size_of::<Imports<'_, Scripts<Layer<Value>>>>()
    );
    divan::main();
}

/// Imports so many modules out of files into a new interpreter.
#[divan::bench(types = [(), Layer<Value>], args = [1, 1_000], sample_count = 3, sample_size = 1)]
fn modules<P: Sort>(bencher: Bencher<'_, '_>, count: usize) {
    bencher
        .with_inputs(|| {
            let mut vm: Vm<'static, P> = Vm {
                imports: Imports::new(P::builtins()),
            };
            vm.imports.finders.push(Rc::new(Many));
            vm
        })
        .bench_local_values(|mut vm| {
            let mut cx = Cx::<Scripts<P>>::new(&mut vm);
            let mut importer = Importer::new(&mut cx);
            for number in 0..count {
                importer
                    .import(&format!("m{number:04}"))
                    .expect("Many has it");
            }
            vm
        });
}

/// The first import of a builtin.
#[divan::bench(types = [(), Layer<Value>], sample_count = 3, sample_size = 1)]
fn builtin<P: Sort>(bencher: Bencher<'_, '_>) {
    bencher
        .with_inputs(|| Vm {
            imports: Imports::new(P::builtins()),
        })
        .bench_local_values(|mut vm: Vm<'static, P>| {
            let mut cx = Cx::<Scripts<P>>::new(&mut vm);
            Importer::new(&mut cx)
                .import("machine")
                .expect("it is in the table");
            vm
        });
}

/// Patches so many names of a builtin.
#[divan::bench(args = [1, 1_000], sample_count = 3, sample_size = 1)]
fn patches(bencher: Bencher<'_, '_>, count: usize) {
    bencher
        .with_inputs(|| {
            let mut vm = vm::<Layer<Value>>();
            let machine = module(&mut vm, "machine");
            let mut names = Vec::new();
            for number in 0..count {
                let name = vm.imports.names.intern(&format!("m{number:04}"));
                names.push(name.expect("there is room"));
            }
            (vm, machine, names)
        })
        .bench_local_values(|(mut vm, machine, names)| {
            let mut cx = Cx::<Scripts<Layer<Value>>>::new(&mut vm);
            let mut importer = Importer::new(&mut cx);
            for name in &names {
                let value = Value::Int(1);
                let done = importer.patch(machine, *name, qstr!("__main__"), value);
                done.expect("there is a layer");
            }
            (vm, names)
        });
}
