//! Modules that are found at once and loaded at first use.

use crate::Qstr;
use crate::import::find::Located;
use crate::import::importer::{Fault, Step};
use crate::import::load::Held;
use crate::import::record::{Flags, Found, Record};
use crate::import::undo::Undo;
use crate::import::{Entry, Handle, ImportError, ImportHost, ImportLock, Importer, Kind, Spec};
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

/// A module that was found and not loaded.
#[derive(Clone, Copy)]
struct Waiting {
    is_native: bool,
    /// Whether the table of modules has it, or is about to: as far as the
    /// importer knows, where the table is the host's own.
    is_entered: bool,
}

/// What lazy import has done in one interpreter.
#[derive(Default)]
pub(crate) struct Lazy {
    is_on: bool,
    bypass: Vec<Bypass>,
    waiting: BTreeMap<Handle, Waiting>,
    /// How many of them are entered.
    now: Count,
    most: Count,
    loaded: Count,
    before: Option<Count>,
    bypassed: Count,
    lost: Count,
}

impl Lazy {
    /// A module that is waiting goes without having been loaded.
    pub(crate) fn lose(&mut self, module: Handle) {
        if let Some(is_native) = self.take(module) {
            self.lost.add(is_native);
        }
    }

    fn take(&mut self, module: Handle) -> Option<bool> {
        let waiting = self.waiting.remove(&module)?;
        if waiting.is_entered {
            self.now.less(waiting.is_native);
        }
        Some(waiting.is_native)
    }

    /// Whether any module waits.
    fn is_used(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Whether a module waits, and the table of modules has it.
    fn is_entered(&self, module: Handle) -> Option<bool> {
        Some(self.waiting.get(&module)?.is_entered)
    }

    /// A module that waits came into the table of modules, or left it.
    fn enter(&mut self, module: Handle, is_entered: bool) {
        if let Some(waiting) = self.waiting.get_mut(&module)
            && waiting.is_entered != is_entered
        {
            waiting.is_entered = is_entered;
            match is_entered {
                true => self.now.add(waiting.is_native),
                false => self.now.less(waiting.is_native),
            }
        }
    }

    fn wait(&mut self, module: Handle, is_native: bool) {
        let is_entered = true;
        self.waiting.insert(
            module,
            Waiting {
                is_native,
                is_entered,
            },
        );
        self.now.add(is_native);
        if self.now.found + self.now.builtin > self.most.found + self.most.builtin {
            self.most = self.now;
        }
    }
}

/// What lazy import leaves alone: it is loaded when it is imported.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Bypass {
    /// The module of this full name.
    Name(String),
    /// This package and everything below it.
    Package(String),
    /// Everything found in this folder, or below it.
    Path(String),
}

impl Bypass {
    fn is_for(&self, name: &str, origin: &str) -> bool {
        let (whole, of, separators): (_, _, &[char]) = match self {
            Bypass::Name(of) => return of == name,
            Bypass::Package(of) => (name, of.as_str(), &['.']),
            Bypass::Path(of) => (origin, of.trim_end_matches(['/', '\\']), &['/', '\\']),
        };
        whole
            .strip_prefix(of)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(separators))
    }
}

/// How many modules, builtin ones apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Modules that finders found.
    pub found: usize,
    /// Native modules.
    pub builtin: usize,
}

impl Count {
    fn add(&mut self, is_native: bool) {
        if is_native {
            self.builtin += 1;
        } else {
            self.found += 1;
        }
    }

    fn less(&mut self, is_native: bool) {
        if is_native {
            self.builtin -= 1;
        } else {
            self.found -= 1;
        }
    }

    fn of(natives: impl IntoIterator<Item = bool>) -> Count {
        let mut count = Count::default();
        natives.into_iter().for_each(|native| count.add(native));
        count
    }
}

/// What lazy import has done since it was first installed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// Found, in the table of modules, not loaded.
    pub proxied: Count,
    /// The most that were so at one time. What scripts take out of a table of
    /// modules that is the host's own counts until the next report.
    pub most: Count,
    /// Loaded at first use.
    pub loaded: Count,
    /// Loaded before lazy import was first installed.
    pub before: Count,
    /// Loaded at once, as a [`Bypass`] wanted it.
    pub bypassed: Count,
    /// Left the table of modules without having been loaded.
    pub lost: Count,
    /// The bytes of those that are not loaded, where the host tells.
    pub memory: Option<usize>,
}

impl<'vm, H: ImportHost> Importer<'_, '_, 'vm, H> {
    /// From now on imports find a module and load it at its first load, store,
    /// delete or `dir`. A missing module still fails when it is imported. The
    /// bypasses take the place of those before.
    pub fn install_lazy(&mut self, bypass: Vec<Bypass>) {
        let is_first = self.imports(|imports| imports.lazy.before.is_none());
        let before = is_first.then(|| self.count_loaded());
        self.imports(|imports| {
            imports.lazy.before = imports.lazy.before.or(before);
            imports.lazy.is_on = true;
            imports.lazy.bypass = bypass;
        });
    }

