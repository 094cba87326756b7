//! Taking modules out of an interpreter: native ones as the importer does it,
//! and those of Lua files.

use crate::state::State;
use crate::{Error, Lua, loaded};
use enroll::Cx;
use enroll::import::Importer;
use std::rc::Rc;

/// What an unload did.
pub(crate) struct Unloaded {
    /// The names that left `package.loaded`, sorted.
    pub(crate) names: Vec<String>,
    /// Who still holds one (first), and which (second), sorted.
    pub(crate) holders: Vec<(String, String)>,
}

/// Unloads a module, what is below `name.` and, where the module is native, its
/// other names.
pub(crate) fn unload(cx: &mut Cx<'_, '_, Lua>, name: &str) -> Result<Unloaded, Error> {
    let state = Rc::clone(cx.host().shared());
    let modules: Vec<(String, mlua::Value)> = loaded::named(&state)
        .into_iter()
        .filter(|(full, value)| is_within(full, name) && loaded::is_reference(value))
        .collect();
    unbind(&state, name, &modules)?;
    let unloaded = Importer::new(cx).unload(name)?;
    let mut holders = unloaded.holders;
    // The importer has told those of native modules and of those that wait.
    let files = modules
        .into_iter()
        .filter(|(_, value)| state.objects.handle_of(value).is_none());
    for (held, value) in files {
        let holding = loaded::holders(&state, &value);
        holders.extend(holding.into_iter().map(|holder| (holder, held.clone())));
    }
    holders.sort_unstable();
    let mut names = unloaded.names;
    names.sort_unstable();
    Ok(Unloaded { names, holders })
}

fn is_within(full: &str, name: &str) -> bool {
    let below = full.strip_prefix(name);
    below.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Takes the field away that the package has of the module.
fn unbind(state: &State, name: &str, modules: &[(String, mlua::Value)]) -> mlua::Result<()> {
    let Some((package, last)) = name.rsplit_once('.') else {
        return Ok(());
    };
    let package: mlua::Value = state.loaded.raw_get(package)?;
    let Some(package) = package.as_table() else {
        return Ok(());
    };
    let bound: mlua::Value = package.raw_get(last)?;
    if modules
        .iter()
        .any(|(_, value)| state.is_same(value, &bound))
    {
        package.raw_set(last, mlua::Value::Nil)?;
    }
    Ok(())
}
