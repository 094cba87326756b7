//! A firmware from a manifest: `cargo enroll build -f firmware.toml`.

mod base;
mod command;
mod config;
mod dependencies;
mod entry;
mod fetch;
mod layers;
mod lock;
mod manifest;
mod path;
mod project;
mod settings;
mod told;

pub(super) use command::{ASSEMBLE, BUILD, RUN, given, run, without_manifest};

use crate::emit;
use crate::error::{Diagnostic, Diagnostics, Kind};
use base::Base;
use lock::Lock;
use path::real;
use std::path::{Path, PathBuf};

/// A generated project.
struct Project {
    /// The folder of its workspace.
    folder: PathBuf,
    /// Its `Cargo.toml`.
    manifest: PathBuf,
    /// The folder of the user's manifest.
    home: PathBuf,
    /// As a person would name it: `station`, `station (small)`.
    title: String,
    /// The lock file.
    lock: Lock,
    /// The folder of the base's workspace.
    workspace: PathBuf,
}

/// Writes the project of a manifest, or of one of its variants. What has not
/// changed is not written again.
fn assemble(path: &Path, variant: Option<&str>, is_offline: bool) -> Result<Project, Diagnostics> {
    let mut told = Diagnostics::new();
    if !path.is_file() {
        let message = format!("there is no manifest {}", path.display());
        return Err(Diagnostic::new(Kind::Assembly, message)
            .help("-f names a file such as firmware.toml")
            .into());
    }
    let manifest = layers::load(path, variant, &mut told);
    let file = real(path);
    let home = file.parent().unwrap_or(Path::new("/")).to_path_buf();
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let name = manifest.name.as_ref().map_or(&*stem, |name| &name.value);
    let (folder, title) = match variant {
        Some(variant) => (format!("{name}-{variant}"), format!("{name} ({variant})")),
        None => (name.to_owned(), name.to_owned()),
    };
    let package = folder;
    let folder = home.join("target").join("enroll").join(&package);
    let package = folder.join(package);
    let Some(entry) = &manifest.base else {
        if !told.has_errors() {
            let message = format!("{} does not say which firmware is its base", path.display());
            let help = "write [firmware], and below it `base = { path = \"../firmware\" }`";
            told.push(Diagnostic::new(Kind::Assembly, message).help(help));
        }
        return Err(told);
    };
    let base = match Base::find(entry, &home, &folder, &manifest.patch, is_offline) {
        Ok(base) => base,
        Err(error) => {
            told.push(error);
            return Err(told);
        }
    };
    let text = project::text(&manifest, &base, &package, &mut told);
    if told.has_errors() {
        return Err(told);
    }
    std::fs::create_dir_all(&package).map_err(|cause| {
        let message = format!("could not make the folder {}", package.display());
        Diagnostic::new(Kind::Unwritable, message).cause(cause)
    })?;
    emit::write(&folder.join("Cargo.toml"), &text.workspace)?;
    emit::write(&package.join("Cargo.toml"), &text.package)?;
    Ok(Project {
        lock: Lock::new(&file, variant, &folder),
        folder,
        manifest: package.join("Cargo.toml"),
        home,
        title,
        workspace: base.workspace,
    })
}
