//! What holds for real crates: workspaces copied from `fixtures/` into folders of
//! their own, compiled by Cargo, run, and their symbols read.

mod cfg;
mod copies;
mod lints;
mod lone;
mod salt;
mod symbols;
mod workspace;
mod wrapped;
