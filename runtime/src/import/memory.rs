//! Modules that are made at run time and lie in memory.

use crate::Cx;
use crate::import::guarded::Guarded;
use crate::import::{
    Answer, Code, Finder, ImportError, ImportHost, Kind, PathHook, Request, Sought, Spec, entry,
};
use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Bound::{Included, Unbounded};

/// A module in memory: what came over a network, or what a test made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MemoryModule {
    /// What the host runs.
    pub code: Cow<'static, [u8]>,
    /// What that is.
    pub kind: Kind,
    /// The suffix that a file with this code would bear, for the host alone.
    pub suffix: Cow<'static, str>,
    /// Whether it may have submodules.
    pub is_package: bool,
}

impl MemoryModule {
    /// A module that is no package.
    pub fn new(code: impl Into<Cow<'static, [u8]>>, kind: Kind) -> MemoryModule {
        MemoryModule {
            code: code.into(),
            kind,
            suffix: Cow::Borrowed(""),
            is_package: false,
        }
    }

    /// A module of source code.
    #[must_use]
    pub fn source(text: impl Into<String>) -> MemoryModule {
        MemoryModule::new(text.into().into_bytes(), Kind::Source)
    }

    /// The same as a package.
    #[must_use]
    pub fn package(mut self) -> MemoryModule {
        self.is_package = true;
        self
    }

    /// The same with the suffix that a file would bear.
    #[must_use]
    pub fn suffix(mut self, suffix: impl Into<Cow<'static, str>>) -> MemoryModule {
        self.suffix = suffix.into();
        self
    }
}

/// Finds modules that were put into it, by their full names; they may be
/// replaced and removed while scripts import.
///
/// It serves as a [`Finder`], and as a [`PathHook`] where the path has its label
/// as an entry. A module's origin is label and name, `memory/a/b`; it has no
/// `__file__`. The `__path__` of a package `a` is [`entry("a")`](Memory::entry),
/// `memory/a`, and submodules are searched where a package's `__path__` has such
/// an entry: put it there, and a package of files has submodules in memory.
///
/// `a.b` without `a` is a portion of a namespace package, for the path hook
/// alone.
///
/// A loaded module stays as it is when its code is replaced, until it is
/// reloaded. One that was found and not loaded yet, a lazy one, runs the code
/// that is here then.
///
/// Share it with an `Rc`, or an `Arc` for threads:
///
/// ```
/// use enroll::import::{Answer, Memory, MemoryModule, Path, PathHook, Sought};
/// use std::sync::Arc;
///
/// let memory = Arc::new(Memory::new("memory"));
/// let path = Path::new();
/// path.push(memory.clone());
///
/// memory.insert("greeting", MemoryModule::source("hello = 1"));
/// let Answer::Module(spec) = memory.find("memory", &Sought::new("greeting", &[])) else {
///     panic!("not found");
/// };
/// assert_eq!(spec.origin.as_deref(), Some("memory/greeting"));
///
/// memory.remove("greeting");
/// assert!(memory.code(&spec).is_err());
/// ```
#[derive(Debug, Default)]
pub struct Memory {
    label: Cow<'static, str>,
    modules: Guarded<BTreeMap<String, MemoryModule>>,
}

impl Memory {
    /// Nothing in it. Two of them in one path need two labels.
    #[must_use]
    pub fn new(label: impl Into<Cow<'static, str>>) -> Memory {
        Memory {
            label: label.into(),
            modules: Guarded::default(),
        }
    }

    /// Puts a module in under its full name, and gives the one back that had
    /// the name. A name with a slash is never found.
    pub fn insert(&self, name: impl Into<String>, module: MemoryModule) -> Option<MemoryModule> {
        let name = name.into();
        self.modules.with(|modules| modules.insert(name, module))
    }

    /// Takes a module out. What is below it stays.
    pub fn remove(&self, name: &str) -> Option<MemoryModule> {
        self.modules.with(|modules| modules.remove(name))
    }

    /// Whether a full name is in it.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.modules.with(|modules| modules.contains_key(name))
    }

    /// All full names, sorted.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.modules
            .with(|modules| modules.keys().cloned().collect())
    }

    /// The entry of a `__path__` for what is below a package.
    #[must_use]
    pub fn entry(&self, package: &str) -> String {
        entry::of_package(&self.label, package)
    }

    /// The module that is in here as `place`, for who asked for `name`: another
    /// one where a package has the entry of this one in its `__path__`.
    fn search(
        &self,
        place: &str,
        name: &str,
        refuses: fn(Kind) -> Option<&'static str>,
    ) -> Option<Spec> {
        // An origin has a slash for a dot: another module would be read.
        if place.contains('/') {
            return None;
        }
        self.modules.with(|modules| {
            let module = modules.get(place)?;
            if refuses(module.kind).is_some() {
                return None;
            }
            let place = self.entry(place);
            let mut spec = Spec::new(name, module.kind);
            spec.suffix = module.suffix.clone().into_owned();
            spec.search = module.is_package.then(|| vec![place.clone()]);
            spec.origin = Some(place);
            Some(spec)
        })
    }

    fn has_below(&self, package: &str) -> bool {
        let below = alloc::format!("{package}.");
        self.modules.with(|modules| {
            let mut names = modules.range::<str, _>((Included(below.as_str()), Unbounded));
            names
                .next()
                .is_some_and(|(name, _)| name.starts_with(&below))
        })
    }

    fn read(&self, spec: &Spec) -> Result<Code, ImportError> {
        let origin = spec.origin.as_deref().unwrap_or_default();
        let unreadable = |why: &str| ImportError::Unreadable {
            place: origin.into(),
            why: why.into(),
        };
        let place = origin.strip_prefix(&*self.label).unwrap_or(origin);
        let place = place.trim_start_matches('/').replace('/', ".");
        self.modules.with(|modules| match modules.get(&place) {
            None => Err(unreadable("it was removed")),
            Some(module) if module.kind != spec.kind => {
                Err(unreadable("code of another kind took its place"))
            }
            Some(module) => Ok(Code::new(module.code.clone())),
        })
    }
}

impl<H: ImportHost> Finder<H> for Memory {
    fn label(&self) -> &str {
        &self.label
    }

    fn find<'vm>(
        &self,
        _: &mut Cx<'_, 'vm, H>,
        request: &Request<'_>,
    ) -> Result<Option<Spec>, H::Error> {
        if !request.path_only {
            return Ok(self.search(request.name, request.name, H::refuses));
        }
        let mut places = request
            .path
            .iter()
            .filter_map(|entry| entry::full_name(&self.label, entry, request.tail));
        Ok(places.find_map(|place| self.search(&place, request.name, H::refuses)))
    }

    fn code<'vm>(&self, cx: &mut Cx<'_, 'vm, H>, spec: &Spec) -> Result<Code, H::Error> {
        self.read(spec).map_err(|error| H::error(cx, error))
    }
}

impl PathHook for Memory {
    fn label(&self) -> &str {
        &self.label
    }

    fn takes(&self, entry: &str) -> bool {
        entry::is_below(&self.label, entry)
    }

    fn find(&self, entry: &str, sought: &Sought<'_>) -> Answer {
        let Some(place) = entry::full_name(&self.label, entry, sought.tail) else {
            return Answer::Nothing;
        };
        if let Some(spec) = self.search(&place, sought.name, sought.refuses) {
            return Answer::Module(spec);
        }
        if !self.contains(&place) && self.has_below(&place) {
            return Answer::Portion(self.entry(&place));
        }
        Answer::Nothing
    }

    fn code(&self, spec: &Spec) -> Result<Code, ImportError> {
        self.read(spec)
    }
}
