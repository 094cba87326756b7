//! Makes the firmware's modules what `require` finds.

use crate::state::State;
use crate::{Error, Lua, Modules, guest, script, searcher};
use enroll::Builtins;
use enroll::import::FrozenSet;
use std::borrow::Cow;
use std::rc::Rc;

/// Makes the firmware's modules what `require` finds in this interpreter.
///
/// The state needs Lua's `package` library. It checks the table once. Calling
/// it again for another state is how a process gets two interpreters; they
/// share nothing but the table. [`Options`] has what can be chosen.
///
/// # Errors
///
/// [`Error::Broken`] for a table that cannot be used ([`Builtins::verify`]),
/// [`Error::Lua`] where the `package` library is missing or memory is out.
pub fn install(lua: &mlua::Lua, builtins: &'static Builtins<Lua>) -> Result<Modules, Error> {
    Options::new().install(lua, builtins)
}

/// How modules behave in one interpreter.
///
/// ```
/// use enroll_lua::{Assignment, Options};
/// # use enroll::{Adapter, testing::Kit};
/// # use enroll_lua::{Lua, Rom};
/// # enroll::register_module! {
/// #     pub static ERRNO: Module<Lua> = "errno" { "EPERM" => Rom::Int(1) }
/// # }
/// # static ADAPTERS: &[Adapter<Lua>] = &[Adapter::of::<Lua>()];
/// # let builtins = Kit::new().declared::<ERRNO>().build(ADAPTERS)?;
///
/// let lua = mlua::Lua::new();
/// let options = Options::new().assignment(Assignment::Any).reserved("rom");
/// options.install(&lua, builtins)?;
/// lua.load(r#"
///     local errno = require "errno"
///     errno.EMINE = 1000
///     assert(require "rom.errno".EMINE == 1000)
/// "#).exec()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    assignment: Assignment,
    reserved: Cow<'static, str>,
    frozen: Option<&'static FrozenSet>,
}

/// Which names of a native module a plain assignment may patch, where no hook
/// of the module claims them. What `enroll.patch` may do does not depend on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Assignment {
    /// None: `errno.EPERM = 5` is an error.
    Refused,
    /// Those that the module has: `errno.EPERM = 5` patches, `errno.EPRM = 5` is
    /// an error that knows the near name, as reading it is.
    #[default]
    Known,
    /// Any, as in a table.
    Any,
}

impl Default for Options {
    fn default() -> Options {
        Options::new()
    }
}

impl Options {
    /// [`Assignment::Known`], and the reserved package `builtins`.
    #[must_use]
    pub const fn new() -> Options {
        Options {
            assignment: Assignment::Known,
            reserved: Cow::Borrowed("builtins"),
            frozen: None,
        }
    }

    /// Which names a plain assignment may patch.
    #[must_use]
    pub const fn assignment(mut self, assignment: Assignment) -> Options {
        self.assignment = assignment;
        self
    }

    /// The package through which a script reaches a native module although a
    /// file has taken its place: `require "builtins.errno"`. Empty for none.
    #[must_use]
    pub fn reserved(mut self, package: impl Into<Cow<'static, str>>) -> Options {
        self.reserved = package.into();
        self
    }

    /// Lets `require` find the frozen modules of the firmware, which is what
    /// `build.rs` made of `.freeze("scripts")`: after its native modules and before
    /// files, those that are extensible after files. Their code is Lua's source.
    ///
    /// ```
    /// use enroll::import::{FrozenFile, FrozenModule, FrozenSet};
    /// use enroll_lua::Options;
    /// # use enroll::{Adapter, testing::Kit};
    /// # use enroll_lua::Lua;
    /// # static ADAPTERS: &[Adapter<Lua>] = &[Adapter::of::<Lua>()];
    /// # let builtins = Kit::new().build(ADAPTERS)?;
    ///
    /// static FROZEN: FrozenSet = FrozenSet::new(
    ///     &[FrozenModule::new("greet", b"return require('enroll').data('greet/word')")],
    ///     &[FrozenFile { path: "greet/word", bytes: b"hello" }],
    /// );
    /// let lua = mlua::Lua::new();
    /// Options::new().frozen(&FROZEN).install(&lua, builtins)?;
    /// lua.load("assert(require 'greet' == 'hello')").exec()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn frozen(mut self, set: &'static FrozenSet) -> Options {
        self.frozen = Some(set);
        self
    }

    /// Makes the firmware's modules what `require` finds in this interpreter.
    ///
    /// # Errors
    ///
    /// As [`install`](fn@install).
    pub fn install(
        self,
        lua: &mlua::Lua,
        builtins: &'static Builtins<Lua>,
    ) -> Result<Modules, Error> {
        builtins.verify()?;
        let state = Rc::new(State::new(lua, builtins, self.assignment)?);
        state.imports.borrow_mut().options.reserved = self.reserved;
        if let Some(set) = self.frozen {
            state.add_frozen(set);
        }
        guest::register(lua, &state)?;
        step_aside(&state)?;
        searcher::install(lua, &state)?;
        script::install(lua, &state)?;
        Ok(Modules::new(state))
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

pub(crate) fn is_library(name: &str) -> bool {
    LIBRARIES.contains(&name) || name.starts_with("lua.")
}

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
