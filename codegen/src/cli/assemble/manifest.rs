//! Reads one `firmware.toml`, with the place of everything.

use super::entry::Entry;
use super::told::{At, wrong};
use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::graph::document::{Document, Table};
use crate::graph::settings::{class, frozen};
use crate::near::near;
use crate::place::Place;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use toml::Value;

/// A list of texts that a manifest may have.
pub(super) struct List {
    /// The table it is in, empty for the top.
    table: &'static str,
    key: &'static str,
    /// Both, as a person would name it.
    pub(super) name: &'static str,
    /// The key of `[package.metadata.enroll]` that says the same.
    pub(super) setting: Option<&'static str>,
}

/// All lists.
#[rustfmt::skip]
pub(super) const LISTS: [List; 8] = [
    List { table: "", key: "user-modules", name: "user-modules", setting: Some("user-modules") },
    List { table: "", key: "provides", name: "provides", setting: Some("provides") },
    List { table: "", key: "names", name: "names", setting: Some("pool-names") },
    List { table: "only", key: "modules", name: "only.modules", setting: Some("only-modules") },
    List { table: "only", key: "crates", name: "only.crates", setting: Some("only-crates") },
    List { table: "leave-out", key: "modules", name: "leave-out.modules", setting: Some("exclude-modules") },
    List { table: "leave-out", key: "modules-of", name: "leave-out.modules-of", setting: Some("exclude-crates") },
    List { table: "leave-out", key: LEFT_OUT.1, name: LEFT_OUT.0, setting: None },
];

/// The list of dependencies that are taken out: its name, its key.
pub(super) const LEFT_OUT: (&str, &str) = ("leave-out.crates", "crates");

/// The keys at the top of a file or of a variant that are no lists.
const TABLES: [&str; 11] = [
    "include",
    "firmware",
    "modules",
    "dependencies",
    "only",
    "leave-out",
    "class",
    "aliases",
    "freeze",
    "profile",
    "patch",
];

/// What a file says, or several laid over each other.
#[derive(Clone, Debug, Default)]
pub(super) struct Manifest {
    pub(super) name: Option<At<String>>,
    pub(super) base: Option<Entry>,
    pub(super) modules: BTreeMap<String, Entry>,
    pub(super) dependencies: BTreeMap<String, Entry>,
    /// By [`List::name`].
    pub(super) lists: BTreeMap<&'static str, Vec<At<String>>>,
    pub(super) class: BTreeMap<String, At<String>>,
    pub(super) aliases: BTreeMap<String, At<String>>,
    /// `[[freeze]]`, their paths absolute.
    pub(super) freeze: Vec<At<toml::Table>>,
    pub(super) profile: toml::Table,
    /// `[patch]`, its paths absolute.
    pub(super) patch: toml::Table,
}

/// One file.
pub(super) struct File {
    pub(super) itself: Layer,
    pub(super) variants: BTreeMap<String, Layer>,
}

/// The tables of a file or of one of its variants.
#[derive(Default)]
pub(super) struct Layer {
    pub(super) includes: Vec<Include>,
    pub(super) manifest: Manifest,
}

/// A file that is laid below another one.
pub(super) struct Include {
    pub(super) path: PathBuf,
    /// Variants of it to have, whatever variant was asked for.
    pub(super) variants: Vec<At<String>>,
    pub(super) place: Place,
}

