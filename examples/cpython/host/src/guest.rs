//! Portable modules in CPython.
//!
//! Which value becomes which is in the documentation of the crate.

pub(crate) mod adopt;
pub(crate) mod call;
mod errors;
mod foreign;
mod vm;
