//! What one interpreter has imported.

use crate::header::Header;
use crate::import::dict::Dict;
use crate::import::lazy::Lazy;
use crate::import::record::{Flags, Record};
use crate::import::{Entry, Handle, ImportHost, Patches, Suffix};
use crate::{Builtins, Host, ModuleId, Names, Qstr};
use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

/// What one interpreter has imported, and how it does: it belongs to the host's
/// context. Two interpreters share the [`Builtins`] and nothing else.
pub struct Imports<'vm, H: ImportHost> {
    pub(crate) builtins: &'static Builtins<H>,
    /// All names of this interpreter.
    pub names: Names,
    /// How modules are searched.
    pub options: Options,
    /// `sys.path`: where finders search for what is in no package. A host whose
    /// scripts change it elsewhere overrides [`ImportHost::path`].
    pub path: Vec<String>,
    /// The finders, asked in this order. Scripts may see and change it.
    /// [`add_standard_finders`](Imports::add_standard_finders) has the usual ones.
    pub finders: Vec<H::Finder>,
    /// The suffixes of files, in the order they are searched. There are none at
    /// first: then directories and archives have namespace packages alone.
    pub suffixes: Vec<Suffix>,
    pub(crate) modules: Dict<Entry<<H as Host>::Value<'vm>>>,
    pub(crate) records: Records<'vm, H>,
    pub(crate) natives: BTreeMap<ModuleId, Handle>,
    pub(crate) registered: Vec<(Qstr, &'static Header)>,
    /// Native modules whose `init` has run, oldest first.
    pub(crate) order: Vec<Handle>,
    /// While it shuts down, the native modules that were ended.
    pub(crate) ended: Option<BTreeSet<ModuleId>>,
    pub(crate) patches: H::Patches<'vm>,
    pub(crate) lazy: Lazy,
    pub(crate) lock: H::Lock,
    pub(crate) import: Option<<H as Host>::Value<'vm>>,
}

/// How modules are searched.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// MicroPython's names with a `u`: a registered `ufoo` answers `foo` last,
    /// and an extensible `foo` answers `ufoo` before the finders.
    pub weak_links: bool,
    /// The package through which a script reaches a builtin although a file
    /// shadows it: `import builtins.os`. Empty for none.
    pub reserved: Cow<'static, str>,
    /// The name of the file that makes a folder a package.
    pub init: Cow<'static, str>,
    /// The interpreter in the names of compiled files (PEP 3147), `vm-10`, say.
    /// Empty where there are none.
    pub tag: Cow<'static, str>,
    /// The first bytes of compiled files.
    pub magic: [u8; 4],
}

impl Default for Options {
    /// No weak links; the reserved package is `builtins`, a package's file
    /// `__init__`; nothing about compiled files.
    fn default() -> Options {
        Options {
            weak_links: false,
            reserved: Cow::Borrowed("builtins"),
            init: Cow::Borrowed("__init__"),
            tag: Cow::Borrowed(""),
            magic: [0; 4],
        }
    }
}

impl Options {
    /// As MicroPython searches.
    #[must_use]
    pub fn micropython() -> Options {
        Options {
            weak_links: true,
            ..Options::default()
        }
    }
}

