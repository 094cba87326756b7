//! Finding, loading and initialising by hand (CPython 3.2's `imp`).

use crate::import::find::Located;
use crate::import::importer::{Fault, Step};
use crate::import::load::Held;
use crate::import::record::{Flags, Found, Native};
use crate::import::undo::Undo;
use crate::import::{
    Code, Entry, Handle, ImportError, ImportHost, ImportLock, Importer, Kind, Request, Spec, Suffix,
};
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

/// What [`Importer::find_module`] found, for [`Importer::load_module`].
pub struct Finding<H: ImportHost> {
    spec: Spec,
    located: Located<H>,
}

impl<H: ImportHost> Finding<H> {
    /// What was found: kind, path, suffix, whether it is a package.
    #[must_use]
    pub fn spec(&self) -> &Spec {
        &self.spec
    }
}

impl<'vm, H: ImportHost> Importer<'_, '_, 'vm, H> {
    /// Finds a module without importing it or anything above it: with `path` in
    /// these places alone, else in the whole search order. Nothing that is loaded
    /// is looked at. A place that is not there is passed over.
    ///
    /// A dotted name is not found: find the package first, and search its
    /// `__path__`. [`find_spec`](Importer::find_spec) does that.
    ///
    /// # Errors
    ///
    /// [`ImportError::NotFound`]; [`ImportError::Value`] for an empty name; what a
    /// finder fails with.
    pub fn find_module(
        &mut self,
        name: &str,
        path: Option<&[String]>,
    ) -> Result<Finding<H>, H::Error> {
        let found = self.finding(name, path);
        self.settle(found)
    }

    fn finding(&mut self, name: &str, path: Option<&[String]>) -> Step<Finding<H>, H> {
        if name.is_empty() {
            return Err(ImportError::Value("Empty module name".into()).into());
        }
        if name.contains('.') {
            return Err(self.not_found(name));
        }
        let located = match path {
            None => self.locate(name, None)?,
            Some(path) => {
                let mut request = Request::new(name, path, None);
                request.path_only = true;
                match self.ask_finders(&request)? {
                    Some(found) => Located::Found(found),
                    None => return Err(self.not_found(name)),
                }
            }
        };
        let spec = match &located {
            Located::Found(found) => found.spec.clone(),
            Located::Native(native) => self.native_spec(name, *native),
            Located::Reserved => self.located_spec(name, Located::Reserved),
        };
        Ok(Finding { spec, located })
    }

