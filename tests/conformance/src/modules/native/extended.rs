//! A module that two other crates extend.

use crate::Running;
use crate::host::{Rom, Script};
use crate::vm::error::{Raised, Step};
use crate::vm::value::Value;
use enroll::{Access, Claim, Qstr, qstr};

enroll::register_module! {
    /// A board.
    pub(super) static BOARD: Module<Script> = "board" {
        "leds" => Rom::Int(1),
        "revision" => Rom::Text("base"),
    }
    init: |cx| log(cx, "init board"),
    deinit: |cx| log(cx, "deinit board"),
    attr: board_attr,
    getattr: board_getattr,
}

enroll::extend_module! {
    pub(super) static BOARD_A: Extension<Script> = "board" {
        "buttons" => Rom::Int(2),
        replace "revision" => Rom::Text("a"),
    }
    init: |cx| log(cx, "init a"),
    deinit: |cx| log(cx, "deinit a"),
    attr: a_attr,
    dir: |_, each| {
        each(qstr!("extra"));
        Ok(())
    },
}

enroll::extend_module! {
    pub(super) static BOARD_B: Extension<Script> = "board" {
        "sensors" => Rom::Int(4),
    }
    init: |cx| log(cx, "init b"),
    deinit: |cx| log(cx, "deinit b"),
    attr: b_attr,
}

enroll::register_module! {
    /// A module whose extension needs two tries.
    pub(super) static SHIELD: Module<Script> = "shield" {}
    init: |cx| log(cx, "init shield"),
    deinit: |cx| log(cx, "deinit shield"),
}

enroll::extend_module! {
    pub(super) static SHIELD_A: Extension<Script> = "shield" {}
    init: |cx| log(cx, "init a"),
    deinit: |cx| log(cx, "deinit a"),
}

enroll::extend_module! {
    pub(super) static SHIELD_B: Extension<Script> = "shield" {
        "volts" => Rom::Int(5),
    }
    init: shield_init,
}

fn shield_init(cx: &mut Running<'_, '_>) -> Step<()> {
    cx.host().state.tries += 1;
    if cx.host().state.tries == 1 {
        return Err(Raised::new(cx, "OSError", "no shield"));
    }
    log(cx, "init b")
}

fn log(cx: &mut Running<'_, '_>, what: &str) -> Step<()> {
    cx.host().state.log.push(what.into());
    Ok(())
}

fn answer(name: Qstr, access: Access<'_, Value>, known: &[Qstr], who: &str) -> Step<Claim<Value>> {
    Ok(match access {
        Access::Load if known.contains(&name) => Claim::Value(Value::text(who)),
        Access::Store(_) if known.contains(&name) => Claim::Done,
        _ => Claim::Declined,
    })
}

fn board_attr(
    _: &mut Running<'_, '_>,
    name: Qstr,
    access: Access<'_, Value>,
) -> Step<Claim<Value>> {
    answer(name, access, &[qstr!("who")], "base")
}

fn a_attr(_: &mut Running<'_, '_>, name: Qstr, access: Access<'_, Value>) -> Step<Claim<Value>> {
    answer(name, access, &[qstr!("who"), qstr!("extra")], "a")
}

fn b_attr(_: &mut Running<'_, '_>, name: Qstr, access: Access<'_, Value>) -> Step<Claim<Value>> {
    answer(name, access, &[qstr!("extra"), qstr!("late")], "b")
}

fn board_getattr(_: &mut Running<'_, '_>, name: Qstr) -> Step<Option<Value>> {
    let is_known = matches!(name, qstr!("late") | qstr!("dynamic"));
    Ok(is_known.then(|| Value::text("getattr")))
}
