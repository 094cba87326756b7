//! The firmware's own module, for its own host.

use enroll::{Access, Claim, Cx, Qstr, qstr};
use enroll_lua::{Error, Lua, Rom};
use mlua::{MultiValue, Value};

enroll::register_module! {
    /// The firmware itself: what is in it, and what it uses.
    static FIRMWARE: Module<Lua> = "firmware" {
        "version" => Rom::Str(env!("CARGO_PKG_VERSION")),
        "modules" => Rom::Function(modules),
        "names" => Rom::Function(names),
        "memory" => Rom::Function(memory),
    }
    attr: attr,
    dir: dir,
}

/// The names of all modules, as a list.
fn modules(cx: &mut Cx<'_, '_, Lua>, _: MultiValue) -> Result<MultiValue, Error> {
    let context = cx.host();
    let builtins = context.builtins();
    let names = builtins.iter().map(|id| builtins.table().name_text(id));
    let list = context.lua().create_sequence_from(names)?;
    Ok(MultiValue::from_iter([Value::Table(list)]))
}

/// How many names are interned, and how many bytes of read-only memory they
/// take: their text, and the index over it.
fn names(cx: &mut Cx<'_, '_, Lua>, _: MultiValue) -> Result<MultiValue, Error> {
    let pool = cx.host().pool();
    let (text, index) = pool.size();
    let numbers = [pool.len(), text, index];
    Ok(numbers
        .map(|number| Value::Integer(number as i64))
        .into_iter()
        .collect())
}

/// How many bytes this interpreter holds.
fn memory(cx: &mut Cx<'_, '_, Lua>, _: MultiValue) -> Result<MultiValue, Error> {
    let bytes = cx.host().lua().used_memory();
    Ok(MultiValue::from_iter([Value::Integer(bytes as i64)]))
}

/// `memory_limit` in bytes: set it, read it, delete it.
fn attr<'vm>(
    cx: &mut Cx<'_, 'vm, Lua>,
    name: Qstr,
    access: Access<'_, Value>,
) -> Result<Claim<Value>, Error> {
    let (qstr!("memory_limit"), Some(module)) = (name, cx.module()) else {
        return Ok(Claim::Declined);
    };
    let lua = cx.host().lua().clone();
    let limit = cx.host().state::<Option<i64>>(module);
    match access {
        Access::Load => Ok(match *limit.borrow() {
            Some(bytes) => Claim::Value(Value::Integer(bytes)),
            None => Claim::Declined,
        }),
        Access::Store(value) => {
            let bytes = value
                .as_integer()
                .ok_or_else(|| Error::new("TypeError", "a limit is an integer, in bytes"))?;
            let size = usize::try_from(bytes).ok();
            let size = size.filter(|&size| size > lua.used_memory());
            let size =
                size.ok_or_else(|| Error::new("ValueError", "a limit is above what is in use"))?;
            lua.set_memory_limit(size)?;
            *limit.borrow_mut() = Some(bytes);
            Ok(Claim::Done)
        }
        Access::Delete => {
            lua.set_memory_limit(0)?;
            Ok(match limit.borrow_mut().take() {
                Some(_) => Claim::Done,
                None => Claim::Declined,
            })
        }
    }
}

fn dir(_: &mut Cx<'_, '_, Lua>, each: &mut dyn FnMut(Qstr)) -> Result<(), Error> {
    each(qstr!("memory_limit"));
    Ok(())
}
