//! `cargo enroll plan`: the plan itself, to keep or to compare later.

use super::cargo;
use super::options::Options;
use super::recorded;
use std::ffi::OsString;

/// What `cargo enroll plan --help` prints.
pub(super) const HELP: &str = "\
Print the plan of a firmware as JSON, for programs and for `diff`

Usage: cargo enroll plan [ARGS]

ARGS are those of `cargo build`, and select one firmware (-p). The build script
writes the same text to its OUT_DIR as enroll_plan.json. It depends on the
sources alone: no path of the machine and no time is in it.
";

/// Builds with these arguments of `cargo build`, and returns the plan of the one
/// firmware of the build.
///
/// # Errors
///
/// Why there is no plan, or that there are several: the text to show.
pub fn plan(args: &[OsString]) -> Result<String, String> {
    let options = Options::of(args, &["--json"], &[])?;
    let built = cargo::build(&options.cargo)?;
    let value = recorded::value(&built.only()?)?;
    Ok(format!("{value:#}\n"))
}
