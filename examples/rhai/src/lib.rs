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
