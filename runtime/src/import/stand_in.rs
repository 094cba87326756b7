//! What a lazy module put in its own place, wherever the module is found.

use crate::Qstr;
use crate::import::importer::Step;
use crate::import::record::Flags;
use crate::import::{Entry, Handle, ImportHost, Importer, Patches};
use alloc::vec::Vec;

impl<'vm, H: ImportHost> Importer<'_, '_, 'vm, H> {
    /// A lazy module put something else into the table: that takes the place of
    /// the module's object wherever it is found.
    pub(crate) fn stand_in(&mut self, module: Handle, entry: Entry<H::Value<'vm>>) -> Step<(), H> {
        let mut last = self.module(&entry);
        while let Some(next) = last {
            if next == module {
                // It came round to itself.
                return Ok(());
            }
            let instead = self.instead(next);
            last = instead.and_then(|instead| H::handle(self.cx, &instead));
        }
        let value = self.value(entry.clone())?;
        self.imports(|imports| {
            if let Some(record) = imports.records.get_mut(module) {
                record.flags.set(Flags::REPLACED);
                record.instead = Some(value.clone());
            }
        });
        for name in self.names_of(module) {
            self.set_entry(name, Some(entry.clone()));
        }
        self.replace_bound(module, &value);
        self.replace_patched(module, &value);
        H::replace(self.cx, module, &value);
        Ok(())
    }

    /// Replaces a module's object in all namespaces.
    fn replace_bound(&mut self, module: Handle, value: &H::Value<'vm>) {
        let bound: Vec<(Handle, Qstr, H::Value<'vm>)> = self.imports(|imports| {
            let records = imports.records.iter();
            records
                .flat_map(|(holder, record)| {
                    let bound = record.dict.iter();
                    bound.map(move |(name, value)| (holder, *name, value.clone()))
                })
                .collect()
        });
        for (holder, name, old) in bound {
            if H::handle(self.cx, &old) == Some(module) {
                self.imports(|imports| {
                    if let Some(record) = imports.records.get_mut(holder) {
                        record.dict.insert(name, value.clone());
                    }
                });
                H::changed(self.cx, holder, name);
            }
        }
    }

    /// Replaces it in all patches.
    fn replace_patched(&mut self, module: Handle, value: &H::Value<'vm>) {
        let mut patches = Vec::new();
        self.imports(|imports| {
            imports.patches.values(&mut |holder, name, patched| {
                patches.push((holder, name, patched.clone()));
            });
        });
        let is_old: Vec<bool> = patches
            .iter()
            .map(|(_, _, old)| H::handle(self.cx, old) == Some(module))
            .collect();
        self.imports(|imports| {
            // In the same order.
            let mut is_old = is_old.iter();
            imports.patches.values(&mut |_, _, patched| {
                if is_old.next() == Some(&true) {
                    patched.clone_from(value);
                }
            });
        });
        for ((holder, name, _), is_old) in patches.into_iter().zip(is_old) {
            if is_old {
                H::changed(self.cx, holder, name);
            }
        }
    }
}
