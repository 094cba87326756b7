//! A table without a firmware: for the tests of a module crate.
//!
//! A [`Kit`] does at run time what `enroll-codegen` does at build time, with
//! the declarations it is given. So `cargo test` in a module crate calls the
//! module as a script would, and nothing else has to be built.
//!
//! ```
//! # use enroll::{Broken, Cx, Host, ModuleId};
//! # pub enum Tiny {}
//! # impl Host for Tiny {
//! #     type Rom = i64; type Value<'vm> = i64; type Context<'vm> = (); type Error = Broken;
//! #     fn live<'vm>(_: &mut Cx<'_, 'vm, Tiny>, rom: &'static i64) -> Result<i64, Broken> { Ok(*rom) }
//! #     fn text<'vm>(_: &mut Cx<'_, 'vm, Tiny>, _: &'static str) -> Result<i64, Broken> { Ok(0) }
//! #     fn module<'vm>(_: &mut Cx<'_, 'vm, Tiny>, _: ModuleId) -> Result<i64, Broken> { Ok(0) }
//! # }
//! use enroll::{Adapter, qstr, testing::Kit};
//!
//! enroll::register_module! {
//!     pub static ERRNO: Module<Tiny> = "errno" {
//!         "EPERM" => 1,
//!     }
//! }
//!
//! let adapters: &[Adapter<Tiny>] = &[const { Adapter::of::<Tiny>() }];
//! let builtins = Kit::new().declared::<ERRNO>().build(adapters)?;
//! let errno = builtins.find_text("errno").unwrap();
//! assert_eq!(builtins.load(&mut Cx::new(&mut ()), errno, qstr!("EPERM")), Ok(Some(1)));
//! # Ok::<(), enroll::testing::KitError>(())
//! ```

use crate::header::{Broken, Header};
use crate::qstr::build_salt;
use crate::symbol::Symbol;
use crate::{Adapter, Builtins, Declared, Entry, Host, ModuleId, Offsets, Pool, Qstr, Table};
use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use enroll_abi::index::{Fault, Index};
use enroll_abi::layout::{self, LayoutError};
use enroll_abi::names::CORE;

/// Declarations on their way into a table.
#[derive(Default)]
pub struct Kit {
    names: Vec<&'static str>,
    modules: Vec<(&'static str, &'static Header)>,
    extensions: Vec<(&'static str, &'static Header)>,
}

/// Why a kit makes no table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KitError {
    /// Occurs when two names have the same id: set `ENROLL_QSTR_SALT`.
    Collision(&'static str, &'static str),
    /// Occurs when a name or alias stands for two modules.
    Duplicate(String),
    /// Occurs when an extension or submodule is given without its base.
    Missing(&'static str),
    /// Occurs when a name is empty or too long, or there are too many.
    Names,
    /// Occurs when a declaration cannot be used with these adapters.
    Broken(Broken),
}

impl fmt::Display for KitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KitError::Collision(a, b) => write!(
                f,
                "`{a}` and `{b}` have the same id: set ENROLL_QSTR_SALT to another number"
            ),
            KitError::Duplicate(name) => write!(f, "`{name}` stands for two modules"),
            KitError::Missing(name) => write!(f, "`{name}` is needed and not in the kit"),
            KitError::Names => f.write_str("a name is empty or too long, or there are too many"),
            KitError::Broken(broken) => broken.fmt(f),
        }
    }
}

impl core::error::Error for KitError {}

impl Kit {
    /// No declarations yet.
    pub fn new() -> Kit {
        Kit::default()
    }

    /// Adds what `register_module!` or `extend_module!` declared under this
    /// name.
    #[must_use]
    pub fn declared<D: Declared>(mut self) -> Kit {
        self.names.extend_from_slice(D::NAMES);
        if D::HEADER.extension {
            self.extensions.push((D::MODULE, D::HEADER));
        } else {
            self.modules.push((D::MODULE, D::HEADER));
        }
        self
    }

