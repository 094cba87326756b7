//! What one interpreter knows of the modules of the firmware.

use crate::guest::{Guests, Types};
use crate::install::Assignment;
use crate::lazy::Lazy;
use crate::names::Texts;
use crate::native::Prelude;
use crate::objects::Objects;
use crate::shared::Shared;
use crate::{Context, Error, Lua, native};
use enroll::import::{Frozen, FrozenSet, Handle, Image, Imports, Mounted, OnClash};
use enroll::{Builtins, Class, Cx, ModuleId, Qstr};
use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// The tag of the code that frozen modules and images have: Lua's source.
/// Precompiled code can break the interpreter.
pub const CODE: &str = "Lua 5.4 source";

/// The table is shared and constant; this belongs to one interpreter.
pub(crate) struct State {
    pub(crate) builtins: &'static Builtins<Lua>,
    /// What is imported, and how.
    pub(crate) imports: Rc<RefCell<Imports<'static, Lua>>>,
    pub(crate) objects: Objects,
    pub(crate) assignment: Assignment,
    pub(crate) lazy: Lazy,
    pub(crate) prelude: Prelude,
    pub(crate) pcall: mlua::Function,
    /// Lua's own `require`, whatever scripts have put in its place.
    pub(crate) require: mlua::Function,
    /// Lua's table `package`.
    pub(crate) package: mlua::Table,
    /// `package.loaded`: the table of modules.
    pub(crate) loaded: mlua::Table,
    /// Where data files are looked for.
    frozen: RefCell<Vec<&'static FrozenSet>>,
    pub(crate) shared: Shared,
    /// The images that were mounted.
    images: RefCell<Vec<Mounted>>,
    /// The searchers that give native modules.
    pub(crate) own: mlua::Table,
    /// What modules of Lua files had before they were reloaded, by module.
    pub(crate) before: mlua::Table,
    /// What portable modules keep in this interpreter.
    pub(crate) guests: Rc<Guests<'static>>,
    pub(crate) types: Types,
    texts: Texts,
    kept: RefCell<HashMap<(ModuleId, TypeId), Rc<dyn Any>>>,
}

impl State {
    pub(crate) fn new(
        lua: &mlua::Lua,
        builtins: &'static Builtins<Lua>,
        assignment: Assignment,
    ) -> mlua::Result<State> {
        let globals = lua.globals();
        let package: mlua::Table = globals.get("package")?;
        let before = lua.create_table()?;
        let weak = lua.create_table()?;
        weak.raw_set("__mode", "k")?;
        before.set_metatable(Some(weak))?;
        Ok(State {
            builtins,
            imports: Rc::new(RefCell::new(Imports::new(builtins))),
            objects: Objects::new(lua)?,
            assignment,
            lazy: Lazy::default(),
            prelude: native::prelude(lua)?,
            pcall: globals.get("pcall")?,
            require: globals.get("require")?,
            loaded: package.get("loaded")?,
            package,
            frozen: RefCell::default(),
            images: RefCell::default(),
            shared: Shared::default(),
            own: lua.create_table()?,
            before,
            guests: Rc::default(),
            types: Types::new(lua)?,
            texts: Texts::default(),
            kept: RefCell::default(),
        })
    }

    /// Adds the finders of a frozen set.
    pub(crate) fn add_frozen(&self, set: &'static FrozenSet) {
        self.frozen.borrow_mut().push(set);
        let has = |class| set.modules.iter().any(|module| module.class == class);
        let finders = &mut self.imports.borrow_mut().finders;
        if has(Class::Builtin) {
            finders.push(Rc::new(Frozen::new(set.modules)));
        }
        if has(Class::Extensible) {
            finders.push(Rc::new(Frozen::extensible(set.modules)));
        }
    }

