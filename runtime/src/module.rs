//! A declared module: constants in read-only memory.

use crate::hook::{AttrHook, DirHook, GetattrHook, InitHook};
use crate::{Host, Qstr};
use enroll_abi::index::Index;

/// Where import finds a module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Before the finders: no file can take its place
    /// (`MP_REGISTER_MODULE`).
    #[default]
    Builtin,
    /// After the finders: a file of its name overrides it
    /// (`MP_REGISTER_EXTENSIBLE_MODULE`).
    Extensible,
}

/// A module's ids and how to find one, whatever its host.
#[derive(Clone, Copy, Debug)]
pub struct Globals {
    pub(crate) ids: &'static [u32],
    pub(crate) index: Index<'static>,
    /// Parallel to `ids`, or empty where nothing is replaced.
    pub(crate) replaces: &'static [bool],
}

impl Globals {
    /// A table from the arrays that the macro emits.
    #[doc(hidden)]
    pub const fn new(
        ids: &'static [u32],
        index: Index<'static>,
        replaces: &'static [bool],
    ) -> Globals {
        Globals {
            ids,
            index,
            replaces,
        }
    }

    /// How many entries there are.
    pub const fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The position of a name. Constant time: one candidate, one comparison.
    #[inline]
    pub fn position(&self, name: Qstr) -> Option<usize> {
        self.index.get(self.ids, name.raw())
    }

    /// All names, in the order of the declaration.
    pub fn names(&self) -> impl Iterator<Item = Qstr> + use<> {
        self.ids.iter().filter_map(|&id| Qstr::from_raw(id))
    }

    /// Whether the entry at `position` replaces one of the base.
    #[inline]
    pub(crate) fn is_replacing(&self, position: usize) -> bool {
        self.replaces.get(position).copied().unwrap_or(false)
    }
}

/// What a declaration says that does not depend on its host.
#[derive(Clone, Copy, Debug)]
pub struct Info {
    /// The registered name, or that of the module which is extended.
    pub name: Qstr,
    /// Builtin or extensible.
    pub class: Class,
    /// Other names it is found by.
    pub aliases: &'static [Qstr],
    /// What it needs of the host.
    pub requires: &'static [Qstr],
    /// The ids of its table.
    pub globals: Globals,
    /// The doc comment; empty where there is none or the feature `doc` is off.
    pub doc: &'static str,
}

/// Everything a declaration says.
pub struct Body<H: Host> {
    pub(crate) info: Info,
    pub(crate) values: &'static [H::Rom],
    pub(crate) hooks: Hooks<H>,
}

/// The functions of a declaration.
pub struct Hooks<H: Host> {
    /// Runs at the first import of each interpreter.
    pub init: Option<InitHook<H>>,
    /// Runs at the end or on unload.
    pub deinit: Option<InitHook<H>>,
    /// Delegation.
    pub attr: Option<AttrHook<H>>,
    /// PEP 562.
    pub getattr: Option<GetattrHook<H>>,
    /// The names that `attr` and `getattr` answer.
    pub dir: Option<DirHook<H>>,
}

impl<H: Host> Body<H> {
    /// A declaration from the parts that the macro emits.
    ///
    /// # Panics
    ///
    /// In a constant, where ids and values differ in number: then the macro
    /// itself is wrong.
    #[doc(hidden)]
    pub const fn new(info: Info, values: &'static [H::Rom], hooks: Hooks<H>) -> Body<H> {
        assert!(info.globals.ids.len() == values.len());
        Body {
            info,
            values,
            hooks,
        }
    }

    /// What it says that does not depend on the host.
    pub const fn info(&self) -> &Info {
        &self.info
    }

    /// Its functions.
    pub const fn hooks(&self) -> &Hooks<H> {
        &self.hooks
    }

    /// The constant of a name. Constant time.
    #[inline]
    pub fn get(&self, name: Qstr) -> Option<&'static H::Rom> {
        self.values.get(self.info.globals.position(name)?)
    }

    /// All names with their constants, in the order of the declaration.
    pub fn iter(&self) -> impl Iterator<Item = (Qstr, &'static H::Rom)> + use<H> {
        self.info.globals.names().zip(self.values)
    }
}

/// What `register_module!` declares.
///
/// A `static` of this type is in read-only memory as a whole: nothing of it is
/// built at start, and nothing in it changes.
pub struct Module<H: Host>(#[doc(hidden)] pub Body<H>);

/// What `extend_module!` declares: entries and hooks for a module that another
/// crate owns.
pub struct Extension<H: Host>(#[doc(hidden)] pub Body<H>);

impl<H: Host> core::ops::Deref for Module<H> {
    type Target = Body<H>;

    fn deref(&self) -> &Body<H> {
        &self.0
    }
}

impl<H: Host> core::ops::Deref for Extension<H> {
    type Target = Body<H>;

    fn deref(&self) -> &Body<H> {
        &self.0
    }
}
