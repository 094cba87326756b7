//! `require` through the module table.

use crate::near::{near, phrase};
use crate::state::State;
use crate::{Context, Error, Lua, guest, module};
use enroll::{Builtins, Class, Cx, ModuleId};
use std::rc::Rc;

/// The modules of one interpreter.
#[derive(Clone)]
pub struct Modules {
    state: Rc<State>,
}

/// Makes the firmware's modules what `require` finds in this interpreter.
///
/// The state needs Lua's `package` library. It checks the table once. Calling
/// it again for another state is how a process gets two interpreters; they
/// share nothing but the table.
///
/// # Errors
///
/// [`Error::Broken`] for a table that cannot be used ([`Builtins::verify`]),
/// [`Error::Lua`] where the `package` library is missing or memory is out.
pub fn install(lua: &mlua::Lua, builtins: &'static Builtins<Lua>) -> Result<Modules, Error> {
    builtins.verify()?;
    let state = Rc::new(State::new(lua, builtins)?);
    guest::register(lua, &state)?;
    step_aside(&state)?;
    let package: mlua::Table = lua.globals().get("package")?;
    let searchers: mlua::Table = package.get("searchers")?;
    searchers.raw_insert(2, searcher(lua, &state, Class::Builtin)?)?;
    searchers.raw_push(searcher(lua, &state, Class::Extensible)?)?;
    Ok(Modules { state })
}

impl Modules {
    /// Every name that `require` takes: modules and aliases, sorted.
    pub fn names(&self) -> Vec<&'static str> {
        let builtins = self.state.builtins;
        let mut names = Vec::new();
        for id in builtins.iter() {
            names.push(builtins.table().name_text(id));
            if let Ok(header) = builtins.table().header(id) {
                let aliases = header.info().aliases.iter();
                names.extend(aliases.filter_map(|&alias| builtins.pool().text(alias)));
            }
        }
        names.sort_unstable();
        names
    }

    /// The module of a name that `require` takes. Nothing is imported.
    pub fn find(&self, name: &str) -> Option<ModuleId> {
        let builtins = self.state.builtins;
        builtins.find_text(name).or_else(|| {
            let (package, last) = name.rsplit_once('.')?;
            self.submodule(self.find(package)?, last)
        })
    }

    /// The builtin submodule of that last component. Nothing is imported.
    pub fn submodule(&self, package: ModuleId, name: &str) -> Option<ModuleId> {
        let builtins = self.state.builtins;
        let name = builtins.pool().get(name)?;
        builtins.table().submodule(package, name)
    }

    /// The module that a value of a script is the object of.
    pub fn of(&self, value: &mlua::Value) -> Option<ModuleId> {
        self.state.module_of(value)
    }

    /// The attribute names of a module, each once: its table, submodules, and
    /// what its hooks list. Only hooks that list names are called.
    ///
    /// # Errors
    ///
    /// What such a hook fails with.
    pub fn dir(&self, lua: &mlua::Lua, id: ModuleId) -> Result<Vec<String>, Error> {
        let mut context = Context::new(lua, &self.state);
        module::dir(&mut Cx::new(&mut context), id)
    }

    /// A constant of a module. No hook is called.
    ///
    /// # Errors
    ///
    /// [`Error::Lua`] where memory is out.
    pub fn constant(
        &self,
        lua: &mlua::Lua,
        id: ModuleId,
        name: &str,
    ) -> Result<Option<mlua::Value>, Error> {
        let builtins = self.state.builtins;
        let Some(name) = builtins.pool().get(name) else {
            return Ok(None);
        };
        let mut context = Context::new(lua, &self.state);
        builtins.load_global(&mut Cx::new(&mut context), id, name)
    }

    /// The method names of a native object or type of a portable module; empty
    /// for any other value.
    pub fn methods(&self, value: &mlua::Value) -> Vec<&'static str> {
        guest::methods(value)
    }

    /// Runs `deinit` of every module that was initialised, the last first. All
    /// run, whatever one of them fails with.
    ///
    /// # Errors
    ///
    /// What the first that failed did.
    pub fn shutdown(&self, lua: &mlua::Lua) -> Result<(), Error> {
        let mut result = Ok(());
        while let Some(id) = self.state.pop() {
            let mut context = Context::new(lua, &self.state);
            let done = self.state.builtins.deinit(&mut Cx::new(&mut context), id);
            result = result.and(done);
            self.state.forget(id)?;
        }
        result
    }
}

