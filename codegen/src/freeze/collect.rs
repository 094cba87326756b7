//! Reads what is to be frozen.

use super::hook::{Compiled, Source};
use super::options::Freeze;
use super::path::{What, is_among, what};
use super::set::{DataFile, FrozenModule, FrozenSet};
use super::words;
use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::extract::Use;
use crate::near::near;
use crate::place::Place;
use enroll_syntax::check_name;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct Collected {
    /// The modules and files.
    pub set: FrozenSet,
    /// The names that join the pool.
    pub names: Vec<Use>,
    /// Files and folders that the answer depends on.
    pub inputs: BTreeSet<PathBuf>,
}

/// Reads every folder of `freezes`; relative ones begin at `dir`. None may be
/// around `output`, the folder that the build writes to: what is written there
/// would be frozen by the next build, and that build run again.
///
/// What was wrong goes to `told`, and the reading goes on. The order is that of
/// names, whatever the file system's is.
pub fn collect(
    freezes: &[Freeze],
    dir: &Path,
    output: Option<&Path>,
    told: &mut Diagnostics,
) -> Collected {
    let mut collected = Collected::default();
    let mut modules: BTreeMap<String, FrozenModule> = BTreeMap::new();
    let mut data: BTreeMap<String, DataFile> = BTreeMap::new();
    let mut needing = BTreeSet::new();
    let mut named = Vec::new();
    for freeze in freezes {
        let root = dir.join(&freeze.path);
        if malformed(freeze, told) {
            continue;
        }
        let Some(files) = files(freeze, &root, output, told) else {
            continue;
        };
        collected.inputs.insert(root.clone());
        let mut found = BTreeSet::new();
        let mut is_anything = files.is_empty();
        for (path, file) in files {
            // What a link leads to may lie elsewhere.
            collected.inputs.insert(file.clone());
            match what(freeze, &path) {
                Ok(What::Module {
                    name,
                    suffix,
                    is_package,
                }) => {
                    let read = Reading {
                        freeze,
                        file,
                        path,
                        name,
                        suffix,
                        is_package,
                    };
                    is_anything = true;
                    found.insert(read.name.clone());
                    if freeze.needs_packages(&read.suffix) {
                        needing.insert(read.name.clone());
                    }
                    if let Some(module) = read.module(&mut collected.names, told) {
                        enter(&mut modules, module, told);
                    }
                }
                Ok(What::Data(_)) if !freeze.has_data => {}
                Ok(What::Data(path)) => {
                    is_anything = true;
                    if let Some(bytes) = read(&file, told) {
                        let new = DataFile { path, bytes, file };
                        enter_data(&mut data, new, told);
                    }
                }
                Err(message) => {
                    is_anything = true;
                    let told_of = Diagnostic::new(Kind::Frozen, message).at(Place::file(file), "");
                    told.push(told_of.help("rename it, or leave it out: Freeze::exclude"));
                }
            }
        }
        if !is_anything {
            told.push(nothing(freeze, &root));
        }
        named.push((freeze, found));
    }
    alias(&named, &mut modules, told);
    packages(&needing, &modules, told);
    for module in modules.values() {
        // Import enters the whole name; what a module binds in its package is
        // the last part.
        let names = [&*module.name]
            .into_iter()
            .chain(module.name.rsplit('.').take(1))
            .chain(module.aliases.iter().map(String::as_str))
            .chain(module.names.iter().map(String::as_str));
        collected.names.extend(names.map(|name| Use {
            text: name.to_owned(),
            place: Some(Place::file(&module.file)),
        }));
    }
    collected.set.modules = modules.into_values().collect();
    collected.set.data = data.into_values().collect();
    collected
}

