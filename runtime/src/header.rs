//! What a table finds behind a symbol, checked before it is believed.

use crate::module::{Body, Extension, Info, Module};
use crate::{Class, Globals, Host, Qstr};
use core::any::{TypeId, type_name};
use core::fmt;
use enroll_abi::ABI;
use enroll_abi::index::Index;

/// Marks a header of this crate; a missing symbol on WebAssembly reads as zero.
pub(crate) const MAGIC: u32 = u32::from_be_bytes(*b"ENRL");
/// Marks a declaration that its own `#[cfg]` removed.
pub(crate) const ABSENT: u32 = u32::from_be_bytes(*b"ENRa");

/// The exported static of a declaration.
///
/// The first two words are the same in every ABI, so that a header of another
/// one can be told from a broken one.
#[repr(C)]
pub struct Header {
    pub(crate) magic: u32,
    pub(crate) abi: u32,
    pub(crate) salt: u32,
    pub(crate) extension: bool,
    pub(crate) host: fn() -> TypeId,
    pub(crate) host_name: fn() -> &'static str,
    pub(crate) info: &'static Info,
    /// A `&'static Body<H>` of the host that `host` names.
    pub(crate) body: *const (),
}

/// The info of an absent declaration; no name is ever looked up in it.
static NOTHING: Info = Info {
    name: crate::qstr!("__absent__"),
    class: Class::Builtin,
    aliases: &[],
    requires: &[],
    globals: Globals {
        ids: &[],
        index: Index::EMPTY,
        replaces: &[],
    },
    doc: "",
};

impl Header {
    /// The header of a declared module; `salt` is that of the declaring crate.
    #[doc(hidden)]
    pub const fn module<H: Host>(module: &'static Module<H>, salt: u32) -> Header {
        Header::of(&module.0, salt, false)
    }

    /// The header of an extension.
    #[doc(hidden)]
    pub const fn extension<H: Host>(extension: &'static Extension<H>, salt: u32) -> Header {
        Header::of(&extension.0, salt, true)
    }

    const fn of<H: Host>(body: &'static Body<H>, salt: u32, extension: bool) -> Header {
        Header {
            magic: MAGIC,
            abi: ABI,
            salt,
            extension,
            host: TypeId::of::<H>,
            host_name: type_name::<H>,
            info: &body.info,
            body: (&raw const *body).cast(),
        }
    }

    /// The header of a declaration that its own `#[cfg]` removed: the table may
    /// refer to it all the same.
    #[doc(hidden)]
    pub const fn absent(salt: u32) -> Header {
        Header {
            magic: ABSENT,
            abi: ABI,
            salt,
            extension: false,
            host: TypeId::of::<()>,
            host_name: type_name::<()>,
            info: &NOTHING,
            body: core::ptr::null(),
        }
    }

    /// The type name of the host it was declared for.
    pub fn host_name(&self) -> &'static str {
        (self.host_name)()
    }

    /// Whether it was declared for `H`.
    #[inline]
    pub fn is_for<H: Host>(&self) -> bool {
        (self.host)() == TypeId::of::<H>()
    }

    /// What it says that does not depend on the host.
    #[inline]
    pub fn info(&self) -> &'static Info {
        self.info
    }
}

/// An entry of the table that cannot be used.
///
/// `verify` finds all of them at first use; every look-up that meets one fails
/// with it. None can be a build error: the identity of a type is not known to
/// constants, and only the linker sees which symbols exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The module's registered name, as the table has it.
    pub module: Option<Qstr>,
    /// Its text, from the table's pool.
    pub name: &'static str,
    /// What is wrong with it.
    pub why: Why,
}

/// Why an entry of the table cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Why {
    /// Occurs when nothing lies behind the symbol: WebAssembly links a missing
    /// static at address zero.
    Missing,
    /// Occurs when the declaring crate was compiled against another ABI.
    Abi {
        /// The ABI found.
        found: u32,
    },
    /// Occurs when the declaring crate was compiled with another salt.
    Salt {
        /// The salt found.
        found: u32,
    },
    /// Occurs when the module was declared for a host that the firmware does
    /// not list.
    Host {
        /// The type name of that host.
        found: &'static str,
    },
    /// Occurs when the header is that of another module, or an extension where
    /// a module is meant.
    Other,
    /// Occurs when a module is asked for that its own `#[cfg]` removed.
    Absent,
    /// Occurs when a number is no module of this table.
    NoModule,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "module `{}` ", self.name)?;
        match self.why {
            Why::Missing => f.write_str("is in the table but was not linked"),
            Why::Abi { found } => write!(
                f,
                "was compiled for enroll ABI {found}, this firmware for {ABI}: use one version of enroll"
            ),
            Why::Salt { found } => write!(
                f,
                "was compiled with ENROLL_QSTR_SALT={found}: set it once, in [env] of .cargo/config.toml, and rebuild"
            ),
            Why::Host { found } => write!(
                f,
                "was declared for the host `{found}`, which this firmware does not list: \
                 add .host(\"…\") with its path to the builder in build.rs, and implement \
                 enroll::Adopt for it"
            ),
            Why::Other => f.write_str("has the header of another declaration"),
            Why::Absent => f.write_str("was left out by its own #[cfg]"),
            Why::NoModule => f.write_str("is no module of this table"),
        }
    }
}

impl core::error::Error for Broken {}
