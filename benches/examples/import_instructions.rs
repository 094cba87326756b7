//! Does one thing a number of times, for `benches/import/instructions` to count
//! the instructions of.

use enroll::import::{Importer, Layer};
use enroll::{Cx, qstr};
use enroll_benches::imports::{Scripts, Sort, Value, Vm, module, patch, vm};
use std::hint::black_box;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [layer, what, times] = arguments.as_slice() else {
        panic!("usage: import_instructions off|untouched|patched WHAT TIMES");
    };
    let times = times.parse().expect("TIMES is a number");
    match layer.as_str() {
        "off" => run(vm::<()>(), what, times),
        "untouched" => run(vm::<Layer<Value>>(), what, times),
        "patched" => {
            let mut vm = vm::<Layer<Value>>();
            for name in ["machine", "settings"] {
                let module = module(&mut vm, name);
                patch(&mut vm, module, qstr!("patched"));
            }
            run(vm, what, times);
        }
        other => panic!("no layer is called {other}"),
    }
}

// Not inlined, so that the loops of both sorts are alike.
#[inline(never)]
fn run<P: Sort>(mut vm: Vm<'static, P>, what: &str, times: usize) {
    let machine = module(&mut vm, "machine");
    let settings = module(&mut vm, "settings");
    let mut cx = Cx::<Scripts<P>>::new(&mut vm);
    let mut importer = Importer::new(&mut cx);
    let mut load = |module, name| {
        for _ in 0..times {
            black_box(importer.load(black_box(module), black_box(name))).expect("it is there");
        }
    };
    match what {
        "constant" => load(machine, qstr!("sleep")),
        "missing" => load(machine, qstr!("motor")),
        "attribute" => load(settings, qstr!("setting")),
        "name" => load(machine, qstr!("__name__")),
        name => {
            for _ in 0..times {
                black_box(importer.import(black_box(name))).expect("it is loaded");
            }
        }
    }
}
