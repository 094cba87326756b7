//! Modules that are found at once and loaded at first use.

use crate::import::find::Located;
use crate::import::importer::{Fault, Step};
use crate::import::load::Held;
use crate::import::record::{Flags, Found, Record};
use crate::import::{Entry, Handle, ImportError, ImportHost, ImportLock, Importer, Kind, Spec};
use alloc::string::String;
use alloc::vec::Vec;

/// Modules found and not loaded, and whether each is native.
type Waiting = Vec<(Handle, bool)>;

/// What lazy import has done in one interpreter.
#[derive(Default)]
pub(crate) struct Lazy {
    is_on: bool,
    bypass: Vec<Bypass>,
    waiting: Waiting,
    most: Count,
    loaded: Count,
    before: Count,
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
        let place = self
            .waiting
            .iter()
            .position(|(known, _)| *known == module)?;
        Some(self.waiting.remove(place).1)
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
    /// The most that were so at one time.
    pub most: Count,
    /// Loaded at first use.
    pub loaded: Count,
    /// Loaded before lazy import was installed.
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
        let natives: Vec<bool> = {
            let mut seen: Vec<Handle> = Vec::new();
            let entries = H::entries(self.cx);
            let modules = entries.into_iter().filter_map(|(_, entry)| match entry {
                Entry::Module(module) => Some(module),
                _ => None,
            });
            for module in modules {
                if !seen.contains(&module) {
                    seen.push(module);
                }
            }
            self.imports(|imports| {
                let records = seen
                    .iter()
                    .filter_map(|&module| imports.records.get(module));
                let loaded = records.filter(|record| !record.flags.has(Flags::LAZY));
                loaded.map(|record| record.native.is_some()).collect()
            })
        };
        self.imports(|imports| {
            if !imports.lazy.is_on {
                imports.lazy.before = Count::of(natives);
            }
            imports.lazy.is_on = true;
            imports.lazy.bypass = bypass;
        });
    }

    /// From now on imports load again. Modules that were found and not loaded
    /// are still loaded at their first use.
    pub fn uninstall_lazy(&mut self) {
        self.imports(|imports| imports.lazy.is_on = false);
    }

    /// What lazy import has done.
    pub fn lazy_report(&mut self) -> Report {
        let (proxied, lost) = self.waiting(None);
        let mut report = self.imports(|imports| Report {
            proxied: Count::default(),
            most: imports.lazy.most,
            loaded: imports.lazy.loaded,
            before: imports.lazy.before,
            bypassed: imports.lazy.bypassed,
            lost: imports.lazy.lost,
            memory: None,
        });
        lost.into_iter()
            .for_each(|(_, is_native)| report.lost.add(is_native));
        for (module, is_native) in proxied {
            report.proxied.add(is_native);
            if let Some(bytes) = H::memory(self.cx, module) {
                report.memory = Some(report.memory.unwrap_or(0) + bytes);
            }
        }
        report
    }

    /// The modules that wait, those in the table or about to be entered apart
    /// from those that left it.
    fn waiting(&mut self, coming: Option<Handle>) -> (Waiting, Waiting) {
        let entries = H::entries(self.cx);
        let mut entered: Vec<Handle> = coming.into_iter().collect();
        entered.extend(entries.iter().filter_map(|(_, entry)| self.module(entry)));
        self.imports(|imports| {
            let waiting = imports.lazy.waiting.iter();
            waiting.partition(|(module, _)| entered.contains(module))
        })
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
            imports.lazy.waiting.push((module, is_native));
        });
        let (proxied, _) = self.waiting(Some(module));
        let now = Count::of(proxied.into_iter().map(|(_, is_native)| is_native));
        self.imports(|imports| {
            let most = &mut imports.lazy.most;
            if now.found + now.builtin > most.found + most.builtin {
                *most = now;
            }
        });
    }

    /// Loads a module that waits for it. One that fails waits again.
    pub(crate) fn load_late(&mut self, module: Handle) -> Result<(), H::Error> {
        let flags = self.flags(module);
        if flags.has(Flags::LATE) && !H::lock(self.cx).is_mine() {
            // Another thread loads it: wait until that is done.
            drop(Held::new(H::lock(self.cx)));
            return self.load_late(module);
        }
        if !flags.has(Flags::LAZY) {
            return Ok(());
        }
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
        let seen = self.imports(|imports| {
            let record = imports.records.get_mut(module)?;
            record.flags.clear(Flags::LAZY);
            record.flags.set(Flags::LATE);
            Some((record.name, record.native.is_some(), record.found.clone()))
        });
        let Some((id, is_native, found)) = seen else {
            return Err(ImportError::Gone.into());
        };
        let is_me = |entry: &Entry<_>| matches!(entry, Entry::Module(known) if *known == module);
        // Imported anew since it was found, say: that is not its own doing.
        let was_other = H::entry(self.cx, id).is_some_and(|entry| !is_me(&entry));
        let done = if is_native {
            self.run_init(module)
        } else {
            self.run(module)
        };
        let settled = match (done, H::entry(self.cx, id)) {
            (Err(fault), _) => Err(fault),
            (Ok(()), Some(entry)) => Ok(Some(entry)),
            // A script may have taken it out of the table long ago.
            (Ok(()), None) => Ok(None),
        };
        match settled {
            Ok(entry) => {
                self.imports(|imports| {
                    if let Some(record) = imports.records.get_mut(module) {
                        record.flags.clear(Flags::LATE);
                    }
                    if imports.lazy.take(module).is_some() {
                        imports.lazy.loaded.add(is_native);
                    }
                });
                match entry {
                    Some(entry) if !is_native && !was_other && !is_me(&entry) => {
                        self.stand_in(module, entry)
                    }
                    _ => Ok(()),
                }
            }
            Err(fault) => {
                // As it was found, for another try.
                let mut described = Record::new(id);
                if let Some(found) = &found {
                    self.describe(&mut described, found)?;
                }
                self.imports(|imports| {
                    if let Some(record) = imports.records.get_mut(module) {
                        record.flags.clear(Flags::LATE);
                        record.flags.set(Flags::LAZY);
                        if !is_native {
                            record.dict = described.dict;
                        }
                    }
                });
                Err(fault)
            }
        }
    }
}
