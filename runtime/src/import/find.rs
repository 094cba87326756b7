//! Which module a name means: the search order.

use crate::import::importer::{Fault, Step};
use crate::import::record::{Flags, Found, Native};
use crate::import::{Entry, Handle, ImportError, ImportHost, Importer, Kind, Request, Spec};
use crate::{Class, Qstr, qstr};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// What a name means before it is loaded.
pub(crate) enum Located<H: ImportHost> {
    Native(Native),
    Found(Found<H>),
    /// The package that leads to all builtins.
    Reserved,
}

/// What a package tells about its submodules.
struct Package {
    /// `None` for a value that a script put into the table.
    module: Option<Handle>,
    native: Option<Native>,
    reserved: bool,
    /// `None` where it is no package.
    path: Option<Vec<String>>,
}

impl<'vm, H: ImportHost> Importer<'_, '_, 'vm, H> {
    /// The module that `name` means, whose package is loaded. Nothing that is
    /// loaded is looked at.
    pub(crate) fn locate(
        &mut self,
        name: &str,
        package: Option<&Entry<H::Value<'vm>>>,
    ) -> Step<Located<H>, H> {
        let located = match package {
            None => self.locate_top(name)?,
            Some(package) => {
                let (parent, tail) = name.rsplit_once('.').unwrap_or(("", name));
                if let Some(module) = self.module(package) {
                    self.load_late(module).map_err(Fault::Host)?;
                }
                // Loading it may have put something else in its place.
                let package = self.entry(parent).unwrap_or_else(|| package.clone());
                let package = match (self.module(&package), &package) {
                    (Some(module), _) => self.package(module)?,
                    (None, Entry::Value(value)) => self.package_value(value)?,
                    (None, _) => None,
                };
                let Some(package) = package.filter(|package| package.path.is_some()) else {
                    return Err(ImportError::NotFound {
                        name: name.into(),
                        not_a_package: Some(parent.into()),
                        why: None,
                    }
                    .into());
                };
                self.locate_below(name, tail, &package)?
            }
        };
        located.ok_or_else(|| self.not_found(name))
    }

    fn locate_top(&mut self, name: &str) -> Step<Option<Located<H>>, H> {
        let native = self.native(name)?;
        if native.is_none() && self.imports(|imports| imports.options.reserved == name) {
            return Ok(Some(Located::Reserved));
        }
        if let Some((native, Class::Builtin)) = native {
            return Ok(Some(Located::Native(native)));
        }
        let weak = self.imports(|imports| imports.options.weak_links);
        if weak
            && native.is_none()
            && let Some(rest) = name.strip_prefix('u')
            && let Some((forced, Class::Extensible)) = self.native(rest)?
        {
            return Ok(Some(Located::Native(forced)));
        }
        let path = H::path(self.cx).map_err(Fault::Host)?;
        if let Some(found) = self.ask_finders(&Request::new(name, &path, None))? {
            return Ok(Some(Located::Found(found)));
        }
        let native = match native {
            None if weak => self.native(&format!("u{name}"))?,
            native => native,
        };
        Ok(native.map(|(native, _)| Located::Native(native)))
    }

    fn locate_below(
        &mut self,
        name: &str,
        tail: &str,
        package: &Package,
    ) -> Step<Option<Located<H>>, H> {
        if tail.is_empty() {
            return Ok(None);
        }
        if package.reserved {
            let native = self.native(tail)?;
            return Ok(native.map(|(native, _)| Located::Native(native)));
        }
        let native = match self.submodule(package.native, tail)? {
            None => self.registered(name)?,
            native => native,
        };
        if let Some((native, Class::Builtin)) = native {
            return Ok(Some(Located::Native(native)));
        }
        let path = package.path.as_deref().unwrap_or_default();
        let mut request = Request::new(name, path, package.module);
        request.path_only = true;
        if let Some(mut found) = self.ask_finders(&request)? {
            self.share(&mut found.spec, tail, package);
            return Ok(Some(Located::Found(found)));
        }
        Ok(native.map(|(native, _)| Located::Native(native)))
    }

    /// What is below a module with several names has as many: they give one
    /// object too.
    fn share(&mut self, spec: &mut Spec, tail: &str, package: &Package) {
        let Some(module) = package.module else {
            return;
        };
        if package.native.is_none() && !self.is_shared(module) {
            return;
        }
        spec.shared = true;
        spec.name = format!("{}.{tail}", self.name_of(module));
    }

