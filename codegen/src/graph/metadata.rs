//! What a package says in `[package.metadata.enroll]`.

use super::document::{Document, Table};
use super::settings;
use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::place::Place;
use crate::settings::Data;
use crate::source::marker::Marker;
use std::collections::BTreeMap;

/// A package's `[package.metadata.enroll]`.
///
/// ```toml
/// [package.metadata.enroll]
/// # Names that no scan can see, because a macro builds them.
/// names = ["pin0", "pin1"]
///
/// [package.metadata.enroll.macros]
/// # `vm::native!` takes what `enroll::register_module!` takes.
/// native = "register_module"
/// ```
///
/// The firmware's own may have [`Data`] beside these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Names declared for the pool with their places; `None` if the key is
    /// missing, so that an empty list can say that nothing is hidden.
    pub names: Option<Vec<(String, Place)>>,
    /// Macros of this package that wrap one of ours, by their own name.
    pub macros: BTreeMap<String, Marker>,
    /// What only the firmware says.
    pub settings: Data,
}

/// The macros that may be wrapped.
pub(super) const MARKERS: [(&str, Marker); 3] = [
    ("register_module", Marker::Register),
    ("extend_module", Marker::Extend),
    ("qstr", Marker::Qstr),
];

/// The keys of every package.
const KEYS: [&str; 2] = ["names", "macros"];

/// Whose table it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// The firmware's: it has settings, and a key that is not known is an
    /// error.
    Firmware,
    /// Another package's. Its author may know a later version of the runtime,
    /// so a key that is not known is a warning.
    Other,
}

/// Reads the table; what it does not understand goes to `errors`.
pub(super) fn read(document: &Document<'_>, whose: Whose, errors: &mut Diagnostics) -> Metadata {
    let mut metadata = Metadata::default();
    let Some(table) = table(document) else {
        return metadata;
    };
    let is_firmware = whose == Whose::Firmware;
    if is_firmware {
        metadata.settings = settings::read(&table, errors);
    }
    for (key, place) in table.keys() {
        match key {
            "names" => metadata.names = names(&table, place, errors),
            "macros" => metadata.macros = macros(&table, place, errors),
            _ if settings::KEYS.contains(&key) => {
                if !is_firmware {
                    errors.push(
                        Diagnostic::new(
                            Kind::MetadataKey,
                            format!(
                                "`{key}` is the firmware's to say, and this is not the firmware"
                            ),
                        )
                        .at(place, "it has no effect here")
                        .help("move it to the firmware's manifest"),
                    );
                }
            }
            _ => {
                let known: Vec<&str> = match whose {
                    Whose::Firmware => KEYS.into_iter().chain(settings::KEYS).collect(),
                    Whose::Other => KEYS.to_vec(),
                };
                let kind = match whose {
                    Whose::Firmware => Kind::Setting,
                    Whose::Other => Kind::MetadataKey,
                };
                errors.push(
                    Diagnostic::new(
                        kind,
                        format!("`{key}` is not a key of `package.metadata.enroll`"),
                    )
                    .at(place, "unknown key")
                    .help(near(key, &known)),
                );
            }
        }
    }
    metadata
}

/// The table, if there is one.
pub(super) fn table<'d>(document: &'d Document<'_>) -> Option<Table<'d>> {
    document
        .table("package")?
        .table("metadata")?
        .table("enroll")
}

fn names(
    table: &Table<'_>,
    place: Place,
    errors: &mut Diagnostics,
) -> Option<Vec<(String, Place)>> {
    let Some(names) = table.strings("names") else {
        errors.push(
            Diagnostic::new(Kind::Manifest, "`names` is not a list of strings")
                .at(place, "")
                .help("write `names = [\"one\", \"two\"]`"),
        );
        return None;
    };
    Some(
        names
            .into_iter()
            .map(|(name, place)| (name.to_owned(), place))
            .collect(),
    )
}

fn macros(table: &Table<'_>, place: Place, errors: &mut Diagnostics) -> BTreeMap<String, Marker> {
    let mut macros = BTreeMap::new();
    let known = MARKERS.map(|(name, _)| name);
    let Some(table) = table.table("macros") else {
        errors.push(
            Diagnostic::new(Kind::Manifest, "`macros` is not a table")
                .at(place, "")
                .help("write `macros = { my_module = \"register_module\" }`"),
        );
        return macros;
    };
    for (wrapper, place) in table.keys() {
        let wrapped = table.string(wrapper).unwrap_or_default();
        match MARKERS.into_iter().find(|(name, _)| *name == wrapped) {
            Some((_, marker)) => {
                macros.insert(wrapper.to_owned(), marker);
            }
            None => errors.push(
                Diagnostic::new(
                    Kind::Manifest,
                    format!("`{wrapper}` must wrap one of the macros that are looked for"),
                )
                .at(place, "")
                .help(near(wrapped, &known)),
            ),
        }
    }
    macros
}

/// The known words, the nearest one first if there is a near one.
pub(super) fn near(word: &str, known: &[&str]) -> String {
    let nearest = known
        .iter()
        .map(|known| (strsim::damerau_levenshtein(word, known), known))
        .filter(|(distance, known)| distance * 3 <= known.len())
        .min();
    match nearest {
        Some((_, known)) => format!("did you mean `{known}`?"),
        None => format!("it is one of `{}`", known.join("`, `")),
    }
}
