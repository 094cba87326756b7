//! What enroll's macros, runtime and code generator must agree on.
#![no_std]
#![forbid(unsafe_code)]

/// The version of everything two separately compiled crates must agree on.
pub const ABI: u32 = 1;

/// The longest name, in bytes of UTF-8.
pub const MAX_NAME: usize = 1024;
