//! Portable modules in Lua.
//!
//! Which value becomes which is in the documentation of the crate.

mod adopt;
mod call;
mod foreign;
mod keep;
mod object;
mod types;
mod vm;

pub(crate) use keep::{Guests, Lent};
pub(crate) use object::{methods, register};
pub(crate) use types::Types;
