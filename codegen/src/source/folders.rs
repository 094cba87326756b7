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
/// module goes to `told`; so does a parent of `output`, the folder that the
/// build writes to, which would run it again each time.
pub fn find(
    parents: &[Parent],
    workspace: &Path,
    output: Option<&Path>,
    told: &mut Diagnostics,
) -> (Vec<Folder>, Vec<PathBuf>) {
    let mut known = BTreeSet::new();
    let mut watched = Vec::new();
    let mut folders = Vec::new();
    for parent in parents {
        if parent.path.as_os_str().is_empty() {
            let message = format!("{} was given an empty path", parent.by);
            told.push(error(message).help("name a folder, from the workspace's root"));
            continue;
        }
        let path = workspace.join(&parent.path);
        // Drops `.` and a slash at the end, and keeps `..`: it may follow a link.
        let path = std::path::absolute(&path).unwrap_or(path);
        if path.to_str().is_none_or(|text| text.contains(['\n', '\r'])) {
            let message = format!(
                "{} names `{}`, which Cargo cannot be told to watch",
                parent.by,
                path.display()
            );
            told.push(error(message).help("use a path in UTF-8 and in one line"));
            continue;
        }
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
        if !known.insert(real.clone()) {
            continue;
        }
        if let Some(root) = roots(&path).first() {
            told.push(module_itself(parent, root));
            continue;
        }
        if output.is_some_and(|output| output.starts_with(&path) || output.starts_with(&real)) {
            told.push(around_output(parent));
            continue;
        }
        if path.join("Cargo.toml").exists() {
            told.push(package_itself(parent, &path));
            continue;
        }
        match below(&path, told) {
            Ok(found) if found.is_empty() && !told.has_errors() => told.push(no_module(parent)),
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
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(parent)? {
        let entry = entry?;
        let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        if !is_hidden {
            paths.push(entry.path());
        }
    }
    // The order of a folder is the file system's.
    paths.sort();
    let mut folders = Vec::new();
    for path in paths {
        // Through a link, too.
        if !path.is_dir() {
            if let Some(diagnostic) = beside(&path) {
                told.push(diagnostic);
            }
            continue;
        }
        match folder(parent, &path) {
            Ok(folder) => folders.extend(folder),
            Err(diagnostic) => told.push(*diagnostic),
        }
    }
    Ok(folders)
}

/// One folder, if it is a module.
fn folder(parent: &Path, dir: &Path) -> Result<Option<Folder>, Box<Diagnostic>> {
    let told = error;
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
    // `gen` is a word of the language since 2024.
    if syn::parse_str::<syn::Ident>(&name).is_err() || name == "gen" {
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

/// What is beside the folders of a parent and no folder itself.
fn beside(path: &Path) -> Option<Diagnostic> {
    let name = shown(path);
    if !path.exists() {
        let message = format!("`{name}` beside the user modules is a link to nothing");
        return Some(
            error(message)
                .at(Place::file(path), "")
                .help("remove it, or restore what it leads to"),
        );
    }
    let stem = name.strip_suffix(".rs")?;
    let message = format!("`{name}` stands beside the user modules, where nothing compiles it");
    Some(
        error(message)
            .at(Place::file(path), "")
            .help(format!("if it is a module, move it to {stem}/mod.rs")),
    )
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

fn error(message: String) -> Diagnostic {
    Diagnostic::new(Kind::UserModule, message)
}

fn package_itself(parent: &Parent, path: &Path) -> Diagnostic {
    let message = format!(
        "{} names `{}`, which is the folder of a package",
        parent.by,
        parent.path.display()
    );
    error(message)
        .at(Place::file(path.join("Cargo.toml")), "")
        .help("name a folder with nothing but folders of sources in it")
        .help(MANIFEST_HELP)
}

fn around_output(parent: &Parent) -> Diagnostic {
    let message = format!(
        "{} names `{}`, which holds the folder that this build writes to",
        parent.by,
        parent.path.display()
    );
    error(message)
        .help("every build would change it, and run again: name a folder with nothing else in it")
}

fn no_module(parent: &Parent) -> Diagnostic {
    let message = format!(
        "{} names `{}`, and no folder in it is a module",
        parent.by,
        parent.path.display()
    );
    Diagnostic::new(Kind::NoUserModule, message)
        .help("a user module is a folder below it, with a mod.rs or a lib.rs")
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
