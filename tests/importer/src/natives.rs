//! The native modules: of every sort that design and importer know.

use crate::host::{Error, Scripted, Value};
use crate::program;
use crate::world::Action;
use enroll::import::Importer;
use enroll::testing::Kit;
use enroll::{Access, Adapter, Builtins, Claim, Cx, Qstr, qstr};
use std::sync::OnceLock;

type Context<'a, 'vm> = Cx<'a, 'vm, Scripted>;
type Done = Result<(), Error>;

enroll::register_module! {
    static SYS: Module<Scripted> = "sys" { "maxsize" => 9 }
    aliases: ["usys"],
    getattr: sys_getattr,
    dir: sys_dir,
}

fn sys_getattr<'vm>(cx: &mut Context<'_, 'vm>, name: Qstr) -> Result<Option<Value>, Error> {
    let text = cx.host().shared.text(name);
    cx.host().log(format!("sys getattr {text}"));
    match name {
        qstr!("version") => Ok(Some(Value::Int(3))),
        qstr!("fatal") => Err(Error("OSError: sys fails".into())),
        _ => Ok(None),
    }
}

fn sys_dir(_: &mut Context<'_, '_>, each: &mut dyn FnMut(Qstr)) -> Done {
    each(qstr!("version"));
    Ok(())
}

enroll::register_module! {
    /// Has every hook.
    static MACHINE: Module<Scripted> = "machine" { "freq" => 10, "reset" => 11 }
    init: machine_init,
    deinit: machine_deinit,
    attr: machine_attr,
    dir: machine_dir,
}

fn machine_init(cx: &mut Context<'_, '_>) -> Done {
    act(cx, Action::Init, "machine")
}

fn machine_deinit(cx: &mut Context<'_, '_>) -> Done {
    cx.host().shared.state().pin = None;
    act(cx, Action::Deinit, "machine")
}

fn machine_attr<'vm>(
    cx: &mut Context<'_, 'vm>,
    name: Qstr,
    access: Access<'_, Value>,
) -> Result<Claim<Value>, Error> {
    let text = cx.host().shared.text(name);
    cx.host().log(format!("machine attr {text}"));
    if name == qstr!("fatal") {
        return Err(Error("OSError: machine fails".into()));
    }
    let mut state = cx.host().shared.state();
    let slots = std::slice::from_mut(&mut state.pin);
    Ok(enroll::delegation::slots(
        &[qstr!("pin")],
        slots,
        name,
        access,
    ))
}

fn machine_dir(_: &mut Context<'_, '_>, each: &mut dyn FnMut(Qstr)) -> Done {
    each(qstr!("pin"));
    Ok(())
}

enroll::extend_module! {
    static MACHINE_EXTRA: Extension<Scripted> = "machine" {
        "extra" => 12,
        replace "freq" => 13,
    }
    init: extra_init,
    attr: extra_attr,
}

fn extra_init(cx: &mut Context<'_, '_>) -> Done {
    act(cx, Action::Init, "machine-extra")
}

fn extra_attr<'vm>(
    cx: &mut Context<'_, 'vm>,
    name: Qstr,
    access: Access<'_, Value>,
) -> Result<Claim<Value>, Error> {
    let text = cx.host().shared.text(name);
    cx.host().log(format!("machine-extra attr {text}"));
    Ok(match (name, access) {
        (qstr!("led"), Access::Load) => Claim::Value(Value::Int(14)),
        _ => Claim::Declined,
    })
}

enroll::register_module! {
    static OS: Module<Scripted> = "os" { "sep" => 20 }
    class: extensible,
}

enroll::register_module! {
    static OS_PATH: Module<Scripted> = "os.path" { "join" => 21 }
    init: os_path_init,
    deinit: os_path_deinit,
}

fn os_path_init(cx: &mut Context<'_, '_>) -> Done {
    act(cx, Action::Init, "os.path")
}

