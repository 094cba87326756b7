//! Rhai as a host of enroll, on a desktop and on a microcontroller.
//!
//! Native modules that any crate of a firmware declares are what `import` finds.
//! It needs an allocator and nothing else of an operating system.
//!
//! ```
//! use enroll_rhai::{Rhai, Rom};
//!
//! enroll::register_module! {
//!     /// Standard system error codes.
//!     pub static ERRNO: Module<Rhai> = "errno" {
//!         "EPERM" => Rom::Int(1),
//!         "ENOENT" => Rom::Int(2),
//!     }
//!     aliases: ["uerrno"],
//! }
//!
//! # use enroll::{Adapter, testing::Kit};
//! # static ADAPTERS: &[Adapter<Rhai>] = &[Adapter::of::<Rhai>()];
//! # let builtins = Kit::new().declared::<ERRNO>().build(ADAPTERS).unwrap();
//! // `builtins` is the table that build.rs wrote.
//! let engine = rhai::Engine::new_raw();
//! let rhai = enroll_rhai::install(engine, builtins)?;
//! let code: i64 = rhai.eval(r#"import "uerrno" as errno; errno::ENOENT"#)?;
//! assert_eq!(code, 2);
//! rhai.shutdown()?;
//! # Ok::<(), enroll_rhai::Error>(())
//! ```
//!
//! # What a module is in Rhai
//!
//! | in Rhai | what happens |
//! |---|---|
//! | `import "errno" as errno;` | the module's `init` runs once per engine |
//! | `import "uerrno" as errno;` | an alias gives the same module |
//! | `import "os/path" as path;` or `"os.path"` | first `os`, then its builtin submodule |
//! | `import` of an extensible module | the embedder's resolver is asked first ([`Options::resolver`]), for any other module last |
//! | `import "nothing" as n;` | `ErrorModuleNotFound`, which a script can catch |
//! | `errno::EPERM` | a constant |
//! | `random::randint(1, 6)` | a function |
//! | `collections::deque([1, 2])` | a type: the function of its name constructs an instance |
//!
//! Rhai finds a function of a module by the number of its arguments. So a native
//! function is there once for each number that it takes, or for up to 8 where that is
//! not known: of a function whose parameters have no names or that takes any number,
//! and of a type without [`Slot::Arity`](enroll_portable::Slot::Arity). A type that
//! cannot be constructed is there as a value alone. Each function is about
//! 250 bytes, once the module was imported. More arguments are taken by the module as
//! a value.
//!
//! A module of Rhai holds what does not change. What does, and all the rest, is an
//! attribute of the *module as a value*:
//!
//! ```rhai
//! let sys = builtin("sys");
//! sys.ps1 = "> ";              // load and store through the module's hooks
//! delete_attribute(sys, "ps1");
//! builtin("os").getenv("HOME", named(#{ "default": "/" }));
//! let choice = builtin("random").choice;
//! print(choice.call([1, 2, 3]));
//! print(builtin("os").path.curdir);
//! ```
//!
//! *Names that Rhai keeps for itself* have an underscore at their end, everywhere:
//! `re::match_("a", text)`, `pattern.match_(text)`, `object.call_(1)`. In a map they are
//! quoted: `named(#{ "default": 1 })`.
//!
//! # Functions that every script has
//!
//! | function | what it does |
//! |---|---|
//! | `builtin(name)` | a builtin module as a value; it is initialised as by an import |
//! | `named(#{ … })` | as the last argument of a call of native code: arguments by name |
//! | `list([…])`, `dict(#{ … })` | a list or dict that scripts and modules share, see below |
//! | `bytearray(length)`, `bytearray(blob)` | bytes that scripts and modules share: `b[0]`, `b.len()`, `b.to_blob()` |
//! | `call_method(object, name, [ … ])`, also with `#{ … }` | calls a method whose name or number of arguments is only known at run time; the map has arguments by name |
//! | `attribute(object, name)`, `set_attribute(object, name, value)`, `delete_attribute(object, name)` | the attribute, never an item of that name |
//! | `delete_item(object, index)` | `del object[index]` of Python |
//! | `type_name(object)` | the name of its type; `type_of` says `"object"` of them all |
//!
//! # Portable modules
//!
//! Modules of the host [`enroll_portable::Portable`] work in the same way; a
//! firmware lists both hosts.
//!
//! | portable | in Rhai |
//! |---|---|
//! | `None`, `bool`, `int`, `float` | `()`, `bool`, `i64`, `f64` |
//! | `str`, `bytes` | string, blob; a character becomes a `str` |
//! | `tuple` | array |
//! | `list` made by a function | array |
//! | `dict` made by a function, with texts as keys | object map |
//! | a list or dict that the module keeps, is in read-only memory, or has other keys | an object, so that script and module change the same one: `kept[0]`, `kept.len()`, `kept.push(1)` of a list, `kept.to_array()` |
//! | function, type, method of an object | a function pointer: `f.call(…)` |
//! | module, object | an object, see below |
//! | foreign | the very value that a script gave: function pointers and closures, ranges, types of the embedder, object maps with functions in them |
//!
//! *Arrays, maps and blobs are given by value*, as everywhere in Rhai: what a module
//! stores in one, no script sees. A function that fills a list is given
//! `list([0, 0, 0])`, and one that fills bytes `bytearray(3)`. Arrays within arrays are followed 64 levels deep.
//!
//! *Arguments by name:* `random.sample(items, named(#{ count: 3 }))`. A function of a
//! module that is called by its path is found by the number of its arguments, `named`
//! counted as one.
//!
//! | object in Rhai | slot |
//! |---|---|
//! | `module::Type(…)` | construct |
//! | `object.method(…)`, `object.field`, `object.field = value` | methods, attribute |
//! | `object[index]`, `object[index] = value`; from the end with a minus | subscript |
//! | `object.len()` | length |
//! | `for item in object`, `object.to_array()` | iterate, next |
//! | `item in object` | binary *contains*, else a look at each item |
//! | `object.call_(…)` | call |
//! | `-a`, `!a`, `a.abs()`, `a.to_int()`, `a.to_float()` | unary; `!a` is the opposite of its truth |
//! | `a + b`, `a < b`, `a += b`, … | binary |
//! | `a == b` | equality, else identity |
//! | `print(object)`, `` `${object}` ``, `object.to_string()`; `debug(object)` | print |
//! | the last name is gone | drop, at once |
//!
//! Methods are not registered: an object is asked for one where Rhai knows no
//! function of that name, so they cost no memory, and types that stand in no table
//! have theirs too.
//!
//! Rhai reads `object.name` as `object["name"]`. So a text is first a key, of a type
//! that has such keys, and then an attribute; [the functions](#functions-that-every-script-has)
//! above tell them apart.
//!
//! An object map with functions in it is an object of a script: a module calls
//! `stream.write(text)` as a script does, `this` being a copy of the map that the
//! module holds. With a function `next` it is an iterator, which is called until it
//! gives `()`. A range is like a list. The getters, indexers and functions that the embedder
//! registers for types of its own work.
//!
//! # Errors
//!
//! What a script catches is an object map:
//!
//! ```rhai
//! try { os.remove("/no"); } catch (e) {
//!     print(`${e.kind}: ${e.message} ${e.errno}`);   // OSError: entity not found 2
//!     print(`${e.source}.${e.function}`);            // os.remove
//! }
//! throw #{ kind: "ValueError", message: "…" };       // is a ValueError to native code
//! ```
//!
//! `errno`, `source` (the module) and `function` are there where they are known. An error of a
//! script passes through native code that called it and comes out as it was. What no
//! script may catch ends the script, whatever native code makes of it: a limit of
//! the engine, `exit`. [`Report`] shows an error that nobody caught.
//!
//! # Features
//!
//! - `std`: the clocks of the operating system where [`Options::clock`] gives none.
//!
//! # Limits
//!
//! - The engine is moved into the [`Interpreter`], since a module that calls back has
//!   to find it; its `on_missing_function` and its resolver are taken.
//! - Rhai's features `sync`, `only_i32`, `f32_float`, `no_float`, `no_index`,
//!   `no_object`, `no_function`, `no_module` and `unchecked` are not supported.
//! - Native code that calls back counts as the call level that it was called at, and
//!   no deeper than [`Engine::max_call_levels`](rhai::Engine::max_call_levels). What
//!   a callback does is not added to the operations of the script, as with `map` and
//!   `filter` of Rhai, but each is bound by the same maximum.
//! - Rhai itself runs out of stack where a script builds arrays within arrays: set
//!   [`Engine::set_max_array_size`](rhai::Engine::set_max_array_size) where scripts
//!   are not trusted, and on a small stack fewer call levels and expression depths.
//! - Rhai locks a variable that a closure captured while a method of it runs: then
//!   the closure has to use another variable with the same object.
//! - A method that an object has not is Rhai's `ErrorFunctionNotFound`, since Rhai
//!   tries functions as methods first: `objects.map(f)` is `object.f()` or `f(object)`.
//!   An attribute that is missing is an AttributeError.
//! - Rhai swallows an error of an iterator in a `for` without a body.
//! - Rhai's hashes have a seed that is drawn when it is compiled: `CONST_RANDOM_SEED`
//!   in the environment makes the image reproducible.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod context;
mod current;
mod error;
mod functions;
mod guest;
mod host;
mod install;
mod module;
mod names;
mod resolver;
mod state;

pub use context::Context;
pub use error::{Error, Raised, Report};
pub use host::{NativeFn, Rhai, Rom};
pub use install::{Clock, Interpreter, Options, install};
