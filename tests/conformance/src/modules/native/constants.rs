//! Modules of constants, builtin and extensible.

use crate::Running;
use crate::host::{Rom, Script};
use crate::vm::error::Step;

enroll::register_module! {
    /// Standard system error codes.
    pub(super) static ERRNO: Module<Script> = "errno" {
        "EPERM" => Rom::Int(1),
        "ENOENT" => Rom::Int(2),
        "_private" => Rom::Int(0),
    }
}

enroll::register_module! {
    pub(super) static PIN: Module<Script> = "pin" {
        "name" => Rom::Text("small"),
    }
}

// Its name differs from the one above in case alone.
enroll::register_module! {
    pub(super) static PIN_UPPER: Module<Script> = "PIN" {
        "name" => Rom::Text("large"),
    }
}

enroll::register_module! {
    /// A clock, which a file may replace.
    pub(super) static CLOCK: Module<Script> = "clock" {
        "source" => Rom::Text("builtin"),
    }
    class: extensible,
    init: clock_init,
}

fn clock_init(cx: &mut Running<'_, '_>) -> Step<()> {
    cx.host().state.log.push("init clock".into());
    Ok(())
}

// What a weak link leads to: `hash`.
enroll::register_module! {
    pub(super) static UHASH: Module<Script> = "uhash" {
        "source" => Rom::Text("uhash"),
    }
}
