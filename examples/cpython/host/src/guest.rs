//! Portable modules in CPython.
//!
//! Which value becomes which is in the documentation of the crate.

pub(crate) mod adopt;
mod buffer;
pub(crate) mod call;
mod errors;
mod foreign;
mod vm;
