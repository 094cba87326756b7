//! Folders of sources that are compiled into the firmware as modules of its
//! own crate, as MicroPython's `USER_C_MODULES` does for C.

use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::place::Place;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

/// The variable that names parent folders, split as the system's `PATH` is.
pub const VARIABLE: &str = "USER_MODULES";

/// What a crate of Cargo's needs instead.
const MANIFEST_HELP: &str = "a crate is added by a manifest: list it under [modules] of a \
     firmware.toml, and `cargo enroll build -f firmware.toml`; or make it a dependency";

/// A folder whose root file becomes a module of the firmware's crate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Folder {
    /// The name of the Rust module: the folder's, with underscores.
    pub name: String,
    /// The folder that was named.
    pub parent: PathBuf,
    /// The folder itself.
    pub dir: PathBuf,
    /// Its `mod.rs` or `lib.rs`.
    pub root: PathBuf,
}

/// A parent folder and who named it, for errors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parent {
    /// As it was named; relative to the workspace.
    pub path: PathBuf,
    /// `USER_MODULES`, the builder's call, or the key of a manifest.
    pub by: String,
}

/// The parents that a value of [`VARIABLE`] names. Empty components say
/// nothing.
pub fn split(value: &OsStr) -> Vec<Parent> {
    std::env::split_paths(value)
        .filter(|path| !path.as_os_str().is_empty())
        .map(|path| Parent {
            path,
            by: VARIABLE.to_owned(),
        })
        .collect()
}

/// The folders below all parents, sorted by the names of their modules, and
/// the parents that exist.
///
/// Reads the list of each parent and of each folder in it. What cannot be a
/// module goes to `told`.
pub fn find(
    parents: &[Parent],
    workspace: &Path,
    told: &mut Diagnostics,
) -> (Vec<Folder>, Vec<PathBuf>) {
    let mut known = BTreeSet::new();
    let mut watched = Vec::new();
    let mut folders = Vec::new();
    for parent in parents {
        let path = workspace.join(&parent.path);
        let real = match path.canonicalize() {
            Ok(real) if real.is_dir() => real,
            Ok(_) => {
                told.push(no_folder(parent, &path, None));
                continue;
            }
            Err(cause) => {
                told.push(no_folder(parent, &path, Some(cause)));
                continue;
            }
        };
        // Named twice is named once.
        if !known.insert(real) {
            continue;
        }
        if let Some(root) = roots(&path).first() {
            told.push(module_itself(parent, root));
            continue;
        }
        match below(&path, told) {
            Ok(found) => folders.extend(found),
            Err(cause) => told.push(no_folder(parent, &path, Some(cause))),
        }
        watched.push(path);
    }
    folders.sort();
    twins(&mut folders, told);
    (folders, watched)
}

/// The folders of one parent.
fn below(parent: &Path, told: &mut Diagnostics) -> io::Result<Vec<Folder>> {
    let mut dirs = Vec::new();
    for entry in std::fs::read_dir(parent)? {
        let entry = entry?;
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        let path = entry.path();
        // Through a link, too.
        if !is_hidden && path.is_dir() {
            dirs.push(path);
        }
    }
    // The order of a folder is the file system's.
    dirs.sort();
    let mut folders = Vec::new();
    for dir in dirs {
        match folder(parent, &dir) {
            Ok(folder) => folders.extend(folder),
            Err(diagnostic) => told.push(*diagnostic),
        }
    }
    Ok(folders)
}

