//! Modules that the build put into the image (CPython `FrozenImporter`,
//! MicroPython `.frozen`).

mod module;
mod rom;
mod set;

pub use module::FrozenModule;
pub use rom::Rom;
pub use set::{FrozenFile, FrozenSet};

use crate::import::{
    Answer, Code, Finder, ImportError, ImportHost, Kind, PathHook, Request, Shareable, Sought,
    Spec, Suffix, entry,
};
use crate::{Class, Cx};
use alloc::format;
use alloc::vec;

/// What [`Frozen`] searches: the set of a firmware, or one in a file.
///
/// Sealed: the two are all there are.
pub trait FrozenModules: Shareable + sealed::Sealed {
    /// Where its modules come from, for people.
    #[doc(hidden)]
    const ORIGIN: &'static str;
    /// The labels of its finders: of those that no file replaces, of the others.
    #[doc(hidden)]
    const LABELS: [&'static str; 2];

    /// The position of a module by its full name or another name of it.
    #[doc(hidden)]
    fn position(&self, name: &str) -> Option<usize>;
    /// Whether there is a module below a package.
    #[doc(hidden)]
    fn has_below(&self, package: &str) -> bool;
    /// What a finder says of a module.
    #[doc(hidden)]
    fn describe(&self, position: usize) -> Option<Described>;
    /// What the host runs.
    #[doc(hidden)]
    fn code(&self, position: usize) -> Option<Code>;
    /// What tells one set from another.
    #[doc(hidden)]
    fn identity(&self) -> usize;
}

pub(crate) mod sealed {
    /// Nobody else implements it.
    pub trait Sealed {}
}

/// What a finder says of a frozen module.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Described {
    pub name: &'static str,
    pub suffix: &'static str,
    pub is_package: bool,
    pub class: Class,
    pub is_aliased: bool,
}

/// The path of a data file without the entry of the set that may stand before it.
pub(crate) fn relative(path: &str) -> &str {
    let below = path.strip_prefix(Frozen::ENTRY);
    let below = below.and_then(|path| path.strip_prefix('/'));
    below.unwrap_or(path)
}

/// Finds frozen modules.
///
/// As a [`Finder`] it answers for one [`Class`] of its set: [`Frozen::new`] for
/// what no file replaces, before the other finders, [`Frozen::extensible`] for
/// the rest, behind them. As a [`PathHook`] it answers for the whole set where
/// the path has the entry [`Frozen::ENTRY`] (MicroPython).
///
/// | | |
/// |---|---|
/// | kind | [`Kind::Frozen`], origin `frozen`, no `__file__` |
/// | `__path__` of the package `a.b` | `.frozen/a/b`: submodules are searched where the package's `__path__` has such an entry, so a package of files has no frozen ones unless a script puts it there |
/// | aliases | one object, entered under each name that was asked for; `__name__` is [`FrozenModule::name`]; submodules of an alias too |
/// | [`Options::weak_links`] | an extensible `foo` answers `ufoo` in the first finder, `ufoo` answers `foo` in the second |
/// | a folder without a module | `a.b` without `a` is a portion of a namespace package, for the path hook alone |
///
/// A look-up takes a binary search and no memory. The set should be sorted by
/// name, byte by byte; for one that is not, and for aliases, the finder keeps an
/// index of 4 and of 24 bytes (64-bit: pointer, length, position) for each. Of
/// two modules of one name the first is found, and a name goes before an alias.
///
/// ```
/// use enroll::Class;
/// use enroll::import::{Answer, Frozen, FrozenModule, PathHook, Sought};
///
/// static FROZEN: &[FrozenModule] = &[
///     FrozenModule::new("boot", b"led = 13").aliases(&["start"]),
///     FrozenModule::new("net", b"").package(),
///     FrozenModule::new("net.wifi", b"power = 20"),
/// ];
///
/// // What a firmware does:
/// // imports.finders = vec![Rc::new(Frozen::new(FROZEN)), …, Rc::new(Frozen::extensible(FROZEN))];
/// let frozen = Frozen::new(FROZEN);
/// let Answer::Module(spec) = frozen.find(".frozen", &Sought::new("start", &[])) else {
///     panic!("not found");
/// };
/// assert_eq!(spec.name, "boot");
/// let Answer::Module(spec) = frozen.find(".frozen/net", &Sought::new("net.wifi", &[])) else {
///     panic!("not found");
/// };
/// assert_eq!(&*frozen.code(&spec)?.bytes, b"power = 20");
/// # Ok::<(), enroll::import::ImportError>(())
/// ```
///
/// [`Options::weak_links`]: crate::import::Options::weak_links
#[derive(Clone, Debug)]
pub struct Frozen<S = Rom> {
    set: S,
    /// What it answers for as a finder.
    class: Class,
}

impl Frozen {
    /// The entry of a path that stands for the set; `.frozen/a/b` stands for
    /// what is below the package `a.b`.
    pub const ENTRY: &'static str = ".frozen";

    /// Answers for [`Class::Builtin`]: stands before the other finders.
    #[must_use]
    pub fn new(modules: &'static [FrozenModule]) -> Frozen {
        Frozen {
            set: Rom::new(modules),
            class: Class::Builtin,
        }
    }

    /// Answers for [`Class::Extensible`]: stands behind the other finders.
    #[must_use]
    pub fn extensible(modules: &'static [FrozenModule]) -> Frozen {
        Frozen {
            class: Class::Extensible,
            ..Frozen::new(modules)
        }
    }

    /// The set.
    #[must_use]
    pub fn modules(&self) -> &'static [FrozenModule] {
        self.set.modules
    }

    /// The module with a full name or alias, whatever its class
    /// (`imp.is_frozen`).
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'static FrozenModule> {
        self.set.modules.get(self.set.position(name)?)
    }
}

