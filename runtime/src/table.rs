//! The generated table: which modules are in this firmware, whatever their
//! hosts.

use crate::header::{Broken, Header, Why};
use crate::module::Body;
use crate::symbol::Symbol;
use crate::{Class, Host, Pool, Qstr};
use core::marker::PhantomData;
use enroll_abi::index::Index;

/// A module of one table: its position in name order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModuleId(pub(crate) u16);

impl ModuleId {
    /// The position, from 0.
    #[inline]
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// A module by position; only the table can tell whether there is one.
    #[doc(hidden)]
    pub const fn new(index: u16) -> ModuleId {
        ModuleId(index)
    }
}

/// What the table knows of one module.
#[derive(Clone, Copy)]
pub struct Entry {
    /// Its declaration.
    #[doc(hidden)]
    pub symbol: Symbol,
    /// The extensions of other crates, in the order they are asked.
    #[doc(hidden)]
    pub extensions: &'static [Symbol],
    /// Its package, where it is a submodule.
    #[doc(hidden)]
    pub parent: Option<ModuleId>,
    /// Its builtin submodules, by their last component.
    #[doc(hidden)]
    pub submodules: &'static [(Qstr, ModuleId)],
}

/// All modules of a firmware, and the names of the build.
///
/// Everything in it is constant; interpreters share it and keep their own state
/// by [`ModuleId`].
pub struct Table {
    /// The names of the build.
    #[doc(hidden)]
    pub pool: &'static Pool,
    /// The ids of the modules in name order, then those of the aliases.
    #[doc(hidden)]
    pub ids: &'static [u32],
    /// Over `ids`.
    #[doc(hidden)]
    pub index: Index<'static>,
    /// One for each module.
    #[doc(hidden)]
    pub entries: &'static [Entry],
    /// The module of each alias.
    #[doc(hidden)]
    pub aliases: &'static [ModuleId],
    /// The modules that the firmware gives another class than they declare.
    #[doc(hidden)]
    pub classes: &'static [(ModuleId, Class)],
}

