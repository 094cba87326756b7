//! Native modules for embedded interpreters: declared once in the crate that
//! implements them, found at build time by every firmware that depends on it.
//!
//! A module author writes one declaration:
//!
//! ```
//! # use enroll::{Broken, Cx, Host, ModuleId};
//! # enum Tiny {}
//! # impl Host for Tiny {
//! #     type Rom = i64; type Value<'vm> = i64; type Context<'vm> = (); type Error = Broken;
//! #     fn live<'vm>(_: &mut Cx<'_, 'vm, Tiny>, rom: &'static i64) -> Result<i64, Broken> { Ok(*rom) }
//! #     fn text<'vm>(_: &mut Cx<'_, 'vm, Tiny>, _: &'static str) -> Result<i64, Broken> { Ok(0) }
//! #     fn module<'vm>(_: &mut Cx<'_, 'vm, Tiny>, _: ModuleId) -> Result<i64, Broken> { Ok(0) }
//! # }
//! enroll::register_module! {
//!     /// Standard system error codes.
//!     pub static ERRNO: Module<Tiny> = "errno" {
//!         "EPERM" => 1,
//!         "ENOENT" => 2,
//!     }
//! }
//!
//! // The static is a constant table of names and values.
//! assert_eq!(ERRNO.get(enroll::qstr!("ENOENT")), Some(&2));
//! ```
//!
//! The firmware's `build.rs` calls `enroll-codegen`, which finds every such
//! declaration in the crates of the build and writes the table of modules and
//! the pool of names; `enroll::include_modules!()` brings it in as
//! `BUILTINS`, a [`Builtins`] that an interpreter asks for modules and
//! attributes. Everything in it is constant: nothing runs before `main`, and
//! nothing needs a heap.
//!
//! # Who needs what
//!
//! - A *module author* needs [`register_module!`], [`extend_module!`],
//!   [`qstr!`] and the host's crate (`enroll-portable` for modules that run on
//!   any interpreter).
//! - A *firmware integrator* needs [`include_modules!`] and `enroll-codegen`.
//! - An *interpreter author* implements [`Host`], [`Adopt`] for the portable
//!   host, and asks [`Builtins`].
//!
//! # Features
//!
//! - `doc` (default): doc comments stay in the image as `__doc__`.
//! - `alloc`: names interned at run time (`Names`), the `testing` kit.
//! - `std`: implies `alloc`; modules in directories, the import lock of threads.
//! - `zip`: implies `std`; modules in zip archives.
#![no_std]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod adopt;
mod builtins;
pub mod delegation;
mod header;
mod hook;
mod host;
#[cfg(feature = "alloc")]
pub mod import;
mod module;
#[cfg(feature = "alloc")]
mod names;
mod once;
mod pool;
mod qstr;
mod registration;
mod symbol;
mod table;
#[cfg(feature = "alloc")]
pub mod testing;

pub use adopt::{Adapter, Adopt};
pub use builtins::Builtins;
pub use header::{Broken, Header, Why};
pub use hook::{Access, AttrHook, Claim, DirHook, GetattrHook, InitHook};
pub use host::{Cx, Host};
pub use module::{Body, Class, Extension, Globals, Hooks, Info, Module};
#[cfg(feature = "alloc")]
pub use names::{Limits, Names, NamesError};
pub use once::Once;
pub use pool::{Offsets, Pool};
pub use qstr::Qstr;
pub use registration::Declared;
pub use table::{Entry, ModuleId, Table, View};

/// What the expansion of macros refers to; no part of the API.
#[doc(hidden)]
pub mod __private {
    pub use crate::qstr::{Q, build_salt, id};
    pub use crate::registration::{Rom, build_index, name};
    pub use crate::symbol::Symbol;
    pub use crate::{AttrHook, DirHook, GetattrHook, InitHook};
    pub use crate::{Body, Class, Declared, Extension, Globals, Header, Hooks, Info, Module, Qstr};
    pub use core::option::Option;
    pub use enroll_abi;
    pub use enroll_abi::index::{Index, Table as IndexTable, buckets_for, slots_for};
    pub use enroll_macros::{extend_module, register_module};
}
