//! A ready-made enroll host for modules that run on any interpreter.
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
//! A module names the host [`Portable`]; the entries of its table are
//! [`Rom`] constants, its functions ordinary Rust ([`function!`]), its types
//! constant tables of slots ([`Type`]). An interpreter that implements [`Vm`]
//! and `enroll::Adopt<Portable>` runs it.
//!
//! # Features
//!
//! Without features it needs no allocator: constants, functions of numbers,
//! text and bytes, and state that the interpreter keeps.
//!
//! - `alloc`: values made at run time, native types, messages made at run time.
//! - `std`: implies `alloc`.
#![no_std]
#![forbid(unsafe_code)]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod error;
mod function;
mod host;
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
pub use operate::Operate;
pub use rom::Rom;
#[cfg(feature = "alloc")]
pub use types::{Bound, Foreign, Object, Slot, Type};
pub use value::{Bytes, Dict, List, Str, Tuple, Value};
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