fn os_path_deinit(cx: &mut Context<'_, '_>) -> Done {
    act(cx, Action::Deinit, "os.path")
}

enroll::register_module! {
    static OS_DEV: Module<Scripted> = "os.dev" { "mount" => 23 }
    init: os_dev_init,
    deinit: os_dev_deinit,
}

fn os_dev_init(cx: &mut Context<'_, '_>) -> Done {
    act(cx, Action::Init, "os.dev")
}

fn os_dev_deinit(cx: &mut Context<'_, '_>) -> Done {
    act(cx, Action::Deinit, "os.dev")
}

enroll::register_module! {
    static OS_NET: Module<Scripted> = "os.net" { "port" => 22 }
    class: extensible,
    init: os_net_init,
}

fn os_net_init(cx: &mut Context<'_, '_>) -> Done {
    act(cx, Action::Init, "os.net")
}

enroll::register_module! {
    static TIME: Module<Scripted> = "time" { "sleep" => 30 }
    class: extensible,
    aliases: ["clock"],
    init: time_init,
}

fn time_init(cx: &mut Context<'_, '_>) -> Done {
    act(cx, Action::Init, "time")
}

enroll::register_module! {
    static USOCKET: Module<Scripted> = "usocket" { "bind" => 40 }
}

enroll::register_module! {
    static JSON: Module<Scripted> = "json" { "dumps" => 50 }
    class: extensible,
    deinit: json_deinit,
}

fn json_deinit(cx: &mut Context<'_, '_>) -> Done {
    act(cx, Action::Deinit, "json")
}

enroll::register_module! {
    /// Not in the table: it is registered at run time.
    pub static PLUGIN: Module<Scripted> = "plugin" { "level" => 60 }
    aliases: ["addon"],
    init: plugin_init,
    deinit: plugin_deinit,
}

fn plugin_init(cx: &mut Context<'_, '_>) -> Done {
    act(cx, Action::Init, "plugin")
}

fn plugin_deinit(cx: &mut Context<'_, '_>) -> Done {
    act(cx, Action::Deinit, "plugin")
}

/// What every `init` and `deinit` does.
fn act(cx: &mut Context<'_, '_>, action: Action, name: &str) -> Done {
    cx.host().log(format!("{action:?} {name}"));
    let wanted = cx.host().shared.state().world.wanted.get(name).cloned();
    if let Some(wanted) = wanted.filter(|_| action == Action::Init) {
        Importer::new(cx).import(&wanted)?;
    }
    let time = cx.host().shared.state().world.pause;
    if time > 0 {
        program::pause(time);
    }
    let mut state = cx.host().shared.state();
    state.initialised.remove(name);
    let failing = state.world.failing.get_mut(&(action, name.into()));
    if let Some(times) = failing.filter(|times| **times > 0) {
        *times -= 1;
        return Err(Error(format!("RuntimeError: {action:?} of {name} fails")));
    }
    if action == Action::Init {
        state.initialised.insert(name.into());
    }
    Ok(())
}

static ADAPTERS: &[Adapter<Scripted>] = &[Adapter::of::<Scripted>()];

/// The table of all of them but [`PLUGIN`].
///
/// # Panics
///
/// Where two of their names have one id.
#[must_use]
pub fn builtins() -> &'static Builtins<Scripted> {
    static TABLE: OnceLock<&'static Builtins<Scripted>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let kit = Kit::new()
            .declared::<SYS>()
            .declared::<MACHINE>()
            .declared::<MACHINE_EXTRA>()
            .declared::<OS>()
            .declared::<OS_PATH>()
            .declared::<OS_DEV>()
            .declared::<OS_NET>()
            .declared::<TIME>()
            .declared::<USOCKET>()
            .declared::<JSON>()
            .names(&["pin", "led", "fatal", "version", "real"]);
        kit.build(ADAPTERS).expect("names without a collision")
    })
}