/// Tells what of the options could never be right; whether there is anything.
fn malformed(freeze: &Freeze, told: &mut Diagnostics) -> bool {
    let mut any = false;
    let mut say = |message: String, help: &str| {
        any = true;
        told.push(Diagnostic::new(Kind::Setting, message).help(help));
    };
    for suffix in &freeze.suffixes {
        if suffix.len() < 2 || !suffix.starts_with('.') || suffix.contains('/') {
            say(
                format!("Freeze::suffix was given `{suffix}`, which is no suffix"),
                "a suffix has its dot: \".py\"",
            );
        }
    }
    if let Some(below) = &freeze.below
        && (check_name(below).is_err() || below.split('.').any(str::is_empty))
    {
        say(
            format!("Freeze::below was given `{below}`, which is no name of a package"),
            "write it as import does: \"a.b\"",
        );
    }
    any
}

/// The files of a folder that were asked for, with their paths below it. None
/// where there is nothing to read.
fn files(
    freeze: &Freeze,
    root: &Path,
    output: Option<&Path>,
    told: &mut Diagnostics,
) -> Option<Vec<(String, PathBuf)>> {
    let frozen = |message: String| Diagnostic::new(Kind::Frozen, message);
    let shown = freeze.path.display();
    if !root.is_dir() && !root.is_file() {
        told.push(
            frozen(format!("`{shown}` is to be frozen and is not there")).help(format!(
                "a relative path begins at the folder of the firmware's package; looked for {}",
                root.display()
            )),
        );
        return None;
    }
    // A single script is as a folder with nothing else in it.
    let above = match root.is_file() {
        true => root.parent().unwrap_or(root),
        false => root,
    };
    let mut files = Vec::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    let walk = WalkDir::new(root).follow_links(true).sort_by_file_name();
    let mut walk = walk.into_iter().filter_entry(is_seen);
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let place = Place::file(error.path().unwrap_or(root));
                let message = format!("a part of `{shown}` cannot be read");
                told.push(frozen(message).at(place, "").cause(error));
                continue;
            }
        };
        // Only a link leads back there.
        if (entry.depth() == 0 || entry.path_is_symlink())
            && output.is_some_and(|output| is_around(entry.path(), output))
        {
            told.push(around_output(freeze, &entry));
            if entry.depth() == 0 {
                return None;
            }
            walk.skip_current_dir();
            continue;
        }
        let below = entry.path().strip_prefix(above).unwrap_or(entry.path());
        let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
        let Some(path) = parts.map(|parts| parts.join("/")) else {
            let message = "the name of this file is not UTF-8".to_owned();
            told.push(frozen(message).at(Place::file(entry.path()), ""));
            continue;
        };
        // Cargo is told of a file in one line.
        if path.contains(char::is_control) {
            let message = format!("the name of the file {path:?} has a control character");
            told.push(frozen(message).help("rename it"));
            continue;
        }
        if !path.is_empty() {
            known.insert(path.clone());
        }
        let is_chosen = freeze.only.is_empty() || is_among(&freeze.only, &path);
        if entry.file_type().is_file() && is_chosen && !is_among(&freeze.exclude, &path) {
            files.push((path, entry.into_path()));
        }
    }
    for (call, paths) in [("only", &freeze.only), ("exclude", &freeze.exclude)] {
        for path in paths {
            if known.contains(path.trim_end_matches('/')) {
                continue;
            }
            let names = known.iter().map(String::as_str);
            let help = near(path, names).unwrap_or_else(|| "remove it from the call".to_owned());
            let message = format!("Freeze::{call} names `{path}`, which is not in `{shown}`");
            told.push(frozen(message).help(help));
        }
    }
    // What `only` and `exclude` leave of a folder is their caller's business.
    if files.is_empty() && freeze.only.is_empty() && freeze.exclude.is_empty() {
        told.push(nothing(freeze, root));
    }
    Some(files)
}

fn nothing(freeze: &Freeze, root: &Path) -> Diagnostic {
    let message = format!("there is nothing to freeze in `{}`", freeze.path.display());
    let suffixes = freeze.suffixes().join("`, `");
    Diagnostic::new(Kind::Frozen, message)
        .at(Place::file(root), "")
        .help(format!(
            "scripts are the files with the suffix `{suffixes}`"
        ))
}

