//! From a declaration in a crate to a firmware that runs: fixture workspaces,
//! built by the real Cargo.
//!
//! A fixture has a target folder of its own, so the tests run side by side and
//! cannot see each other's artifacts; what no fixture changes is compiled once
//! (`seed`).

#[cfg(unix)]
mod browser;
mod built;
mod expect;
mod project;
mod seed;

mod assemble;
mod cfgs;
mod check;
mod choice;
mod commands;
mod crates;
mod errors;
mod folders;
mod folders_edges;
mod folders_firmwares;
mod frozen;
mod graph_file;
mod hosts;
mod link;
mod names;
mod output;
mod page;
mod page_firmware;
mod rebuild;
mod silent;
mod sizes;
mod sources;
mod why;
