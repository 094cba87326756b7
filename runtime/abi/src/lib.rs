//! What enroll's macros, runtime and code generator must agree on.
#![no_std]
#![forbid(unsafe_code)]

#[cfg(feature = "alloc")]
extern crate alloc;

pub mod hash;
#[cfg(feature = "image")]
pub mod image;
pub mod index;
#[cfg(feature = "alloc")]
pub mod layout;
pub mod names;
mod place;
pub mod salt;
pub mod symbol;

/// The version of everything two separately compiled crates must agree on.
pub const ABI: u32 = 1;

/// The longest name, in bytes of UTF-8.
pub const MAX_NAME: usize = 1024;