/// Whether a folder holds another one, under whatever path each is named.
fn is_around(root: &Path, output: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().unwrap_or(path.to_path_buf());
    real(output).starts_with(real(root))
}

fn around_output(freeze: &Freeze, entry: &DirEntry) -> Diagnostic {
    let shown = freeze.path.display();
    let (message, help) = match entry.depth() {
        0 => (
            format!("`{shown}` is to be frozen and holds the folder that this build writes to"),
            "name a folder with nothing but scripts in it",
        ),
        _ => (
            format!("a link in `{shown}` leads to what holds the folder that this build writes to"),
            "remove the link",
        ),
    };
    Diagnostic::new(Kind::Frozen, message)
        .at(Place::file(entry.path()), "")
        .help(format!(
            "every build would change it, and run again: {help}"
        ))
}

/// What editors and interpreters leave in a folder is not there.
fn is_seen(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    entry.depth() == 0 || !(name.starts_with('.') || name == "__pycache__")
}

fn read(file: &Path, told: &mut Diagnostics) -> Option<Vec<u8>> {
    match std::fs::read(file) {
        Ok(bytes) => Some(bytes),
        Err(cause) => {
            let message = "this file cannot be read".to_owned();
            let told_of = Diagnostic::new(Kind::Frozen, message).at(Place::file(file), "");
            told.push(told_of.cause(cause));
            None
        }
    }
}

/// A script that is read.
struct Reading<'f> {
    freeze: &'f Freeze,
    file: PathBuf,
    path: String,
    name: String,
    suffix: String,
    is_package: bool,
}

impl Reading<'_> {
    fn module(self, names: &mut Vec<Use>, told: &mut Diagnostics) -> Option<FrozenModule> {
        let bytes = read(&self.file, told)?;
        names.extend(words::find(self.freeze, &self.file, &bytes, told));
        let compiled = self.compiled(bytes, told)?;
        Some(FrozenModule {
            name: self.name,
            suffix: compiled.suffix.unwrap_or(self.suffix),
            is_package: self.is_package,
            class: self.freeze.class,
            aliases: Vec::new(),
            code: compiled.code,
            names: compiled.names,
            file: self.file,
            path: self.path,
        })
    }

    fn compiled(&self, bytes: Vec<u8>, told: &mut Diagnostics) -> Option<Compiled> {
        let Some(compile) = &self.freeze.compile else {
            return Some(Compiled {
                code: bytes,
                ..Compiled::default()
            });
        };
        let script = Source {
            name: &self.name,
            file: &self.file,
            suffix: &self.suffix,
            is_package: self.is_package,
            bytes: &bytes,
        };
        let compiled = match (compile.0)(&script) {
            Ok(compiled) => compiled,
            Err(error) => {
                let place = Place {
                    line: error.line.unwrap_or(1),
                    ..Place::file(&self.file)
                };
                let message = format!("`{}` does not compile", self.name);
                told.push(Diagnostic::new(Kind::Frozen, message).at(place, error.message));
                return None;
            }
        };
        for name in &compiled.names {
            if let Err(message) = check_name(name) {
                let place = Place::file(&self.file);
                told.push(Diagnostic::new(Kind::Frozen, message).at(place, "a name of its code"));
                return None;
            }
        }
        Some(compiled)
    }
}

fn enter(
    modules: &mut BTreeMap<String, FrozenModule>,
    module: FrozenModule,
    told: &mut Diagnostics,
) {
    let Some(other) = modules.get(&module.name) else {
        modules.insert(module.name.clone(), module);
        return;
    };
    let message = format!("the module `{}` is frozen twice", module.name);
    told.push(
        Diagnostic::new(Kind::DuplicateModule, message)
            .at(Place::file(&module.file), "once here")
            .at(Place::file(&other.file), "and here")
            .help("rename one of them, or leave it out: Freeze::exclude"),
    );
}

