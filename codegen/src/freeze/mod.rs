//! Scripts and packages that the build puts into the image.
//!
//! A stage beside the sources: it reads no Rust. Folders become a [`FrozenSet`],
//! which is what every back end writes, into the firmware or into an image of
//! its own.

mod collect;
mod hook;
mod options;
mod path;
mod set;
mod words;

pub use collect::{Collected, collect};
pub use hook::{CompileError, Compiled, Source, Word};
pub use options::Freeze;
pub use set::{DataFile, FrozenModule, FrozenSet};
