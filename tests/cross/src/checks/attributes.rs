//! Constants, hooks and an extension, reached by the id of a name.

use crate::BUILTINS;
use crate::report::Report;
use cross_vm::{Error, Memory, Value, Vm};
use enroll::{Cx, Qstr, qstr};

pub fn run(report: &mut Report) {
    let Some(sensor) = BUILTINS.find_text("sensor") else {
        report.equal("sensor is there", false, true);
        return;
    };
    let mut memory = Memory::default();
    let mut cx = Cx::new(&mut memory);

    report.equal("init", BUILTINS.init(&mut cx, sensor), Ok(()));
    report.equal("its own, then the extension's", cx.host().trace, 12);

    let bits = i64::from(usize::BITS);
    let order = |big| (cfg!(target_endian = "big") == big).then_some(Value::Int(1));
    for (name, expected) in [
        ("HIGHEST", Some(Value::Int(i64::MAX))),
        ("LOWEST", Some(Value::Int(-40))),
        ("unit", Some(Value::Int(3))),
        ("word", Some(Value::Int(bits))),
        ("big", order(true)),
        ("little", order(false)),
        ("calibration", Some(Value::Int(1 << 40))),
        ("__name__", Some(Value::Text("sensor"))),
        ("__doc__", Some(Value::Text("What the machine measures."))),
        (
            "thermometer",
            BUILTINS.find_text("sensor.thermometer").map(Value::Module),
        ),
        ("level", None),
        ("errno", None),
    ] {
        let found = BUILTINS
            .pool()
            .get(name)
            .map(|name| BUILTINS.load(&mut cx, sensor, name));
        report.equal(name, found, Some(Ok(expected)));
    }
    delegated(report, &mut cx, sensor);
}

/// `sensor.level` stored, seen, refused and deleted.
fn delegated(report: &mut Report, cx: &mut Cx<'_, '_, Vm>, sensor: enroll::ModuleId) {
    let level = qstr!("level");
    let value = Value::Int(-0x0123_4567_89ab_cdef);
    report.equal("store", BUILTINS.store(cx, sensor, level, &value), Ok(true));
    report.equal("load", BUILTINS.load(cx, sensor, level), Ok(Some(value)));
    report.equal("dir", listed(cx, sensor, level), Ok(1));

    let text = Value::Text("high");
    let refused = BUILTINS.store(cx, sensor, level, &text);
    report.equal("store a text", refused, Err(Error::NotANumber));
    let constant = BUILTINS.store(cx, sensor, qstr!("word"), &value);
    report.equal("store a constant", constant, Ok(false));

    report.equal("delete", BUILTINS.delete(cx, sensor, level), Ok(true));
    report.equal(
        "delete again",
        BUILTINS.delete(cx, sensor, level),
        Ok(false),
    );
    report.equal("dir", listed(cx, sensor, level), Ok(0));
    report.equal("load", BUILTINS.load(cx, sensor, level), Ok(None));
}

/// How often `dir` names it.
fn listed(cx: &mut Cx<'_, '_, Vm>, module: enroll::ModuleId, name: Qstr) -> Result<u32, Error> {
    let mut count = 0;
    BUILTINS.dir(cx, module, &mut |each| count += u32::from(each == name))?;
    Ok(count)
}