fn enter_data(data: &mut BTreeMap<String, DataFile>, new: DataFile, told: &mut Diagnostics) {
    let Some(other) = data.get(&new.path) else {
        data.insert(new.path.clone(), new);
        return;
    };
    let message = format!("the data file `{}` is frozen twice", new.path);
    told.push(
        Diagnostic::new(Kind::Frozen, message)
            .at(Place::file(&new.file), "once here")
            .at(Place::file(&other.file), "and here")
            .help("rename one of them, or leave it out: Freeze::exclude"),
    );
}

/// Enters the aliases, each in the folder that has the module.
///
/// When all folders are read: a name may clash with that of another folder,
/// before or after.
fn alias(
    named: &[(&Freeze, BTreeSet<String>)],
    modules: &mut BTreeMap<String, FrozenModule>,
    told: &mut Diagnostics,
) {
    let mut owners: BTreeMap<&String, PathBuf> = BTreeMap::new();
    for (freeze, found) in named {
        for (alias, name) in &freeze.aliases {
            let clash = modules.get(alias).map(|module| module.file.clone());
            let told_of = match modules.get_mut(name).filter(|_| found.contains(name)) {
                _ if check_name(alias).is_err() || alias.split('.').any(str::is_empty) => {
                    Diagnostic::new(
                        Kind::Setting,
                        format!("Freeze::alias was given {alias:?}, which is no name"),
                    )
                    .help("write it as import does: \"a.b\"")
                }
                // Its file could not be read, which is told.
                None if found.contains(name) => continue,
                None => Diagnostic::new(
                    Kind::Setting,
                    format!("Freeze::alias names `{name}`, which this folder has not"),
                )
                .help(
                    near(name, found.iter().map(String::as_str))
                        .unwrap_or_else(|| "remove the call".to_owned()),
                ),
                Some(module) if clash.is_some() => {
                    let clash = clash.unwrap_or_default();
                    let message = format!("the alias `{alias}` has the name of a frozen module");
                    Diagnostic::new(Kind::DuplicateModule, message)
                        .at(Place::file(&module.file), "the alias is for this one")
                        .at(Place::file(clash), "this one has the name")
                        .help("choose another alias, or leave the module out: Freeze::exclude")
                }
                Some(module) if owners.contains_key(alias) => {
                    let twice = owners.get(alias).cloned().unwrap_or_default();
                    let message = format!("the alias `{alias}` is given to two frozen modules");
                    Diagnostic::new(Kind::DuplicateModule, message)
                        .at(Place::file(&module.file), "once to this one")
                        .at(Place::file(twice), "and to this one")
                        .help("remove one of the calls of Freeze::alias")
                }
                Some(module) => {
                    module.aliases.push(alias.clone());
                    owners.insert(alias, module.file.clone());
                    continue;
                }
            };
            told.push(told_of);
        }
    }
}

/// Modules whose package is not in the set.
fn packages(
    needing: &BTreeSet<String>,
    modules: &BTreeMap<String, FrozenModule>,
    told: &mut Diagnostics,
) {
    for module in modules.values() {
        let Some((package, _)) = module.name.rsplit_once('.') else {
            continue;
        };
        if !needing.contains(&module.name) {
            continue;
        }
        let (label, help) = match modules.get(package) {
            Some(parent) if parent.is_package => continue,
            Some(parent) => {
                let message = format!(
                    "`{}` is below `{package}`, which is a module and no package",
                    module.name
                );
                told.push(
                    Diagnostic::new(Kind::Frozen, message)
                        .at(Place::file(&module.file), "")
                        .at(Place::file(&parent.file), "the module")
                        .help("make it the package's own file, `__init__`"),
                );
                continue;
            }
            None => (
                format!(
                    "`{}` is in the package `{package}`, which is not frozen",
                    module.name
                ),
                "add its `__init__` file, empty if need be; or, for an interpreter without \
                 packages, Freeze::without_packages",
            ),
        };
        told.push(
            Diagnostic::new(Kind::Frozen, label)
                .at(Place::file(&module.file), "")
                .help(help),
        );
    }
}
