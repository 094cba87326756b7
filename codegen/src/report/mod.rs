//! Stage six: what a person, or a program, reads about a build.
//!
//! The build script writes it beside the generated file; `cargo enroll` reads
//! it there, so what it says is what was built.

mod files;
mod json;

pub use json::{FILE, FORMAT, json};
