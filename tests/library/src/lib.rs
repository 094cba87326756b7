//! Scripts that use the modules of `examples/modules`, the same on every host.
//!
//! A case is a program in a subset of Python ([`language`]). CPython runs it as it
//! stands, with enroll's modules and, where the API is the same, with its own; for
//! Lua and Rhai it is translated ([`lua`], [`rhai`]). Each value that it shows has to
//! be the same everywhere ([`outcome`]), and is in an `.out` file beside it.
//! `README.md` has the subset and what a host cannot say.

pub mod case;
pub mod compare;
pub mod host;
pub mod language;
pub mod lua;
pub mod outcome;
pub mod programs;
pub mod rhai;
pub mod suite;
mod translate;
