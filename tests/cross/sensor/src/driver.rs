//! A module with hooks, and its submodule.

use cross_vm::{Error, Value, Vm};
use enroll::{Access, Claim, Cx, Qstr, qstr};

enroll::register_module! {
    /// What the machine measures.
    static SENSOR: Module<Vm> = "sensor" {
        "HIGHEST" => i64::MAX,
        "LOWEST" => i64::MIN,
        "word" => usize::BITS as i64,
        #[cfg(target_endian = "big")]
        "big" => 1,
        #[cfg(target_endian = "little")]
        "little" => 1,
    }
    aliases: ["usensor", "fühler"],
    init: start,
    attr: level,
    dir: level_name,
    getattr: calibration,
}

enroll::register_module! {
    /// For machines that none of these are.
    #[cfg(target_pointer_width = "16")]
    static SMALL: Module<Vm> = "small" {
        "x" => 1,
    }
}

mod thermometer {
    enroll::register_module! {
        static THERMOMETER: Module<cross_vm::Vm> = "sensor.thermometer" {
            "kelvin" => -273,
        }
        class: extensible,
    }
}

fn start(cx: &mut Cx<'_, '_, Vm>) -> Result<(), Error> {
    cx.host().trace = cx.host().trace * 10 + 1;
    Ok(())
}

/// `sensor.level` remembers a number.
fn level<'vm>(
    cx: &mut Cx<'_, 'vm, Vm>,
    name: Qstr,
    access: Access<'_, Value>,
) -> Result<Claim<Value>, Error> {
    let memory = cx.host();
    match (name, access) {
        (qstr!("level"), Access::Load) => Ok(match memory.level {
            Some(level) => Claim::Value(Value::Int(level)),
            None => Claim::Declined,
        }),
        (qstr!("level"), Access::Store(Value::Int(level))) => {
            memory.level = Some(*level);
            Ok(Claim::Done)
        }
        (qstr!("level"), Access::Store(_)) => Err(Error::NotANumber),
        (qstr!("level"), Access::Delete) => Ok(match memory.level.take() {
            Some(_) => Claim::Done,
            None => Claim::Declined,
        }),
        _ => Ok(Claim::Declined),
    }
}

fn level_name(cx: &mut Cx<'_, '_, Vm>, each: &mut dyn FnMut(Qstr)) -> Result<(), Error> {
    if cx.host().level.is_some() {
        each(qstr!("level"));
    }
    Ok(())
}

fn calibration(_: &mut Cx<'_, '_, Vm>, name: Qstr) -> Result<Option<Value>, Error> {
    Ok((name == qstr!("calibration")).then_some(Value::Int(1 << 40)))
}
