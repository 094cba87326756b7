//! Taking modules out of an interpreter.

use crate::Qstr;
use crate::import::dict::IdHasher;
use crate::import::importer::{Fault, Step};
use crate::import::load::Held;
use crate::import::record::Flags;
use crate::import::{Entry, Handle, ImportError, ImportHost, Importer, Patched, Patches};
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;
use core::hash::BuildHasherDefault;
use indexmap::IndexMap;

/// What an unload did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unloaded {
    /// The names that left the table of modules.
    pub names: Vec<String>,
    /// The modules that left it. A native one without a `deinit` comes back with
    /// its next import; of the others, a host that frees their objects forgets
    /// those it still has
    /// ([`release`](Importer::release)). The handle of one that was ended, or
    /// that [nothing held](ImportHost::is_held), finds nothing any more.
    pub modules: Vec<Handle>,
    /// Which loaded module (first) still holds which of them (second), and
    /// whatever else the host found.
    pub holders: Vec<(String, String)>,
}

/// The modules that leave, each with its name, in their order.
type Leaving = IndexMap<Handle, String, BuildHasherDefault<IdHasher>>;

impl<'vm, H: ImportHost> Importer<'_, '_, 'vm, H> {
    /// Unloads a module and everything below it: `package` takes `package.x` and
    /// not `package2`. Entries of None below it and the parent's attribute go
    /// too.
    ///
    /// The reserved package ([`Options::reserved`](crate::import::Options::reserved))
    /// takes the entries below it, and the modules stay as they are.
    ///
    /// `deinit` runs where there is one, the module that was initialised last
    /// first; then the next import initialises again, and the old object is
    /// gone. A native module that has an `init` and no `deinit` cannot be
    /// initialised again: the next import gives the same object, with its
    /// patches. Objects of run-time modules live on where somebody holds them,
    /// without patches.
    ///
    /// # Errors
    ///
    /// [`ImportError::NotLoaded`] where the table has nothing of that name; what
    /// the first `deinit` that failed did, or the package where it is an object
    /// that refuses to lose its attribute, when everything is unloaded.
    pub fn unload(&mut self, name: &str) -> Result<Unloaded, H::Error> {
        let unloaded = self.unload_tree(name);
        self.settle(unloaded)
    }

    fn unload_tree(&mut self, name: &str) -> Step<Unloaded, H> {
        let _held = Held::new(H::lock(self.cx));
        let mut modules = Leaving::default();
        let mut leaving: Vec<Qstr> = Vec::new();
        let mut unloaded = Unloaded::default();
        let left = self.entry(name);
        // What is below the reserved package is loaded on its own.
        let is_reserved = match left.as_ref().and_then(|entry| self.module(entry)) {
            Some(module) => self.flags(module).has(Flags::RESERVED),
            None => false,
        };
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
                && (!is_reserved || self.flags(module).has(Flags::RESERVED))
            {
                modules.entry(module).or_insert_with(|| full.clone());
            }
            leaving.push(id);
            unloaded.names.push(full);
        }
        // From the end, where removing moves little.
        for id in leaving.into_iter().rev() {
            self.set_entry(id, None);
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
        for (alias, entry) in H::entries(self.cx) {
            let module = self.module(&entry);
            if module.is_some_and(|module| modules.contains_key(&module)) {
                self.set_entry(alias, None);
                let alias = self.text(alias);
                unloaded.names.push(alias);
            }
        }
        let unbound = self.unbind(name, left.as_ref(), &modules);
        for &module in modules.keys() {
            self.unbind_from_native(module, &modules);
        }
        unloaded.holders = self.holders_of(&modules)?;
        for &module in modules.keys() {
            // A native one that cannot end keeps its patches: it comes back.
            if self.imports(|imports| imports.native(module).is_none()) {
                self.undo_module(module);
                self.drop_unheld(module);
            }
            unloaded.modules.push(module);
        }
        let result = self.end_natives(&modules);
        result.and(unbound).map_err(Fault::Host)?;
        Ok(unloaded)
    }