    /// Adds names that only hooks use, through `qstr!`.
    #[must_use]
    pub fn names(mut self, names: &[&'static str]) -> Kit {
        self.names.extend_from_slice(names);
        self
    }

    /// Makes the table. It is never freed, as one in read-only memory is not.
    ///
    /// Extensions are asked in the order they were added.
    ///
    /// # Errors
    ///
    /// See [`KitError`].
    pub fn build<H: Host>(
        mut self,
        adapters: &'static [Adapter<H>],
    ) -> Result<&'static Builtins<H>, KitError> {
        self.modules.sort_by_key(|(name, _)| *name);
        let pool = self.pool()?;
        let salt = pool.salt();
        let position = |name: &str| {
            let found = self.modules.binary_search_by_key(&name, |(known, _)| known);
            found.ok().map(|position| ModuleId(position as u16))
        };
        for (base, _) in &self.extensions {
            position(base).ok_or(KitError::Missing(base))?;
        }
        let mut ids: Vec<u32> = Vec::new();
        let mut entries = Vec::new();
        for &(name, header) in &self.modules {
            let parent = match name.rsplit_once('.') {
                Some((package, _)) => Some(position(package).ok_or(KitError::Missing(package))?),
                None => None,
            };
            let submodules = self.modules.iter().filter_map(|(below, _)| {
                let last = below.strip_prefix(name)?.strip_prefix('.')?;
                let direct = !last.contains('.');
                direct.then_some((Qstr::of(last, salt), position(below)?))
            });
            let extensions = self.extensions.iter().filter(|(base, _)| *base == name);
            entries.push(Entry {
                symbol: Symbol::of(header),
                extensions: leak(extensions.map(|(_, header)| Symbol::of(header))),
                parent,
                submodules: leak(submodules),
            });
            ids.push(Qstr::of(name, salt).raw());
        }
        let mut aliases = Vec::new();
        for (position, (_, header)) in self.modules.iter().enumerate() {
            for alias in header.info().aliases {
                ids.push(alias.raw());
                aliases.push(ModuleId(position as u16));
            }
        }
        let (pilots, slots) = layout::index(&ids).map_err(|fault| match fault {
            Fault::Equal { first, .. } => KitError::Duplicate(
                ids.get(first)
                    .and_then(|&id| pool.text(Qstr::from_raw(id)?))
                    .unwrap_or_default()
                    .to_string(),
            ),
            _ => KitError::Names,
        })?;
        let table = Table {
            pool: Box::leak(Box::new(pool)),
            index: Index::new(leak(pilots), leak(slots)),
            ids: leak(ids),
            entries: leak(entries),
            aliases: leak(aliases),
            classes: &[],
        };
        let builtins = Builtins::new(Box::leak(Box::new(table)), adapters);
        builtins.verify().map_err(KitError::Broken)?;
        Ok(Box::leak(Box::new(builtins)))
    }

    fn pool(&self) -> Result<Pool, KitError> {
        let mut names = self.names.clone();
        names.extend_from_slice(CORE);
        for (name, _) in &self.modules {
            names.extend(name.split('.'));
        }
        let salt = build_salt(option_env!("ENROLL_QSTR_SALT"));
        let layout = layout::layout(&names, salt).map_err(|error| match error {
            LayoutError::Collision { first, second } => {
                KitError::Collision(names[first], names[second])
            }
            _ => KitError::Names,
        })?;
        let offsets = if layout.is_narrow() {
            Offsets::U16(leak(layout.offsets.iter().map(|&offset| offset as u16)))
        } else {
            Offsets::U32(leak(layout.offsets))
        };
        Ok(Pool::new(
            salt,
            layout.len as u32,
            String::leak(layout.text),
            offsets,
            leak(layout.pilots),
        ))
    }
}

fn leak<T>(items: impl IntoIterator<Item = T>) -> &'static [T] {
    Vec::leak(items.into_iter().collect())
}
