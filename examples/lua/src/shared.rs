//! One object for all names of a module.
//!
//! Lua's `require` runs a loader for each name. Where a finder says that a module
//! has several names, those after the first are given what the first is.

use crate::state::State;
use enroll::import::Spec;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::ffi::c_void;

/// Modules with several names, each by its set and its registered name: under
/// which names they were loaded, and what as. A value is known by its address, so
/// that none is kept alive.
#[derive(Default)]
pub(crate) struct Shared {
    modules: RefCell<HashMap<(usize, String), Loaded>>,
}

/// Names, each with the address of what it was loaded as.
type Loaded = BTreeMap<String, *const c_void>;

/// What another name of a module has in `package.loaded`; none while the module is
/// loaded again under the same name, which is to run its code.
pub(crate) fn loaded(state: &State, spec: &Spec, asked: &str) -> mlua::Result<Option<mlua::Value>> {
    if !spec.shared || is_real(state, &state.loaded.raw_get(asked)?) {
        return Ok(None);
    }
    let mut modules = state.shared.modules.borrow_mut();
    let Some(names) = modules.get_mut(&key(spec)) else {
        return Ok(None);
    };
    let mut found = None;
    for (name, address) in std::mem::take(names) {
        let value: mlua::Value = state.loaded.raw_get(name.as_str())?;
        if is_real(state, &value) && value.to_pointer() == address {
            names.insert(name, address);
            found = Some(value);
        }
    }
    if let Some(value) = &found {
        names.insert(asked.to_owned(), value.to_pointer());
    }
    Ok(found)
}

/// Notes what the code of a module gave, before `require` enters it.
pub(crate) fn note(
    state: &State,
    spec: &Spec,
    asked: &str,
    given: &mlua::Value,
) -> mlua::Result<()> {
    if !spec.shared {
        return Ok(());
    }
    let entered: mlua::Value = match given {
        mlua::Value::Nil => state.loaded.raw_get(asked)?,
        given => given.clone(),
    };
    let mut modules = state.shared.modules.borrow_mut();
    let names = modules.entry(key(spec)).or_default();
    names.insert(asked.to_owned(), entered.to_pointer());
    Ok(())
}

fn key(spec: &Spec) -> (usize, String) {
    (spec.set, spec.name.clone())
}

/// Whether it is a module, and not one that waits.
fn is_real(state: &State, value: &mlua::Value) -> bool {
    !matches!(value, mlua::Value::Nil | mlua::Value::Boolean(false))
        && state.objects.handle_of(value).is_none()
}