impl<'vm, H: ImportHost> Imports<'vm, H> {
    /// Nothing imported, no finders (see
    /// [`add_standard_finders`](Imports::add_standard_finders)), the names of the
    /// build.
    #[must_use]
    pub fn new(builtins: &'static Builtins<H>) -> Imports<'vm, H> {
        Imports::with_names(builtins, Names::new(builtins.pool()))
    }

    /// The same with names of the host's making: with a key, or other limits.
    #[must_use]
    pub fn with_names(builtins: &'static Builtins<H>, names: Names) -> Imports<'vm, H> {
        Imports {
            builtins,
            names,
            options: Options::default(),
            path: Vec::new(),
            finders: Vec::new(),
            suffixes: Vec::new(),
            modules: Dict::default(),
            records: Records::default(),
            natives: BTreeMap::new(),
            registered: Vec::new(),
            order: Vec::new(),
            ended: None,
            patches: H::Patches::default(),
            lazy: Lazy::default(),
            lock: H::Lock::default(),
            import: None,
        }
    }

    /// The table of this interpreter.
    #[must_use]
    pub fn builtins(&self) -> &'static Builtins<H> {
        self.builtins
    }

    /// The registered name of a module.
    #[must_use]
    pub fn name(&self, module: Handle) -> Option<Qstr> {
        let record = self.records.get(module)?;
        match &record.found {
            Some(found) if found.spec.shared => self.names.get(&found.spec.name),
            _ => Some(record.name),
        }
    }

    /// The number of a native module.
    #[must_use]
    pub fn native(&self, module: Handle) -> Option<ModuleId> {
        Some(self.records.get(module)?.native?.id)
    }

    /// Whether a module was found and is not loaded yet.
    #[must_use]
    pub fn is_lazy(&self, module: Handle) -> bool {
        self.records
            .get(module)
            .is_some_and(|record| record.flags.has(Flags::LAZY))
    }

    /// Whether a module's code or `init` is just running.
    #[must_use]
    pub fn is_half_made(&self, module: Handle) -> bool {
        self.records
            .get(module)
            .is_some_and(|record| record.flags.has(Flags::HALF_MADE))
    }

    /// Whether the override layer has something for a module.
    #[must_use]
    pub fn is_patched(&self, module: Handle) -> bool {
        self.records
            .get(module)
            .is_some_and(|record| record.flags.has(Flags::PATCHED))
    }

    /// The number of the module that was registered at run time as the
    /// `position`th: behind those of the table.
    pub(crate) fn registered_id(&self, position: usize) -> ModuleId {
        ModuleId((self.builtins.table().len() + position) as u16)
    }

    /// Forgets a module object and all that is kept of it. `false` where there was
    /// none.
    pub(crate) fn forget(&mut self, module: Handle) -> bool {
        self.patches.forget(module);
        self.lazy.lose(module);
        self.records.remove(module).is_some()
    }

    /// How many module objects there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The module objects by handle.
pub(crate) struct Records<'vm, H: ImportHost> {
    places: Vec<Place<'vm, H>>,
    free: Vec<u32>,
}

struct Place<'vm, H: ImportHost> {
    generation: u32,
    record: Option<Record<'vm, H>>,
}

// Not derived: it holds nothing yet, whatever the host can.
impl<H: ImportHost> Default for Records<'_, H> {
    fn default() -> Self {
        Records {
            places: Vec::new(),
            free: Vec::new(),
        }
    }
}

impl<'vm, H: ImportHost> Records<'vm, H> {
    pub(crate) fn add(&mut self, record: Record<'vm, H>) -> Handle {
        let place = self.free.pop().unwrap_or_else(|| {
            self.places.push(Place {
                generation: 0,
                record: None,
            });
            (self.places.len() - 1) as u32
        });
        let entry = &mut self.places[place as usize];
        entry.record = Some(record);
        Handle {
            place,
            generation: entry.generation,
        }
    }

    #[inline]
    pub(crate) fn get(&self, handle: Handle) -> Option<&Record<'vm, H>> {
        let place = self.places.get(handle.place as usize)?;
        if place.generation != handle.generation {
            return None;
        }
        place.record.as_ref()
    }

    #[inline]
    pub(crate) fn get_mut(&mut self, handle: Handle) -> Option<&mut Record<'vm, H>> {
        let place = self.places.get_mut(handle.place as usize)?;
        if place.generation != handle.generation {
            return None;
        }
        place.record.as_mut()
    }

    pub(crate) fn remove(&mut self, handle: Handle) -> Option<Record<'vm, H>> {
        let place = self.places.get_mut(handle.place as usize)?;
        if place.generation != handle.generation {
            return None;
        }
        let record = place.record.take()?;
        // A place whose generations are used up is never used again.
        if let Some(next) = place.generation.checked_add(1) {
            place.generation = next;
            self.free.push(handle.place);
        }
        Some(record)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Handle, &Record<'vm, H>)> {
        self.places.iter().enumerate().filter_map(|(place, entry)| {
            let record = entry.record.as_ref()?;
            let handle = Handle {
                place: place as u32,
                generation: entry.generation,
            };
            Some((handle, record))
        })
    }

    pub(crate) fn len(&self) -> usize {
        self.places.len() - self.free.len()
    }
}
