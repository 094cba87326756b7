//! Native modules as one interpreter has them: initialised once.

use crate::import::importer::{Fault, Step};
use crate::import::load::Held;
use crate::import::record::{Flags, Native, Record};
use crate::import::undo::Undo;
use crate::import::{Handle, ImportError, ImportHost, ImportLock, Importer};
use crate::{Class, Declared, ModuleId, Qstr, qstr};
use alloc::string::String;
use alloc::vec::Vec;

impl<'vm, H: ImportHost> Importer<'_, '_, 'vm, H> {
    /// The names of all native modules, whether loaded or not, and whether a
    /// file shadows them or not, sorted; aliases left out.
    pub fn builtins(&mut self) -> Vec<String> {
        let mut names = self.imports(|imports| {
            let builtins = imports.builtins;
            let mut names: Vec<String> = builtins
                .iter()
                .map(|id| builtins.table().name_text(id).into())
                .collect();
            let registered = imports.registered.iter();
            names.extend(
                registered.filter_map(|(name, _)| imports.names.text(*name).map(String::from)),
            );
            names
        });
        names.sort_unstable();
        names
    }

    /// The class of the native module of a registered name or alias, whether it
    /// is loaded or not. `None` where there is none.
    ///
    /// # Errors
    ///
    /// [`Broken`](crate::Broken) for an entry that cannot be used.
    pub fn class_of(&mut self, name: &str) -> Result<Option<Class>, H::Error> {
        let native = self.native(name);
        let native = self.settle(native)?;
        Ok(native.map(|(_, class)| class))
    }

    /// The native module of a registered name or alias, initialised, although a
    /// file may shadow it. The table of modules is not changed. `None` where
    /// there is none.
    ///
    /// # Errors
    ///
    /// What its `init` fails with.
    pub fn builtin(&mut self, name: &str) -> Result<Option<Handle>, H::Error> {
        let module = self.builtin_named(name);
        self.settle(module)
    }

    pub(crate) fn builtin_named(&mut self, name: &str) -> Step<Option<Handle>, H> {
        match self.native(name)? {
            Some((native, _)) => self.initialised(native).map(Some),
            None => Ok(None),
        }
    }