    /// Loads what was found under a name, which may be another than the one it
    /// was found by. What is loaded under that name is loaded again, in the same
    /// module object.
    ///
    /// # Errors
    ///
    /// What the module's code or `init` fails with.
    pub fn load_module(
        &mut self,
        name: &str,
        finding: Finding<H>,
    ) -> Result<H::Value<'vm>, H::Error> {
        let loaded = match finding.located {
            Located::Native(native) => self.init_again(name, native),
            Located::Found(mut found) => {
                found.spec.name = name.into();
                self.load_into(name, found, None)
            }
            Located::Reserved => self.import_full(name),
        };
        self.settle(loaded)
    }

    /// Loads code under a name (`imp.load_source` and `imp.load_compiled`
    /// without the file). What is loaded under that name is loaded again, in the
    /// same module object.
    ///
    /// # Errors
    ///
    /// What the code fails with.
    pub fn load_code(
        &mut self,
        name: &str,
        spec: Spec,
        code: Code,
    ) -> Result<H::Value<'vm>, H::Error> {
        let found = Found {
            spec: Spec {
                name: name.into(),
                ..spec
            },
            finder: None,
        };
        let loaded = self.load_into(name, found, Some(code));
        self.settle(loaded)
    }

    fn load_into(
        &mut self,
        name: &str,
        found: Found<H>,
        code: Option<Code>,
    ) -> Step<H::Value<'vm>, H> {
        let _held = Held::new(H::lock(self.cx));
        let id = self.intern(name)?;
        let was = H::entry(self.cx, id);
        let known = was.as_ref().and_then(|entry| self.module(entry));
        let known = known.filter(|&module| !self.is_native(module));
        let run = |importer: &mut Self, module| match code {
            Some(code) => importer.run_code(module, code),
            None => importer.run_found(module),
        };
        let Some(module) = known else {
            let module = self.make_found(id, found)?;
            self.set_entry(id, Some(Entry::Module(module)));
            let undo = Undo::new(self, |importer: &mut Self| {
                importer.take_back(module, id, was);
            });
            run(undo.importer, module)?;
            undo.done();
            self.mark(module, Flags::HALF_MADE, false);
            let entry = self.made(id)?;
            return self.value(entry);
        };
        let flags = self.flags(module);
        if flags.has(Flags::LAZY) {
            // This code in place of the code that waits.
            self.load_waiting(module, |importer| {
                importer.find_again(module, id, found)?;
                importer.mark(module, Flags::HALF_MADE, true);
                run(importer, module)?;
                importer.mark(module, Flags::HALF_MADE, false);
                Ok(())
            })?;
        } else {
            // What was there before a failed reload stays.
            self.find_again(module, id, found)?;
            self.mark(module, Flags::AGAIN, true);
            let over = Undo::new(self, |importer: &mut Self| {
                // It may be its own code that loads it again.
                importer.mark(module, Flags::AGAIN, flags.has(Flags::AGAIN));
            });
            run(over.importer, module)?;
        }
        let entry = self.made(id)?;
        self.value(entry)
    }

    fn is_native(&mut self, module: Handle) -> bool {
        self.imports(|imports| imports.native(module).is_some())
    }

    /// Gives a module another spec and what follows from it.
    pub(crate) fn find_again(
        &mut self,
        module: Handle,
        name: crate::Qstr,
        found: Found<H>,
    ) -> Step<(), H> {
        let mut described = crate::import::record::Record::new(name);
        self.describe(&mut described, &found)?;
        self.imports(|imports| {
            if let Some(record) = imports.records.get_mut(module) {
                record.dict.extend(described.dict);
                record.found = Some(Box::new(found));
            }
        });
        Ok(())
    }

    /// Initialises a native module and enters it under its name. One that was
    /// initialised is ended and initialised again. `None` where there is none.
    ///
    /// # Errors
    ///
    /// [`ImportError::Again`] where it was initialised and has no `deinit`; what
    /// its hooks fail with.
    pub fn init_builtin(&mut self, name: &str) -> Result<Option<H::Value<'vm>>, H::Error> {
        let native = self.native(name);
        let Some((native, _)) = self.settle(native)? else {
            return Ok(None);
        };
        let module = self.init_again(name, native);
        self.settle(module).map(Some)
    }

    fn init_again(&mut self, name: &str, native: Native) -> Step<H::Value<'vm>, H> {
        let _held = Held::new(H::lock(self.cx));
        let id = self.intern(name)?;
        let known = self.imports(|imports| imports.natives.get(&native.id).copied());
        if let Some(module) = known {
            let flags = self.flags(module);
            match self.reinit(native)? {
                // It was not initialised yet.
                _ if flags.has(Flags::LAZY) => self.load_late(module).map_err(Fault::Host)?,
                // It is just being initialised.
                _ if flags.has(Flags::HALF_MADE) => {}
                Reinit::Nothing => {}
                Reinit::Never => return Err(ImportError::Again { name: name.into() }.into()),
                Reinit::Ends => {
                    let undo = Undo::new(self, |importer: &mut Self| importer.take_out(module));
                    let ended = undo.importer.deinit_native(module);
                    ended.map_err(Fault::Host)?;
                    undo.importer.run_init(module)?;
                    undo.done();
                }
            }
        }
        let (module, is_new) = self.native_module(native)?;
        self.set_entry(id, Some(Entry::Module(module)));
        if is_new {
            self.init_native(module)?;
            let entry = self.made(id)?;
            return self.value(entry);
        }
        H::object(self.cx, module).map_err(Fault::Host)
    }

    fn reinit(&mut self, native: Native) -> Step<Reinit, H> {
        let builtins = self.imports(|imports| imports.builtins);
        let ends = builtins
            .ends_of(native.id, native.header)
            .map_err(|broken| Fault::Host(broken.into()))?;
        Ok(match ends {
            (_, true) => Reinit::Ends,
            (false, false) => Reinit::Nothing,
            (true, false) => Reinit::Never,
        })
    }

    /// 1 for a native module that can be initialised again, since it has no
    /// `init` or has a `deinit`; -1 for one that cannot; 0 where there is none.
    ///
    /// # Errors
    ///
    /// [`Broken`](crate::Broken) for an entry that cannot be used.
    pub fn is_builtin(&mut self, name: &str) -> Result<i32, H::Error> {
        let native = self.native(name);
        let Some((native, _)) = self.settle(native)? else {
            return Ok(0);
        };
        let reinit = self.reinit(native);
        Ok(match self.settle(reinit)? {
            Reinit::Never => -1,
            Reinit::Nothing | Reinit::Ends => 1,
        })
    }

    /// Whether a finder has a frozen module of this full name.
    ///
    /// # Errors
    ///
    /// What a finder fails with.
    pub fn is_frozen(&mut self, name: &str) -> Result<bool, H::Error> {
        let frozen = self.frozen(name);
        Ok(self.settle(frozen)?.is_some())
    }

    /// Runs the code of a frozen module and enters it under its name; of one that
    /// is loaded again, in the same module object. `None` where there is none.
    ///
    /// # Errors
    ///
    /// What its code fails with.
    pub fn init_frozen(&mut self, name: &str) -> Result<Option<H::Value<'vm>>, H::Error> {
        let frozen = self.frozen(name);
        let Some(found) = self.settle(frozen)? else {
            return Ok(None);
        };
        let loaded = self.load_into(name, found, None);
        self.settle(loaded).map(Some)
    }

    /// Frozen modules lie in no folder: finders know them by their full names
    /// without a path, or where an entry of the path stands for a set of them,
    /// each asked alone so that no file shadows them.
    fn frozen(&mut self, name: &str) -> Step<Option<Found<H>>, H> {
        if let Some(found) = self.frozen_in(&Request::new(name, &[], None))? {
            return Ok(Some(found));
        }
        for entry in H::path(self.cx).map_err(Fault::Host)? {
            let entry = match name.rsplit_once('.') {
                Some((package, _)) => crate::import::entry::of_package(&entry, package),
                None => entry,
            };
            let path = [entry];
            let mut request = Request::new(name, &path, None);
            request.path_only = true;
            if let Some(found) = self.frozen_in(&request)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    fn frozen_in(&mut self, request: &Request<'_>) -> Step<Option<Found<H>>, H> {
        use crate::import::Finder as _;

        let finders = self.imports(|imports| imports.finders.clone());
        for finder in finders {
            let spec = finder.find(self.cx, request).map_err(Fault::Host)?;
            if let Some(spec) = spec.filter(|spec| spec.kind == Kind::Frozen) {
                return Ok(Some(Found {
                    spec,
                    finder: Some(finder),
                }));
            }
        }
        Ok(None)
    }

    /// The suffixes of files, in the order they are searched.
    pub fn get_suffixes(&mut self) -> Vec<Suffix> {
        self.imports(|imports| imports.suffixes.clone())
    }

    /// Whether a thread holds the import lock; `false` without threads.
    pub fn lock_held(&mut self) -> bool {
        H::lock(self.cx).is_held()
    }

    /// Waits for the import lock and holds it once more. Does nothing without
    /// threads.
    pub fn acquire_lock(&mut self) {
        H::lock(self.cx).acquire();
    }

    /// Holds the import lock once less. Does nothing without threads.
    ///
    /// # Errors
    ///
    /// [`ImportError::NotLocked`] where this thread does not hold it.
    pub fn release_lock(&mut self) -> Result<(), H::Error> {
        if H::lock(self.cx).release() {
            Ok(())
        } else {
            Err(self.error(ImportError::NotLocked))
        }
    }

    /// Forgets what the finders remember of the places they searched
    /// (`importlib.invalidate_caches`).
    pub fn invalidate_caches(&mut self) {
        use crate::import::Finder as _;

        let finders = self.imports(|imports| imports.finders.clone());
        finders.iter().for_each(|finder| finder.invalidate_caches());
    }
}

/// What a second initialisation of a native module does.
enum Reinit {
    /// It has no `init`.
    Nothing,
    /// It has an `init` and no `deinit`.
    Never,
    /// `deinit`, then `init`.
    Ends,
}

/// Finds nothing (`imp.NullImporter`): what stands for a place where nothing is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NullFinder;

impl<H: ImportHost> crate::import::Finder<H> for NullFinder {
    fn label(&self) -> &str {
        "nothing"
    }

    fn find<'vm>(
        &self,
        _: &mut crate::Cx<'_, 'vm, H>,
        _: &Request<'_>,
    ) -> Result<Option<Spec>, H::Error> {
        Ok(None)
    }

    fn code<'vm>(&self, cx: &mut crate::Cx<'_, 'vm, H>, spec: &Spec) -> Result<Code, H::Error> {
        let name = spec.name.clone();
        Err(H::error(cx, ImportError::NoSpec { name }))
    }
}
