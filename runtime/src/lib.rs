//! Native modules for embedded interpreters.
#![no_std]

mod pool;
mod qstr;

pub use pool::{Offsets, Pool};
pub use qstr::Qstr;

/// What the expansion of macros refers to; no part of the API.
#[doc(hidden)]
pub mod __private {
    pub use crate::qstr::{Q, build_salt, id};
    pub use enroll_abi;
}
