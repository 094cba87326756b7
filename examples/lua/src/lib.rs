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
//! Lua's own `require` imports, and `package.loaded` is the table of modules:
//! the importer of [`enroll::import`] reads and writes it.
//!
//! | in Lua | what happens |
//! |---|---|
//! | `require "errno"` | after `package.preload`, before the file searchers; the module's `init` runs once per interpreter |
//! | `require` of an extensible module | after the file searchers: a file of that name takes its place |
//! | `require "builtins.errno"` | the native module all the same ([`Options::reserved`]); also `require("builtins").errno` |
//! | `require "os.path"` | first `os`, then its builtin submodule; also `require("os").path` |
//! | `require "uerrno"` | an alias gives the same object, of a frozen module too |
//! | `package.loaded.errno = nil` | the next `require` gives the same object, and `init` does not run again |
//! | `errno.EPERM` | constant; kept after the first load, so the next one does not leave Lua |
//! | `sys.ps1`, `sys.ps1 = "> "`, `sys.ps1 = nil` | load, store and delete through the module's hooks |
//! | `errno.EPERM = 5` | patches a name that no hook claims; nil hides it. A name that the module has not is an error ([`Assignment`]) |
//! | `pairs(errno)` | the names of `dir` that have a value |
//! | `tostring(errno)` | `<module 'errno'>`: the registered name, whatever it was required by |
//! | `errno.EPRM` | an error object, see [`Error`] |
//!
//! A module that bears the name of one of Lua's own libraries (`os`, `math`,
//! `string`, …) is what `require` gives from then on. Lua's own library stays
//! in its global variable, and `require "lua.os"` gives it by name.
//!
//! `rawset` and `rawget` see an empty table: as everywhere in Lua, they bypass
//! what metatables do.
//!
//! An import is blocked by a function in `package.preload` that fails: nil and
//! false in `package.loaded` both mean that a module is not loaded. A global
//! function `require` of a script's own may call the one before it.
//!
//! # The module `enroll`
//!
//! `require "enroll"` is what scripts can do beyond `require`, unless the firmware
//! has a module of that name. A module is given as its object or by its name.
//!
//! | function | what it does |
//! |---|---|
//! | `patch(module, name, value, owner)` | gives a name of a native module another value, or a new name one; nil hides it. The newest patch of a name counts, a second one of an owner takes the place of its first |
//! | `hide(module, name, owner)` | as if the name were not there |
//! | `undo(module, name, owner)` | takes a patch back, in any order, which reveals the next one or the constant; false where there is none |
//! | `undo_all(owner)` | takes back all of an owner, and says how many |
//! | `patches(module)` | a list of `{ name, owner, value }` or `{ name, owner, hidden = true }`, the newest of a name last |
//! | `unload(name)` | takes out a module and everything below `name.`, see below; gives the names, and a list of `{ holder, module }` |
//! | `reload(module)` | runs the code of a Lua module again, see below; gives the module |
//! | `restore(module)` | gives a Lua module the fields back that it had before reloads failed; false where none did since the last that went well |
//! | `lazy.install { names, packages, paths }` | modules wait for their first use, but for those in the three lists |
//! | `lazy.uninstall()` | modules load when they are required; those that wait still do |
//! | `lazy.is_waiting(module)` | whether it was found and is not loaded |
//! | `lazy.report()` | `waiting`, `most` at one time, `loaded` at first use, loaded `before`, `bypassed` and `lost` without having been loaded: each as `{ found, builtin }` |
//! | `builtins()` | the names of all native modules, whether loaded or shadowed by a file |
//! | `builtin(name)` | a native module, although a file has taken its place; nil where there is none |
//! | `is_builtin(name)` | 1 for a native module that can be initialised again, -1 for one that cannot, 0 for none |
//! | `data(path)` | a file that the firmware has frozen beside its scripts, `greet/words.txt`, as a string; nil where there is none ([`Options::frozen`]) |
//! | `find(name)` | `{ name, builtin, origin }` of what `require` would load; else nil and what the searchers say. Nothing is loaded but the package of a native submodule |
//! | `help(module)` | a text with the module's documentation and names |
//!
//! The *owner* of a patch is any text. Without one, and of an assignment, it is
//! the name of the script that runs, `lib/fixes.lua` say: so a file that patches
//! others is undone by `undo_all "lib/fixes.lua"`.
//!
//! *Unload* runs `deinit` where a native module has one, and the next `require`
//! initialises it again; the old object is then an error to use. One without a
//! `deinit` is the same object again. The field that the package has of the module
//! goes too. Holders are fields of what is in `package.loaded`: `app.config`,
//! and `_G.config` for a global variable. Local variables are not seen.
//!
//! *Reload* asks the searchers again. The module stays the same table: the new
//! fields go into it, and names that the new code does not give keep their old
//! value, as in CPython. The table that the new code made leads to the old one
//! from then on, so that functions of the new code and whoever required the
//! module see the same fields. Who took a function out keeps the old one. Code
//! that fails changes nothing, unless it changed its own table before: then
//! `restore` helps. What is no table, or one that was there before, takes the
//! place of what was in `package.loaded`. A module with several names is found
//! by the first of them, sorted, unless the name is given. A native module is
//! not initialised again.
//!
//! *Lazy* modules are found at once: a missing one, or one whose file is no Lua,
//! fails where it is required. A native module waits as it is. A module of a file
//! or of `package.preload` is a proxy until it is indexed, assigned to, called,
//! counted, gone through with `pairs` or used in an operation; `tostring` and
//! `==` load nothing. The module then takes the place of the proxy in
//! `package.loaded` and in the fields that an unload would tell of; a proxy in a
//! local variable leads to it, and is equal to it. Its `type` is always
//! `"table"`, and `rawget` and `next` see nothing. One that fails says where it
//! was required ([`Late`]), and the next use tries again. What is required for
//! what it does, rather than for what it gives, belongs into a list of bypasses.
//!
//! From Rust, [`Modules::with_importer`] gives all this and more: native modules
//! and finders that are added while scripts run.
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
//! - Lua keeps no order of what is in `package.loaded`: where the importer lists
//!   modules, they are sorted.
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
mod shared;
mod state;
mod unload;

pub use context::Context;
pub use error::{Action, AttributeError, Error, Late, Raised};
pub use host::{Lua, NativeFn, Rom};
pub use install::{Assignment, Options, install};
pub use modules::Modules;
pub use state::CODE;
