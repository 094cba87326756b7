//! The table: symbols of private modules, by id and by text.

use crate::BUILTINS;
use crate::report::Report;
use cross_vm::Vm;
use enroll::{Class, qstr};

pub fn run(report: &mut Report) {
    report.equal("verify", BUILTINS.verify(), Ok(()));

    let table = BUILTINS.table();
    let compiled = ["machine", "sensor", "sensor.thermometer"];
    let names = BUILTINS.iter().map(|id| table.name_text(id));
    report.equal("modules in name order", names.eq(compiled), true);
    report.equal(
        "modules of the host",
        table.view::<Vm>().iter().count(),
        compiled.len(),
    );
    // The table has what `#[cfg]` removed, and does not find it.
    report.equal("entries", table.len(), compiled.len() + 1);

    for (name, registered) in [
        ("machine", Some("machine")),
        ("sensor", Some("sensor")),
        ("usensor", Some("sensor")),
        ("fühler", Some("sensor")),
        ("sensor.thermometer", Some("sensor.thermometer")),
        ("thermometer", None),
        ("small", None),
        ("gone", None),
    ] {
        let found = BUILTINS.find_text(name).map(|id| table.name_text(id));
        report.equal(name, found, registered);
    }
    report.equal(
        "by id",
        BUILTINS.find(qstr!("fühler")),
        BUILTINS.find_text("sensor"),
    );

    let class = BUILTINS
        .find_text("sensor.thermometer")
        .and_then(|id| Some(table.header(id).ok()?.info().class));
    report.equal("class", class, Some(Class::Extensible));
}
