//! One dependency as a manifest writes it: a base, a module crate, another
//! crate.

use super::told::{At, wrong};
use crate::error::Diagnostics;
use crate::graph::document::Table;
use crate::near::near;
use crate::place::Place;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use toml::Value;

/// The keys that say where a crate comes from.
const SOURCE: [&str; 8] = [
    "path",
    "git",
    "branch",
    "tag",
    "rev",
    "version",
    "registry",
    "registry-index",
];
/// The others.
const REST: [&str; 3] = ["package", "features", "default-features"];

/// A dependency with the place of each key.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Where it begins.
    pub(super) place: Place,
    /// Its keys as Cargo knows them; `path` is absolute.
    pub(super) keys: BTreeMap<String, At<Value>>,
    /// The places of its features.
    features: Vec<Place>,
}

impl Entry {
    /// Reads the value of `key`: a version, or a table.
    pub(super) fn read(
        table: &Table<'_>,
        key: &str,
        folder: &Path,
        told: &mut Diagnostics,
    ) -> Option<Entry> {
        let place = table.place_of(key);
        let mut keys = BTreeMap::new();
        if let Some(version) = table.string(key) {
            let version = Value::from(version);
            keys.insert("version".to_owned(), At::new(version, &place));
            return Some(Entry {
                place,
                keys,
                features: Vec::new(),
            });
        }
        let Some(own) = table.table(key) else {
            told.push(
                wrong(format!("`{key}` is neither a version nor a table"), &place)
                    .help(format!("write `{key} = {{ path = \"…\" }}`")),
            );
            return None;
        };
        for (name, at) in own.keys() {
            match value(&own, name, folder) {
                Ok(value) => {
                    let value = At::new(value, &own.place_of(name));
                    keys.insert(name.to_owned(), value);
                }
                Err(Wrong::Unknown) => {
                    let known = SOURCE.into_iter().chain(REST);
                    let help = near(name, known).unwrap_or_else(|| match name {
                        "optional" => "what is in a manifest is in the firmware: remove it, or \
                                       move the line to a variant"
                            .to_owned(),
                        "workspace" => {
                            "there is no workspace to inherit from: write the source".to_owned()
                        }
                        _ => format!("it takes {}, {}", SOURCE.join(", "), REST.join(", ")),
                    });
                    let message = format!("`{name}` is not a key of a dependency");
                    told.push(wrong(message, &at).help(help));
                }
                Err(Wrong::Type(right)) => {
                    let message = format!("`{name}` must be {right}");
                    told.push(wrong(message, &own.place_of(name)));
                }
            }
        }
        let features = own.strings("features").unwrap_or_default();
        let entry = Entry {
            place,
            keys,
            features: features.into_iter().map(|(_, place)| place).collect(),
        };
        entry.check(told);
        Some(entry)
    }

    /// Lays another entry over it. One that says where the crate comes from
    /// takes the place of all; another one changes the keys that it has.
    pub(super) fn lay(&mut self, over: Entry) {
        if over.has_source() {
            *self = over;
        } else {
            if over.keys.contains_key("features") {
                self.features = over.features;
            }
            self.keys.extend(over.keys);
        }
    }

    pub(super) fn has_source(&self) -> bool {
        SOURCE.iter().any(|key| self.keys.contains_key(*key))
    }

    /// A key that is a text.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.keys.get(key)?.value.as_str()
    }

    pub(super) fn path(&self) -> Option<PathBuf> {
        self.text("path").map(PathBuf::from)
    }

    /// The name of the package, which is that of the key unless it says
    /// otherwise.
    pub(super) fn package<'s>(&'s self, key: &'s str) -> &'s str {
        self.text("package").unwrap_or(key)
    }

    /// Its features, if it has the key.
    pub(super) fn features(&self) -> Option<Vec<At<String>>> {
        let list = self.keys.get("features")?.value.as_array()?;
        let texts = list.iter().filter_map(Value::as_str).zip(&self.features);
        Some(
            texts
                .map(|(text, place)| At::new(text.to_owned(), place))
                .collect(),
        )
    }

    pub(super) fn default_features(&self) -> Option<bool> {
        self.keys.get("default-features")?.value.as_bool()
    }

    /// Whether a folder has the package that the entry of `key` names.
    pub(super) fn check_folder(&self, key: &str, told: &mut Diagnostics) {
        let Some(path) = self.path() else {
            return;
        };
        let place = &self.keys["path"].place;
        let text = match std::fs::read_to_string(path.join("Cargo.toml")) {
            Ok(text) => text,
            Err(cause) => {
                let message = format!("there is no package in {}", path.display());
                told.push(
                    wrong(message, place)
                        .help("`path` names the folder of a Cargo.toml; a folder of sources without one is named by `user-modules`")
                        .cause(cause),
                );
                return;
            }
        };
        let table: toml::Table = text.parse().unwrap_or_default();
        let package = table.get("package");
        let name = package.and_then(|package| package.get("name")?.as_str());
        if let Some(name) = name
            && name != self.package(key)
        {
            let message = format!("the package there is `{name}`, not `{}`", self.package(key));
            told.push(wrong(message, place).help(format!(
                "write `{name} = {{ path = … }}`, or add `package = \"{name}\"`"
            )));
        }
    }

    /// What cannot be together.
    fn check(&self, told: &mut Diagnostics) {
        let has = |key: &str| self.keys.get(key);
        if let (Some(path), Some(git)) = (has("path"), has("git")) {
            told.push(
                wrong(
                    "a crate comes from a folder or from a repository",
                    &git.place,
                )
                .at(path.place.clone(), "and here is a folder")
                .help(
                    "remove one of them; for a clone that is here, [patch] replaces a repository",
                ),
            );
        }
        let commits: Vec<&str> = ["branch", "tag", "rev"]
            .into_iter()
            .filter(|key| has(key).is_some())
            .collect();
        match (commits.as_slice(), has("git")) {
            ([], _) | ([_], Some(_)) => {}
            ([one, ..], None) => {
                let place = &self.keys[*one].place;
                let message = format!("`{one}` is of a repository, and there is no `git` here");
                told.push(wrong(message, place).help("add `git = \"https://…\"`"));
            }
            ([one, two, ..], Some(_)) => {
                let place = &self.keys[*two].place;
                let message = format!("`{one}` and `{two}` both choose the commit");
                told.push(wrong(message, place).help("keep one of them"));
            }
        }
    }
}

enum Wrong {
    Unknown,
    Type(&'static str),
}

/// The value of one key, with a path that holds from anywhere.
fn value(own: &Table<'_>, name: &str, folder: &Path) -> Result<Value, Wrong> {
    match name {
        "path" => {
            let path = own.string(name).ok_or(Wrong::Type("a string"))?;
            let path = folder.join(path);
            // Without its `..`, if it is there at all.
            let path = path.canonicalize().unwrap_or(path);
            Ok(Value::from(path.to_string_lossy().into_owned()))
        }
        "features" => {
            let list = own.strings(name).ok_or(Wrong::Type("a list of strings"))?;
            let texts: Vec<&str> = list.into_iter().map(|(text, _)| text).collect();
            Ok(Value::from(texts))
        }
        "default-features" => own
            .get(name)
            .and_then(toml::de::DeValue::as_bool)
            .map(Value::from)
            .ok_or(Wrong::Type("true or false")),
        _ if SOURCE.contains(&name) || name == "package" => own
            .string(name)
            .map(Value::from)
            .ok_or(Wrong::Type("a string")),
        _ => Err(Wrong::Unknown),
    }
}