/// Reads a file. `None` if nothing can be said about its tables.
pub(super) fn read(path: &Path, told: &mut Diagnostics) -> Option<File> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(cause) => {
            let message = format!("could not read {}", path.display());
            told.push(Diagnostic::new(Kind::Assembly, message).cause(cause));
            return None;
        }
    };
    let document = match Document::parse(path, &text) {
        Ok(document) => document,
        Err(mut error) => {
            error.kind = Kind::Assembly;
            error.help.clear();
            told.push(error);
            return None;
        }
    };
    // A number that no value holds is a token all the same.
    let raw: toml::Table = match text.parse::<toml::Table>() {
        Ok(raw) => raw,
        Err(cause) => {
            let place = document.place(cause.span().unwrap_or(0..0));
            told.push(wrong(cause.message(), &place));
            return None;
        }
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    let reader = Reader { folder };
    let root = document.root();
    let itself = reader.layer(&root, &raw, true, told);
    let mut variants = BTreeMap::new();
    if let Some(table) = reader.table(&root, "variants", told) {
        for (name, place) in table.keys() {
            if !is_plain(name) {
                let message = format!("`{name}` cannot be the name of a variant");
                told.push(wrong(message, &place).help(PLAIN));
                continue;
            }
            let Some(own) = reader.table(&table, name, told) else {
                continue;
            };
            let raw = raw["variants"][name].as_table();
            let raw = raw.cloned().unwrap_or_default();
            let layer = reader.layer(&own, &raw, false, told);
            variants.insert(name.to_owned(), layer);
        }
    }
    Some(File { itself, variants })
}

/// Whether a name can be part of a folder's and a file's.
pub(super) fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}

const PLAIN: &str = "a folder and a lock file get the name: letters, digits, `_` and `-`";

struct Reader<'p> {
    folder: &'p Path,
}

