//! The lock file that the user keeps.

use crate::emit;
use crate::error::{Diagnostic, Kind};
use std::path::{Path, PathBuf};

/// A lock file beside the manifest, and the one that Cargo reads and writes.
pub(super) struct Lock {
    /// The user's.
    pub(super) kept: PathBuf,
    /// In the generated project.
    working: PathBuf,
}

impl Lock {
    /// The lock file of a manifest, or of one of its variants:
    /// `firmware.lock`, `firmware.small.lock`.
    pub(super) fn new(manifest: &Path, variant: Option<&str>, project: &Path) -> Lock {
        let stem = manifest.file_stem().unwrap_or_default().to_string_lossy();
        let name = match variant {
            Some(variant) => format!("{stem}.{variant}.lock"),
            None => format!("{stem}.lock"),
        };
        Lock {
            kept: manifest.with_file_name(name),
            working: project.join("Cargo.lock"),
        }
    }

    /// Gives Cargo the user's lock file; where there is none, that of the
    /// base's workspace, so that the versions are those the base was tested
    /// with. Returns what was given.
    pub(super) fn give(&self, base: &Path) -> Result<Option<String>, Diagnostic> {
        let from = [self.kept.clone(), base.join("Cargo.lock")];
        let Some(from) = from.iter().find(|path| path.is_file()) else {
            if self.working.is_file() {
                // The user has removed his.
                std::fs::remove_file(&self.working)
                    .map_err(|cause| failed(&self.working, &cause))?;
            }
            return Ok(None);
        };
        let text = read(from)?;
        emit::write(&self.working, &text)?;
        Ok(Some(text))
    }

    /// Takes back what Cargo made of it. Where Cargo failed before it looked at
    /// `given`, there is nothing to take.
    pub(super) fn take(&self, given: &Option<String>, succeeded: bool) -> Result<(), Diagnostic> {
        if !self.working.is_file() {
            return Ok(());
        }
        let text = read(&self.working)?;
        if succeeded || given.as_ref() != Some(&text) {
            emit::write(&self.kept, &text)?;
        }
        Ok(())
    }
}

fn read(path: &Path) -> Result<String, Diagnostic> {
    std::fs::read_to_string(path).map_err(|cause| failed(path, &cause))
}

fn failed(path: &Path, cause: &std::io::Error) -> Diagnostic {
    let message = format!("could not read {}", path.display());
    Diagnostic::new(Kind::Assembly, message).cause(cause)
}
