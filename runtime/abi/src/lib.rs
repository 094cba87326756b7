//! What enroll's macros, runtime and code generator must agree on.
#![no_std]
#![forbid(unsafe_code)]

#[cfg(feature = "alloc")]
extern crate alloc;

pub mod hash;
pub mod index;
#[cfg(feature = "alloc")]
pub mod layout;
mod place;
pub mod salt;

/// The version of everything two separately compiled crates must agree on.

pub const ABI: u32 = 1;

/// The longest name, in bytes of UTF-8.
pub const MAX_NAME: usize = 1024;

pub mod names;
pub mod symbol;
