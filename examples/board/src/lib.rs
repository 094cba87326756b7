//! What every firmware for this board has: `random`, and with `alloc`
//! `collections`. A firmware names this crate alone.
//!
//! A crate that no code names is not linked, wherever it stands in Cargo.toml.
//! So a crate in between, which calls nothing of the modules it brings, names
//! them once.
#![no_std]

#[cfg(feature = "alloc")]
extern crate collections_module as _;
extern crate random_module as _;
