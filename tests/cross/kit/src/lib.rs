//! Stands between the firmware and `cross-sensor`, and adds to its module.
#![no_std]

use cross_vm::{Error, Vm};
use enroll::Cx;

extern crate cross_sensor as _;

enroll::extend_module! {
    static MORE: Extension<Vm> = "sensor" {
        "unit" => 3,
        replace "LOWEST" => -40,
    }
    init: start,
}

fn start(cx: &mut Cx<'_, '_, Vm>) -> Result<(), Error> {
    cx.host().trace = cx.host().trace * 10 + 2;
    Ok(())
}
