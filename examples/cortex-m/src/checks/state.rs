//! What scripts change: it goes through the hooks into one interpreter's
//! memory, and the tables stay as they are.

use super::{kind, load};
use crate::BUILTINS;
use crate::memory::Memory;
use crate::report::Report;
use enroll::{Cx, ModuleId, Once, Qstr, qstr};
use enroll_portable::{Kind, Portable, Value};

pub fn run(report: &mut Report) {
    let (sys, machine) = (qstr!("sys"), qstr!("machine"));
    let (Some(sys), Some(machine)) = (BUILTINS.find(sys), BUILTINS.find(machine)) else {
        return report.equal("sys and machine", false, true);
    };
    let mut memory = Memory::default();
    let cx = &mut Cx::<Portable>::new(&mut memory);

    init_once(report, cx, sys);
    delegated(report, cx, sys, "sys.ps1", qstr!("ps1"));
    delegated(report, cx, machine, "machine.led", qstr!("led"));

    // A hook that fails, and a name that no hook claims.
    let refused = BUILTINS.store(cx, machine, qstr!("led"), &Value::Int(1));
    report.equal("led = 1", kind(refused), Err(Kind::TypeError));
    let constant = BUILTINS.store(cx, machine, qstr!("CPU"), &Value::None);
    report.equal("CPU = None", kind(constant), Ok(false));
    let cpu = load(cx, "machine.CPU");
    report.equal("CPU after it", cpu, Ok(Some("cortex-m3".into())));

    two_interpreters(report, sys);
}

/// `__init__` runs at the first import of an interpreter, not at the second.
fn init_once(report: &mut Report, cx: &mut Cx<'_, '_, Portable>, sys: ModuleId) {
    let mut once = Once::<1>::new();
    report.equal("before init", load(cx, "sys.ps1"), Ok(None));
    for first in [true, false] {
        let begins = once.begin(sys);
        report.equal("begins", begins, Some(first));
        if begins == Some(true) {
            report.equal("init", kind(BUILTINS.init(cx, sys)), Ok(()));
        }
    }
    report.equal("after init", load(cx, "sys.ps1"), Ok(Some(">>> ".into())));
}

/// Store, load back, delete, and what is left then.
fn delegated(
    report: &mut Report,
    cx: &mut Cx<'_, '_, Portable>,
    module: ModuleId,
    path: &str,
    name: Qstr,
) {
    let stored = BUILTINS.store(cx, module, name, &Value::Bool(true));
    report.equal("stored", kind(stored), Ok(true));
    report.equal(path, load(cx, path), Ok(Some(Value::Bool(true))));
    report.equal("listed", lists(cx, module, name), Ok(true));
    report.equal("deleted", kind(BUILTINS.delete(cx, module, name)), Ok(true));
    report.equal(path, load(cx, path), Ok(None));
    let again = BUILTINS.delete(cx, module, name);
    report.equal("deleted again", kind(again), Ok(false));
}

/// Whether `dir(module)` has a name.
fn lists(cx: &mut Cx<'_, '_, Portable>, module: ModuleId, name: Qstr) -> Result<bool, Kind> {
    let mut found = false;
    kind(BUILTINS.dir(cx, module, &mut |listed| found |= listed == name))?;
    Ok(found)
}

/// What one stores, the other does not see.
fn two_interpreters(report: &mut Report, sys: ModuleId) {
    let (mut first, mut second) = (Memory::default(), Memory::default());
    let first = &mut Cx::<Portable>::new(&mut first);
    let second = &mut Cx::<Portable>::new(&mut second);
    let stored = BUILTINS.store(first, sys, qstr!("ps2"), &Value::from("mine"));
    report.equal("stored in one", kind(stored), Ok(true));
    report.equal("the one", load(first, "sys.ps2"), Ok(Some("mine".into())));
    report.equal("the other", load(second, "sys.ps2"), Ok(None));
}
