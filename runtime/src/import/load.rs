//! From a full name to a loaded module, level by level.

use crate::import::find::Located;
use crate::import::importer::{Fault, Step};
use crate::import::record::{Flags, Found, Record};
use crate::import::undo::Undo;
use crate::import::{
    Code, Entry, Finder, Handle, ImportError, ImportHost, ImportLock, Importer, Kind, Spec,
};
use crate::{Host, Qstr, qstr};
use alloc::boxed::Box;
use alloc::vec::Vec;

/// The import lock, held.
pub(crate) struct Held<L: ImportLock>(L);

impl<L: ImportLock> Held<L> {
    pub(crate) fn new(lock: L) -> Held<L> {
        lock.acquire();
        Held(lock)
    }
}

impl<L: ImportLock> Drop for Held<L> {
    fn drop(&mut self) {
        self.0.release();
    }
}

impl<'vm, H: ImportHost> Importer<'_, '_, 'vm, H> {
    /// Imports a module by its full name, and everything above it
    /// (`importlib.import_module`). A loaded one takes two look-ups and no lock.
    ///
    /// # Errors
    ///
    /// See [`ImportError`]; what a finder or the module's own code fails with.
    pub fn import(&mut self, name: &str) -> Result<H::Value<'vm>, H::Error> {
        let imported = self.import_full(name);
        self.settle(imported)
    }

    pub(crate) fn import_full(&mut self, name: &str) -> Step<H::Value<'vm>, H> {
        if let Some(entry) = self.ready(name)? {
            return self.value(entry);
        }
        let entry = self.import_levels(name)?;
        self.value(entry)
    }

    /// What is under a full name, unless another thread is making it just now.
    fn ready(&mut self, name: &str) -> Step<Option<Entry<H::Value<'vm>>>, H> {
        let Some(entry) = self.entry(name) else {
            return Ok(None);
        };
        match entry {
            Entry::Blocked => Err(ImportError::Blocked { name: name.into() }.into()),
            Entry::Module(module) => {
                if !self.is_whole(module) && !H::lock(self.cx).is_mine() {
                    return Ok(None);
                }
                Ok(Some(entry))
            }
            Entry::Value(_) => Ok(Some(entry)),
        }
    }

    /// Whether a module is loaded. One that has failed, or is gone, was taken out
    /// of the table since it was read there.
    pub(crate) fn is_whole(&mut self, module: Handle) -> bool {
        self.imports(|imports| {
            let record = imports.records.get(module);
            record.is_some_and(|record| !record.flags.has(Flags::HALF_MADE | Flags::FAILED))
        })
    }

    fn import_levels(&mut self, name: &str) -> Step<Entry<H::Value<'vm>>, H> {
        let _held = Held::new(H::lock(self.cx));
        // What another thread has made meanwhile.
        if let Some(entry) = self.ready(name)? {
            return Ok(entry);
        }
        // What is above a loaded package is not looked for.
        let mut ends = Vec::from([name.len()]);
        for (end, _) in name.rmatch_indices('.') {
            ends.push(end);
            if self.entry(&name[..end]).is_some() {
                break;
            }
        }
        let mut package: Option<Entry<H::Value<'vm>>> = None;
        for end in ends.into_iter().rev() {
            let part = &name[..end];
            // Its package may have imported it.
            let entry = match self.entry(part) {
                Some(Entry::Blocked) => {
                    return Err(ImportError::Blocked { name: part.into() }.into());
                }
                Some(entry) => entry,
                None => self.import_level(part, package.as_ref())?,
            };
            package = Some(entry);
        }
        package.ok_or_else(|| ImportError::Value("Empty module name".into()).into())
    }

    /// Imports a module whose package is loaded, and binds it there.
    fn import_level(
        &mut self,
        name: &str,
        package: Option<&Entry<H::Value<'vm>>>,
    ) -> Step<Entry<H::Value<'vm>>, H> {
        if name.is_empty() {
            return Err(ImportError::Value("Empty module name".into()).into());
        }
        if let Some(package) = package.and_then(|package| self.module(package)) {
            self.load_late(package).map_err(Fault::Host)?;
            // A lazy package may import its submodule when it is loaded.
            if let Some(entry) = self.ready(name)? {
                return Ok(entry);
            }
        }
        let located = self.locate(name, package)?;
        let Some((_, (above, tail))) = package.zip(name.rsplit_once('.')) else {
            return self.load_located(name, located);
        };
        // Before anything is loaded, since it may fail.
        let tail = self.intern(tail)?;
        let entry = self.load_located(name, located)?;
        // The code that ran may have put something else in its package's place, or
        // taken it away.
        let Some(package) = self.entry(above) else {
            return Err(ImportError::Vanished { name: above.into() }.into());
        };
        match (self.module(&package), &package) {
            (Some(package), _) => self.bind_submodule(package, tail, &entry)?,
            (None, Entry::Value(package)) => {
                let value = self.value(entry.clone())?;
                H::set_attribute(self.cx, package, tail, Some(&value)).map_err(Fault::Host)?;
            }
            (None, _) => {}
        }
        Ok(entry)
    }

    fn load_located(&mut self, name: &str, located: Located<H>) -> Step<Entry<H::Value<'vm>>, H> {
        let id = self.intern(name)?;
        if let Located::Found(found) = &located
            && let Some(module) = self.shared_module(&found.spec)
        {
            self.set_entry(id, Some(Entry::Module(module)));
            return Ok(Entry::Module(module));
        }
        // Another name of a native module loads nothing.
        let is_known = match &located {
            Located::Native(native) => {
                self.imports(|imports| imports.natives.contains_key(&native.id))
            }
            _ => false,
        };
        let lazy = !is_known && self.is_lazy_import(name, &located);
        match located {
            Located::Native(native) => {
                let (module, is_new) = self.native_module(native)?;
                if is_new && lazy {
                    self.postpone(module);
                }
                self.set_entry(id, Some(Entry::Module(module)));
                if is_new && !lazy {
                    self.init_native(module)?;
                    return self.made(id);
                }
                Ok(Entry::Module(module))
            }
            Located::Reserved => {
                let module = self.make(name)?;
                self.imports(|imports| {
                    if let Some(record) = imports.records.get_mut(module) {
                        record.flags.set(Flags::RESERVED);
                    }
                });
                self.set_entry(id, Some(Entry::Module(module)));
                Ok(Entry::Module(module))
            }
            Located::Found(found) => {
                let module = self.make_found(id, found)?;
                if lazy {
                    self.postpone(module);
                }
                self.set_entry(id, Some(Entry::Module(module)));
                if lazy {
                    return Ok(Entry::Module(module));
                }
                self.run_new(module, id)
            }
        }
    }

    /// The module that is entered under another of its names.
    fn shared_module(&mut self, spec: &Spec) -> Option<Handle> {
        if !spec.shared {
            return None;
        }
        let same: Vec<Handle> = self.imports(|imports| {
            let records = imports.records.iter();
            records
                .filter(|(_, record)| record.found.as_ref().is_some_and(|f| f.spec == *spec))
                .map(|(module, _)| module)
                .collect()
        });
        same.into_iter()
            .find(|&module| !self.names_of(module).is_empty())
    }

    /// A module object with what is known before its code runs.
    pub(crate) fn make_found(&mut self, name: Qstr, found: Found<H>) -> Step<Handle, H> {
        self.intern(&found.spec.name)?;
        let mut record = Record::new(name);
        self.describe(&mut record, &found)?;
        record.found = Some(Box::new(found));
        record.flags.set(Flags::HALF_MADE);
        Ok(self.imports(|imports| imports.records.add(record)))
    }

    /// Binds `__name__`, `__package__`, `__path__` and `__file__`.
    pub(crate) fn describe(
        &mut self,
        record: &mut Record<'vm, H>,
        found: &Found<H>,
    ) -> Step<(), H> {
        let spec = &found.spec;
        let cx = &mut *self.cx;
        let dict = &mut record.dict;
        let mut bind = |name: Qstr, value: Result<H::Value<'vm>, <H as Host>::Error>| {
            value
                .map(|value| drop(dict.insert(name, value)))
                .map_err(Fault::Host)
        };
        bind(qstr!("__name__"), H::string(cx, &spec.name))?;
        bind(qstr!("__package__"), H::string(cx, spec.package()))?;
        if let Some(search) = &spec.search {
            bind(qstr!("__path__"), H::strings(cx, search))?;
        }
        if let Some(origin) = spec.origin.as_ref().filter(|_| spec.has_file) {
            bind(qstr!("__file__"), H::string(cx, origin))?;
        }
        Ok(())
    }

    /// Runs a new module's code; whatever is in its place afterwards is the
    /// module.
    pub(crate) fn run_new(&mut self, module: Handle, name: Qstr) -> Step<Entry<H::Value<'vm>>, H> {
        let undo = Undo::new(self, |importer: &mut Self| {
            importer.take_back(module, name, None);
        });
        undo.importer.run(module)?;
        undo.done();
        let made = self.made(name);
        if made.is_err() {
            self.drop_unheld(module);
        }
        made
    }

    /// Leaves nothing of a module whose code failed in the table, and what was
    /// there before it.
    pub(crate) fn take_back(
        &mut self,
        module: Handle,
        name: Qstr,
        was: Option<Entry<H::Value<'vm>>>,
    ) {
        self.set_entry(name, was);
        if self.is_shared(module) {
            for name in self.names_of(module) {
                self.set_entry(name, None);
            }
        }
        // Only now: an import of another thread may have read the entry.
        self.imports(|imports| {
            if let Some(record) = imports.records.get_mut(module) {
                record.flags.clear(Flags::HALF_MADE);
                record.flags.set(Flags::FAILED);
            }
        });
        self.drop_unheld(module);
    }

    /// What is under a name after the code or `init` that was to make it.
    pub(crate) fn made(&mut self, name: Qstr) -> Step<Entry<H::Value<'vm>>, H> {
        match H::entry(self.cx, name) {
            Some(entry) => Ok(entry),
            None => {
                let name = self.text(name);
                Err(ImportError::Vanished { name }.into())
            }
        }
    }

    /// Whether a module that a finder found has several names.
    pub(crate) fn is_shared(&mut self, module: Handle) -> bool {
        self.imports(|imports| {
            let record = imports.records.get(module);
            record.is_some_and(Record::is_shared)
        })
    }

    /// Runs the code of a module that a finder found. One that fails stays
    /// half-made until whoever calls has seen to its entries.
    pub(crate) fn run(&mut self, module: Handle) -> Step<(), H> {
        self.mark(module, Flags::HALF_MADE, true);
        self.run_found(module)?;
        self.mark(module, Flags::HALF_MADE, false);
        Ok(())
    }

    pub(crate) fn run_found(&mut self, module: Handle) -> Step<(), H> {
        let found = self.imports(|imports| imports.records.get(module)?.found.clone());
        match found.as_deref() {
            Some(Found {
                spec,
                finder: Some(finder),
            }) if spec.kind != Kind::Namespace => finder
                .code(self.cx, spec)
                .and_then(|code| H::exec(self.cx, module, spec, code))
                .map_err(Fault::Host),
            _ => Ok(()),
        }
    }

    /// Runs code that no finder has.
    pub(crate) fn run_code(&mut self, module: Handle, code: Code) -> Step<(), H> {
        let found = self.imports(|imports| imports.records.get(module)?.found.clone());
        match found {
            Some(found) => H::exec(self.cx, module, &found.spec, code).map_err(Fault::Host),
            None => Ok(()),
        }
    }

    /// Sets or clears a flag. A module is half-made from before the table of modules
    /// has it until its code has run: no other thread's import gives it out
    /// meanwhile.
    pub(crate) fn mark(&mut self, module: Handle, flag: Flags, is_set: bool) {
        self.imports(|imports| {
            if let Some(record) = imports.records.get_mut(module) {
                if is_set {
                    record.flags.set(flag);
                } else {
                    record.flags.clear(flag);
                }
            }
        });
    }

    /// Makes a submodule an attribute of its package, which a builtin one of a
    /// builtin package is already.
    fn bind_submodule(
        &mut self,
        package: Handle,
        tail: Qstr,
        entry: &Entry<H::Value<'vm>>,
    ) -> Step<(), H> {
        let is_constant = self.imports(|imports| {
            let package = imports.records.get(package)?.native?;
            let Entry::Module(module) = entry else {
                return None;
            };
            let native = imports.records.get(*module)?.native?;
            Some(imports.builtins.table().submodule(package.id, tail) == Some(native.id))
        });
        if is_constant == Some(true) {
            return Ok(());
        }
        let value = self.value(entry.clone())?;
        self.imports(|imports| {
            if let Some(record) = imports.records.get_mut(package)
                && !record.flags.has(Flags::RESERVED)
            {
                record.dict.insert(tail, value);
            }
        });
        H::changed(self.cx, package, tail);
        Ok(())
    }
}
