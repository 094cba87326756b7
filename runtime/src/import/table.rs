//! The table of modules, as scripts see it (`sys.modules`).

use crate::import::importer::Fault;
use crate::import::record::{Flags, Record};
use crate::import::{Entry, Handle, ImportHost, Importer};
use alloc::string::String;
use alloc::vec::Vec;

impl<'vm, H: ImportHost> Importer<'_, '_, 'vm, H> {
    /// All names in the table of modules, oldest first.
    pub fn loaded(&mut self) -> Vec<String> {
        let entries = H::entries(self.cx);
        entries
            .into_iter()
            .map(|(name, _)| self.text(name))
            .collect()
    }

    /// The value that the table of modules has under a full name: an object,
    /// or the host's None for a block.
    ///
    /// # Errors
    ///
    /// What [`ImportHost::object`] fails with.
    pub fn get(&mut self, name: &str) -> Result<Option<H::Value<'vm>>, H::Error> {
        let Some(entry) = self.entry(name) else {
            return Ok(None);
        };
        let value = self.value(entry);
        self.settle(value).map(Some)
    }

    /// Puts a value into the table of modules under a full name. None blocks
    /// the import of that name; a module of this interpreter is that module
    /// under another name.
    ///
    /// # Errors
    ///
    /// [`ImportError::Names`](crate::import::ImportError::Names) where the name
    /// cannot be interned.
    pub fn set(&mut self, name: &str, value: H::Value<'vm>) -> Result<(), H::Error> {
        let entry = if H::is_none(&value) {
            Entry::Blocked
        } else {
            match H::handle(self.cx, &value) {
                Some(module) => Entry::Module(module),
                None => Entry::Value(value),
            }
        };
        let name = self.intern(name).map_err(Fault::from);
        let name = self.settle(name)?;
        self.set_entry(name, Some(entry));
        Ok(())
    }

    /// Takes a name out of the table of modules: the next import searches
    /// again. The module itself stays as it is; a builtin is not initialised a
    /// second time. `false` where there was no such entry.
    pub fn drop_entry(&mut self, name: &str) -> bool {
        let Some(name) = self.known(name) else {
            return false;
        };
        let was = H::entry(self.cx, name).is_some();
        self.set_entry(name, None);
        was
    }

    /// Every full name under which the table of modules has a module.
    pub(crate) fn names_of(&mut self, module: Handle) -> Vec<crate::Qstr> {
        let entries = H::entries(self.cx);
        let of_module = entries.into_iter().filter(|(_, entry)| match entry {
            Entry::Module(known) => *known == module,
            Entry::Value(value) => H::handle(self.cx, value) == Some(module),
            Entry::Blocked => false,
        });
        of_module.map(|(name, _)| name).collect()
    }

    /// A module without code, as scripts make one (`types.ModuleType`). It is
    /// in no table until it is put there.
    ///
    /// # Errors
    ///
    /// Where the name cannot be interned, or the host fails to make a text.
    pub fn new_module(&mut self, name: &str) -> Result<Handle, H::Error> {
        let made = self.make(name);
        self.settle(made)
    }

    pub(crate) fn make(&mut self, name: &str) -> crate::import::importer::Step<Handle, H> {
        let id = self.intern(name)?;
        let text = H::string(self.cx, name).map_err(Fault::Host)?;
        let mut record = Record::new(id);
        record.dict.insert(crate::qstr!("__name__"), text);
        Ok(self.imports(|imports| imports.records.add(record)))
    }

    /// Forgets a run-time module that left the table of modules, or failed before
    /// it was in use, unless something still refers to it.
    pub(crate) fn drop_unheld(&mut self, module: Handle) {
        // Whoever runs its code comes back to it.
        let running = Flags::HALF_MADE | Flags::LATE | Flags::AGAIN;
        if !self.flags(module).has(running) && !H::is_held(self.cx, module) {
            self.release(module);
        }
    }

    /// Forgets a module whose object the host has freed. `false`, and nothing
    /// happens, while the table of modules has it, or it is a native module that
    /// was initialised.
    pub fn release(&mut self, module: Handle) -> bool {
        if !self.names_of(module).is_empty() {
            return false;
        }
        self.imports(|imports| {
            let is_native = imports
                .records
                .get(module)
                .is_none_or(|record| record.native.is_some());
            if is_native {
                return false;
            }
            imports.forget(module)
        })
    }
}
