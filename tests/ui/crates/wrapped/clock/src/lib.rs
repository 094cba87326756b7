//! Modules that know their interpreter only, not enroll.
#![no_std]
#![forbid(unsafe_code)]
#![deny(warnings)]

use vm::enroll::{Access, Broken, Claim, Qstr};

vm::register_module! {
    /// Through the plain re-export.
    pub static CLOCK: Module<vm::Vm> = "clock" {
        "ticks" => 1000,
    }
    attr: delegate,
}

vm::module! {
    /// Through a shell.
    pub TIMER = "timer" {
        "ticks" => 2000,
        #[cfg(any())]
        "never" => 1,
    }
    init: start,
    class: extensible,
}

vm::extend_module! {
    pub static CLOCK_EXTRA: Extension<vm::Vm> = "clock" {
        "extra" => 3000,
    }
}

vm::extend! {
    pub static TIMER_EXTRA: Extension<vm::Vm> = "timer" {
        "extra" => 4000,
    }
}

/// Expression and pattern, through the re-export and through the shell.
fn delegate(_: &mut vm::Cx<'_, '_>, name: Qstr, _: Access<'_, i64>) -> Result<Claim<i64>, Broken> {
    Ok(match name {
        vm::qstr!("plain") => Claim::Value(1),
        vm::name!("shell") => Claim::Value(2),
        other if other == vm::qstr!("plain_too") => Claim::Value(3),
        other if other == vm::name!("shell_too") => Claim::Value(4),
        _ => Claim::Declined,
    })
}

fn start(_: &mut vm::Cx<'_, '_>) -> Result<(), Broken> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use vm::enroll::{Adapter, testing::Kit};

    #[test]
    fn modules_of_an_interpreter_work_without_enroll() {
        let adapters: &[Adapter<vm::Vm>] = &[const { Adapter::of::<vm::Vm>() }];
        let builtins = Kit::new()
            .declared::<CLOCK>()
            .declared::<TIMER>()
            .declared::<CLOCK_EXTRA>()
            .declared::<TIMER_EXTRA>()
            .names(&["plain", "shell", "plain_too", "shell_too"])
            .build(adapters)
            .unwrap();
        for (module, name, value) in [
            ("clock", "ticks", Some(1000)),
            ("clock", "extra", Some(3000)),
            ("clock", "plain", Some(1)),
            ("clock", "shell", Some(2)),
            ("clock", "plain_too", Some(3)),
            ("clock", "shell_too", Some(4)),
            ("timer", "ticks", Some(2000)),
            ("timer", "extra", Some(4000)),
            ("timer", "plain", None),
        ] {
            let id = builtins.find_text(module).unwrap();
            let qstr = builtins.pool().get(name).unwrap();
            let loaded = builtins.load(&mut vm::Cx::new(&mut ()), id, qstr);
            assert_eq!(loaded, Ok(value), "{module}.{name}");
        }
    }
}