impl Table {
    /// The names of the build.
    #[inline]
    pub fn pool(&self) -> &'static Pool {
        self.pool
    }

    /// How many modules there are, those counted that their own `#[cfg]`
    /// removed.
    #[inline]
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[inline]
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// All modules, in the order of their names' bytes.
    pub fn ids(&self) -> impl Iterator<Item = ModuleId> + use<> {
        (0..self.entries.len() as u16).map(ModuleId)
    }

    /// The module of a registered name or alias. Constant time.
    ///
    /// A module that its own `#[cfg]` removed is not found.
    #[inline]
    pub fn find(&self, name: Qstr) -> Option<ModuleId> {
        let position = self.index.get(self.ids, name.raw())?;
        let id = match position.checked_sub(self.entries.len()) {
            None => ModuleId(position as u16),
            Some(alias) => *self.aliases.get(alias)?,
        };
        match self.header(id) {
            Err(Broken {
                why: Why::Absent, ..
            }) => None,
            _ => Some(id),
        }
    }

    /// The same by text: one hash and two look-ups.
    pub fn find_text(&self, name: &str) -> Option<ModuleId> {
        self.find(self.pool.get(name)?)
    }

    /// The module of a dotted name: a registered name or alias, or what is below
    /// an alias of its package. Linear in the length of the name, which may come
    /// from a stranger.
    pub fn find_dotted(&self, name: &str) -> Option<ModuleId> {
        let mut module = None;
        let mut end = 0;
        for component in name.split('.') {
            end += component.len();
            let last = self.pool.get(component);
            let below = last.and_then(|last| self.submodule(module?, last));
            // No name of the build is longer.
            let prefix = name.get(..end).filter(|_| end <= enroll_abi::MAX_NAME);
            module = below.or_else(|| self.find_text(prefix?));
            if module.is_none() && prefix.is_none() {
                return None;
            }
            end += 1;
        }
        module
    }

    /// The registered name of a module.
    #[inline]
    pub fn name(&self, id: ModuleId) -> Option<Qstr> {
        self.entries.get(id.index())?;
        Qstr::from_raw(*self.ids.get(id.index())?)
    }

    /// The text of the registered name; empty for a number that is no module.
    pub fn name_text(&self, id: ModuleId) -> &'static str {
        self.name(id)
            .and_then(|name| self.pool.text(name))
            .unwrap_or_default()
    }

    /// The names that stand for modules, each with its module, in the order of
    /// their bytes.
    pub fn aliases(&self) -> impl Iterator<Item = (Qstr, ModuleId)> + '_ {
        let ids = self.ids.iter().skip(self.entries.len());
        let names = ids.filter_map(|&id| Qstr::from_raw(id));
        names.zip(self.aliases.iter().copied())
    }

    /// Where import finds a module: the class that the firmware chose for it,
    /// else the declared one. Linear in the number of choices.
    #[inline]
    pub fn class(&self, id: ModuleId, header: &Header) -> Class {
        let chosen = self.classes.iter().find(|(of, _)| *of == id);
        chosen.map_or(header.info().class, |(_, class)| *class)
    }

    /// The package of a submodule.
    #[inline]
    pub fn parent(&self, id: ModuleId) -> Option<ModuleId> {
        self.entries.get(id.index())?.parent
    }

    /// The builtin submodules of a module, by their last component, those left
    /// out that their own `#[cfg]` removed.
    pub fn submodules(&self, id: ModuleId) -> impl Iterator<Item = (Qstr, ModuleId)> + '_ {
        let entry = self.entries.get(id.index());
        entry
            .map_or(&[][..], |entry| entry.submodules)
            .iter()
            .copied()
            .filter(|&(_, id)| self.header(id).is_ok())
    }

    /// The builtin submodule of that last component. Linear in the number of
    /// submodules of this module.
    #[inline]
    pub fn submodule(&self, id: ModuleId, name: Qstr) -> Option<ModuleId> {
        let entry = self.entries.get(id.index())?;
        let (_, found) = entry.submodules.iter().find(|(known, _)| *known == name)?;
        self.header(*found).is_ok().then_some(*found)
    }

    /// The declaration of a module.
    ///
    /// # Errors
    ///
    /// [`Broken`] where the entry cannot be used, [`Why::Absent`] among them.
    #[inline]
    pub fn header(&self, id: ModuleId) -> Result<&'static Header, Broken> {
        let Some(entry) = self.entries.get(id.index()) else {
            return Err(self.broken(id, Why::NoModule));
        };
        match entry.symbol.header(self.pool.salt()) {
            Ok(Some(header)) => {
                if header.extension || Some(header.info.name) != self.name(id) {
                    return Err(self.broken(id, Why::Other));
                }
                Ok(header)
            }
            Ok(None) => Err(self.broken(id, Why::Absent)),
            Err(why) => Err(self.broken(id, why)),
        }
    }

    /// The extensions of a module that are compiled, in the order they are
    /// asked, or what is wrong with one.
    #[inline]
    pub(crate) fn extensions(
        &self,
        id: ModuleId,
    ) -> impl DoubleEndedIterator<Item = Result<&'static Header, Broken>> + '_ {
        let entry = self.entries.get(id.index());
        entry
            .map_or(&[][..], |entry| entry.extensions)
            .iter()
            .filter_map(move |symbol| match symbol.header(self.pool.salt()) {
                Ok(Some(header)) => {
                    if !header.extension || Some(header.info.name) != self.name(id) {
                        return Some(Err(self.broken(id, Why::Other)));
                    }
                    Some(Ok(header))
                }
                Ok(None) => None,
                Err(why) => Some(Err(self.broken(id, why))),
            })
    }

    /// Whether a module has extensions, compiled or not.
    #[inline]
    pub(crate) fn is_extended(&self, id: ModuleId) -> bool {
        self.entries
            .get(id.index())
            .is_some_and(|entry| !entry.extensions.is_empty())
    }

    #[cold]
    pub(crate) fn broken(&self, id: ModuleId, why: Why) -> Broken {
        Broken {
            module: self.name(id),
            name: self.name_text(id),
            why,
        }
    }

    /// The modules that were declared for `H`, typed.
    #[inline]
    pub fn view<H: Host>(&self) -> View<'_, H> {
        View {
            table: self,
            host: PhantomData,
        }
    }
}

/// The modules of one host in a table.
pub struct View<'t, H: Host> {
    table: &'t Table,
    host: PhantomData<fn() -> H>,
}

impl<H: Host> View<'_, H> {
    /// A module with its constants and hooks.
    ///
    /// # Errors
    ///
    /// [`Broken`], with [`Why::Host`] where it was declared for another host.
    pub fn module(&self, id: ModuleId) -> Result<&'static Body<H>, Broken> {
        let header = self.table.header(id)?;
        header.body::<H>().ok_or_else(|| {
            self.table.broken(
                id,
                Why::Host {
                    found: header.host_name(),
                },
            )
        })
    }

    /// All modules of this host, in name order.
    pub fn iter(&self) -> impl Iterator<Item = (ModuleId, &'static Body<H>)> + '_ {
        self.table
            .ids()
            .filter_map(|id| Some((id, self.module(id).ok()?)))
    }
}
