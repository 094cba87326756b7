//! Modules that the build put into the image (CPython `FrozenImporter`,
//! MicroPython `.frozen`).

use crate::import::{
    Answer, Code, Finder, ImportError, ImportHost, Kind, PathHook, Request, Sought, Spec, Suffix,
    entry,
};
use crate::{Class, Cx, Qstr};
use alloc::format;
use alloc::vec;
use alloc::vec::Vec;

/// A module in read-only memory: a script, or what a compiler made of one.
///
/// ```
/// use enroll::Class;
/// use enroll::import::FrozenModule;
///
/// static FROZEN: &[FrozenModule] = &[
///     FrozenModule::new("boot", b"import net"),
///     FrozenModule::new("net", b"").package().class(Class::Extensible),
///     FrozenModule::new("net.wifi", b"power = 20").class(Class::Extensible),
/// ];
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrozenModule {
    /// The full name, `a.b.c`. The packages it is in have to be in the set too,
    /// unless the set is searched as an entry of a path.
    pub name: &'static str,
    /// What the host runs.
    pub code: &'static [u8],
    /// The id table of the code: compiled code refers to names by their index
    /// here. Empty for a script.
    pub names: &'static [Qstr],
    /// The suffix that a file with this code would bear, `.py`, say: it tells
    /// the host what the code is. What [`Imports::suffixes`] has under it must be
    /// of a kind that the host runs, else the module is not found.
    ///
    /// [`Imports::suffixes`]: crate::import::Imports::suffixes
    pub suffix: &'static str,
    /// Whether it may have submodules.
    pub is_package: bool,
    /// Whether a file of its name takes its place.
    pub class: Class,
    /// Other full names of it.
    pub aliases: &'static [&'static str],
}

impl FrozenModule {
    /// A module that is no package, that no file replaces, without other names
    /// and without a suffix.
    #[must_use]
    pub const fn new(name: &'static str, code: &'static [u8]) -> FrozenModule {
        FrozenModule {
            name,
            code,
            names: &[],
            suffix: "",
            is_package: false,
            class: Class::Builtin,
            aliases: &[],
        }
    }

    /// The same as a package.
    #[must_use]
    pub const fn package(mut self) -> FrozenModule {
        self.is_package = true;
        self
    }

    /// The same with the id table of its code.
    #[must_use]
    pub const fn names(mut self, names: &'static [Qstr]) -> FrozenModule {
        self.names = names;
        self
    }

    /// The same with the suffix that a file would bear.
    #[must_use]
    pub const fn suffix(mut self, suffix: &'static str) -> FrozenModule {
        self.suffix = suffix;
        self
    }

    /// The same in another class.
    #[must_use]
    pub const fn class(mut self, class: Class) -> FrozenModule {
        self.class = class;
        self
    }

    /// The same with other names.
    #[must_use]
    pub const fn aliases(mut self, aliases: &'static [&'static str]) -> FrozenModule {
        self.aliases = aliases;
        self
    }
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
pub struct Frozen {
    modules: &'static [FrozenModule],
    /// What it answers for as a finder.
    class: Class,
    /// Positions in the order of the names, where the set is not sorted.
    order: Vec<u32>,
    /// Sorted, with the position of the module.
    aliases: Vec<(&'static str, u32)>,
}

impl Frozen {
    /// The entry of a path that stands for the set; `.frozen/a/b` stands for
    /// what is below the package `a.b`.
    pub const ENTRY: &'static str = ".frozen";

    /// Answers for [`Class::Builtin`]: stands before the other finders.
    #[must_use]
    pub fn new(modules: &'static [FrozenModule]) -> Frozen {
        let positions = 0..modules.len() as u32;
        let is_sorted = modules.is_sorted_by_key(|module| module.name);
        let mut order: Vec<u32> = match is_sorted {
            true => Vec::new(),
            false => positions.clone().collect(),
        };
        order.sort_by_key(|&position| modules[position as usize].name);
        let names = modules.iter().map(|module| module.aliases);
        let mut aliases: Vec<(&str, u32)> = positions
            .zip(names)
            .flat_map(|(position, names)| names.iter().map(move |name| (*name, position)))
            .collect();
        aliases.sort();
        Frozen {
            modules,
            class: Class::Builtin,
            order,
            aliases,
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
        self.modules
    }

    /// The module with a full name or alias, whatever its class
    /// (`imp.is_frozen`).
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'static FrozenModule> {
        self.modules.get(self.position(name)?)
    }

