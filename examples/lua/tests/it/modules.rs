//! Modules declared for Lua, one for each thing a module can have.

use crate::portable::{ERRNO_EXTRA, NAMES, VALUES};
use enroll::{Access, Adapter, Builtins, Claim, Cx, Qstr, delegation, qstr, testing::Kit};
use enroll_lua::{Error, Lua, Rom};
use enroll_portable::Portable;
use mlua::{MultiValue, Value};

enroll::register_module! {
    /// Standard system error codes.
    static ERRNO: Module<Lua> = "errno" {
        "EPERM" => Rom::Int(1),
        "ENOENT" => Rom::Int(2),
        "EROFS" => Rom::Int(30),
    }
    aliases: ["uerrno"],
}

enroll::register_module! {
    /// The interpreter.
    static SYS: Module<Lua> = "sys" {
        "version" => Rom::Str("5.4"),
        "maxsize" => Rom::Number(1e15),
        "debug" => Rom::Bool(false),
        "argv" => Rom::Nil,
        "add" => Rom::Function(add),
        "apply" => Rom::Function(apply),
        "fail" => Rom::Function(fail),
        "count" => Rom::Function(count),
    }
    init: setup,
    deinit: teardown,
    attr: sys_attr,
    dir: sys_dir,
    getattr: sys_getattr,
}

fn setup(cx: &mut Cx<'_, '_, Lua>) -> Result<(), Error> {
    say(cx, "init sys")
}

fn teardown(cx: &mut Cx<'_, '_, Lua>) -> Result<(), Error> {
    say(cx, "deinit sys")
}

fn say(cx: &mut Cx<'_, '_, Lua>, text: &str) -> Result<(), Error> {
    let context = cx.host();
    let print: mlua::Function = context.lua().globals().get("print")?;
    context.call(&print, text)
}

fn add(cx: &mut Cx<'_, '_, Lua>, arguments: MultiValue) -> Result<MultiValue, Error> {
    let lua = cx.host().lua();
    let (a, b): (i64, i64) = lua.unpack_multi(arguments)?;
    let sum = a
        .checked_add(b)
        .ok_or_else(|| Error::new("OverflowError", "the sum has more than 64 bits"))?;
    Ok(MultiValue::from_iter([Value::Integer(sum)]))
}

/// Calls what it is given, so that a script's error passes through.
fn apply(cx: &mut Cx<'_, '_, Lua>, arguments: MultiValue) -> Result<MultiValue, Error> {
    let context = cx.host();
    let (function, rest): (mlua::Function, mlua::Variadic<Value>) =
        context.lua().unpack_multi(arguments)?;
    context.call(&function, rest)
}

fn fail(_: &mut Cx<'_, '_, Lua>, _: MultiValue) -> Result<MultiValue, Error> {
    Err(Error::new("OSError", "the device is gone"))
}

/// How often this interpreter called it.
fn count(cx: &mut Cx<'_, '_, Lua>, _: MultiValue) -> Result<MultiValue, Error> {
    let module = cx
        .module()
        .ok_or_else(|| Error::new("RuntimeError", "no module"))?;
    let calls = cx.host().state::<i64>(module);
    *calls.borrow_mut() += 1;
    Ok(MultiValue::from_iter([Value::Integer(*calls.borrow())]))
}

fn sys_attr<'vm>(
    cx: &mut Cx<'_, 'vm, Lua>,
    name: Qstr,
    access: Access<'_, Value>,
) -> Result<Claim<Value>, Error> {
    if name == qstr!("readonly") {
        return match access {
            Access::Load => Ok(Claim::Value(Value::Integer(7))),
            _ => Err(Error::new("TypeError", "it is read-only")),
        };
    }
    let Some(module) = cx.module() else {
        return Ok(Claim::Declined);
    };
    let slots = cx.host().state::<[Option<Value>; 2]>(module);
    let names = [qstr!("ps1"), qstr!("ps2")];
    let claim = delegation::slots(&names, &mut *slots.borrow_mut(), name, access);
    Ok(claim)
}

fn sys_dir(_: &mut Cx<'_, '_, Lua>, each: &mut dyn FnMut(Qstr)) -> Result<(), Error> {
    each(qstr!("ps1"));
    each(qstr!("ps2"));
    each(qstr!("readonly"));
    Ok(())
}

fn sys_getattr<'vm>(cx: &mut Cx<'_, 'vm, Lua>, name: Qstr) -> Result<Option<Value>, Error> {
    if name != qstr!("platform") {
        return Ok(None);
    }
    cx.host();
    Ok(Some(Value::Boolean(true)))
}

enroll::register_module! {
    static OS: Module<Lua> = "os" {
        "sep" => Rom::Str("/"),
        "linesep" => Rom::Str("\n"),
    }
    init: os_init,
}

fn os_init(cx: &mut Cx<'_, '_, Lua>) -> Result<(), Error> {
    say(cx, "init os")
}