    fn count_loaded(&mut self) -> Count {
        let modules = self.entered();
        self.imports(|imports| {
            let records = modules.iter().filter_map(|&it| imports.records.get(it));
            let loaded = records.filter(|record| !record.flags.has(Flags::LAZY));
            Count::of(loaded.map(|record| record.native.is_some()))
        })
    }

    /// The modules that the table of modules has.
    fn entered(&mut self) -> BTreeSet<Handle> {
        let entries = H::entries(self.cx).into_iter();
        entries
            .filter_map(|(_, entry)| self.module(&entry))
            .collect()
    }

    /// From now on imports load again. Modules that were found and not loaded
    /// are still loaded at their first use.
    pub fn uninstall_lazy(&mut self) {
        self.imports(|imports| imports.lazy.is_on = false);
    }

    /// What lazy import has done.
    pub fn lazy_report(&mut self) -> Report {
        let entered = self.entered();
        let (mut report, proxied) = self.imports(|imports| {
            let lazy = &mut imports.lazy;
            let mut report = Report {
                proxied: Count::default(),
                most: lazy.most,
                loaded: lazy.loaded,
                before: lazy.before.unwrap_or_default(),
                bypassed: lazy.bypassed,
                lost: lazy.lost,
                memory: None,
            };
            let waiting: Vec<Handle> = lazy.waiting.keys().copied().collect();
            for &module in &waiting {
                lazy.enter(module, entered.contains(&module));
            }
            let left = lazy.waiting.values().filter(|waiting| !waiting.is_entered);
            left.for_each(|waiting| report.lost.add(waiting.is_native));
            report.proxied = lazy.now;
            (report, waiting)
        });
        for module in proxied
            .into_iter()
            .filter(|module| entered.contains(module))
        {
            if let Some(bytes) = H::memory(self.cx, module) {
                report.memory = Some(report.memory.unwrap_or(0) + bytes);
            }
        }
        report
    }

    /// Enters a name into the table of modules, or removes it.
    pub(crate) fn set_entry(&mut self, name: Qstr, entry: Option<Entry<H::Value<'vm>>>) {
        if !self.imports(|imports| imports.lazy.is_used()) {
            return H::set_entry(self.cx, name, entry);
        }
        let old = H::entry(self.cx, name).and_then(|old| self.module(&old));
        let new = entry.as_ref().and_then(|new| self.module(new));
        H::set_entry(self.cx, name, entry);
        if let Some(new) = new {
            self.imports(|imports| imports.lazy.enter(new, true));
        }
        if let Some(old) = old
            && Some(old) != new
            && self.imports(|imports| imports.lazy.is_entered(old)) == Some(true)
            && self.names_of(old).is_empty()
        {
            self.imports(|imports| imports.lazy.enter(old, false));
        }
    }

    /// A module object for what a finder of the host's own search found, which
    /// is loaded at its first use: for a host whose import is not
    /// [`import`](Importer::import), because its language has a search of its
    /// own. `None` where lazy import is off or a [`Bypass`] is for it: the host
    /// loads it as ever.
    ///
    /// It is in no table yet. The finder is asked for the code alone.
    ///
    /// # Errors
    ///
    /// Where the name cannot be interned, or the host fails to make a text.
    pub fn defer(&mut self, spec: Spec, finder: H::Finder) -> Result<Option<Handle>, H::Error> {
        let deferred = self.defer_found(Found {
            spec,
            finder: Some(finder),
        });
        self.settle(deferred)
    }

    fn defer_found(&mut self, found: Found<H>) -> Step<Option<Handle>, H> {
        let name = found.spec.name.clone();
        let located = Located::Found(found);
        if !self.is_lazy_import(&name, &located) {
            return Ok(None);
        }
        let Located::Found(found) = located else {
            return Ok(None);
        };
        let id = self.intern(&name)?;
        let module = self.make_found(id, found)?;
        self.postpone(module);
        Ok(Some(module))
    }

    /// Loads a lazy module now. Nothing happens where it is loaded, or is being
    /// loaded by this thread.
    ///
    /// # Errors
    ///
    /// What its code or `init` fails with: the next use tries again.
    pub fn ensure_loaded(&mut self, module: Handle) -> Result<(), H::Error> {
        self.load_late(module)
    }

