//! Patching builtin modules at run time.
//!
//! What MicroPython #9018 proposes: a script, or an extension that it imports,
//! changes a module in read-only memory, several extensions compose, and each
//! can be undone.

use crate::Qstr;
use crate::import::handle::Handle;
use crate::import::record::Flags;
use crate::import::{ImportError, ImportHost, Importer};
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::ops::RangeInclusive;

/// Where an interpreter keeps the patches of its builtins.
///
/// `()` keeps none and takes no memory; [`Layer`] keeps them.
pub trait Patches<V: Clone>: Default {
    /// Whether there is a layer at all.
    const ON: bool;

    /// What the newest patch makes of a name.
    fn get(&self, module: Handle, name: Qstr) -> Option<&Patched<V>>;

    /// Adds a patch as the newest. One that `owner` had for the name goes.
    fn put(&mut self, module: Handle, name: Qstr, owner: Qstr, what: Patched<V>);

    /// Takes back the patch that `owner` has for a name. `false` where there is
    /// none.
    fn undo(&mut self, module: Handle, name: Qstr, owner: Qstr) -> bool;

    /// Whether a module has any.
    fn has_any(&self, module: Handle) -> bool {
        let mut has_any = false;
        self.each(module, &mut |_, _| has_any = true);
        has_any
    }

    /// Hands out all patches of a module, the newest of each name last.
    fn each(&self, module: Handle, patch: &mut dyn FnMut(Qstr, &Patch<V>));

    /// Hands out every value of a patch, to be changed, with module and name,
    /// always in the same order.
    fn values(&mut self, value: &mut dyn FnMut(Handle, Qstr, &mut V));

    /// Takes back all patches of a module.
    fn forget(&mut self, module: Handle);

    /// All patches of an owner, as module and name.
    fn by(&self, owner: Qstr) -> Vec<(Handle, Qstr)>;
}

/// What a patch makes of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patched<V> {
    /// This value.
    Value(V),
    /// As if it were not there.
    Hidden,
}

/// A patch of one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patch<V> {
    /// Who made it.
    pub owner: Qstr,
    /// What it makes of the name.
    pub what: Patched<V>,
}

/// No layer: builtins cannot be patched.
impl<V: Clone> Patches<V> for () {
    const ON: bool = false;

    fn get(&self, _: Handle, _: Qstr) -> Option<&Patched<V>> {
        None
    }

    fn put(&mut self, _: Handle, _: Qstr, _: Qstr, _: Patched<V>) {}

    fn undo(&mut self, _: Handle, _: Qstr, _: Qstr) -> bool {
        false
    }

    fn each(&self, _: Handle, _: &mut dyn FnMut(Qstr, &Patch<V>)) {}

    fn values(&mut self, _: &mut dyn FnMut(Handle, Qstr, &mut V)) {}

    fn forget(&mut self, _: Handle) {}

    fn by(&self, _: Qstr) -> Vec<(Handle, Qstr)> {
        Vec::new()
    }
}

/// The patches of one interpreter. Nothing is allocated before the first one.
#[derive(Clone, Debug)]
pub struct Layer<V> {
    /// The newest patch of a name last.
    names: BTreeMap<(Handle, Qstr), Vec<Patch<V>>>,
}

// Not derived: an empty one needs nothing of the values.
impl<V> Default for Layer<V> {
    fn default() -> Layer<V> {
        Layer {
            names: BTreeMap::new(),
        }
    }
}

impl<V: Clone> Patches<V> for Layer<V> {
    const ON: bool = true;

    fn get(&self, module: Handle, name: Qstr) -> Option<&Patched<V>> {
        let newest = self.names.get(&(module, name))?.last()?;
        Some(&newest.what)
    }

    fn put(&mut self, module: Handle, name: Qstr, owner: Qstr, what: Patched<V>) {
        let patches = self.names.entry((module, name)).or_default();
        patches.retain(|patch| patch.owner != owner);
        patches.push(Patch { owner, what });
    }

    fn undo(&mut self, module: Handle, name: Qstr, owner: Qstr) -> bool {
        let Some(patches) = self.names.get_mut(&(module, name)) else {
            return false;
        };
        let before = patches.len();
        patches.retain(|patch| patch.owner != owner);
        let undone = patches.len() < before;
        if patches.is_empty() {
            self.names.remove(&(module, name));
        }
        undone
    }

    fn each(&self, module: Handle, patch: &mut dyn FnMut(Qstr, &Patch<V>)) {
        for (&(_, name), patches) in self.names.range(range_of(module)) {
            patches.iter().for_each(|known| patch(name, known));
        }
    }

    fn has_any(&self, module: Handle) -> bool {
        self.names.range(range_of(module)).next().is_some()
    }

