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
//!
//! # Portable modules
//!
//! Modules of the host [`enroll_portable::Portable`] work in the same way; a
//! firmware lists both hosts.
//!
//! | portable | in Lua |
//! |---|---|
//! | `None`, `bool`, `int`, `float` | nil, boolean, integer, float |
//! | `str`, `bytes` | string; back, UTF-8 is a `str` and anything else `bytes` |
//! | `tuple`, `list`, `dict` made at run time | a new table |
//! | a list or dict that the module keeps | an object, so that script and module change the same one |
//! | the same in read-only memory | a table that cannot be changed |
//! | function, module | function, module |
//! | type, object | userdata, see below |
//! | foreign | the very Lua value that a script gave: its tables, functions, threads, userdata |
//!
//! *Arguments by name* come in a last table without a metatable, whose keys are
//! all names of parameters: `os.getenv("HOME", { default = "/" })`. The
//! parameters of a constructor, or of an object that is called, are not known;
//! there all keys must be strings: `deque({ 1, 2 }, { maxlen = 2 })`. An empty
//! table is an ordinary argument.
//!
//! | object in Lua | slot |
//! |---|---|
//! | `Type(…)` | construct |
//! | `object:method(…)`, `object.field`, `object.field = value` (nil deletes) | methods, attribute |
//! | `object[1]`, `object[key]`, `object[1] = value` (nil deletes) | subscript |
//! | `#object` | length |
//! | `for i, item in pairs(object)` | iterate: `i` counts from 1; key and value of a dict |
//! | `for item in object` | next, of an iterator |
//! | `object(…)` | call |
//! | `-a`, `~a`, `a + b`, `a < b`, … | unary, binary |
//! | `a .. b` | binary `+` of two objects; else the text of both |
//! | `a == b` | equality, else identity |
//! | `tostring(object)` | print |
//! | `local object <close> = …` | the method `close`, if there is one |
//! | collected | drop, at the next call of native code |
//!
//! *Positions* count from 1, as everywhere in Lua: `object[1]` is the module's
//! item 0, and negative ones count from the end. An item that is not there is
//! nil, so that `ipairs` ends; the place after the last one of a list takes a
//! new item. To a portable module, a table with a sequence part is like a list
//! whose positions count from 0, any other table like a dict, and a function
//! like an iterator.
//!
//! # Limits
//!
//! - Lua does not see what a native object refers to: a cycle through one is
//!   freed with the interpreter.
//! - Lua has no operator for `x in object`; go through it with `pairs`.
//! - The keys of a native mapping type that are positive integers are taken
//!   for positions.

mod context;
mod error;
mod guest;
mod host;
mod importing;
mod install;
mod lazy;
mod loaded;
mod module;
mod modules;
mod names;
mod native;
mod near;
mod objects;
mod reload;
mod script;
mod searcher;
mod state;
mod unload;

pub use context::Context;
pub use error::{Action, AttributeError, Error, Late, Raised};
pub use host::{Lua, NativeFn, Rom};
pub use install::{Assignment, Options, install};
pub use modules::Modules;