    /// Verifies an image, and lets its modules take the place of frozen ones.
    pub(crate) fn mount(&self, bytes: &'static [u8], on_clash: OnClash) -> Result<Mounted, Error> {
        let refused = |why: &dyn std::fmt::Display| Error::new("ImportError", why.to_string());
        let image = Image::check(bytes, CODE).map_err(|why| refused(&why))?;
        let mut imports = self.imports.borrow_mut();
        let mounted = image
            .mount(&mut imports.names, on_clash)
            .map_err(|why| refused(&why))?;
        imports.add_image(&mounted);
        self.images.borrow_mut().push(mounted.clone());
        Ok(mounted)
    }

    /// A data file of the images, the newest first, or of the frozen sets.
    pub(crate) fn data(&self, path: &str) -> Option<&'static [u8]> {
        let images = self.images.borrow();
        let mut newest = images.iter().rev();
        if let Some(found) = newest.find_map(|image| image.data(path)) {
            return Some(found);
        }
        let sets = self.frozen.borrow();
        sets.iter().find_map(|set| set.data(path))
    }

    /// A Lua function that runs `native` and raises what it fails with.
    pub(crate) fn function<A, R>(
        self: &Rc<State>,
        lua: &mlua::Lua,
        native: impl Fn(&mut Cx<'_, 'static, Lua>, A) -> Result<R, Error> + 'static,
    ) -> mlua::Result<mlua::Function>
    where
        A: mlua::FromLuaMulti,
        R: mlua::IntoLuaMulti,
    {
        let state = Rc::clone(self);
        let native = lua.create_function(move |lua, arguments: mlua::MultiValue| {
            let mut context = Context::new(lua, &state);
            // Here, so that a wrong argument is an error like all others.
            let arguments = A::from_lua_multi(arguments, lua).map_err(Error::from);
            let result =
                arguments.and_then(|arguments| native(&mut Cx::new(&mut context), arguments));
            native::answer(lua, result)
        })?;
        self.prelude.guard.call(native)
    }

    /// The name with this text, if a module can know it: from the build, or
    /// because a script stored something under it.
    pub(crate) fn name(&self, text: &mlua::LuaString) -> Option<Qstr> {
        self.imports.borrow().names.get(&text.to_str().ok()?)
    }

    /// The text of a name, of the build or interned since.
    pub(crate) fn text(&self, name: Qstr) -> Option<&str> {
        let pool = self.builtins.pool();
        pool.text(name)
            .or_else(|| self.texts.get(name))
            .or_else(|| {
                let imports = self.imports.borrow();
                self.texts.keep(name, imports.names.text(name)?)
            })
    }

    /// The registered name of a native module; empty where it is not known.
    pub(crate) fn module_name(&self, id: Option<ModuleId>) -> &str {
        let Some(id) = id else {
            return "";
        };
        match self.builtins.table().name_text(id) {
            // It was registered at run time.
            "" => self
                .objects
                .of(id)
                .map_or("", |module| self.name_of(module)),
            name => name,
        }
    }

    /// The name of a module; empty for one that is gone.
    pub(crate) fn name_of(&self, module: Handle) -> &str {
        let name = self.imports.borrow().name(module);
        name.and_then(|name| self.text(name)).unwrap_or_default()
    }

    /// Whether two values are the same, or one is what the other stood for while
    /// it was not loaded.
    pub(crate) fn is_same(&self, left: &mlua::Value, right: &mlua::Value) -> bool {
        left == right || self.prelude.real(left) == self.prelude.real(right)
    }

    /// A native module goes: what it kept goes with it.
    pub(crate) fn forget(&self, module: Handle, id: ModuleId) -> mlua::Result<()> {
        self.kept
            .borrow_mut()
            .retain(|&(module, _), _| module != id);
        self.guests.forget(id);
        self.objects.forget(module)
    }

    pub(crate) fn kept<T: Default + 'static>(&self, module: ModuleId) -> Rc<RefCell<T>> {
        let key = (module, TypeId::of::<T>());
        let known = self.kept.borrow().get(&key).cloned();
        if let Some(Ok(kept)) = known.map(Rc::downcast::<RefCell<T>>) {
            return kept;
        }
        let kept = Rc::<RefCell<T>>::default();
        self.kept.borrow_mut().insert(key, kept.clone());
        kept
    }
}
