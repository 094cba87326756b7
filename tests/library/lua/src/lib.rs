//! Lua with every module of the library, for the tests that run on every host.

use std::cell::RefCell;
use std::rc::Rc;

enroll::include_modules!();

/// The names of the modules, in order.
pub fn modules() -> impl Iterator<Item = &'static str> {
    let table = BUILTINS.table();
    table.ids().map(|id| table.name_text(id))
}

/// Runs a program in a new interpreter, and gives what it printed: the number of a
/// line and a text each time.
///
/// The prelude is a chunk that is given the function which prints, and gives what the
/// program is given.
///
/// # Errors
///
/// What the program failed with, beyond what it caught.
pub fn run(prelude: &str, program: &str) -> Result<Vec<(usize, String)>, String> {
    let lua = mlua::Lua::new();
    let modules = enroll_lua::install(&lua, &BUILTINS).map_err(|error| error.to_string())?;
    let printed = Rc::new(RefCell::new(Vec::new()));
    let lines = Rc::clone(&printed);
    let run = || -> mlua::Result<()> {
        let emit = lua.create_function(move |_, (line, text): (usize, mlua::LuaString)| {
            lines.borrow_mut().push((line, text.to_string_lossy()));
            Ok(())
        })?;
        let prelude: mlua::Value = lua.load(prelude).set_name("=prelude").call(emit)?;
        lua.load(program).set_name("=case").call(prelude)
    };
    let ended = run().map_err(|error| error.to_string());
    let shut = modules.shutdown(&lua).map_err(|error| error.to_string());
    ended.and(shut)?;
    Ok(printed.take())
}