/// Lua's own libraries, which are in `package.loaded` before any search.
const LIBRARIES: &[&str] = &[
    "_G",
    "coroutine",
    "debug",
    "io",
    "math",
    "os",
    "package",
    "string",
    "table",
    "utf8",
];

/// Where a module has the name of one of Lua's libraries, `require` of that
/// name is the module's.
fn step_aside(state: &State) -> Result<(), Error> {
    for &name in LIBRARIES {
        if state.builtins.find_text(name).is_some() {
            let library: mlua::Value = state.loaded.raw_get(name)?;
            state.loaded.raw_set(format!("lua.{name}"), library)?;
            state.loaded.raw_set(name, mlua::Value::Nil)?;
        }
    }
    Ok(())
}

/// A function for `package.searchers`: it gives a loader, or tells why not.
fn searcher(lua: &mlua::Lua, state: &Rc<State>, class: Class) -> mlua::Result<mlua::Function> {
    let origin = match class {
        Class::Builtin => ":builtin:",
        Class::Extensible => ":extensible:",
    };
    let owner = Rc::clone(state);
    state.function(lua, move |cx, name: mlua::LuaString| {
        let lua = cx.host().lua().clone();
        let text = name.to_string_lossy();
        let Some(id) = find(cx, &text, class)? else {
            // Said once, by the first of the two.
            let told = match class {
                Class::Builtin => Some(lua.create_string(not_found(&owner, &text))?),
                Class::Extensible => None,
            };
            let told = told.map_or(mlua::Value::Nil, mlua::Value::String);
            return Ok((told, None));
        };
        let loader = owner.function(&lua, move |cx, _: mlua::Value| module::import(cx, id))?;
        Ok((mlua::Value::Function(loader), Some(origin)))
    })
}

/// The module of this name and class.
///
/// A submodule is looked for in the package that `require` gives: where a
/// file has taken the package's place, its submodules are files as well.
fn find(cx: &mut Cx<'_, '_, Lua>, name: &str, class: Class) -> Result<Option<ModuleId>, Error> {
    let context = cx.host();
    let builtins = context.builtins();
    let table = builtins.table();
    let id = match name.rsplit_once('.') {
        None => builtins.find_text(name),
        Some((package, last)) => {
            // Only a builtin package has builtin submodules: no other is
            // imported for the question.
            if !is_builtin_package(builtins, package) {
                return Ok(None);
            }
            let require = &context.shared().require;
            let package: mlua::Value = context.call(require, package)?;
            context
                .shared()
                .module_of(&package)
                .zip(builtins.pool().get(last))
                .and_then(|(package, last)| table.submodule(package, last))
        }
    };
    let Some(id) = id else {
        return Ok(None);
    };
    Ok((table.header(id)?.info().class == class).then_some(id))
}

fn is_builtin_package(builtins: &Builtins<Lua>, package: &str) -> bool {
    match package.rsplit_once('.') {
        None => builtins
            .find_text(package)
            .is_some_and(|id| builtins.table().submodules(id).next().is_some()),
        Some((outer, _)) => is_builtin_package(builtins, outer),
    }
}

fn not_found(state: &Rc<State>, name: &str) -> String {
    let modules = Modules {
        state: Rc::clone(state),
    };
    let near = near(name, modules.names());
    format!("no builtin module '{name}'{}", phrase(&near))
}