    /// Asks the finders in their order. A finder may import, and change the
    /// list: this search goes on with the list as it was.
    pub(crate) fn ask_finders(&mut self, request: &Request<'_>) -> Step<Option<Found<H>>, H> {
        use crate::import::Finder as _;

        let finders = self.imports(|imports| imports.finders.clone());
        for finder in finders {
            let spec = finder.find(self.cx, request).map_err(Fault::Host)?;
            if let Some(spec) = spec {
                return Ok(Some(Found {
                    spec,
                    finder: Some(finder),
                }));
            }
        }
        Ok(None)
    }

    /// A package as it is now. Its own table and namespace are probed, no hook
    /// is called.
    fn package(&mut self, module: Handle) -> Step<Option<Package>, H> {
        self.load_late(module).map_err(Fault::Host)?;
        let seen = self.imports(|imports| {
            let record = imports.records.get(module)?;
            Some((record.native, record.flags.has(Flags::RESERVED)))
        });
        let Some((native, reserved)) = seen else {
            return Ok(None);
        };
        let path = match self.probe(module, qstr!("__path__"))? {
            Some(path) => Some(H::to_strings(self.cx, &path).map_err(Fault::Host)?),
            None if reserved => Some(Vec::new()),
            None => native
                .filter(|native| self.has_submodules(*native))
                .map(|_| Vec::new()),
        };
        Ok(Some(Package {
            module: Some(module),
            native,
            reserved,
            path,
        }))
    }

    /// What a package put in its own place is a package too where it has a
    /// `__path__`.
    fn package_value(&mut self, value: &H::Value<'vm>) -> Step<Option<Package>, H> {
        let path = match self.path_of_value(value)? {
            Some(path) => Some(H::to_strings(self.cx, &path).map_err(Fault::Host)?),
            None => None,
        };
        Ok(Some(Package {
            module: None,
            native: None,
            reserved: false,
            path,
        }))
    }

