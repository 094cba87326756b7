//! For hosts that collect garbage: what refers to what.

use crate::Host;
use crate::import::{Entry, Handle, ImportHost, Imports, Patched, Patches};
use alloc::collections::BTreeSet;
use alloc::vec::Vec;

impl<'vm, H: ImportHost> Imports<'vm, H> {
    /// Hands out what is in use in any case: modules in the table and native
    /// ones to `module`, other values to `value`. The roots of a collection.
    pub fn roots(
        &self,
        module: &mut dyn FnMut(Handle),
        value: &mut dyn FnMut(&<H as Host>::Value<'vm>),
    ) {
        for entry in self.modules.values() {
            match entry {
                Entry::Module(entered) => module(*entered),
                Entry::Value(entered) => value(entered),
                Entry::Blocked => {}
            }
        }
        self.natives.values().copied().for_each(&mut *module);
        self.import.iter().for_each(value);
    }

    /// Hands out what a module refers to, when it was reached.
    pub fn trace(&self, module: Handle, value: &mut dyn FnMut(&<H as Host>::Value<'vm>)) {
        let Some(record) = self.records.get(module) else {
            return;
        };
        let before = record.before.iter().flat_map(|before| before.values());
        let bound = record.dict.values().chain(before);
        bound.chain(&record.instead).for_each(&mut *value);
        self.patches.each(module, &mut |_, patch| {
            if let Patched::Value(patched) = &patch.what {
                value(patched);
            }
        });
    }

    /// Forgets the run-time modules that were not reached, and says how many.
    /// A module that is a root stays in any case.
    pub fn sweep(&mut self, is_reached: impl Fn(Handle) -> bool) -> usize {
        let mut rooted = BTreeSet::new();
        self.roots(
            &mut |module| {
                rooted.insert(module);
            },
            &mut |_| {},
        );
        let records = self.records.iter().map(|(module, _)| module);
        let lost: Vec<Handle> = records
            .filter(|module| !rooted.contains(module) && !is_reached(*module))
            .collect();
        for &module in &lost {
            self.forget(module);
        }
        lost.len()
    }
}
