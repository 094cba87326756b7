//! CPython as a host of enroll.
//!
//! Native modules that any crate of a program declares are what `import` finds;
//! their attributes, hooks, functions and types work as a Python programmer
//! expects. CPython comes with `pyo3`, and does the importing itself: this crate
//! gives it two finders, loaders, module objects and classes.
//!
//! ```
//! use enroll_cpython::{CPython, Rom};
//! use pyo3::prelude::*;
//!
//! enroll::register_module! {
//!     /// Standard system error codes.
//!     pub static ERRNO: Module<CPython> = "errno" {
//!         "EPERM" => Rom::Int(1),
//!         "ENOENT" => Rom::Int(2),
//!     }
//!     aliases: ["uerrno"],
//! }
//!
//! # use enroll::{Adapter, testing::Kit};
//! # static ADAPTERS: &[Adapter<CPython>] = &[Adapter::of::<CPython>()];
//! # let builtins = Kit::new().declared::<ERRNO>().build(ADAPTERS)?;
//! // `builtins` is the table that build.rs wrote.
//! Python::attach(|py| -> PyResult<()> {
//!     let modules = enroll_cpython::install(py, builtins)?;
//!     py.run(c"
//! import enroll.errno
//! import uerrno
//! assert enroll.errno.ENOENT == 2 and uerrno is enroll.errno
//! import errno
//! assert errno is not uerrno # CPython's own
//! ", None, None)?;
//!     Ok(modules.shutdown(py)?)
//! })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What a module is in Python
//!
//! | in Python | what happens |
//! |---|---|
//! | `import enroll.errno`, `from enroll import errno`, `enroll.errno` | the module, in the package that reaches all of them; its `init` runs once per interpreter |
//! | `import machine` | the same object, where CPython has no module of that name |
//! | `import settings`, an extensible module | a file takes its place, except in the package |
//! | `import enroll.os.path`, `enroll.os.path` | a builtin submodule; `enroll.os.__path__` is a list, empty at first |
//! | `import enroll.usys` | an alias gives the same object |
//! | `errno.EPERM` | constant; kept after the first load, so the next one does not leave CPython |
//! | `sys.ps1`, `sys.ps1 = "> "`, `del sys.ps1` | load, store and delete through the module's hooks; then PEP 562 |
//! | `errno.EPERM = 5` | `AttributeError`: a constant never changes |
//! | `vars(errno)` | a view of the constants, which cannot be changed |
//! | `dir(errno)`, `help(errno)`, `errno.__doc__` | everything it has; no hook that loads is called |
//! | `errno.__spec__`, `importlib.util.find_spec("enroll.errno")` | a `ModuleSpec` of origin `enroll` |
//! | `importlib.reload(errno)` | the same object; `init` is not run again |
//! | `importlib.util.LazyLoader` | as for a module in a file |
//! | `enroll.unload("errno")` | out of `sys.modules` under every name; `deinit` |
//! | `enroll.modules()`, `enroll.is_builtin("errno")` | the registered names; 1, -1 or 0 as CPython 3.2's `imp` |
//!
//! **Names.** CPython needs its own `errno`, `os`, `sys` and `random`, so a module
//! of such a name never takes their place: what `sys.stdlib_module_names` lists is
//! found in the package alone. [`install_as`] gives the package another name.
//!
//! The module's own name is `enroll.errno`, not the registered `errno`: CPython
//! completes `from m import x` by `m.__name__`, and would give
//! `from enroll.os import path` its own `os.path` where this `os` had none.
//!
//! # Portable modules
//!
//! Modules of the host [`enroll_portable::Portable`] work in the same way; a
//! program lists both hosts.
//!
//! | portable | in Python |
//! |---|---|
//! | `None`, `bool`, `int`, `float`, `str`, `bytes`, `tuple` | the same; an int of more than 64 bits is foreign |
//! | `list`, `dict` made at run time | a new list or dict |
//! | a list or dict that the module keeps | an object like a list or dict (`MutableSequence`, `MutableMapping`), so that script and module change the same one |
//! | the same in read-only memory | such an object, which cannot be changed |
//! | function | a callable with `__name__`, `__signature__`; pickled by name |
//! | module, type | the module, the class |
//! | object | an instance, one as long as it lives |
//! | a foreign buffer | `bytearray`, `array.array`, `memoryview`, `mmap`, …: what is `bytes` for Python is read, and changed if it is writable and in one piece. The module has a copy meanwhile, which is copied back |
//! | foreign | the very Python object: lists, dicts, instances of any other class, subclasses of `int` and `str` included |
//! | an error | the exception of its kind, with a note (PEP 678) that tells the function; `OSError` as its subclass (PEP 3151). One that a script raised passes through as it is |
//!
//! | of an object | slot |
//! |---|---|
//! | `Type(…)`: `__new__`, also of a subclass that a script makes | construct |
//! | methods, unbound or bound; `object.name`, `object.name = value`, `del object.name` | methods, attribute |
//! | `object[key]`, `object[key] = value`, `del object[key]` | subscript |
//! | `len`, `iter`, `next`, `in` | length, iterate, next, binary (else iterate) |
//! | `object(…)` | call |
//! | `-a`, `abs(a)`, `int(a)`, `bool(a)`, … | unary |
//! | `a + b` and `1 + b`, `a < b`, … | binary; where it has no answer, Python asks the other operand |
//! | `a == b`, `hash(a)` | equality, hash; without one, as in Python |
//! | `str(a)`, `repr(a)` | print |
//! | `bytes(a)` | buffer: a copy |
//! | `with object:` | the method `close`, if there is one |
//! | the last reference is gone | drop |
//!
//! # Limits
//!
//! - Modules answer in the thread that installed them; in another one, they
//!   raise `RuntimeError`. What portable modules keep is counted without atomics.
//! - A sub-interpreter has no modules: `pyo3` serves the main one alone.
//! - A native object that equals a Python one need not have its hash: a native
//!   named tuple equals a tuple and is another key of a dictionary.
//! - CPython's garbage collector sees through native objects, but for those that
//!   several others refer to; a circle of native objects alone is not freed.
//! - To lend memory to Python needs `unsafe`, so `memoryview(object)` does not work;
//!   `bytes(object)` does.
//! - A native function that reads or changes a buffer of Python's works on a copy.
//!   A native object, an array of `enroll.array` say, lends its own memory.
//! - A native type constructs in `__new__`, as `tuple` does, so a subclass with
//!   other arguments has a `__new__`. A module is handed its instances as foreign
//!   values.
//! - `types.ModuleType.__setattr__(module, …)` goes past the hooks, into the real
//!   dictionary.
//! - Native calls may be 100 deep, through scripts, before they raise
//!   `RecursionError`.
//! - CPython 3.10 or later.
#![forbid(unsafe_code)]

mod arguments;
mod context;
mod error;
mod finder;
mod guest;
mod host;
mod import;
mod install;
mod key;
mod loader;
mod module;
mod names;
mod native;
mod object;
mod package;
mod prelude;
mod signature;
mod state;
mod unload;

pub use arguments::Arguments;
pub use context::Context;
pub use error::Error;
pub use host::{CPython, Make, NativeFn, Rom};
pub use install::{Modules, PACKAGE, install, install_as};
