//! The engine, its modules and a script, and the RAM that each step takes.

use crate::clock::SysTickClock;
use crate::{BUILTINS, expected, memory};
use alloc::format;
use cortex_m_semihosting::hprintln;
use enroll_rhai::{Interpreter, Options, Report};
use rhai::Engine;
use rhai::packages::{
    BasicArrayPackage, BasicBlobPackage, BasicMapPackage, BasicMathPackage, CorePackage,
    MoreStringPackage, Package,
};

/// Runs a script; an error was printed.
pub fn run(script: &str) -> Result<(), ()> {
    told("static", memory::static_used());
    told("heap, all", memory::HEAP);
    told("stack, all", memory::stack_size());

    let mut step = Step::begin();
    let mut engine = Engine::new_raw();
    engine.on_print(expected::print);
    step.end("engine");
    // What scripts of any size use; Rhai's standard package has more.
    engine.register_global_module(CorePackage::new().as_shared_module());
    engine.register_global_module(BasicArrayPackage::new().as_shared_module());
    engine.register_global_module(BasicBlobPackage::new().as_shared_module());
    engine.register_global_module(BasicMapPackage::new().as_shared_module());
    engine.register_global_module(BasicMathPackage::new().as_shared_module());
    engine.register_global_module(MoreStringPackage::new().as_shared_module());
    step.end("engine's packages");
    let options = Options::new().clock(SysTickClock);
    let rhai = options
        .install(engine, &BUILTINS)
        .map_err(|error| hprintln!("WRONG: {}", error))?;
    step.end("host");

    for id in BUILTINS.iter() {
        let name = BUILTINS.table().name_text(id);
        import(&rhai, name)?;
        step.end(&format!("import {name}"));
    }

    memory::restart_peak();
    let result = rhai.run(script);
    told("script, peak above the rest", memory::heap_peak() - step.0);
    let result = result.and(rhai.shutdown());
    result.map_err(|error| hprintln!("WRONG: {}", Report(&error)))?;
    told("heap, peak", memory::heap_peak());
    Ok(())
}

fn import(rhai: &Interpreter, name: &str) -> Result<(), ()> {
    rhai.run(&format!("import {name:?} as it;"))
        .map_err(|error| hprintln!("WRONG: {}", Report(&error)))
}

/// The heap in use before a step.
struct Step(usize);

impl Step {
    fn begin() -> Step {
        Step(memory::heap_used())
    }

    /// Tells what was added since the last one.
    fn end(&mut self, name: &str) {
        let now = memory::heap_used();
        told(name, now.saturating_sub(self.0));
        self.0 = now;
    }
}

fn told(name: &str, bytes: usize) {
    hprintln!("ram: {}: {}", name, bytes);
}
