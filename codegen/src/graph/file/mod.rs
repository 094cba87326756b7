//! The graph as a file, for builds that Cargo does not run.
//!
//! One JSON object. `cargo enroll graph` writes it; a tool that knows the crates
//! of a build by itself (Bazel, Buck, a Nix expression) can write it just as
//! well. Folders are relative to the folder of the file.
//!
//! | key | what | without it |
//! |---|---|---|
//! | `format` | 1 | an error |
//! | `firmware` | the firmware's package, as in `dependencies` | an error |
//! | `workspace` | where relative folders of the settings begin | the file's folder |
//! | `cfgs` | the lines of `rustc --print cfg` for the target | none |
//! | `packages` | the firmware and every package that leads to `enroll` | an error |
//! | `elsewhere` | packages that only a wider build has | none |
//!
//! And of a package:
//!
//! | key | what | without it |
//! |---|---|---|
//! | `name`, `version` | as the compiler gets them, in `CARGO_PKG_NAME` and `CARGO_PKG_VERSION`: they are part of every symbol | an error |
//! | `dir` | its folder | an error |
//! | `manifest` | its manifest, from that folder; it is not read | `Cargo.toml` |
//! | `root` | the root file of its crate, from that folder | `src/lib.rs` |
//! | `crate_name` | the crate's name in Rust | the package's, with underscores |
//! | `edition` | of the crate | `2024` |
//! | `features` | those it is compiled with | none |
//! | `dependencies` | a list of `{ package, name, optional }`: a package of this file, as `name` or `name version`, and what this one's code calls it | none |
//! | `enroll` | the names by which its code knows the runtime | none |
//! | `build_script` | whether one sets cfgs for it | `false` |
//! | `proc_macro` | whether it is a procedural macro | `false` |
//! | `local` | whether its files may change | `true` |
//! | `origin` | `path`, `registry` or `git` | `path` |
//! | `declared` | every dependency that its code could name | those of `dependencies` |
//! | `names` | names that its macros hide, texts or `{ name, file, line, column, width }` | nothing is said |
//! | `macros` | its wrappers of enroll's macros, `{ native: "register_module" }` | none |
//! | `other_targets` | its other root files, `{ kind, name, root }` | none |
//! | `with_dev`, `in_workspace` | its features in the wider builds, `"absent"` or `"unknown"` | those of `features` |
//!
//! A key that is not in the tables is an error. (`user_modules` is written for
//! `cargo enroll` alone: what a builder is told counts.)

mod item;
mod read;
mod spot;
mod write;

#[cfg(feature = "cli")]
pub(crate) use read::parse;
pub use read::read;
pub use write::json;

/// The format that is written and read.
pub const FORMAT: u64 = 1;
