//! The build script's own run, so that it can be repeated.
//!
//! A firmware's settings are code: closures, conditions, other crates. Only
//! the script itself knows them, so `cargo enroll check` and `why` do not read
//! `build.rs`: they start the very program that Cargo compiled from it, in the
//! environment that Cargo gave it. What that was is the `record`, written before
//! anything can fail. A program that finds [`VARIABLE`] set writes nothing for
//! the compiler and tells everything it found out to the file of that name: the
//! `answer`.

mod answer;
mod record;

pub(crate) use answer::answer;
#[cfg(feature = "cli")]
pub(crate) use record::is_of_cargo;
pub(crate) use record::record;

use std::path::PathBuf;

/// The variable that asks a build script for an answer: the file to write.
pub const VARIABLE: &str = "ENROLL_ANSWER";

/// The variable that names a file with the answer of `cargo metadata
/// --no-deps`, for a script that is asked: it need not ask the same again.
pub const METADATA: &str = "ENROLL_METADATA";

/// The variable that names the folder which Cargo gave to the script: the one
/// that it has when it is asked is another.
pub const OUT: &str = "ENROLL_OUT_DIR";

/// The name of the record in `OUT_DIR`.
pub const FILE: &str = "enroll_script.json";

/// The format of record and answer. It changes with the meaning of either.
pub const FORMAT: u64 = 1;

/// The folder that a build writes to.
pub(crate) fn out() -> Option<PathBuf> {
    std::env::var_os(OUT).map(PathBuf::from)
}

/// What Cargo says about the members of the workspace, if whoever asks has
/// asked for it already.
pub(crate) fn members() -> Option<String> {
    asked()?;
    std::fs::read_to_string(std::env::var_os(METADATA)?).ok()
}

/// The file that the answer goes to, if one is asked for.
pub(crate) fn asked() -> Option<PathBuf> {
    std::env::var_os(VARIABLE)
        .filter(|file| !file.is_empty())
        .map(PathBuf::from)
}
