//! Modules that are initialised, and end.

use crate::Running;
use crate::host::{Rom, Script};
use crate::vm::error::{Raised, Step};
use enroll::import::Importer;

fn log(cx: &mut Running<'_, '_>, what: &str) {
    cx.host().state.log.push(what.into());
}

enroll::register_module! {
    /// It can be initialised once.
    pub(super) static ONCE: Module<Script> = "once" {
        "value" => Rom::Int(1),
    }
    aliases: ["uonce"],
    init: once_init,
}

fn once_init(cx: &mut Running<'_, '_>) -> Step<()> {
    log(cx, "init once");
    Ok(())
}

enroll::register_module! {
    /// It ends, and can begin again.
    pub(super) static MOTOR: Module<Script> = "motor" {
        "speed" => Rom::Int(10),
    }
    init: motor_init,
    deinit: motor_deinit,
}

fn motor_init(cx: &mut Running<'_, '_>) -> Step<()> {
    log(cx, "init motor");
    Ok(())
}

fn motor_deinit(cx: &mut Running<'_, '_>) -> Step<()> {
    log(cx, "deinit motor");
    Ok(())
}

enroll::register_module! {
    pub(super) static MOTOR_GEAR: Module<Script> = "motor.gear" {
        "ratio" => Rom::Int(3),
    }
    init: gear_init,
    deinit: gear_deinit,
}

fn gear_init(cx: &mut Running<'_, '_>) -> Step<()> {
    log(cx, "init motor.gear");
    Ok(())
}

fn gear_deinit(cx: &mut Running<'_, '_>) -> Step<()> {
    log(cx, "deinit motor.gear");
    Ok(())
}

enroll::register_module! {
    /// Its first `init` fails.
    pub(super) static FLAKY: Module<Script> = "flaky" {
        "value" => Rom::Int(1),
    }
    aliases: ["uflaky"],
    init: flaky_init,
}

fn flaky_init(cx: &mut Running<'_, '_>) -> Step<()> {
    cx.host().state.tries += 1;
    if cx.host().state.tries == 1 {
        return Err(Raised::new(cx, "OSError", "no device"));
    }
    log(cx, "init flaky");
    Ok(())
}

enroll::register_module! {
    /// Its `deinit` fails.
    pub(super) static GRUMPY: Module<Script> = "grumpy" {}
    init: grumpy_init,
    deinit: grumpy_deinit,
}

fn grumpy_init(cx: &mut Running<'_, '_>) -> Step<()> {
    log(cx, "init grumpy");
    Ok(())
}

fn grumpy_deinit(cx: &mut Running<'_, '_>) -> Step<()> {
    log(cx, "deinit grumpy");
    Err(Raised::new(cx, "OSError", "it does not want to"))
}

enroll::register_module! {
    /// It imports a file while it is initialised.
    pub(super) static RADIO: Module<Script> = "radio" {
        "band" => Rom::Int(7),
    }
    init: radio_init,
}

fn radio_init(cx: &mut Running<'_, '_>) -> Step<()> {
    log(cx, "init radio");
    Importer::new(cx).import("radio_setup")?;
    Ok(())
}

enroll::register_module! {
    /// Registered while scripts run.
    pub(crate) static PLUGIN: Module<Script> = "plugin" {
        "value" => Rom::Int(5),
    }
    aliases: ["uplugin"],
    init: plugin_init,
    deinit: plugin_deinit,
}

fn plugin_init(cx: &mut Running<'_, '_>) -> Step<()> {
    log(cx, "init plugin");
    Ok(())
}

fn plugin_deinit(cx: &mut Running<'_, '_>) -> Step<()> {
    log(cx, "deinit plugin");
    Ok(())
}
