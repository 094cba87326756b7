//! Native modules as one interpreter has them: initialised once.

use crate::import::importer::{Fault, Step};
use crate::import::load::Held;
use crate::import::record::{Flags, Native, Record};
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
            && (!self.is_half_made(module) || H::lock(self.cx).is_mine())
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
        let done = self.run_init(module);
        if done.is_err() {
            self.take_out(module);
        }
        done
    }

    /// Runs `init`. Whoever calls sees to it that this happens once.
    pub(crate) fn run_init(&mut self, module: Handle) -> Step<(), H> {
        let seen = self.imports(|imports| {
            let record = imports.records.get_mut(module)?;
            record.flags.set(Flags::HALF_MADE);
            imports.order.push(module);
            Some((imports.builtins, record.native?))
        });
        let Some((builtins, native)) = seen else {
            return Err(ImportError::Gone.into());
        };
        let done = builtins.init_of(self.cx, native.id, native.header);
        self.imports(|imports| {
            if let Some(record) = imports.records.get_mut(module) {
                record.flags.clear(Flags::HALF_MADE);
            }
            if done.is_err() {
                imports.order.retain(|known| *known != module);
            }
        });
        done.map_err(Fault::Host)
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
            H::set_entry(self.cx, name, None);
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
    /// # Errors
    ///
    /// What the first that failed did.
    pub fn shutdown(&mut self) -> Result<(), H::Error> {
        let mut result = Ok(());
        while let Some(module) = self.imports(|imports| imports.order.last().copied()) {
            result = result.and(self.deinit_native(module));
            self.take_out(module);
        }
        result
    }
}
