//! Taking modules out of an interpreter.

use crate::Qstr;
use crate::import::importer::{Fault, Step};
use crate::import::load::Held;
use crate::import::{Entry, Handle, ImportError, ImportHost, Importer, Patched, Patches};
use alloc::string::String;
use alloc::vec::Vec;

/// What an unload did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unloaded {
    /// The names that left the table of modules.
    pub names: Vec<String>,
    /// Which loaded module (first) still holds which of them (second), and
    /// whatever else the host found.
    pub holders: Vec<(String, String)>,
}

impl<'vm, H: ImportHost> Importer<'_, '_, 'vm, H> {
    /// Unloads a module and everything below it: `package` takes `package.x` and
    /// not `package2`. Entries of None below it and the parent's attribute go
    /// too.
    ///
    /// `deinit` runs where there is one, the module that was initialised last
    /// first; then the next import initialises again, and the old object is
    /// gone. A native module that has an `init` and no `deinit` cannot be
    /// initialised again: the next import gives the same object. Objects of
    /// run-time modules live on where somebody holds them.
    ///
    /// # Errors
    ///
    /// [`ImportError::NotLoaded`] where the table has nothing of that name; what
    /// the first `deinit` that failed did, when everything is unloaded.
    pub fn unload(&mut self, name: &str) -> Result<Unloaded, H::Error> {
        let unloaded = self.unload_tree(name);
        self.settle(unloaded)
    }

    fn unload_tree(&mut self, name: &str) -> Step<Unloaded, H> {
        let _held = Held::new(H::lock(self.cx));
        let mut modules: Vec<(Handle, String)> = Vec::new();
        let mut unloaded = Unloaded::default();
        let roots = self.roots_of(name);
        for (id, entry) in H::entries(self.cx) {
            let full = self.text(id);
            let is_below = |root: &String| {
                let below = full.strip_prefix(root.as_str());
                below.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            if !roots.iter().any(is_below) {
                continue;
            }
            if let Some(module) = self.module(&entry)
                && modules.iter().all(|(known, _)| *known != module)
            {
                modules.push((module, full.clone()));
            }
            self.set_entry(id, None);
            unloaded.names.push(full);
        }
        if unloaded.names.is_empty() {
            return Err(ImportError::NotLoaded {
                name: name.into(),
                is_parent: false,
            }
            .into());
        }
        self.add_read_submodules(&mut modules);
        // Aliases share the object.
        for (module, _) in modules.clone() {
            for alias in self.names_of(module) {
                self.set_entry(alias, None);
                let alias = self.text(alias);
                unloaded.names.push(alias);
            }
        }
        self.unbind(name, &modules);
        for &(module, _) in &modules {
            self.unbind_from_native(module, &modules);
        }
        unloaded.holders = self.holders_of(&modules)?;
        let result = self.end_natives(&modules);
        result.map_err(Fault::Host)?;
        Ok(unloaded)
    }

    /// Adds the builtin submodules of native ones that scripts have read as
    /// attributes: they are initialised, and in no table.
    fn add_read_submodules(&mut self, modules: &mut Vec<(Handle, String)>) {
        for module in self.imports(|imports| imports.order.clone()) {
            let name = self.name_of(module);
            if modules.iter().any(|(known, _)| *known == module)
                || !self.names_of(module).is_empty()
            {
                continue;
            }
            let packages: Vec<Handle> = modules.iter().map(|(package, _)| *package).collect();
            let is_below = packages.into_iter().any(|package| {
                let is_native = self.imports(|imports| imports.native(package).is_some());
                let above = self.name_of(package);
                let rest = name.strip_prefix(above.as_str());
                is_native && rest.is_some_and(|rest| rest.starts_with('.'))
            });
            if is_below {
                modules.push((module, name));
            }
        }
    }

    /// All names of the module that is under a name: what is below any of them
    /// leaves with it.
    fn roots_of(&mut self, name: &str) -> Vec<String> {
        let mut roots = Vec::from([String::from(name)]);
        let module = self.entry(name).and_then(|entry| self.module(&entry));
        if let Some(module) = module {
            for name in self.names_of(module) {
                roots.push(self.text(name));
            }
        }
        roots
    }

    /// Takes the attribute away that the package has of the module.
    fn unbind(&mut self, name: &str, modules: &[(Handle, String)]) {
        let Some((package, tail)) = name.rsplit_once('.') else {
            return;
        };
        let Some(package) = self.entry(package).and_then(|entry| self.module(&entry)) else {
            return;
        };
        let Some(tail) = self.known(tail) else {
            return;
        };
        let Some(bound) = self.bound(package, tail) else {
            return;
        };
        let bound = H::handle(self.cx, &bound);
        if modules.iter().any(|(module, _)| Some(*module) == bound) {
            self.imports(|imports| {
                if let Some(record) = imports.records.get_mut(package) {
                    record.dict.shift_remove(&tail);
                }
            });
            H::changed(self.cx, package, tail);
        }
    }

    /// The same for a native package that is unloaded: the next import may give
    /// its object again.
    fn unbind_from_native(&mut self, package: Handle, modules: &[(Handle, String)]) {
        let bound: Vec<(Qstr, H::Value<'vm>)> = self.imports(|imports| {
            let record = imports.records.get(package);
            let native = record.filter(|record| record.native.is_some());
            let bound = native.into_iter().flat_map(|record| record.dict.iter());
            bound.map(|(name, value)| (*name, value.clone())).collect()
        });
        for (name, value) in bound {
            let held = H::handle(self.cx, &value);
            if modules.iter().any(|(module, _)| Some(*module) == held) {
                self.imports(|imports| {
                    if let Some(record) = imports.records.get_mut(package) {
                        record.dict.shift_remove(&name);
                    }
                });
                H::changed(self.cx, package, name);
            }
        }
    }