    /// The object of a module of the table, initialised: what
    /// [`Host::module`](crate::Host::module) gives.
    ///
    /// # Errors
    ///
    /// What its `init` fails with.
    pub fn module_object(&mut self, id: ModuleId) -> Result<H::Value<'vm>, H::Error> {
        let builtins = self.imports(|imports| imports.builtins);
        let header = builtins.table().header(id)?;
        let module = self.initialised(Native { id, header });
        let module = self.settle(module)?;
        H::object(self.cx, module)
    }

    fn initialised(&mut self, native: Native) -> Step<Handle, H> {
        let known = self.imports(|imports| imports.natives.get(&native.id).copied());
        if let Some(module) = known
            && (self.is_whole(module) || H::lock(self.cx).is_mine())
        {
            return Ok(module);
        }
        let _held = Held::new(H::lock(self.cx));
        let (module, is_new) = self.native_module(native)?;
        if is_new {
            self.init_native(module)?;
        }
        Ok(module)
    }

    /// Registers a native module that is not in the table, a plugin's say, from
    /// now on. It is declared with [`register_module!`](crate::register_module)
    /// for a host of this interpreter.
    ///
    /// # Errors
    ///
    /// [`ImportError::Taken`] where a native module has its name,
    /// [`ImportError::Names`] where one of its names cannot be interned under
    /// the id it was compiled with.
    pub fn register<D: Declared>(&mut self) -> Result<(), H::Error> {
        let registered = self.add_registered::<D>();
        self.settle(registered)
    }

    fn add_registered<D: Declared>(&mut self) -> Step<(), H> {
        let header = D::HEADER;
        if header.extension {
            return Err(ImportError::Type("an extension needs a table".into()).into());
        }
        for &name in D::NAMES.iter().chain([&D::MODULE]) {
            let id = self.intern(name)?;
            let compiled = Qstr::of(name, self.imports(|imports| imports.builtins.pool().salt()));
            if id != compiled {
                // Another name has the id that this one was compiled with.
                return Err(ImportError::Taken { name: name.into() }.into());
            }
        }
        let names = [header.info().name].into_iter();
        for name in names.chain(header.info().aliases.iter().copied()) {
            let name = self.text(name);
            if self.native(&name)?.is_some() {
                return Err(ImportError::Taken { name }.into());
            }
        }
        let number =
            self.imports(|imports| imports.builtins.table().len() + imports.registered.len());
        if number > usize::from(u16::MAX) {
            return Err(ImportError::Value("there are too many native modules".into()).into());
        }
        self.imports(|imports| imports.registered.push((header.info().name, header)));
        Ok(())
    }

    /// The one object of a native module, and whether it is new.
    pub(crate) fn native_module(&mut self, native: Native) -> Step<(Handle, bool), H> {
        if let Some(module) = self.imports(|imports| imports.natives.get(&native.id).copied()) {
            return Ok((module, false));
        }
        let builtins = self.imports(|imports| imports.builtins);
        let name = native.header.info().name;
        if self
            .imports(|imports| imports.ended.as_ref()?.contains(&native.id).then_some(()))
            .is_some()
        {
            return Err(ImportError::Ended {
                name: self.text(name),
            }
            .into());
        }
        let mut record = Record::new(name);
        record.native = Some(native);
        record.flags.set(Flags::HALF_MADE);
        if native.id.index() >= builtins.table().len() {
            let text = self.text(name);
            let text = H::string(self.cx, &text).map_err(Fault::Host)?;
            record.dict.insert(qstr!("__name__"), text);
        }
        Ok(self.imports(|imports| {
            let module = imports.records.add(record);
            imports.natives.insert(native.id, module);
            (module, true)
        }))
    }

    /// Runs `init`. One that fails leaves nothing behind, under whatever name it
    /// was entered.
    pub(crate) fn init_native(&mut self, module: Handle) -> Step<(), H> {
        let undo = Undo::new(self, |importer: &mut Self| importer.take_out(module));
        undo.importer.run_init(module)?;
        undo.done();
        Ok(())
    }

    /// Runs `init`. Whoever calls sees to it that this happens once. One that
    /// fails stays half-made until whoever calls has seen to its entries.
    pub(crate) fn run_init(&mut self, module: Handle) -> Step<(), H> {
        let seen = self.imports(|imports| {
            let record = imports.records.get_mut(module)?;
            record.flags.set(Flags::HALF_MADE);
            imports.order.push(module);
            Some((imports.builtins, record.native?, record.name))
        });
        let Some((builtins, native, name)) = seen else {
            return Err(ImportError::Gone.into());
        };
        let undo = Undo::new(self, |importer: &mut Self| {
            importer.imports(|imports| imports.order.retain(|known| *known != module));
        });
        let cx = &mut *undo.importer.cx;
        let done = builtins.init_of(cx, native.id, native.header);
        done.map_err(Fault::Host)?;
        undo.done();
        let is_there = self.imports(|imports| {
            let record = imports.records.get_mut(module)?;
            record.flags.clear(Flags::HALF_MADE);
            Some(())
        });
        // Its `init` may have unloaded it.
        is_there.ok_or_else(|| {
            ImportError::Vanished {
                name: self.text(name),
            }
            .into()
        })
    }

    /// Whether a native module, or an extension of it, has a `deinit`.
    pub(crate) fn has_deinit(&mut self, module: Handle) -> Result<bool, H::Error> {
        let seen =
            self.imports(|imports| Some((imports.builtins, imports.records.get(module)?.native?)));
        let Some((builtins, native)) = seen else {
            return Ok(false);
        };
        Ok(builtins.ends_of(native.id, native.header)?.1)
    }

    /// Removes a module and all its entries.
    pub(crate) fn take_out(&mut self, module: Handle) {
        for name in self.names_of(module) {
            self.set_entry(name, None);
        }
        if self.imports(|imports| imports.records.get(module).is_none()) {
            return;
        }
        H::gone(self.cx, module);
        self.imports(|imports| {
            imports.order.retain(|known| *known != module);
            imports.natives.retain(|_, known| *known != module);
            imports.forget(module);
        });
    }

    /// Runs `deinit` of a native module, if it was initialised.
    pub(crate) fn deinit_native(&mut self, module: Handle) -> Result<(), H::Error> {
        let seen = self.imports(|imports| {
            let place = imports.order.iter().position(|known| *known == module)?;
            imports.order.remove(place);
            Some((imports.builtins, imports.records.get(module)?.native?))
        });
        let Some((builtins, native)) = seen else {
            return Ok(());
        };
        builtins.deinit_of(self.cx, native.id, native.header)
    }

    /// Runs `deinit` of every native module that was initialised, the last
    /// first, and takes it out. All run, whatever one of them fails with.
    ///
    /// A `deinit` may import what was not initialised: that is ended too. What
    /// was ended is not initialised again before all are, so there is an end.
    ///
    /// # Errors
    ///
    /// What the first that failed did; [`ImportError::Ended`] is what a `deinit`
    /// gets that imports what was ended before it.
    pub fn shutdown(&mut self) -> Result<(), H::Error> {
        let _held = Held::new(H::lock(self.cx));
        let is_first = self.imports(|imports| {
            let is_first = imports.ended.is_none();
            imports.ended.get_or_insert_default();
            is_first
        });
        // A `deinit` may shut down too.
        let ending = Undo::new(self, |importer: &mut Self| {
            if is_first {
                importer.imports(|imports| imports.ended = None);
            }
        });
        let mut result = Ok(());
        while let Some(module) = ending.importer.last_initialised() {
            // Whatever its `deinit` does, it goes.
            let gone = Undo::new(&mut *ending.importer, |importer: &mut Self| {
                importer.take_out(module);
            });
            let ended = gone.importer.deinit_native(module);
            drop(gone);
            result = result.and(ended);
        }
        result
    }

    /// The native module that was initialised last; from now on it counts as
    /// ended.
    fn last_initialised(&mut self) -> Option<Handle> {
        self.imports(|imports| {
            let module = *imports.order.last()?;
            let native = imports.native(module);
            if let (Some(ended), Some(native)) = (&mut imports.ended, native) {
                ended.insert(native);
            }
            Some(module)
        })
    }
}