    fn values(&mut self, value: &mut dyn FnMut(Handle, Qstr, &mut V)) {
        for (&(module, name), patches) in &mut self.names {
            for patch in patches {
                if let Patched::Value(patched) = &mut patch.what {
                    value(module, name, patched);
                }
            }
        }
    }

    fn forget(&mut self, module: Handle) {
        let of_module = self.names.range(range_of(module));
        let places: Vec<(Handle, Qstr)> = of_module.map(|(place, _)| *place).collect();
        for place in places {
            self.names.remove(&place);
        }
    }

    fn by(&self, owner: Qstr) -> Vec<(Handle, Qstr)> {
        let by_owner = self
            .names
            .iter()
            .filter(|(_, patches)| patches.iter().any(|patch| patch.owner == owner));
        by_owner.map(|(&place, _)| place).collect()
    }
}

/// All places of a module.
fn range_of(module: Handle) -> RangeInclusive<(Handle, Qstr)> {
    (module, Qstr::FIRST)..=(module, Qstr::LAST)
}

impl<'vm, H: ImportHost> Importer<'_, '_, 'vm, H> {
    /// Gives a name of a module another value, or a new name one, until
    /// [`undo`](Importer::undo): of a builtin, and of a frozen or any other
    /// module alike. Where several owners patch one name, the newest
    /// patch counts; a second one of the same owner takes the place of its
    /// first.
    ///
    /// # Errors
    ///
    /// [`ImportError::Type`] where the host has no override layer,
    /// [`ImportError::Gone`].
    pub fn patch(
        &mut self,
        module: Handle,
        name: Qstr,
        owner: Qstr,
        value: H::Value<'vm>,
    ) -> Result<(), H::Error> {
        self.put_patch(module, name, owner, Patched::Value(value))
    }

    /// Hides a name of a module until [`undo`](Importer::undo).
    ///
    /// # Errors
    ///
    /// As [`patch`](Importer::patch).
    pub fn hide(&mut self, module: Handle, name: Qstr, owner: Qstr) -> Result<(), H::Error> {
        self.put_patch(module, name, owner, Patched::Hidden)
    }

    fn put_patch(
        &mut self,
        module: Handle,
        name: Qstr,
        owner: Qstr,
        what: Patched<H::Value<'vm>>,
    ) -> Result<(), H::Error> {
        self.load_late(module)?;
        if !H::Patches::ON {
            return Err(self.error(ImportError::Type(
                "this interpreter keeps no patches of builtin modules".into(),
            )));
        }
        let patched = self.imports(|imports| {
            let record = imports.records.get_mut(module)?;
            record.flags.set(Flags::PATCHED);
            imports.patches.put(module, name, owner, what);
            Some(())
        });
        match patched {
            Some(()) => {
                H::changed(self.cx, module, name);
                Ok(())
            }
            None => Err(self.error(ImportError::Gone)),
        }
    }

    /// Takes a patch back, which reveals the next one or the constant. `false`
    /// where `owner` has none for the name.
    pub fn undo(&mut self, module: Handle, name: Qstr, owner: Qstr) -> bool {
        let undone = self.imports(|imports| {
            let undone = imports.patches.undo(module, name, owner);
            if !imports.patches.has_any(module)
                && let Some(record) = imports.records.get_mut(module)
            {
                record.flags.clear(Flags::PATCHED);
            }
            undone
        });
        if undone {
            H::changed(self.cx, module, name);
        }
        undone
    }

    /// Takes back everything that `owner` patched, and says how much it was.
    pub fn undo_all(&mut self, owner: Qstr) -> usize {
        let patches = self.imports(|imports| imports.patches.by(owner));
        for &(module, name) in &patches {
            self.undo(module, name, owner);
        }
        patches.len()
    }

    /// Takes back all patches of a module that is unloaded.
    pub(crate) fn undo_module(&mut self, module: Handle) {
        let mut names: Vec<Qstr> = Vec::new();
        self.imports(|imports| {
            imports.patches.each(module, &mut |name, _| {
                // The patches of one name come one after the other.
                if names.last() != Some(&name) {
                    names.push(name);
                }
            });
            imports.patches.forget(module);
            if let Some(record) = imports.records.get_mut(module) {
                record.flags.clear(Flags::PATCHED);
            }
        });
        for name in names {
            H::changed(self.cx, module, name);
        }
    }

    /// All patches of a module, the newest of each name last.
    pub fn patches(&mut self, module: Handle) -> Vec<(Qstr, Patch<H::Value<'vm>>)> {
        let mut patches = Vec::new();
        self.imports(|imports| {
            imports.patches.each(module, &mut |name, patch| {
                patches.push((name, patch.clone()));
            });
        });
        patches
    }
}
