//! Several threads of one interpreter, importing at once.
//!
//! `ENROLL_IMPORTER_ROUNDS` sets the number of rounds (1,000), each with an
//! interpreter of its own.

mod failing;
mod lock;
mod once;
#[path = "../model/random.rs"]
mod random;
mod storm;
mod watchdog;

use enroll::import::Imports;
use importer::{Files, Scripted, Shared, Value, Vm, Which, World, builtins};
use std::sync::Arc;

/// How many threads import.
const THREADS: usize = 8;

/// An interpreter that has imported nothing.
fn interpreter(world: World) -> Arc<Shared<'static>> {
    let mut imports = Imports::new(builtins());
    imports.path = vec!["/lib".into()];
    imports.finders = vec![Files(Which::Folders)];
    Shared::new(imports, world)
}

/// Whether a module has run to its end: the last thing its code does is to bind
/// `done`, and a native one has `init`.
fn is_done(vm: &mut Vm<'static>, name: &str, module: &Value) -> Result<bool, importer::Error> {
    use enroll::import::{ImportHost, Importer};

    let Value::Module(module) = *module else {
        return Ok(false);
    };
    let shared = Arc::clone(&vm.shared);
    let mut cx = vm.cx();
    let done = Scripted::imports(&mut cx, |imports| imports.names.intern("done"));
    let done = done.expect("there are few names");
    let value = Importer::new(&mut cx).load(module, done)?;
    if value.is_some() {
        return Ok(true);
    }
    Ok(shared.state().initialised.contains(name))
}

/// The number that an environment variable sets.
fn number(variable: &str, default: usize) -> usize {
    std::env::var(variable).map_or(default, |text| text.parse().expect(variable))
}
