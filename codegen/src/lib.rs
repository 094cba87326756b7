//! Finds the native modules of a firmware at build time and generates its tables.

pub mod error;
pub mod graph;
pub mod place;
pub mod source;
