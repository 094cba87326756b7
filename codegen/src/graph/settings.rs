//! Reads the settings that a firmware's manifest holds.

use super::document::{Document, Table};
use super::metadata::{self, near};
use crate::Class;
use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::place::Place;
use crate::settings::{Base, Data, Frozen, Origin, Said};
use std::path::{Path, PathBuf};
use toml::de::DeValue;

/// The keys that only a firmware's manifest may have.
pub(crate) const KEYS: [&str; 13] = [
    "only-modules",
    "only-crates",
    "exclude-modules",
    "exclude-crates",
    "module-crates",
    "provides",
    "pool-names",
    "user-modules",
    "class",
    "aliases",
    "freeze",
    "base",
    "origin",
];

/// Reads them; what is of the wrong type goes to `errors`.
pub(crate) fn read(table: &Table<'_>, errors: &mut Diagnostics) -> Data {
    let origins = table.table("origin");
    let origins = origins.as_ref();
    let mut list = |key: &str| list(table, key, origins, errors);
    let mut data = Data {
        only_modules: list("only-modules").unwrap_or_default(),
        only_crates: list("only-crates").unwrap_or_default(),
        exclude_modules: list("exclude-modules").unwrap_or_default(),
        exclude_crates: list("exclude-crates").unwrap_or_default(),
        module_crates: list("module-crates").unwrap_or_default(),
        provides: list("provides"),
        pool_names: list("pool-names").unwrap_or_default(),
        user_modules: list("user-modules").unwrap_or_default(),
        base: base_of(table),
        ..Data::default()
    };
    for (module, class, place) in pairs(table, "class", "json = \"extensible\"", errors) {
        let Some(class) = self::class(class, &place, errors) else {
            continue;
        };
        let origin = origin(table, origins, "class", module, place);
        let module = Said {
            text: module.to_owned(),
            origin,
        };
        data.classes.push((module, class));
    }
    if table.get("freeze").is_some() {
        match table.entries("freeze") {
            Some(entries) => {
                for entry in entries {
                    let frozen = match entry {
                        Ok((path, _)) => Some(whole(path)),
                        Err((table, place)) => frozen(&table, &place, errors),
                    };
                    data.frozen.extend(frozen);
                }
            }
            None => errors.push(
                Diagnostic::new(Kind::Setting, "`freeze` is not a list of tables")
                    .at(table.place_of("freeze"), "")
                    .help("write `freeze = [{ path = \"scripts\" }]`"),
            ),
        }
    }
    for (alias, module, place) in pairs(table, "aliases", "ujson = \"json\"", errors) {
        let module = Said {
            text: module.to_owned(),
            origin: origin(table, origins, "aliases", alias, place),
        };
        data.aliases.push((alias.to_owned(), module));
    }
    data
}

/// A whole folder.
fn whole(path: &str) -> Frozen {
    Frozen {
        path: PathBuf::from(path),
        suffixes: Vec::new(),
        init: None,
        below: None,
        class: Class::Builtin,
        aliases: Vec::new(),
        only: Vec::new(),
        exclude: Vec::new(),
        data: true,
        packages: true,
    }
}

/// An entry of `freeze`; what is wrong with it goes to `errors`.
pub(crate) fn frozen(table: &Table<'_>, place: &Place, errors: &mut Diagnostics) -> Option<Frozen> {
    const KEYS: [&str; 10] = [
        "path", "suffixes", "init", "below", "class", "aliases", "only", "exclude", "data",
        "packages",
    ];
    let Some(path) = table.string("path") else {
        errors.push(
            Diagnostic::new(Kind::Setting, "this says to freeze something, and not what")
                .at(place.clone(), "")
                .help("add `path = \"scripts\"`"),
        );
        return None;
    };
    let mut frozen = whole(path);
    for (key, at) in table.keys() {
        let texts = || {
            let texts = table.strings(key)?.into_iter();
            Some(texts.map(|(text, _)| text.to_owned()).collect())
        };
        let text = || table.string(key).map(str::to_owned);
        let flag = || table.get(key).and_then(DeValue::as_bool);
        let right = match key {
            "path" => true,
            "suffixes" => texts().map(|texts| frozen.suffixes = texts).is_some(),
            "only" => texts().map(|texts| frozen.only = texts).is_some(),
            "exclude" => texts().map(|texts| frozen.exclude = texts).is_some(),
            "init" => text().map(|text| frozen.init = Some(text)).is_some(),
            "below" => text().map(|text| frozen.below = Some(text)).is_some(),
            "data" => flag().map(|flag| frozen.data = flag).is_some(),
            "packages" => flag().map(|flag| frozen.packages = flag).is_some(),
            "class" => match table.string(key) {
                Some(text) => {
                    let class = class(text, &table.place_of(key), errors);
                    frozen.class = class.unwrap_or(Class::Builtin);
                    true
                }
                None => false,
            },
            "aliases" => {
                let pairs = pairs(table, key, "start = \"boot\"", errors).into_iter();
                frozen.aliases = pairs
                    .map(|(alias, module, _)| (alias.to_owned(), module.to_owned()))
                    .collect();
                true
            }
            _ => {
                errors.push(
                    Diagnostic::new(Kind::Setting, format!("`{key}` is not a key of `freeze`"))
                        .at(at, "unknown key")
                        .help(near(key, &KEYS)),
                );
                true
            }
        };
        if !right {
            let must = match key {
                "data" | "packages" => "true or false",
                "init" | "below" | "class" => "a string",
                _ => "a list of strings",
            };
            errors.push(
                Diagnostic::new(Kind::Setting, format!("`{key}` of `freeze` must be {must}"))
                    .at(table.place_of(key), ""),
            );
        }
    }
    Some(frozen)
}

