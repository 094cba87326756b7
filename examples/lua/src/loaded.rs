//! `package.loaded` as the importer's table of modules.
//!
//! Lua knows no entry that blocks an import: nil and false both mean that the
//! module is not loaded. A function in `package.preload` that fails does it.

use crate::state::State;
use crate::{Lua, module};
use enroll::import::{Entry, Handle};
use enroll::{Cx, Qstr};
use std::rc::Rc;

pub(crate) fn entry(cx: &mut Cx<'_, '_, Lua>, name: Qstr) -> Option<Entry<mlua::Value>> {
    let context = cx.host();
    let value = context.shared().loaded.raw_get(context.text(name)?).ok()?;
    as_entry(context.shared(), value)
}

fn as_entry(state: &State, value: mlua::Value) -> Option<Entry<mlua::Value>> {
    match value {
        mlua::Value::Nil | mlua::Value::Boolean(false) => None,
        value => Some(match state.objects.handle_of(&value) {
            Some(module) => Entry::Module(module),
            None => Entry::Value(value),
        }),
    }
}

pub(crate) fn set_entry(cx: &mut Cx<'_, '_, Lua>, name: Qstr, entry: Option<Entry<mlua::Value>>) {
    let value = match entry {
        Some(Entry::Module(module)) => match module::object(cx, module) {
            Ok(object) => mlua::Value::Table(object),
            // Memory is out: whoever imports is told when it makes the object.
            Err(_) => return,
        },
        Some(Entry::Value(value)) => value,
        Some(Entry::Blocked) | None => mlua::Value::Nil,
    };
    let state = Rc::clone(cx.host().shared());
    if let Some(name) = state.text(name) {
        // As above.
        drop(state.loaded.raw_set(name, value));
    }
}

/// All entries that have a name, sorted: Lua keeps no order.
pub(crate) fn entries(cx: &mut Cx<'_, '_, Lua>) -> Vec<(Qstr, Entry<mlua::Value>)> {
    let state = Rc::clone(cx.host().shared());
    let named = named(&state).into_iter().filter_map(|(name, value)| {
        let entry = as_entry(&state, value)?;
        Some((cx.host().intern(&name).ok()?, entry))
    });
    named.collect()
}

/// The names in `package.loaded` with what is there, sorted.
pub(crate) fn named(state: &State) -> Vec<(String, mlua::Value)> {
    let pairs = state.loaded.pairs::<mlua::Value, mlua::Value>();
    let named = pairs.filter_map(|pair| {
        let (name, value) = pair.ok()?;
        Some((name.as_string()?.to_str().ok()?.to_owned(), value))
    });
    let mut named: Vec<(String, mlua::Value)> = named.collect();
    named.sort_by(|(left, _), (right, _)| left.cmp(right));
    named
}

/// Where a value is held, sorted: `app.config` for a field of what
/// `package.loaded` has as `app`, `_G.config` for a global variable. What a
/// local variable or a table further down holds is not seen.
pub(crate) fn holders(state: &State, value: &mlua::Value) -> Vec<String> {
    let mut holders: Vec<String> = fields(state)
        .into_iter()
        .filter(|field| state.is_same(&field.value, value))
        .map(|field| format!("{}{}", field.module, field.name))
        .collect();
    holders.sort_unstable();
    holders
}

/// Puts a value in the place of a module's object, wherever one of the above
/// holds it.
pub(crate) fn replace(cx: &mut Cx<'_, '_, Lua>, module: Handle, value: &mlua::Value) {
    let state = Rc::clone(cx.host().shared());
    for field in fields(&state) {
        if state.objects.handle_of(&field.value) == Some(module) {
            // A field that stays as it was leads to the value all the same.
            drop(field.table.raw_set(&field.key, value));
        }
    }
    if let Ok(Some(object)) = state.objects.get(module) {
        // Where memory is out, the importer leads from one to the other.
        drop(state.prelude.settle.call::<()>((object, value)));
    }
}

struct Field {
    module: String,
    table: mlua::Table,
    key: mlua::Value,
    /// As it is written after the module's name.
    name: String,
    value: mlua::Value,
}

/// The fields of the tables in `package.loaded` that can hold a module.
fn fields(state: &State) -> Vec<Field> {
    let mut fields = Vec::new();
    for (module, value) in named(state) {
        let mlua::Value::Table(table) = value else {
            continue;
        };
        for pair in table.pairs::<mlua::Value, mlua::Value>() {
            let Ok((key, value)) = pair else { continue };
            if is_reference(&value) {
                let name = match &key {
                    mlua::Value::String(name) => format!(".{}", name.to_string_lossy()),
                    mlua::Value::Integer(number) => format!("[{number}]"),
                    other => format!("[{}]", other.type_name()),
                };
                fields.push(Field {
                    module: module.clone(),
                    table: table.clone(),
                    key,
                    name,
                    value,
                });
            }
        }
    }
    fields
}

/// Whether a value can be told from an equal one.
pub(crate) fn is_reference(value: &mlua::Value) -> bool {
    matches!(
        value,
        mlua::Value::Table(_) | mlua::Value::Function(_) | mlua::Value::UserData(_)
    )
}
