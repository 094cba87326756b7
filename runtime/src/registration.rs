//! The macros that declare, and what their expansions need.

use crate::{Header, Host, Qstr};
use enroll_abi::index::{Fault, Table};

/// Declares a native module: a constant table of names and values, and hooks.
///
/// ```text
/// enroll::register_module! {
///     /// Becomes `__doc__`.
///     #[cfg(…)]                                  // the whole module
///     pub static ERRNO: Module<Portable> = "errno" {
///         "EPERM" => Rom::Int(1),
///         #[cfg(feature = "table")]              // one entry
///         "errorcode" => Rom::Dict(&CODES),
///     }
///     class: extensible,        // or builtin (default)
///     aliases: ["uerrno"],
///     requires: ["float"],      // left out where the host has none
///     init: setup,              // once per interpreter
///     deinit: shutdown,
///     attr: delegate,           // load, store, delete of other names
///     dir: delegated_names,     // what `attr` answers, for `dir`
///     getattr: missing,         // PEP 562, asked last
/// }
/// ```
///
/// Each field after the table is optional, in any order. Names are string
/// literals of 1 to 1,024 bytes; a dotted name (`"os.path"`) is a submodule of
/// the module before the dot. A value is any constant expression of the host's
/// [`Host::Rom`](crate::Host::Rom) type.
///
/// It declares the `static`, of type [`Module`](crate::Module), and a type of
/// the same name that implements [`Declared`] for `enroll::testing`.
/// The static may be private, in a private module: the build finds it all the
/// same, as long as the crate is linked.
///
/// A `#[cfg]` belongs inside the macro, on the static or on an entry, where
/// rustc alone decides it.
#[macro_export]
macro_rules! register_module {
    ($($declaration:tt)*) => {
        $crate::__private::register_module! { ($crate) $($declaration)* }
    };
}

/// Adds entries and hooks to a module that another crate owns.
///
/// ```text
/// enroll::extend_module! {
///     pub static OS_EXTRA: Extension<Portable> = "os" {
///         "cpu_count" => Rom::Int(2),
///         replace "sep" => Rom::Str("\\"),   // an entry of the base
///     }
///     base: optional,           // no error where `os` is not in the build
///     init: setup,              // after the module's own
///     attr: delegate,           // after the module's own
///     dir: delegated_names,
/// }
/// ```
///
/// It only adds: a name that the module has is an error of the build unless
/// `replace` stands before it, and so is a name that two extensions give.
/// Hooks are asked after the module's own, in the order of the packages'
/// names. It costs no RAM.
#[macro_export]
macro_rules! extend_module {
    ($($declaration:tt)*) => {
        $crate::__private::extend_module! { ($crate) $($declaration)* }
    };
}

/// Brings in what `enroll-codegen` generated: `pub static BUILTINS`, a
/// [`Builtins`](crate::Builtins) for the host that `build.rs` names.
///
/// It stands once in the package whose build script calls the generator: in
/// its library, or in its binary where it has none. If the build names folders
/// of sources (`USER_MODULES`), it declares them as private modules beside it.
#[macro_export]
macro_rules! include_modules {
    () => {
        ::core::include!(::core::concat!(
            ::core::env!(
                "OUT_DIR",
                "include_modules! needs a build.rs that calls enroll_codegen::Builder"
            ),
            "/enroll_modules.rs"
        ));
    };
}

/// A doc comment, or nothing where the feature `doc` is off.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "doc")]
macro_rules! __doc {
    ($doc:literal) => {
        $doc
    };
}

/// A doc comment, or nothing where the feature `doc` is off.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "doc"))]
macro_rules! __doc {
    ($doc:literal) => {
        ""
    };
}

/// A declaration as a type, with its names and their text.
///
/// The text of a name lies in the firmware's pool alone. So that a module
/// crate's own tests need no firmware, the macros keep the names of a
/// declaration beside it, in a constant that costs nothing unused.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a declaration",
    label = "no `register_module!` or `extend_module!` declares a static of this name"
)]
pub trait Declared {
    /// The registered name, or that of the module which is extended.
    const MODULE: &'static str;
    /// Every name of the declaration that is compiled: module, aliases,
    /// entries.
    const NAMES: &'static [&'static str];
    /// What the table refers to.
    const HEADER: &'static Header;
}

/// What the values of a host's tables are, under a name that the expansion can
/// place at the host's type.
#[doc(hidden)]
pub type Rom<H> = <H as Host>::Rom;

/// The index of a table, in a constant, where a panic is a compile error.
///
/// # Panics
///
/// Where two names of one table have the same id. The plan finds collisions
/// across the whole build, with places; this is for a crate that is compiled
/// without a firmware.
#[doc(hidden)]
pub const fn build_index<const P: usize, const S: usize>(ids: &[u32]) -> Table<P, S> {
    match Table::build(ids) {
        Ok(table) => table,
        Err(Fault::Equal { .. }) => panic!(
            "two names of this table have the same id: set ENROLL_QSTR_SALT to another number in [env] of .cargo/config.toml"
        ),
        Err(_) => panic!("this table has too many entries for an index"),
    }
}

/// A name by its id, in generated constants.
///
/// # Panics
///
/// In a constant, for 0, which no name has.
#[doc(hidden)]
pub const fn name(id: u32) -> Qstr {
    match Qstr::from_raw(id) {
        Some(name) => name,
        None => panic!("no name has the id 0"),
    }
}
