//! The module `os` and its submodule `os.path`.
//!
//! Paths are those of POSIX on every machine, as on MicroPython: `/` separates,
//! whatever the system below. `os` is extensible: a file `os.py` overrides it.
//!
//! # Features
//!
//! - `std`: the environment, files and folders, and the parts of `os.path` that
//!   ask for them.
#![no_std]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

#[cfg(feature = "std")]
mod files;
mod path;

pub use path::OS_PATH;

use enroll_portable::prelude::*;

enroll::register_module! {
    /// The operating system.
    pub static OS: Module<Portable> = "os" {
        "name" => Rom::Str("posix"),
        "sep" => Rom::Str("/"),
        "linesep" => Rom::Str("\n"),
        "curdir" => Rom::Str("."),
        "pardir" => Rom::Str(".."),
        #[cfg(feature = "std")]
        "getenv" => Rom::Function(function!(files::getenv(key, default = Value::None))),
        #[cfg(feature = "std")]
        "getcwd" => Rom::Function(function!(files::getcwd())),
        #[cfg(feature = "std")]
        "listdir" => Rom::Function(function!(files::listdir(path = "."))),
        #[cfg(feature = "std")]
        "mkdir" => Rom::Function(function!(files::mkdir(path))),
        #[cfg(feature = "std")]
        "remove" => Rom::Function(function!(files::remove(path))),
        #[cfg(feature = "std")]
        "rename" => Rom::Function(function!(files::rename(src, dst))),
        #[cfg(feature = "std")]
        "rmdir" => Rom::Function(function!(files::rmdir(path))),
    }
    class: extensible,
    requires: ["alloc"],
}
