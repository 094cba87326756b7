//! Finds the native modules of a firmware at build time and generates its
//! tables.
//!
//! A firmware calls it from the `main` of its `build.rs`:
//!
//! ```no_run
//! enroll_codegen::Builder::new("vm::Vm").run();
//! ```
//!
//! Every crate of the build that can register a module is asked: Cargo says
//! which these are, their sources say what they declare. What comes out is one
//! Rust file with the table of modules and the pool of names.
//!
//! It is a pipeline, a folder a stage, plain data in between:
//!
//! | stage | question |
//! |---|---|
//! | [`graph`] | which crates, with which features, for which target |
//! | [`source`] | which files of them, under which `cfg` |
//! | [`extract`] | registrations, extensions, names, with places |
//! | [`freeze`] | scripts and packages for the image |
//! | [`plan`] | merged, without conflicts, in order, laid out |
//! | [`emit`] | as Rust |
//! | [`report`] | as a person or program reads it |
//!
//! [`error`] collects what is wrong over all of them.

mod builder;
#[cfg(feature = "cli")]
pub mod cli;
pub mod emit;
pub mod error;
mod examine;
pub mod extract;
pub mod freeze;
pub mod graph;
mod near;
pub mod place;
pub mod plan;
pub mod report;
mod rerun;
pub mod script;
pub mod settings;
pub mod source;

pub use builder::{Build, Builder};
pub use enroll_syntax::Class;
pub use freeze::{CompileError, Compiled, Freeze, Source, Word};