impl<S: FrozenModules> Frozen<S> {
    /// The same over any set.
    #[cfg(feature = "image")]
    pub(crate) fn over(set: S, class: Class) -> Frozen<S> {
        Frozen { set, class }
    }

    fn is_of(&self, class: Class, position: usize) -> bool {
        let module = self.set.describe(position);
        module.is_some_and(|module| module.class == class)
    }

    /// A name in the class of this finder, with MicroPython's `u`.
    fn by_name(&self, name: &str, weak: bool) -> Option<usize> {
        match (self.set.position(name), self.class) {
            (Some(found), class) => Some(found).filter(|&found| self.is_of(class, found)),
            (None, _) if !weak => None,
            (None, Class::Builtin) => {
                let forced = self.set.position(name.strip_prefix('u')?);
                forced.filter(|&forced| self.is_of(Class::Extensible, forced))
            }
            (None, Class::Extensible) => self.set.position(&format!("u{name}")),
        }
    }

    /// A name in the entries of a path, in the class of this finder.
    fn in_path(&self, request: &Request<'_>) -> Option<usize> {
        let entries = request.path.iter();
        let names =
            entries.filter_map(|entry| entry::full_name(Frozen::ENTRY, entry, request.tail));
        let mut found = names.filter_map(|name| self.set.position(&name));
        found.find(|&found| self.is_of(self.class, found))
    }

    /// The spec of a module, for who asked for `name`: another name than its own
    /// where a package has the entry of a frozen one in its `__path__`.
    fn spec(&self, position: usize, name: &str) -> Option<Spec> {
        let module = self.set.describe(position)?;
        let mut spec = Spec::new(name, Kind::Frozen);
        spec.origin = Some(S::ORIGIN.into());
        spec.suffix = module.suffix.into();
        spec.tag = position as u64;
        // Two finders of one set have the same modules.
        spec.set = self.set.identity();
        if module.is_package {
            spec.search = Some(vec![entry::of_package(Frozen::ENTRY, module.name)]);
        }
        Some(spec)
    }

    /// The same for a name of the top level, which other names may share.
    fn shared_spec(&self, position: usize, weak: bool) -> Option<Spec> {
        let module = self.set.describe(position)?;
        let mut spec = self.spec(position, module.name)?;
        spec.shared = weak || module.is_aliased;
        Some(spec)
    }

    fn read(&self, spec: &Spec) -> Result<Code, ImportError> {
        // The same position of another set is another module.
        let is_ours = spec.set == self.set.identity();
        let module = usize::try_from(spec.tag).ok().filter(|_| is_ours);
        match module.and_then(|position| self.set.code(position)) {
            Some(code) => Ok(code),
            None => Err(ImportError::Unreadable {
                place: format!("frozen module '{}'", spec.name),
                why: "it is not in this set".into(),
            }),
        }
    }

    /// Whether the host runs what a module is: frozen code, and code of the kind
    /// that its suffix stands for.
    fn runs(
        &self,
        position: usize,
        suffixes: &[Suffix],
        refuses: fn(Kind) -> Option<&'static str>,
    ) -> bool {
        let Some(module) = self.set.describe(position) else {
            return false;
        };
        let mut suffixes = suffixes.iter();
        let suffix = suffixes.find(|suffix| suffix.suffix == module.suffix);
        let kinds = suffix.map(|suffix| suffix.kind).into_iter();
        kinds
            .chain([Kind::Frozen])
            .all(|kind| refuses(kind).is_none())
    }
}

impl<H: ImportHost, S: FrozenModules> Finder<H> for Frozen<S> {
    fn label(&self) -> &str {
        match self.class {
            Class::Builtin => S::LABELS[0],
            Class::Extensible => S::LABELS[1],
        }
    }

    fn find<'vm>(
        &self,
        cx: &mut Cx<'_, 'vm, H>,
        request: &Request<'_>,
    ) -> Result<Option<Spec>, H::Error> {
        let weak = H::imports(cx, |imports| imports.options.weak_links);
        let found = match request.path_only {
            false => self.by_name(request.name, weak),
            true => self.in_path(request),
        };
        let found = found.filter(|&found| {
            H::imports(cx, |imports| {
                self.runs(found, &imports.suffixes, H::refuses)
            })
        });
        Ok(found.and_then(|found| match request.path_only {
            false => self.shared_spec(found, weak),
            true => self.spec(found, request.name),
        }))
    }

    fn code<'vm>(&self, cx: &mut Cx<'_, 'vm, H>, spec: &Spec) -> Result<Code, H::Error> {
        self.read(spec).map_err(|error| H::error(cx, error))
    }
}

impl<S: FrozenModules> PathHook for Frozen<S> {
    fn label(&self) -> &str {
        S::LABELS[0]
    }

    fn takes(&self, entry: &str) -> bool {
        entry::is_below(Frozen::ENTRY, entry)
    }

    fn find(&self, entry: &str, sought: &Sought<'_>) -> Answer {
        let Some(name) = entry::full_name(Frozen::ENTRY, entry, sought.tail) else {
            return Answer::Nothing;
        };
        let spec = match self.set.position(&name) {
            Some(found) if !self.runs(found, sought.suffixes, sought.refuses) => None,
            Some(found) if sought.name == sought.tail => self.shared_spec(found, false),
            Some(found) => self.spec(found, sought.name),
            None if self.set.has_below(&name) => {
                return Answer::Portion(entry::of_package(Frozen::ENTRY, &name));
            }
            None => None,
        };
        spec.map_or(Answer::Nothing, Answer::Module)
    }

    fn code(&self, spec: &Spec) -> Result<Code, ImportError> {
        self.read(spec)
    }
}