    /// Whether what was located is to wait for its first use.
    pub(crate) fn is_lazy_import(&mut self, name: &str, located: &Located<H>) -> bool {
        let (is_native, origin) = match located {
            Located::Native(_) => (true, ""),
            // It has no code that could wait.
            Located::Found(found) if found.spec.kind == Kind::Namespace => return false,
            Located::Found(found) => (false, found.spec.origin.as_deref().unwrap_or("")),
            Located::Reserved => return false,
        };
        self.imports(|imports| {
            let lazy = &mut imports.lazy;
            if !lazy.is_on {
                return false;
            }
            let bypassed = lazy.bypass.iter().any(|bypass| bypass.is_for(name, origin));
            if bypassed {
                lazy.bypassed.add(is_native);
            }
            !bypassed
        })
    }

    /// Lets a module that was found wait for its first use.
    pub(crate) fn postpone(&mut self, module: Handle) {
        self.imports(|imports| {
            let Some(record) = imports.records.get_mut(module) else {
                return;
            };
            record.flags.clear(Flags::HALF_MADE);
            record.flags.set(Flags::LAZY);
            let is_native = record.native.is_some();
            imports.lazy.wait(module, is_native);
        });
    }

    /// Loads a module that waits for it. One that fails waits again.
    pub(crate) fn load_late(&mut self, module: Handle) -> Result<(), H::Error> {
        let flags = self.flags(module);
        let is_another = flags.has(Flags::LATE) && !H::lock(self.cx).is_mine();
        if !is_another && !flags.has(Flags::LAZY) {
            return Ok(());
        }
        // Where another thread loads it, this waits until that is done.
        let _held = Held::new(H::lock(self.cx));
        if !self.flags(module).has(Flags::LAZY) {
            return Ok(());
        }
        let done = self.load_now(module);
        match done {
            Ok(()) => Ok(()),
            Err(fault) => {
                let error = match fault {
                    Fault::Host(error) => error,
                    Fault::Import(error) => self.error(error),
                };
                let name = self.name_of(module);
                Err(H::late(self.cx, &name, error))
            }
        }
    }

    pub(crate) fn flags(&mut self, module: Handle) -> Flags {
        self.imports(|imports| {
            let record = imports.records.get(module);
            record.map_or_else(Flags::default, |record| record.flags)
        })
    }

    fn load_now(&mut self, module: Handle) -> Step<(), H> {
        self.load_waiting(module, |importer| {
            match importer.imports(|imports| imports.native(module)) {
                Some(_) => importer.run_init(module),
                None => importer.run(module),
            }
        })
    }

    /// Loads a module that waits with this code. Whoever calls holds the lock.
    pub(crate) fn load_waiting(
        &mut self,
        module: Handle,
        run: impl FnOnce(&mut Self) -> Step<(), H>,
    ) -> Step<(), H> {
        let seen = self.imports(|imports| {
            let record = imports.records.get(module)?;
            Some((record.name, record.native.is_some(), record.found.clone()))
        });
        let Some((id, is_native, found)) = seen else {
            return Err(ImportError::Gone.into());
        };
        // As it was found, for another try: made now, since it may fail.
        let mut as_found = Record::new(id);
        if let Some(found) = &found {
            self.describe(&mut as_found, found)?;
        }
        as_found.found = found;
        let was = H::entry(self.cx, id);
        let was_me = was.as_ref().map(|was| self.module(was) == Some(module));
        self.imports(|imports| {
            if let Some(record) = imports.records.get_mut(module) {
                record.flags.clear(Flags::LAZY);
                record.flags.set(Flags::LATE);
            }
        });
        let undo = Undo::new(self, |importer: &mut Self| {
            if was_me == Some(true) {
                importer.set_entry(id, Some(Entry::Module(module)));
            }
            importer.wait_again(module, as_found);
        });
        run(undo.importer)?;
        undo.done();
        self.imports(|imports| {
            if let Some(record) = imports.records.get_mut(module) {
                record.flags.clear(Flags::LATE);
            }
            if imports.lazy.take(module).is_some() {
                imports.lazy.loaded.add(is_native);
            }
        });
        match H::entry(self.cx, id) {
            // Imported anew since it was found, say: that is not its own doing.
            Some(_) if is_native || was_me == Some(false) => Ok(()),
            Some(entry) if self.module(&entry) != Some(module) => self.stand_in(module, entry),
            // A script may have taken it out of the table long ago.
            _ => Ok(()),
        }
    }

    /// A module that failed at its first use is again as it was found.
    fn wait_again(&mut self, module: Handle, as_found: Record<'vm, H>) {
        self.imports(|imports| {
            if let Some(record) = imports.records.get_mut(module) {
                record.flags.clear(Flags::LATE | Flags::HALF_MADE);
                record.flags.set(Flags::LAZY);
                if record.native.is_none() {
                    record.dict = as_found.dict;
                    record.found = as_found.found;
                }
            }
        });
    }
}