    /// Which modules that are still loaded hold one of these.
    fn holders_of(&mut self, modules: &[(Handle, String)]) -> Step<Vec<(String, String)>, H> {
        let mut holders = Vec::new();
        let mut seen: Vec<Handle> = Vec::new();
        for (id, entry) in H::entries(self.cx) {
            let Entry::Module(holder) = entry else {
                continue;
            };
            if seen.contains(&holder) {
                continue;
            }
            seen.push(holder);
            let mut values: Vec<H::Value<'vm>> = Vec::new();
            self.imports(|imports| {
                let record = imports.records.get(holder);
                let bound = record.into_iter().flat_map(|record| record.dict.values());
                values.extend(bound.cloned());
                imports.patches.each(holder, &mut |_, patch| {
                    if let Patched::Value(value) = &patch.what {
                        values.push(value.clone());
                    }
                });
            });
            for value in values {
                let held = H::handle(self.cx, &value);
                let Some((_, held)) = modules.iter().find(|(module, _)| Some(*module) == held)
                else {
                    continue;
                };
                let pair = (self.text(id), held.clone());
                if !holders.contains(&pair) {
                    holders.push(pair);
                }
            }
        }
        for (module, held) in modules {
            for holder in H::holders(self.cx, *module) {
                holders.push((holder, held.clone()));
            }
        }
        Ok(holders)
    }

    /// Runs `deinit` of those that have one, the last initialised first, and
    /// forgets them.
    fn end_natives(&mut self, modules: &[(Handle, String)]) -> Result<(), H::Error> {
        let order = self.imports(|imports| imports.order.clone());
        let mut ending: Vec<Handle> = order
            .into_iter()
            .filter(|known| modules.iter().any(|(module, _)| module == known))
            .collect();
        let mut result = Ok(());
        while let Some(module) = ending.pop() {
            if !self.has_deinit(module)? {
                continue;
            }
            result = result.and(self.deinit_native(module));
            self.take_out(module);
        }
        result
    }
}
