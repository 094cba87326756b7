//! The table as one interpreter uses it.

use crate::adopt::Adapter;
use crate::header::{Broken, Header, Why};
use crate::table::{ModuleId, Table};
use crate::{Host, Pool, Qstr};
use core::any::TypeId;

mod attribute;
mod life;

/// The builtin modules of a firmware, for its interpreter `H`.
///
/// `include_modules!` declares one. It is constant: what changes while scripts
/// run belongs to the interpreter.
pub struct Builtins<H: Host> {
    table: &'static Table,
    adapters: &'static [Adapter<H>],
}

impl<H: Host> Builtins<H> {
    /// A table with the adapters for every host that the firmware lists.
    pub const fn new(table: &'static Table, adapters: &'static [Adapter<H>]) -> Builtins<H> {
        Builtins { table, adapters }
    }

    /// The host-neutral table.
    #[inline]
    pub const fn table(&self) -> &'static Table {
        self.table
    }

    /// The names of the build.
    #[inline]
    pub fn pool(&self) -> &'static Pool {
        self.table.pool
    }

    /// The module of a registered name or alias. Constant time.
    #[inline]
    pub fn find(&self, name: Qstr) -> Option<ModuleId> {
        self.table.find(name)
    }

    /// The same by text.
    #[inline]
    pub fn find_text(&self, name: &str) -> Option<ModuleId> {
        self.table.find_text(name)
    }

    /// All modules that are compiled, in name order.
    pub fn iter(&self) -> impl Iterator<Item = ModuleId> + '_ {
        self.table.ids().filter(|&id| {
            !matches!(
                self.table.header(id),
                Err(Broken {
                    why: Why::Absent,
                    ..
                })
            )
        })
    }

    /// Checks every entry of the table: that it was linked, with this ABI and
    /// salt, for a host that is listed. An interpreter calls it once, before
    /// its first import. Linear in the number of modules.
    ///
    /// # Errors
    ///
    /// The first entry that cannot be used; [`Builtins::faults`] has all.
    pub fn verify(&self) -> Result<(), Broken> {
        match self.faults().next() {
            Some(broken) => Err(broken),
            None => Ok(()),
        }
    }

    /// Every entry of the table that cannot be used.
    pub fn faults(&self) -> impl Iterator<Item = Broken> + '_ {
        self.table.ids().flat_map(move |id| {
            let base = match self.table.header(id) {
                Ok(header) => self.adapter(id, header).err(),
                Err(Broken {
                    why: Why::Absent, ..
                }) => None,
                Err(broken) => Some(broken),
            };
            let extensions =
                self.table
                    .extensions(id)
                    .filter_map(move |extension| match extension {
                        Ok(header) => self.adapter(id, header).err(),
                        Err(broken) => Some(broken),
                    });
            base.into_iter().chain(extensions)
        })
    }

    /// The adapter for the host of a header. Linear in the number of hosts,
    /// one or two.
    #[inline]
    fn adapter(
        &self,
        id: ModuleId,
        header: &'static Header,
    ) -> Result<&'static Adapter<H>, Broken> {
        match self
            .adapters
            .iter()
            .find(|adapter| is_same_host(adapter.host, header.host))
        {
            Some(adapter) => Ok(adapter),
            None => Err(self.table.broken(
                id,
                Why::Host {
                    found: header.host_name(),
                },
            )),
        }
    }
}

/// Whether two functions give the identity of one host. One address needs no
/// call; one function may have several.
#[inline]
pub(crate) fn is_same_host(a: fn() -> TypeId, b: fn() -> TypeId) -> bool {
    core::ptr::fn_addr_eq(a, b) || a() == b()
}
