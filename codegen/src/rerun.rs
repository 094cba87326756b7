//! Tells Cargo when the build script has to run again.

use crate::builder::Build;
use crate::source::folders;
use enroll_abi::salt;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Prints Cargo's directives: exactly what the answer depends on.
///
/// Without any, Cargo would run the script whenever a file of the firmware
/// changes, and never when one of a dependency does.
pub(crate) fn tell(build: &Build) {
    let mut files: BTreeSet<PathBuf> = build.graph.inputs.files.clone();
    files.extend(build.inputs.files.iter().cloned());
    files.extend(build.inputs.folders());
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
    }
    for variable in &build.graph.inputs.env {
        println!("cargo::rerun-if-env-changed={variable}");
    }
    for variable in [salt::VARIABLE, folders::VARIABLE] {
        println!("cargo::rerun-if-env-changed={variable}");
    }
    let firmware = &build.graph.packages[build.graph.firmware];
    if let Some(base) = &firmware.metadata.settings.base {
        // A linker runs in the folder of the workspace, where the base has its
        // `memory.x`: an assembled one finds it by this.
        println!("cargo::rustc-link-search={}", base.package.display());
        println!("cargo::rustc-link-search={}", base.workspace.display());
    }
    for warning in build.warnings.sorted() {
        println!("cargo::warning={}", warning.one_line());
    }
}
