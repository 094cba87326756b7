//! The modules of one interpreter, for the firmware.

use crate::state::State;
use crate::{Context, Error, Lua, guest, module, searcher};
use enroll::import::{Handle, Importer, Mounted, OnClash};
use enroll::{Cx, ModuleId};
use std::rc::Rc;

/// The modules of one interpreter.
#[derive(Clone)]
pub struct Modules {
    state: Rc<State>,
}

impl Modules {
    pub(crate) fn new(state: Rc<State>) -> Modules {
        Modules { state }
    }

    /// Every name of a native module that `require` takes: modules and aliases,
    /// sorted.
    pub fn names(&self, lua: &mlua::Lua) -> Vec<String> {
        let mut context = Context::new(lua, &self.state);
        // The table was verified.
        searcher::names(&mut Cx::new(&mut context)).unwrap_or_default()
    }

    /// The module of a name that `require` takes. Nothing is imported.
    pub fn find(&self, name: &str) -> Option<ModuleId> {
        searcher::id_of(&self.state, name)
    }

    /// The builtin submodule of that last component. Nothing is imported.
    pub fn submodule(&self, package: ModuleId, name: &str) -> Option<ModuleId> {
        let builtins = self.state.builtins;
        let name = builtins.pool().get(name)?;
        builtins.table().submodule(package, name)
    }

    /// The native module that a value of a script is the object of.
    pub fn of(&self, value: &mlua::Value) -> Option<ModuleId> {
        self.state.objects.native_of(value)
    }

    /// The attribute names of a module, each once: its table, submodules, what
    /// its hooks list, and what patches make of them. Only hooks that list names
    /// are called; a lazy module is not loaded.
    ///
    /// # Errors
    ///
    /// What such a hook fails with.
    pub fn dir(&self, lua: &mlua::Lua, id: ModuleId) -> Result<Vec<String>, Error> {
        let mut context = Context::new(lua, &self.state);
        let cx = &mut Cx::new(&mut context);
        if let Some(module) = self.loaded(id) {
            return module::dir(cx, module);
        }
        let mut names: Vec<String> = Vec::new();
        self.state.builtins.dir(cx, id, &mut |name| {
            if let Some(text) = self.state.text(name)
                && !names.iter().any(|known| known == text)
            {
                names.push(text.to_owned());
            }
        })?;
        Ok(names)
    }

    /// A constant of a module, or what a patch makes of it. No hook is called.
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
        let Some(name) = self.state.imports.borrow().names.get(name) else {
            return Ok(None);
        };
        let mut context = Context::new(lua, &self.state);
        let cx = &mut Cx::new(&mut context);
        match self.loaded(id) {
            Some(module) => Importer::new(cx).binding(module, name),
            None => self.state.builtins.load_global(cx, id, name),
        }
    }

    fn loaded(&self, id: ModuleId) -> Option<Handle> {
        let module = self.state.objects.of(id)?;
        (!self.state.imports.borrow().is_lazy(module)).then_some(module)
    }

    /// The method names of a native object or type of a portable module; empty
    /// for any other value.
    pub fn methods(&self, value: &mlua::Value) -> Vec<&'static str> {
        guest::methods(value)
    }

    /// Runs `run` with the importer of this interpreter: all that scripts can do
    /// through the module `enroll`, and native modules and finders that are added
    /// while the firmware runs.
    ///
    /// ```
    /// use enroll_lua::{Lua, Rom};
    ///
    /// enroll::register_module! {
    ///     /// A module of a plugin.
    ///     pub static PLUGIN: Module<Lua> = "plugin" { "version" => Rom::Int(3) }
    /// }
    ///
    /// # use enroll::{Adapter, testing::Kit};
    /// # static ADAPTERS: &[Adapter<Lua>] = &[Adapter::of::<Lua>()];
    /// # let builtins = Kit::new().build(ADAPTERS)?;
    /// let lua = mlua::Lua::new();
    /// let modules = enroll_lua::install(&lua, builtins)?;
    /// modules.with_importer(&lua, |importer| importer.register::<PLUGIN>())?;
    /// lua.load("assert(require 'plugin'.version == 3)").exec()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// `require` asks the importer's finders after native modules and before
    /// Lua's own files. They are asked for full names, as Lua's searchers are,
    /// and what their code returns is the module.
    pub fn with_importer<R>(
        &self,
        lua: &mlua::Lua,
        run: impl FnOnce(&mut Importer<'_, '_, 'static, Lua>) -> R,
    ) -> R {
        let mut context = Context::new(lua, &self.state);
        run(&mut Importer::new(&mut Cx::new(&mut context)))
    }

    /// Lets an image of frozen modules take the place of those that the firmware
    /// was built with, from the next `require` on: the newest image goes before
    /// older ones. What it has no module for is found as before. `cargo enroll
    /// image` writes one for a firmware whose `build.rs` says `.image("Lua 5.4
    /// source")`, which is [`CODE`](crate::CODE).
    ///
    /// # Errors
    ///
    /// An `ImportError` with the reason why it is refused: it is no image, damaged,
    /// for another interpreter, or a name in it clashes with one that is here
    /// ([`OnClash`]). Nothing has changed then.
    pub fn mount(&self, image: &'static [u8], on_clash: OnClash) -> Result<Mounted, Error> {
        self.state.mount(image, on_clash)
    }

    /// Runs `deinit` of every module that was initialised, the last first. All
    /// run, whatever one of them fails with.
    ///
    /// # Errors
    ///
    /// What the first that failed did.
    pub fn shutdown(&self, lua: &mlua::Lua) -> Result<(), Error> {
        self.with_importer(lua, |importer| importer.shutdown())
    }
}
