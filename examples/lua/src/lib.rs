//! Lua 5.4 as a host of enroll.
//!
//! Native modules that any crate of a firmware declares are what `require`
//! finds; their attributes, hooks and functions work as a Lua programmer
//! expects. Lua comes with `mlua`, compiled from source.
//!
//! ```
//! use enroll_lua::{Lua, Rom};
//!
//! enroll::register_module! {
//!     /// Standard system error codes.
//!     pub static ERRNO: Module<Lua> = "errno" {
//!         "EPERM" => Rom::Int(1),
//!         "ENOENT" => Rom::Int(2),
//!     }
//!     aliases: ["uerrno"],
//! }
//!
//! # use enroll::{Adapter, testing::Kit};
//! # static ADAPTERS: &[Adapter<Lua>] = &[Adapter::of::<Lua>()];
//! # let builtins = Kit::new().declared::<ERRNO>().build(ADAPTERS)?;
//! // `builtins` is the table that build.rs wrote.
//! let lua = mlua::Lua::new();
//! let modules = enroll_lua::install(&lua, builtins)?;
//! lua.load(r#"
//!     local errno = require "errno"
//!     assert(errno.ENOENT == 2)
//!     assert(errno == require "uerrno")
//!     local ok, err = pcall(function() return errno.ENOET end)
//!     assert(err.message == "module 'errno' has no attribute 'ENOET'; did you mean 'ENOENT'?")
//! "#).exec()?;
//! modules.shutdown(&lua)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What a module is in Lua
//!
//! | in Lua | what happens |
//! |---|---|
//! | `require "errno"` | after `package.preload`, before the file searchers; the module's `init` runs once per interpreter |
//! | `require` of an extensible module | after the file searchers: a file of that name takes its place |
//! | `require "os.path"` | first `os`, then its builtin submodule; also `require("os").path` |
//! | `require "uerrno"` | an alias gives the same object |
//! | `errno.EPERM` | constant; kept after the first load, so the next one does not leave Lua |
//! | `sys.ps1`, `sys.ps1 = "> "`, `sys.ps1 = nil` | load, store and delete through the module's hooks |
//! | `pairs(errno)` | the names of `dir` that have a value |
//! | `tostring(errno)` | `<module 'errno'>` |
//! | `errno.EPRM` | an error object, see [`Error`] |
//!
//! A module that bears the name of one of Lua's own libraries (`os`, `math`,
//! `string`, …) is what `require` gives from then on. Lua's own library stays
//! in its global variable, and `require "lua.os"` gives it by name.
//!
//! `rawset` and `rawget` see an empty table: as everywhere in Lua, they bypass
//! what metatables do.

mod context;
mod error;
mod guest;
mod host;
mod install;
mod module;
mod names;
mod native;
mod near;
mod state;

pub use context::Context;
pub use error::{Action, AttributeError, Error, Raised};
pub use host::{Lua, NativeFn, Rom};
pub use install::{Modules, install};
