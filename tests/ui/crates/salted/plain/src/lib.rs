//! A crate without names.
