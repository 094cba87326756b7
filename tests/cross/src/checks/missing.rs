//! A module of the table that was not linked: where the linker lets that
//! pass, it is an error with the module's name, and the others work.

use crate::BUILTINS;
use crate::report::Report;
use cross_vm::{Error, Memory};
use enroll::{Broken, Cx, Why, qstr};

pub fn run(report: &mut Report) {
    let pool = BUILTINS.pool();
    let missing = Broken {
        module: pool.get("gone"),
        name: "gone",
        why: Why::Missing,
    };
    report.equal("its name is known", missing.module.is_some(), true);
    report.equal("verify", BUILTINS.verify(), Err(missing));
    report.equal("faults", BUILTINS.faults().count(), 1);

    let Some(gone) = BUILTINS.find_text("gone") else {
        report.equal("gone is in the table", false, true);
        return;
    };
    let mut memory = Memory::default();
    let mut cx = Cx::new(&mut memory);
    let error = Error::Broken(missing);
    report.equal("load", BUILTINS.load(&mut cx, gone, qstr!("x")), Err(error));
    report.equal("init", BUILTINS.init(&mut cx, gone), Err(error));
}