    /// The `__path__` of a value that is no module of the importer.
    pub(crate) fn path_of_value(
        &mut self,
        value: &H::Value<'vm>,
    ) -> Step<Option<H::Value<'vm>>, H> {
        H::attribute(self.cx, value, qstr!("__path__")).map_err(Fault::Host)
    }

    pub(crate) fn is_builtin_package(&mut self, module: Handle) -> bool {
        let native = self.imports(|imports| imports.records.get(module)?.native);
        native.is_some_and(|native| self.has_submodules(native))
    }

    fn has_submodules(&mut self, native: Native) -> bool {
        let builtins = self.imports(|imports| imports.builtins);
        let below = self.imports(|imports| {
            // The table does not have one that was registered at run time.
            let name = imports.names.text(native.header.info().name);
            name.is_some_and(|name| {
                imports.registered.iter().any(|(full, _)| {
                    let full = imports.names.text(*full).unwrap_or_default();
                    full.strip_prefix(name)
                        .is_some_and(|rest| rest.starts_with('.'))
                })
            })
        });
        below || builtins.table().submodules(native.id).next().is_some()
    }

    /// The native module of a registered name or alias.
    pub(crate) fn native(&mut self, name: &str) -> Step<Option<(Native, Class)>, H> {
        let builtins = self.imports(|imports| imports.builtins);
        let Some(id) = builtins.find_text(name) else {
            return self.registered(name);
        };
        let table = builtins.table();
        let header = table.header(id);
        let header = header.map_err(|broken| Fault::Host(broken.into()))?;
        Ok(Some((Native { id, header }, table.class(id, header))))
    }

    /// The native module that was registered at run time.
    fn registered(&mut self, name: &str) -> Step<Option<(Native, Class)>, H> {
        let found = self.imports(|imports| {
            let name = imports.names.get(name)?;
            let position = imports.registered.iter().position(|(known, header)| {
                *known == name || header.info().aliases.contains(&name)
            })?;
            let (_, header) = imports.registered[position];
            let native = Native {
                id: imports.registered_id(position),
                header,
            };
            Some((native, header.info().class))
        });
        Ok(found)
    }

    /// The builtin submodule of a builtin package.
    fn submodule(
        &mut self,
        package: Option<Native>,
        tail: &str,
    ) -> Step<Option<(Native, Class)>, H> {
        let Some(package) = package else {
            return Ok(None);
        };
        let table = self.imports(|imports| imports.builtins).table();
        let Some(id) = table
            .pool()
            .get(tail)
            .and_then(|tail: Qstr| table.submodule(package.id, tail))
        else {
            return Ok(None);
        };
        let header = table.header(id);
        let header = header.map_err(|broken| Fault::Host(broken.into()))?;
        Ok(Some((Native { id, header }, table.class(id, header))))
    }

    pub(crate) fn not_found(&mut self, name: &str) -> Fault<H::Error> {
        let why = H::refuses(Kind::Source);
        let searched = why.is_some() && self.imports(|imports| !imports.finders.is_empty());
        Fault::Import(ImportError::NotFound {
            name: name.into(),
            not_a_package: None,
            why: why.filter(|_| searched),
        })
    }

    /// Finds a module without importing it; its packages are imported
    /// (`importlib.util.find_spec`). For a loaded module, what it was found by.
    ///
    /// # Errors
    ///
    /// What the import of a package, or a finder, fails with;
    /// [`ImportError::NotFound`] where the parent is no package;
    /// [`ImportError::NoPackage`] for a relative name, see
    /// [`resolve_name`](Importer::resolve_name); [`ImportError::Value`] for a
    /// loaded module that no finder found, or whose `__spec__` a script took
    /// away, and for an object in a module's place.
    pub fn find_spec(&mut self, name: &str) -> Result<Option<Spec>, H::Error> {
        let spec = self.spec_of(name);
        self.settle(spec)
    }

    fn spec_of(&mut self, name: &str) -> Step<Option<Spec>, H> {
        if name.starts_with('.') {
            return Err(ImportError::NoPackage { name: name.into() }.into());
        }
        let why = match self.entry(name) {
            None => return self.searched_spec(name),
            Some(Entry::Blocked) => return Ok(None),
            Some(Entry::Module(module)) => match self.bound_spec(module)? {
                Some(spec) => return Ok(Some(spec)),
                None => "is None",
            },
            Some(Entry::Value(value)) => match H::handle(self.cx, &value) {
                Some(module) => match self.bound_spec(module)? {
                    Some(spec) => return Ok(Some(spec)),
                    None => "is None",
                },
                None => {
                    let spec = H::attribute(self.cx, &value, qstr!("__spec__"));
                    match spec.map_err(Fault::Host)? {
                        Some(spec) if H::is_none(&spec) => "is None",
                        Some(_) => "is an object of another kind",
                        None => "is not set",
                    }
                }
            },
        };
        Err(ImportError::Value(format!("{name}.__spec__ {why}")).into())
    }

    /// What a loaded module was found by, unless a script bound None.
    fn bound_spec(&mut self, module: Handle) -> Step<Option<Spec>, H> {
        match self.probe(module, qstr!("__spec__"))? {
            Some(spec) if H::is_none(&spec) => Ok(None),
            _ => self.module_spec(module),
        }
    }

    fn searched_spec(&mut self, name: &str) -> Step<Option<Spec>, H> {
        let package = match name.rsplit_once('.') {
            Some((parent, _)) => {
                self.import_full(parent)?;
                self.entry(parent)
            }
            None => None,
        };
        match self.locate(name, package.as_ref()) {
            Ok(located) => Ok(Some(self.located_spec(name, located))),
            Err(Fault::Import(ImportError::NotFound {
                not_a_package: None,
                ..
            })) => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    pub(crate) fn located_spec(&mut self, name: &str, located: Located<H>) -> Spec {
        match located {
            Located::Found(found) => found.spec,
            Located::Native(native) => self.native_spec(name, native),
            Located::Reserved => {
                let mut spec = Spec::new(name, Kind::Builtin);
                spec.search = Some(Vec::new());
                spec
            }
        }
    }

    pub(crate) fn native_spec(&mut self, name: &str, native: Native) -> Spec {
        let mut spec = Spec::new(name, Kind::Builtin);
        spec.origin = Some("built-in".into());
        spec.search = self.has_submodules(native).then(Vec::new);
        spec
    }

    /// What a module was found by; `None` for one that a script made.
    pub(crate) fn module_spec(&mut self, module: Handle) -> Step<Option<Spec>, H> {
        let seen = self.imports(|imports| {
            let record = imports.records.get(module)?;
            let spec = record.found.as_ref().map(|found| found.spec.clone());
            Some((record.name, record.native, spec))
        });
        let Some((name, native, spec)) = seen else {
            return Err(ImportError::Gone.into());
        };
        let Some(native) = native else {
            return Ok(spec);
        };
        let name = self.text(name);
        Ok(Some(self.native_spec(&name, native)))
    }
}
