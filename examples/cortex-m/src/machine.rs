//! What the firmware itself brings: a module, and an entry for a module that
//! another crate owns.

use enroll_portable::prelude::*;

enroll::register_module! {
    /// The board that scripts run on.
    static MACHINE: Module<Portable> = "machine" {
        "CPU" => Rom::Str("cortex-m3"),
        "freq" => Rom::Function(function!(freq)),
        "us_to_cycles" => Rom::Function(function!(us_to_cycles(us, freq = FREQ))),
    }
    attr: led,
    dir: led_name,
}

enroll::extend_module! {
    static SYS_BOARD: Extension<Portable> = "sys" {
        "board" => Rom::Str("mps2-an385"),
    }
}

const FREQ: u32 = 25_000_000;

fn freq() -> u32 {
    FREQ
}

fn us_to_cycles(us: u32, freq: u32) -> Result<u32, Error> {
    let cycles = u64::from(us) * u64::from(freq) / 1_000_000;
    u32::try_from(cycles).map_err(|_| Error::new(Kind::OverflowError, "more than 32 bits"))
}

/// `machine.led` remembers what was stored and refuses what is no `bool`, as a
/// hook in front of a register would.
fn led<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    name: Qstr,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    match (name, access) {
        (qstr!("led"), Access::Store(value)) if !matches!(value, Value::Bool(_)) => {
            Err(Error::new(Kind::TypeError, "led is True or False"))
        }
        _ => cx.delegate(&[qstr!("led")], name, access),
    }
}

fn led_name(_: &mut Cx<'_, '_, Portable>, each: &mut dyn FnMut(Qstr)) -> Result<(), Error> {
    each(qstr!("led"));
    Ok(())
}
