//! `sys`: the table of modules, the path, the finders.

use crate::Running;
use crate::host::{Rom, Script};
use crate::vm::error::Step;
use crate::vm::value::Value;
use enroll::{Access, Claim, Qstr, qstr};

enroll::register_module! {
    /// What the interpreter shows of itself.
    pub(super) static SYS: Module<Script> = "sys" {
        "modules" => Rom::Modules,
        "meta_path" => Rom::Finders,
    }
    aliases: ["usys"],
    attr: path,
    dir: path_names,
}

/// `sys.path` may be bound anew, hence the hook.
fn path(cx: &mut Running<'_, '_>, name: Qstr, access: Access<'_, Value>) -> Step<Claim<Value>> {
    Ok(match (name, access) {
        (qstr!("path"), Access::Load) => Claim::Value(cx.host().path.clone()),
        (qstr!("path"), Access::Store(path)) => {
            cx.host().path = path.clone();
            Claim::Done
        }
        _ => Claim::Declined,
    })
}

fn path_names(_: &mut Running<'_, '_>, each: &mut dyn FnMut(Qstr)) -> Step<()> {
    each(qstr!("path"));
    Ok(())
}