    fn position(&self, name: &str) -> Option<usize> {
        let place = self.place(|known| known < name);
        if let Some((position, module)) = self.at(place)
            && module.name == name
        {
            return Some(position);
        }
        let place = self.aliases.partition_point(|(alias, _)| *alias < name);
        let (alias, position) = self.aliases.get(place)?;
        (*alias == name).then_some(*position as usize)
    }

    /// The first place, in the order of the names, whose name is not before.
    fn place(&self, is_before: impl Fn(&str) -> bool) -> usize {
        if self.order.is_empty() {
            return self
                .modules
                .partition_point(|module| is_before(module.name));
        }
        self.order
            .partition_point(|&position| is_before(self.modules[position as usize].name))
    }

    /// What is at a place in the order of the names.
    fn at(&self, place: usize) -> Option<(usize, &'static FrozenModule)> {
        let position = self.order.get(place).map_or(place, |&at| at as usize);
        Some((position, self.modules.get(position)?))
    }

    fn has_below(&self, package: &str) -> bool {
        let below = format!("{package}.");
        let place = self.place(|name| name < below.as_str());
        self.at(place)
            .is_some_and(|(_, module)| module.name.starts_with(&below))
    }

    fn is_of(&self, class: Class, position: usize) -> bool {
        let module = self.modules.get(position);
        module.is_some_and(|module| module.class == class)
    }

    /// A name in the class of this finder, with MicroPython's `u`.
    fn by_name(&self, name: &str, weak: bool) -> Option<usize> {
        match (self.position(name), self.class) {
            (Some(found), class) => Some(found).filter(|&found| self.is_of(class, found)),
            (None, _) if !weak => None,
            (None, Class::Builtin) => {
                let forced = self.position(name.strip_prefix('u')?);
                forced.filter(|&forced| self.is_of(Class::Extensible, forced))
            }
            (None, Class::Extensible) => self.position(&format!("u{name}")),
        }
    }

    /// A name in the entries of a path, in the class of this finder.
    fn in_path(&self, request: &Request<'_>) -> Option<usize> {
        let entries = request.path.iter();
        let names =
            entries.filter_map(|entry| entry::full_name(Frozen::ENTRY, entry, request.tail));
        let mut found = names.filter_map(|name| self.position(&name));
        found.find(|&found| self.is_of(self.class, found))
    }

    /// The spec of a module, for who asked for `name`: another name than its own
    /// where a package has the entry of a frozen one in its `__path__`.
    fn spec(&self, position: usize, name: &str) -> Option<Spec> {
        let module = self.modules.get(position)?;
        let mut spec = Spec::new(name, Kind::Frozen);
        spec.origin = Some("frozen".into());
        spec.suffix = module.suffix.into();
        spec.tag = position as u64;
        // Two finders of one set have the same modules.
        spec.set = self.modules.as_ptr() as usize;
        if module.is_package {
            spec.search = Some(vec![entry::of_package(Frozen::ENTRY, module.name)]);
        }
        Some(spec)
    }

    /// The same for a name of the top level, which other names may share.
    fn shared_spec(&self, position: usize, weak: bool) -> Option<Spec> {
        let module = self.modules.get(position)?;
        let mut spec = self.spec(position, module.name)?;
        spec.shared = weak || !module.aliases.is_empty();
        Some(spec)
    }

    fn read(&self, spec: &Spec) -> Result<Code, ImportError> {
        let module = usize::try_from(spec.tag).ok();
        match module.and_then(|position| self.modules.get(position)) {
            Some(module) => Ok(Code::new(module.code).with_names(module.names)),
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
        let Some(module) = self.modules.get(position) else {
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

impl<H: ImportHost> Finder<H> for Frozen {
    fn label(&self) -> &str {
        match self.class {
            Class::Builtin => "frozen",
            Class::Extensible => "frozen extensible",
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

impl PathHook for Frozen {
    fn label(&self) -> &str {
        "frozen"
    }

    fn takes(&self, entry: &str) -> bool {
        entry::is_below(Frozen::ENTRY, entry)
    }

    fn find(&self, entry: &str, sought: &Sought<'_>) -> Answer {
        let Some(name) = entry::full_name(Frozen::ENTRY, entry, sought.tail) else {
            return Answer::Nothing;
        };
        let spec = match self.position(&name) {
            Some(found) if !self.runs(found, sought.suffixes, sought.refuses) => None,
            Some(found) if sought.name == sought.tail => self.shared_spec(found, false),
            Some(found) => self.spec(found, sought.name),
            None if self.has_below(&name) => {
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
