//! A ready-made enroll host, for modules that run on any interpreter.
//!
//! A module author who does not choose an interpreter names the host
//! [`Portable`]. Entries of the table are [`Rom`] constants, functions are
//! ordinary Rust ([`function!`]):
//!
//! ```
//! use enroll_portable::prelude::*;
//!
//! enroll::register_module! {
//!     /// Sums.
//!     pub static SUMS: Module<Portable> = "sums" {
//!         "ZERO" => Rom::Int(0),
//!         "add" => Rom::Function(function!(add(a, b = 1))),
//!     }
//! }
//!
//! fn add(a: i64, b: i64) -> Result<i64, Error> {
//!     a.checked_add(b).ok_or(Error::new(Kind::OverflowError, "the sum is too large"))
//! }
//! ```
//!
//! A test calls the module by name, without a firmware (`testing`, with the
//! feature `alloc`):
//!
//! ```
//! # use enroll_portable::prelude::*;
//! # enroll::register_module! {
//! #     pub static SUMS: Module<Portable> = "sums" {
//! #         "add" => Rom::Function(function!(add(a, b = 1))),
//! #     }
//! # }
//! # fn add(a: i64, b: i64) -> Result<i64, Error> { Ok(a + b) }
//! use enroll_portable::testing::{Interp, args, named};
//!
//! let mut interp = Interp::of::<SUMS>()?;
//! assert_eq!(interp.call("sums.add", args![2])?, 3.into());
//! assert_eq!(interp.call_named("sums.add", args![2], named![b = 5])?, 7.into());
//! let error = interp.call("sums.add", args![1, "x"]).unwrap_err();
//! assert_eq!(
//!     error.to_string(),
//!     "TypeError: add() argument 2 ('b'): expected int, not str"
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What changes is kept by the interpreter, never in a Rust `static`: a hook or
//! function asks its context for words, slots or a state ([`Operate`]), and two
//! interpreters in one process share nothing:
//!
//! ```
//! use enroll_portable::prelude::*;
//!
//! fn count(cx: &mut Cx<'_, '_, Portable>) -> Result<u32, Error> {
//!     let words = cx.words(qstr!("calls"), 1)?; // zero at first
//!     words[0] += 1;
//!     Ok(words[0])
//! }
//! const COUNT: Rom = Rom::Function(function!(count));
//! ```
//!
//! A native type is a constant table of the slots it has (`Type`, with `alloc`).
//! An interpreter runs all of it once it implements [`Vm`] and
//! `enroll::Adopt<Portable>`; nothing here assumes a garbage collector,
//! unwinding or `std`.
//!
//! # Features
//!
//! Without features it needs no allocator: constants, functions of numbers,
//! text and bytes, and state that the interpreter keeps.
//!
//! - `alloc`: values made at run time, native types, messages made at run time,
//!   the test interpreter.
//! - `std`: implies `alloc`; an `io::Error` becomes an `OSError`.
#![no_std]
#![forbid(unsafe_code)]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod error;
mod function;
mod host;
#[cfg(feature = "alloc")]
mod keep;
mod operate;
mod rom;
#[cfg(feature = "alloc")]
pub mod testing;
#[cfg(feature = "alloc")]
pub mod types;
mod value;
mod vm;

pub use error::{Error, Kind};
pub use function::{Args, FromArgument, Function, IntoResult, IntoValue, Mismatch, Param};
pub use host::Portable;
#[cfg(feature = "alloc")]
pub use keep::{Keep, Lent};
pub use operate::Operate;
pub use rom::Rom;
#[cfg(feature = "alloc")]
pub use types::{Bound, Foreign, Object, Slot, Type};
pub use value::{Bytes, Dict, List, Str, Tuple, Value};
#[cfg(feature = "alloc")]
pub use vm::Shape;
pub use vm::{Style, Vm};

/// What a module crate uses.
pub mod prelude {
    #[cfg(feature = "alloc")]
    pub use crate::types::{Binary, Object, Slot, Type, Unary};
    pub use crate::{
        Args, Error, Function, Kind, Operate, Portable, Rom, Str, Style, Value, function,
    };
    pub use enroll::{Access, Claim, Cx, Qstr, extend_module, qstr, register_module};
}

/// What the expansion of macros refers to; no part of the API.
#[doc(hidden)]
pub mod __private {
    pub use crate::function::{
        Call, CallFn, Callable, Given, Omitted, Parameter, Spec, Unnamed, invoke, last_segment,
    };
}
