//! Rhai scripts over modules of this host, in real engines.

mod custom;
mod limits;
mod modules;
// The portable modules that the tests of the Lua host run too.
#[path = "../../../lua/tests/it/portable.rs"]
mod portable;
mod scripts;
mod states;