impl Reader<'_> {
    /// The tables of a file or of a variant.
    fn layer(
        &self,
        root: &Table<'_>,
        raw: &toml::Table,
        is_file: bool,
        told: &mut Diagnostics,
    ) -> Layer {
        self.unknown(root, is_file, told);
        let mut manifest = Manifest::default();
        if let Some(firmware) = self.table(root, "firmware", told) {
            self.firmware(&firmware, &mut manifest, told);
        }
        for (key, into) in [
            ("modules", &mut manifest.modules),
            ("dependencies", &mut manifest.dependencies),
        ] {
            let table = self.table(root, key, told);
            for (name, _) in table.iter().flat_map(Table::keys) {
                let entry = table
                    .as_ref()
                    .and_then(|table| Entry::read(table, name, self.folder, told));
                into.extend(entry.map(|entry| (name.to_owned(), entry)));
            }
        }
        for list in &LISTS {
            let within = match list.table {
                "" => Some(*root),
                table => root.table(table),
            };
            let texts = within.and_then(|within| self.list(&within, list, told));
            if let Some(texts) = texts {
                manifest.lists.insert(list.name, texts);
            }
        }
        for (key, into) in [
            ("class", &mut manifest.class),
            ("aliases", &mut manifest.aliases),
        ] {
            let Some(table) = self.table(root, key, told) else {
                continue;
            };
            for (name, _) in table.keys() {
                let place = table.place_of(name);
                match table.string(name) {
                    Some(text) => {
                        if key == "class" {
                            class(text, &place, told);
                        }
                        into.insert(name.to_owned(), At::new(text.to_owned(), &place));
                    }
                    None => told.push(wrong(format!("`{name}` must be a string"), &place)),
                }
            }
        }
        manifest.freeze = self.freeze(root, raw, told);
        for (key, into) in [
            ("profile", &mut manifest.profile),
            ("patch", &mut manifest.patch),
        ] {
            if self.table(root, key, told).is_some() {
                *into = raw[key].as_table().cloned().unwrap_or_default();
            }
        }
        for source in manifest.patch.iter_mut() {
            let patches = source.1.as_table_mut().into_iter().flatten();
            for patch in patches.filter_map(|(_, patch)| patch.as_table_mut()) {
                self.absolute(patch);
            }
        }
        Layer {
            includes: self.includes(root, told),
            manifest,
        }
    }

    /// Keys that nobody knows.
    fn unknown(&self, root: &Table<'_>, is_file: bool, told: &mut Diagnostics) {
        let top = LISTS.iter().filter(|list| list.table.is_empty());
        let mut known: Vec<&str> = TABLES.to_vec();
        known.extend(top.map(|list| list.key));
        if is_file {
            known.push("variants");
        }
        self.only(root, "", &known, told);
        for table in ["only", "leave-out"] {
            if let Some(own) = self.table(root, table, told) {
                let of_table = LISTS.iter().filter(|list| list.table == table);
                let known: Vec<&str> = of_table.map(|list| list.key).collect();
                self.only(&own, table, &known, told);
            }
        }
    }

    fn only(&self, table: &Table<'_>, name: &str, known: &[&str], told: &mut Diagnostics) {
        for (key, place) in table.keys() {
            if known.contains(&key) {
                continue;
            }
            let message = match name {
                "" => format!("`{key}` is not a key of a firmware's manifest"),
                name => format!("`{key}` is not a key of [{name}]"),
            };
            let help = near(key, known.iter().copied())
                .unwrap_or_else(|| format!("it is one of `{}`", known.join("`, `")));
            told.push(wrong(message, &place).help(help));
        }
    }

    /// `[firmware]`.
    fn firmware(&self, table: &Table<'_>, manifest: &mut Manifest, told: &mut Diagnostics) {
        self.only(table, "firmware", &["name", "base"], told);
        if table.get("name").is_some() {
            let place = table.place_of("name");
            match table.string("name") {
                Some(name) if is_plain(name) => {
                    manifest.name = Some(At::new(name.to_owned(), &place));
                }
                _ => told.push(wrong("this cannot be the name of a firmware", &place).help(PLAIN)),
            }
        }
        if table.get("base").is_some() {
            manifest.base = Entry::read(table, "base", self.folder, told);
        }
    }

    /// A table that may be missing.
    fn table<'d>(&self, root: &Table<'d>, key: &str, told: &mut Diagnostics) -> Option<Table<'d>> {
        let table = root.table(key);
        if table.is_none() && root.get(key).is_some() {
            told.push(wrong(
                format!("`{key}` must be a table"),
                &root.place_of(key),
            ));
        }
        table
    }

    fn list(
        &self,
        table: &Table<'_>,
        list: &List,
        told: &mut Diagnostics,
    ) -> Option<Vec<At<String>>> {
        table.get(list.key)?;
        let Some(texts) = table.strings(list.key) else {
            let message = format!("`{}` must be a list of strings", list.name);
            told.push(wrong(message, &table.place_of(list.key)));
            return None;
        };
        let mut found = Vec::new();
        for (text, place) in texts {
            let mut text = text.to_owned();
            if list.key == "user-modules" {
                let path = self.folder.join(&text);
                match path.canonicalize() {
                    Ok(path) if path.is_dir() => text = path.to_string_lossy().into_owned(),
                    _ => {
                        let message = format!("there is no folder {}", path.display());
                        told.push(wrong(message, &place).help(HERE));
                        continue;
                    }
                }
            }
            found.push(At { value: text, place });
        }
        Some(found)
    }

    fn freeze(
        &self,
        root: &Table<'_>,
        raw: &toml::Table,
        told: &mut Diagnostics,
    ) -> Vec<At<toml::Table>> {
        let Some(value) = raw.get("freeze") else {
            return Vec::new();
        };
        let mut all = Vec::new();
        let raw = value.as_array().map_or(&[][..], Vec::as_slice);
        let entries = root.entries("freeze").unwrap_or_default();
        for (entry, raw) in entries.into_iter().zip(raw) {
            let (mut table, at, place) = match entry {
                Ok((path, place)) => {
                    let path = ("path".to_owned(), Value::from(path));
                    (toml::Table::from_iter([path]), place.clone(), place)
                }
                Err((table, place)) => {
                    if frozen(&table, &place, told).is_none() {
                        continue;
                    }
                    let raw = raw.as_table().cloned();
                    (raw.unwrap_or_default(), table.place_of("path"), place)
                }
            };
            let path = table.get("path").and_then(Value::as_str);
            let full = self.folder.join(path.unwrap_or_default());
            if !full.exists() {
                let message = format!("there is no {}", full.display());
                told.push(wrong(message, &at).help(HERE));
                continue;
            }
            self.absolute(&mut table);
            all.push(At::new(table, &place));
        }
        if root.entries("freeze").is_none() {
            let message = "`freeze` must be a list of tables";
            let told_it = wrong(message, &root.place_of("freeze"));
            told.push(told_it.help("write `[[freeze]]`"));
        }
        all
    }

    fn absolute(&self, table: &mut toml::Table) {
        if let Some(path) = table.get_mut("path")
            && let Some(text) = path.as_str()
        {
            let full = self.folder.join(text);
            let full = full.canonicalize().unwrap_or(full);
            *path = Value::from(full.to_string_lossy().into_owned());
        }
    }

    /// `include = ["a.toml", { path = "b.toml", variants = ["c"] }]`
    fn includes(&self, root: &Table<'_>, told: &mut Diagnostics) -> Vec<Include> {
        if root.get("include").is_none() {
            return Vec::new();
        }
        let Some(entries) = root.entries("include") else {
            told.push(
                wrong("`include` must be a list", &root.place_of("include"))
                    .help("write `include = [\"common.toml\"]`"),
            );
            return Vec::new();
        };
        let mut includes = Vec::new();
        for entry in entries {
            let (path, variants, place) = match entry {
                Ok((path, place)) => (path, Vec::new(), place),
                Err((table, place)) => {
                    self.only(&table, "include", &["path", "variants"], told);
                    let Some(path) = table.string("path") else {
                        told.push(wrong("this includes no file: `path` is missing", &place));
                        continue;
                    };
                    let variants = table.strings("variants");
                    if variants.is_none() && table.get("variants").is_some() {
                        let message = "`variants` must be a list of strings";
                        told.push(wrong(message, &table.place_of("variants")));
                    }
                    let variants = variants.unwrap_or_default();
                    let variants = variants.into_iter().map(|(value, place)| At {
                        value: value.to_owned(),
                        place,
                    });
                    (path, variants.collect(), place)
                }
            };
            let mut path = self.folder.join(path);
            if path.is_dir() {
                path.push("firmware.toml");
            }
            if !path.is_file() {
                let message = format!("there is no manifest {}", path.display());
                told.push(wrong(message, &place).help(HERE));
                continue;
            }
            includes.push(Include {
                path,
                variants,
                place,
            });
        }
        includes
    }
}