enroll::register_module! {
    static OS_PATH: Module<Lua> = "os.path" {
        "curdir" => Rom::Str("."),
    }
    init: path_init,
}

fn path_init(cx: &mut Cx<'_, '_, Lua>) -> Result<(), Error> {
    say(cx, "init os.path")
}

enroll::extend_module! {
    static OS_EXTRA: Extension<Lua> = "os" {
        replace "sep" => Rom::Str("\\"),
        "cpus" => Rom::Int(4),
    }
}

enroll::register_module! {
    /// A file may take its place.
    static SETTINGS: Module<Lua> = "settings" {
        "origin" => Rom::Str("builtin"),
    }
    class: extensible,
}

enroll::register_module! {
    /// A package of which a file may take the place.
    static NET: Module<Lua> = "net" {}
    class: extensible,
}

enroll::register_module! {
    static NET_WIFI: Module<Lua> = "net.wifi" {
        "origin" => Rom::Str("builtin"),
    }
}

enroll::register_module! {
    /// Its `init` fails until a script has set the global `ready`.
    static FRAGILE: Module<Lua> = "fragile" {
        "value" => Rom::Int(1),
    }
    aliases: ["brittle"],
    init: fragile_init,
}

fn fragile_init(cx: &mut Cx<'_, '_, Lua>) -> Result<(), Error> {
    say(cx, "init fragile")?;
    let context = cx.host();
    let globals = context.lua().globals();
    // Comes back to itself, as a script that it runs might.
    let require: mlua::Function = globals.get("require")?;
    let _: Value = context.call(&require, "brittle")?;
    if globals.get::<bool>("ready")? {
        return Ok(());
    }
    Err(Error::new("OSError", "not ready"))
}

enroll::register_module! {
    /// Keeps whatever a script stores in it.
    static BAG: Module<Lua> = "bag" {}
    attr: bag_attr,
    dir: bag_dir,
}

#[derive(Default)]
struct Bag(Vec<(Qstr, Value)>);

fn bag_attr<'vm>(
    cx: &mut Cx<'_, 'vm, Lua>,
    name: Qstr,
    access: Access<'_, Value>,
) -> Result<Claim<Value>, Error> {
    let Some(module) = cx.module() else {
        return Ok(Claim::Declined);
    };
    let bag = cx.host().state::<Bag>(module);
    let items = &mut bag.borrow_mut().0;
    let found = items.iter().position(|(known, _)| *known == name);
    Ok(match (access, found) {
        (Access::Load, Some(found)) => Claim::Value(items[found].1.clone()),
        (Access::Store(value), Some(found)) => {
            items[found].1 = value.clone();
            Claim::Done
        }
        (Access::Store(value), None) => {
            items.push((name, value.clone()));
            Claim::Done
        }
        (Access::Delete, Some(found)) => {
            items.remove(found);
            Claim::Done
        }
        (_, None) => Claim::Declined,
    })
}

fn bag_dir(cx: &mut Cx<'_, '_, Lua>, each: &mut dyn FnMut(Qstr)) -> Result<(), Error> {
    let Some(module) = cx.module() else {
        return Ok(());
    };
    let bag = cx.host().state::<Bag>(module);
    for (name, _) in &bag.borrow().0 {
        each(*name);
    }
    Ok(())
}

enroll::extend_module! {
    /// An extension of Lua's own of a portable module.
    static VALUES_EXTRA: Extension<Lua> = "values" {
        replace "INT" => Rom::Int(70),
        "plus" => Rom::Function(add),
    }
    attr: extra_attr,
}

/// A delegated name that the portable module's own hook declines.
fn extra_attr<'vm>(
    cx: &mut Cx<'_, 'vm, Lua>,
    name: Qstr,
    access: Access<'_, Value>,
) -> Result<Claim<Value>, Error> {
    let Some(module) = cx.module() else {
        return Ok(Claim::Declined);
    };
    let slots = cx.host().state::<[Option<Value>; 1]>(module);
    let claim = delegation::slots(&[qstr!("extra")], &mut *slots.borrow_mut(), name, access);
    Ok(claim)
}

/// The table with all of them.
pub(crate) fn builtins() -> &'static Builtins<Lua> {
    static ADAPTERS: &[Adapter<Lua>] = &[Adapter::of::<Lua>(), Adapter::of::<Portable>()];
    Kit::new()
        .declared::<ERRNO>()
        .declared::<SYS>()
        .declared::<OS>()
        .declared::<OS_PATH>()
        .declared::<OS_EXTRA>()
        .declared::<SETTINGS>()
        .declared::<NET>()
        .declared::<NET_WIFI>()
        .declared::<FRAGILE>()
        .declared::<VALUES>()
        .declared::<BAG>()
        .declared::<ERRNO_EXTRA>()
        .declared::<VALUES_EXTRA>()
        .names(NAMES)
        .names(&["ps1", "ps2", "readonly", "platform", "extra"])
        .build(ADAPTERS)
        .expect("the kit is sound")
}
