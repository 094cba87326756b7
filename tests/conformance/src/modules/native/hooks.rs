//! Modules whose attributes hooks answer.

use crate::Running;
use crate::host::{Rom, Script};
use crate::vm::error::{Raised, Step};
use crate::vm::value::Value;
use enroll::{Access, Claim, Qstr, qstr};

enroll::register_module! {
    /// A terminal: `ps1` and `ps2` can be stored and deleted, `broken` fails.
    pub(super) static TERM: Module<Script> = "term" {
        "width" => Rom::Int(80),
    }
    init: term_init,
    attr: term_attr,
    dir: term_dir,
}

fn term_init(cx: &mut Running<'_, '_>) -> Step<()> {
    let module = cx.module();
    let slots = &mut cx.host().state.slots;
    slots.insert((module, qstr!("ps1")), Value::text(">>> "));
    Ok(())
}

fn term_attr(
    cx: &mut Running<'_, '_>,
    name: Qstr,
    access: Access<'_, Value>,
) -> Step<Claim<Value>> {
    match name {
        qstr!("ps1") | qstr!("ps2") => {}
        qstr!("broken") => return Err(Raised::new(cx, "OSError", "the terminal is broken")),
        _ => return Ok(Claim::Declined),
    }
    let place = (cx.module(), name);
    let slots = &mut cx.host().state.slots;
    let mut slot = [slots.remove(&place)];
    let claim = enroll::delegation::slots(&[name], &mut slot, name, access);
    let [value] = slot;
    slots.extend(value.map(|value| (place, value)));
    Ok(claim)
}

fn term_dir(_: &mut Running<'_, '_>, each: &mut dyn FnMut(Qstr)) -> Step<()> {
    each(qstr!("ps1"));
    each(qstr!("ps2"));
    Ok(())
}

enroll::register_module! {
    /// Its `__getattr__` fails for whatever it does not know.
    pub(super) static GUARDED: Module<Script> = "guarded" {
        "open" => Rom::Int(1),
    }
    getattr: guarded_getattr,
}

fn guarded_getattr(cx: &mut Running<'_, '_>, name: Qstr) -> Step<Option<Value>> {
    let name = cx.host().text_of(name);
    cx.host().state.log.push(format!("getattr {name}"));
    if name == "dynamic" {
        return Ok(Some(Value::Int(7)));
    }
    Err(Raised::new(
        cx,
        "ValueError",
        &format!("guarded has no {name}"),
    ))
}

enroll::register_module! {
    /// Delegation and `__getattr__` that answer the same name.
    pub(super) static BOTH: Module<Script> = "both" {
        "constant" => Rom::Text("globals"),
    }
    attr: both_attr,
    getattr: both_getattr,
    dir: both_dir,
}

fn both_attr(
    cx: &mut Running<'_, '_>,
    name: Qstr,
    access: Access<'_, Value>,
) -> Step<Claim<Value>> {
    let text = cx.host().text_of(name);
    let what = match access {
        Access::Load => "load",
        Access::Store(_) => "store",
        Access::Delete => "delete",
    };
    cx.host().state.log.push(format!("{what} {text}"));
    Ok(match (name, access) {
        (qstr!("claimed") | qstr!("constant"), Access::Load) => {
            Claim::Value(Value::text("delegation"))
        }
        (qstr!("claimed"), _) => Claim::Done,
        _ => Claim::Declined,
    })
}

fn both_getattr(cx: &mut Running<'_, '_>, name: Qstr) -> Step<Option<Value>> {
    let text = cx.host().text_of(name);
    cx.host().state.log.push(format!("getattr {text}"));
    let is_known = matches!(
        name,
        qstr!("claimed") | qstr!("constant") | qstr!("dynamic")
    );
    Ok(is_known.then(|| Value::text("getattr")))
}

fn both_dir(_: &mut Running<'_, '_>, each: &mut dyn FnMut(Qstr)) -> Step<()> {
    each(qstr!("claimed"));
    each(qstr!("dynamic"));
    Ok(())
}