const HERE: &str = "paths are relative to the folder of the file that has them";

impl Manifest {
    /// Lays another manifest over this one: its keys count, its lists and
    /// frozen folders are added.
    pub(super) fn lay(&mut self, over: Manifest) {
        self.name = over.name.or(self.name.take());
        match (&mut self.base, over.base) {
            (Some(base), Some(over)) => base.lay(over),
            (base, over) => *base = over.or(base.take()),
        }
        for (under, over) in [
            (&mut self.modules, over.modules),
            (&mut self.dependencies, over.dependencies),
        ] {
            for (key, entry) in over {
                match under.get_mut(&key) {
                    Some(known) => known.lay(entry),
                    None => {
                        under.insert(key, entry);
                    }
                }
            }
        }
        for (name, list) in over.lists {
            let known = self.lists.entry(name).or_default();
            for one in list {
                if !known.iter().any(|other| other.value == one.value) {
                    known.push(one);
                }
            }
        }
        self.class.extend(over.class);
        self.aliases.extend(over.aliases);
        self.freeze.extend(over.freeze);
        lay(&mut self.profile, over.profile);
        lay(&mut self.patch, over.patch);
    }

    /// A list by its name.
    pub(super) fn list(&self, name: &str) -> &[At<String>] {
        self.lists.get(name).map_or(&[], Vec::as_slice)
    }
}

/// Lays a table over another one, key by key, at every depth.
pub(super) fn lay(under: &mut toml::Table, over: toml::Table) {
    for (key, value) in over {
        match (under.get_mut(&key), value) {
            (Some(Value::Table(under)), Value::Table(over)) => lay(under, over),
            (_, value) => {
                under.insert(key, value);
            }
        }
    }
}
