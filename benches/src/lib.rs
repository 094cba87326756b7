//! What the measurements share: real identifiers, other hashes, other layouts.
//!
//! `README.md` beside this crate holds the tables and says how to repeat them.

pub mod hashes;
pub mod identifiers;
pub mod imports;
pub mod layouts;
