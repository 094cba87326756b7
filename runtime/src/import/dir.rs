//! The names of a module.

use crate::import::dict::Dict;
use crate::import::importer::{Fault, Step};
use crate::import::{Handle, ImportHost, Importer, Patched, Patches};
use crate::{Qstr, qstr};
use alloc::string::String;
use alloc::vec::Vec;

impl<'vm, H: ImportHost> Importer<'_, '_, 'vm, H> {
    /// The attribute names of a module, sorted, each once: what its `__dir__`
    /// gives (PEP 562), else its bindings and what its hooks list. A lazy module
    /// is loaded first; the object that it put in its place has the names that
    /// [`ImportHost::attribute_names`] gives.
    ///
    /// # Errors
    ///
    /// What a hook, a `__dir__` or a lazy module's code fails with.
    pub fn dir(&mut self, module: Handle) -> Result<Vec<String>, H::Error> {
        let names = self.dir_names(module);
        let mut names = self.settle(names)?;
        names.sort_unstable();
        names.dedup();
        Ok(names)
    }

    fn dir_names(&mut self, module: Handle) -> Step<Vec<String>, H> {
        self.load_late(module).map_err(Fault::Host)?;
        if let Some(instead) = self.instead(module) {
            return match H::handle(self.cx, &instead) {
                Some(module) => self.dir_names(module),
                None => {
                    let names = H::attribute_names(self.cx, &instead);
                    names.map(Option::unwrap_or_default).map_err(Fault::Host)
                }
            };
        }
        if let Some(dir) = self.scripted(module, qstr!("__dir__")) {
            let names = H::call(self.cx, &dir, &[]).map_err(Fault::Host)?;
            return H::to_strings(self.cx, &names).map_err(Fault::Host);
        }
        if self.is_reserved(module) {
            return Ok(self.builtins());
        }
        let mut names: Vec<String> = Vec::new();
        for name in self.bindings(module)? {
            names.push(self.text(name));
        }
        let native = self.native_of(module).map_err(Fault::Host)?;
        if let Some(native) = native {
            let builtins = self.imports(|imports| imports.builtins);
            let mut listed = Vec::new();
            builtins
                .hook_names_of(self.cx, native.id, native.header, &mut |name| {
                    listed.push(name)
                })
                .map_err(Fault::Host)?;
            for name in listed {
                names.push(self.text(name));
            }
        }
        Ok(names)
    }

    /// The names of a module's `__dict__`, in order, each once: constants and
    /// overrides of a native one. No hook is called.
    pub(crate) fn bindings(&mut self, module: Handle) -> Step<Vec<Qstr>, H> {
        let native = self.native_of(module).map_err(Fault::Host)?;
        let (builtins, bound) = self.imports(|imports| {
            let record = imports.records.get(module);
            let bound: Vec<Qstr> =
                record.map_or_else(Vec::new, |record| record.dict.keys().copied().collect());
            (imports.builtins, bound)
        });
        // Each name, and whether it is to be seen.
        let mut names: Dict<bool> = Dict::default();
        if let Some(native) = native {
            builtins
                .constants_of(native.id, native.header, &mut |name| {
                    names.insert(name, true);
                })
                .map_err(|broken| Fault::Host(broken.into()))?;
        }
        names.extend(bound.into_iter().map(|name| (name, true)));
        self.imports(|imports| {
            // The newest patch of a name is the last.
            imports.patches.each(module, &mut |name, patch| {
                names.insert(name, matches!(patch.what, Patched::Value(_)));
            });
        });
        let seen = names.into_iter().filter(|(_, is_seen)| *is_seen);
        Ok(seen.map(|(name, _)| name).collect())
    }

    /// The names of a module's `__dict__`, for the host's view of it.
    ///
    /// # Errors
    ///
    /// [`Gone`](crate::import::ImportError::Gone).
    pub fn names(&mut self, module: Handle) -> Result<Vec<Qstr>, H::Error> {
        let names = self.bindings(module);
        self.settle(names)
    }

    fn is_reserved(&mut self, module: Handle) -> bool {
        self.imports(|imports| {
            let record = imports.records.get(module);
            record.is_some_and(|record| record.flags.has(crate::import::record::Flags::RESERVED))
        })
    }
}