    /// Adds the builtin submodules of native ones that scripts have read as
    /// attributes: they are initialised, and in no table.
    fn add_read_submodules(&mut self, modules: &mut Leaving) {
        let mut packages = BTreeSet::new();
        for &module in modules.keys() {
            if self.imports(|imports| imports.native(module).is_some()) {
                packages.insert(self.name_of(module));
            }
        }
        if packages.is_empty() {
            return;
        }
        let entries = H::entries(self.cx);
        let entered: BTreeSet<Handle> = entries
            .iter()
            .filter_map(|(_, entry)| self.module(entry))
            .collect();
        for module in self.imports(|imports| imports.order.clone()) {
            if modules.contains_key(&module) || entered.contains(&module) {
                continue;
            }
            let name = self.name_of(module);
            let mut above = name.match_indices('.').map(|(end, _)| &name[..end]);
            if above.any(|above| packages.contains(above)) {
                modules.insert(module, name);
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

    /// Takes the attribute away that the package has of what left the table under
    /// a name.
    fn unbind(
        &mut self,
        name: &str,
        left: Option<&Entry<H::Value<'vm>>>,
        modules: &Leaving,
    ) -> Result<(), H::Error> {
        let Some((package, tail)) = name.rsplit_once('.') else {
            return Ok(());
        };
        let (Some(package), Some(tail)) = (self.entry(package), self.known(tail)) else {
            return Ok(());
        };
        let holder = self.module(&package);
        let bound = match (holder, &package) {
            (Some(package), _) => self.bound(package, tail),
            (None, Entry::Value(package)) => H::attribute(self.cx, package, tail)?,
            (None, _) => None,
        };
        let Some(bound) = bound else {
            return Ok(());
        };
        let is_gone = match H::handle(self.cx, &bound) {
            Some(bound) => modules.contains_key(&bound),
            // Values cannot be compared. Where the table had one that is no module,
            // so had the package.
            None => match left {
                Some(Entry::Value(value)) => H::handle(self.cx, value).is_none(),
                _ => false,
            },
        };
        if !is_gone {
            return Ok(());
        }
        match (holder, &package) {
            (Some(package), _) => {
                self.unbind_name(package, tail);
            }
            (None, Entry::Value(package)) => {
                H::set_attribute(self.cx, package, tail, None)?;
            }
            (None, _) => {}
        }
        Ok(())
    }

    /// The same for a native package that is unloaded: the next import may give
    /// its object again.
    fn unbind_from_native(&mut self, package: Handle, modules: &Leaving) {
        let bound: Vec<(Qstr, H::Value<'vm>)> = self.imports(|imports| {
            let record = imports.records.get(package);
            let native = record.filter(|record| record.native.is_some());
            let bound = native.into_iter().flat_map(|record| record.dict.iter());
            bound.map(|(name, value)| (*name, value.clone())).collect()
        });
        for (name, value) in bound {
            let held = H::handle(self.cx, &value);
            if held.is_some_and(|held| modules.contains_key(&held)) {
                self.unbind_name(package, name);
            }
        }
    }

    /// Which modules that are still loaded hold one of these.
    fn holders_of(&mut self, modules: &Leaving) -> Step<Vec<(String, String)>, H> {
        let mut holders = Vec::new();
        let mut seen = BTreeSet::new();
        for (id, entry) in H::entries(self.cx) {
            let Entry::Module(holder) = entry else {
                continue;
            };
            if !seen.insert(holder) {
                continue;
            }
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
            let mut held = Leaving::default();
            for value in values {
                if let Some(module) = H::handle(self.cx, &value)
                    && let Some(name) = modules.get(&module)
                {
                    held.insert(module, name.clone());
                }
            }
            let holder = self.text(id);
            holders.extend(held.into_values().map(|held| (holder.clone(), held)));
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
    fn end_natives(&mut self, modules: &Leaving) -> Result<(), H::Error> {
        let order = self.imports(|imports| imports.order.clone());
        let mut ending: Vec<Handle> = order
            .into_iter()
            .filter(|known| modules.contains_key(known))
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