/// A class by its name.
pub(crate) fn class(text: &str, place: &Place, errors: &mut Diagnostics) -> Option<Class> {
    match text {
        "builtin" => Some(Class::Builtin),
        "extensible" => Some(Class::Extensible),
        _ => {
            errors.push(
                Diagnostic::new(Kind::Setting, format!("`{text}` is no class of modules"))
                    .at(place.clone(), "")
                    .help(near(text, &["builtin", "extensible"])),
            );
            None
        }
    }
}

/// A list of texts; `None` if the key is missing.
fn list(
    table: &Table<'_>,
    key: &str,
    origins: Option<&Table<'_>>,
    errors: &mut Diagnostics,
) -> Option<Vec<Said>> {
    table.get(key)?;
    let Some(texts) = table.strings(key) else {
        errors.push(
            Diagnostic::new(Kind::Setting, format!("`{key}` is not a list of strings"))
                .at(table.place_of(key), "")
                .help(format!("write `{key} = [\"one\", \"two\"]`")),
        );
        return None;
    };
    let said = texts.into_iter().map(|(text, place)| Said {
        text: text.to_owned(),
        origin: origin(table, origins, key, text, place),
    });
    Some(said.collect())
}

/// The keys of a table with their values, which are texts.
fn pairs<'d>(
    table: &Table<'d>,
    key: &str,
    example: &str,
    errors: &mut Diagnostics,
) -> Vec<(&'d str, &'d str, Place)> {
    let mut wrong = |place: Place| {
        errors.push(
            Diagnostic::new(Kind::Setting, format!("`{key}` is not a table of strings"))
                .at(place, "")
                .help(format!("write `{key} = {{ {example} }}`")),
        );
    };
    if table.get(key).is_none() {
        return Vec::new();
    }
    let Some(own) = table.table(key) else {
        wrong(table.place_of(key));
        return Vec::new();
    };
    let mut pairs = Vec::new();
    for (name, _) in own.keys() {
        let place = own.place_of(name);
        match own.string(name) {
            Some(value) => pairs.push((name, value, place)),
            None => wrong(place),
        }
    }
    pairs
}

/// Where a person wrote the value of a key: here, or where
/// `cargo enroll build -f` has it from, which that says as
/// `origin.KEY.VALUE = "key, file:line:column:width"`.
fn origin(
    table: &Table<'_>,
    origins: Option<&Table<'_>>,
    key: &str,
    value: &str,
    place: Place,
) -> Origin {
    let written = origins
        .and_then(|origins| origins.table(key))
        .and_then(|values| parse(table.folder(), values.string(value)?));
    written.unwrap_or_else(|| Origin {
        key: key.to_owned(),
        place,
    })
}

fn parse(folder: &Path, text: &str) -> Option<Origin> {
    let (key, place) = text.split_once(", ")?;
    let mut parts = place.rsplitn(4, ':');
    let mut number = || parts.next()?.parse().ok();
    let (width, column, line) = (number()?, number()?, number()?);
    let file = folder.join(parts.next()?);
    Some(Origin {
        key: key.to_owned(),
        place: Place {
            // Drawn as a person would write it.
            file: file.canonicalize().unwrap_or(file),
            line,
            column,
            width,
        },
    })
}

/// Whose sources the package in `dir` is made of, where that is not itself.
///
/// # Errors
///
/// [`Kind::Manifest`] if its manifest cannot be read.
pub fn base(dir: &Path) -> Result<Option<Base>, Diagnostic> {
    let path = dir.join("Cargo.toml");
    let text = super::manifest::text(&path)?;
    let document = Document::parse(&path, &text)?;
    Ok(metadata::table(&document).and_then(|table| base_of(&table)))
}

fn base_of(table: &Table<'_>) -> Option<Base> {
    let base = table.table("base")?;
    let folder = |key: &str| {
        let folder = table.folder().join(base.string(key)?);
        Some(folder.canonicalize().unwrap_or(folder))
    };
    Some(Base {
        package: folder("package")?,
        workspace: folder("workspace")?,
    })
}
