//! What is asked: which package, for which target, with which features.

use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::source::cfg::CfgSet;
use std::collections::BTreeSet;
use std::env::VarError;
use std::ffi::OsString;
use std::path::PathBuf;

/// A question about one build of one firmware.
#[derive(Clone, Debug)]
pub struct Request {
    /// The folder of the firmware's manifest, and where Cargo runs.
    pub manifest_dir: PathBuf,
    /// The firmware's package name.
    pub name: String,
    /// The firmware's version.
    pub version: String,
    /// The binary that is the firmware, for a package without a library and
    /// with several binaries.
    pub bin: Option<String>,
    /// The target triple, or the file name of a target specification without
    /// `.json`, as Cargo's `TARGET` has it.
    pub target: String,
    /// The specification of a target that the compiler does not know. Cargo
    /// does not tell a build script where it is; without it, the folders from
    /// the package up to its workspace are searched.
    pub target_spec: Option<PathBuf>,
    /// The firmware's own features in this build, all of them.
    pub features: BTreeSet<String>,
    /// The cfgs of the target.
    pub cfgs: CfgSet,
    /// The Cargo to ask.
    pub cargo: PathBuf,
    /// Variables set for Cargo beside the ones of this process.
    pub env: Vec<(OsString, OsString)>,
}

impl Request {
    /// The build that this build script belongs to.
    ///
    /// # Errors
    ///
    /// [`Kind::NotABuildScript`] if a variable that Cargo sets for a build
    /// script is missing or is not UTF-8.
    pub fn from_build_script() -> Result<Request, Diagnostics> {
        let mut errors = Diagnostics::new();
        let mut text = |name: &str| match std::env::var(name) {
            Ok(value) => value,
            Err(cause) => {
                errors.push(missing(name, &cause));
                String::new()
            }
        };
        let name = text("CARGO_PKG_NAME");
        let version = text("CARGO_PKG_VERSION");
        let target = text("TARGET");
        let manifest_dir = PathBuf::from(text("CARGO_MANIFEST_DIR"));
        let cargo = PathBuf::from(text("CARGO"));
        // Absent in a package without features.
        let features = std::env::var("CARGO_CFG_FEATURE").unwrap_or_default();
        if errors.has_errors() {
            return Err(errors);
        }
        // `std::env::vars` panics where a variable is not UTF-8; none of
        // Cargo's can be.
        let variables = std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        });
        Ok(Request {
            manifest_dir,
            name,
            version,
            bin: None,
            target,
            target_spec: None,
            features: features
                .split(',')
                .filter(|feature| !feature.is_empty())
                .map(str::to_owned)
                .collect(),
            cfgs: CfgSet::from_env(variables),
            cargo,
            env: Vec::new(),
        })
    }
}

fn missing(name: &str, cause: &VarError) -> Diagnostic {
    let told = Diagnostic::new(
        Kind::NotABuildScript,
        format!("Cargo's variable {name} cannot be read"),
    );
    let help = match cause {
        VarError::NotPresent => {
            "call this from `build.rs`: Cargo sets the variable for build scripts only"
        }
        VarError::NotUnicode(_) => "move the package to a folder whose path is UTF-8",
    };
    told.help(help).cause(cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_not_utf_8_is_not_taken_for_a_missing_variable() {
        let told = missing("CARGO_MANIFEST_DIR", &VarError::NotUnicode("x".into()));
        assert_eq!(
            told.help,
            ["move the package to a folder whose path is UTF-8"]
        );
        let told = missing("TARGET", &VarError::NotPresent);
        assert!(told.help[0].starts_with("call this from `build.rs`"));
    }
}
