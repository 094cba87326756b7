//! An interpreter without a language, for tests of the importer: its scripts
//! are lists of [`Statement`]s, its files lie in memory, its native modules do
//! what a [`World`] tells them, and everything that happens is written down.
//!
//! `tests/model` compares the importer with a reference model on random
//! sequences of operations; `tests/threads` imports from eight threads at once.

mod files;
mod host;
mod natives;
mod program;
mod world;

pub use files::{Files, Which};
pub use host::{Error, Scripted, Shared, State, Value, Vm};
pub use natives::{PLUGIN, builtins};
pub use world::{Action, File, Function, Statement, World};