/// One folder, if it is a module.
fn folder(parent: &Path, dir: &Path) -> Result<Option<Folder>, Box<Diagnostic>> {
    let told = |message: String| Diagnostic::new(Kind::UserModule, message);
    let manifest = dir.join("Cargo.toml");
    if manifest.exists() {
        let message = format!(
            "the user module `{}` is a crate of its own: it has a Cargo.toml",
            shown(dir)
        );
        let told = told(message).at(Place::file(manifest), "");
        return Err(Box::new(told.help(MANIFEST_HELP)));
    }
    let root = match &*roots(dir) {
        [] => {
            return match sources(dir) {
                None => Ok(None),
                Some(source) => {
                    let message = format!("the user module `{}` has no root file", shown(dir));
                    let told = told(message).at(Place::file(source), "a source beside it");
                    Err(Box::new(told.help("add a mod.rs or a lib.rs")))
                }
            };
        }
        [root] => root.clone(),
        [first, second, ..] => {
            let message = format!("the user module `{}` has two root files", shown(dir));
            let told = told(message)
                .at(Place::file(first), "one")
                .at(Place::file(second), "the other");
            return Err(Box::new(told.help("keep one of them")));
        }
    };
    let name = shown(dir).replace('-', "_");
    if syn::parse_str::<syn::Ident>(&name).is_err() {
        let message = format!(
            "the folder `{}` cannot be a user module: `{name}` is no name of a Rust module",
            shown(dir)
        );
        let told = told(message).at(Place::file(root), "");
        return Err(Box::new(told.help("rename the folder")));
    }
    Ok(Some(Folder {
        name,
        parent: parent.to_path_buf(),
        dir: dir.to_path_buf(),
        root,
    }))
}

/// The root files of a folder.
fn roots(dir: &Path) -> Vec<PathBuf> {
    let names = ["lib.rs", "mod.rs"].into_iter();
    names
        .map(|name| dir.join(name))
        .filter(|file| file.is_file())
        .collect()
}

/// The first source in a folder without a root file.
fn sources(dir: &Path) -> Option<PathBuf> {
    let entries = std::fs::read_dir(dir).ok()?.flatten();
    let files = entries.map(|entry| entry.path());
    files
        .filter(|file| file.extension() == Some(OsStr::new("rs")))
        .min()
}

/// Two folders of one name cannot both be modules of one crate.
fn twins(folders: &mut Vec<Folder>, told: &mut Diagnostics) {
    let mut first: BTreeMap<String, PathBuf> = BTreeMap::new();
    folders.retain(|folder| {
        let Some(other) = first.get(&folder.name) else {
            first.insert(folder.name.clone(), folder.root.clone());
            return true;
        };
        let message = format!(
            "two user modules would be the Rust module `{}`",
            folder.name
        );
        told.push(
            Diagnostic::new(Kind::UserModule, message)
                .at(Place::file(&folder.root), "one")
                .at(Place::file(other), "the other")
                .help("rename one of the folders: the name that scripts import is another one"),
        );
        false
    });
}

fn no_folder(parent: &Parent, path: &Path, cause: Option<io::Error>) -> Diagnostic {
    let message = format!(
        "{} names `{}`, which is no folder",
        parent.by,
        parent.path.display()
    );
    let told = Diagnostic::new(Kind::UserModule, message).help(format!(
        "a relative path begins at the workspace's folder; looked for {}",
        path.display()
    ));
    match cause {
        Some(cause) => told.cause(cause),
        None => told,
    }
}

fn module_itself(parent: &Parent, root: &Path) -> Diagnostic {
    let message = format!(
        "{} names `{}`, which is a module itself",
        parent.by,
        parent.path.display()
    );
    Diagnostic::new(Kind::UserModule, message)
        .at(Place::file(root), "")
        .help("name the folder above: each folder below that one is a module")
}

/// The name of a folder.
fn shown(dir: &Path) -> String {
    let name = dir.file_name().unwrap_or(dir.as_os_str());
    name.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_is_split_as_the_systems_path_is() {
        let joined = std::env::join_paths(["a b", "", "../c"]).unwrap();
        let paths: Vec<PathBuf> = split(&joined).into_iter().map(|one| one.path).collect();
        assert_eq!(paths, [Path::new("a b"), Path::new("../c")]);
        assert!(split(OsStr::new("")).is_empty());
    }
}
