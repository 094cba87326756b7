//! A TOML file whose values know their place.

use crate::error::{Diagnostic, Kind};
use crate::place::Place;
use std::ops::Range;
use std::path::Path;
use toml::de::{DeTable, DeValue};

/// A parsed file.
pub(crate) struct Document<'t> {
    path: &'t Path,
    text: &'t str,
    root: DeTable<'t>,
}

/// A table of a [`Document`].
#[derive(Clone, Copy)]
pub(crate) struct Table<'d> {
    path: &'d Path,
    text: &'d str,
    table: &'d DeTable<'d>,
}

/// A member of a list: a string, or else a table.
pub(crate) type Member<'d> = Result<(&'d str, Place), (Table<'d>, Place)>;

impl<'t> Document<'t> {
    /// Parses `text`, which was read from `path`.
    ///
    /// # Errors
    ///
    /// [`Kind::Manifest`] at the first token that is not TOML.
    pub(crate) fn parse(path: &'t Path, text: &'t str) -> Result<Document<'t>, Diagnostic> {
        match DeTable::parse(text) {
            Ok(root) => Ok(Document {
                path,
                text,
                root: root.into_inner(),
            }),
            Err(cause) => Err(Diagnostic::new(
                Kind::Manifest,
                format!("this file is not TOML: {}", cause.message()),
            )
            .at(place(path, text, cause.span().unwrap_or(0..0)), "")
            .help("correct it; Cargo itself could not read it like this")),
        }
    }

    /// The file as a whole.
    pub(crate) fn root(&self) -> Table<'_> {
        Table {
            path: self.path,
            text: self.text,
            table: &self.root,
        }
    }

    /// The place of a range of bytes.
    #[cfg(feature = "cli")]
    pub(crate) fn place(&self, span: Range<usize>) -> Place {
        place(self.path, self.text, span)
    }

    /// A table at the top.
    pub(crate) fn table(&self, key: &str) -> Option<Table<'_>> {
        self.root().table(key)
    }
}

impl<'d> Table<'d> {
    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&'d DeValue<'d>> {
        Some(self.table.get(key)?.get_ref())
    }

    /// A table in this one.
    pub(crate) fn table(&self, key: &str) -> Option<Table<'d>> {
        Some(Table {
            path: self.path,
            text: self.text,
            table: self.get(key)?.as_table()?,
        })
    }

    /// A string.
    pub(crate) fn string(&self, key: &str) -> Option<&'d str> {
        self.get(key)?.as_str()
    }

    /// Whether a key is there and true.
    pub(crate) fn flag(&self, key: &str) -> bool {
        self.get(key).and_then(DeValue::as_bool).unwrap_or(false)
    }

    /// A list of strings with their places; `None` if it is anything else.
    pub(crate) fn strings(&self, key: &str) -> Option<Vec<(&'d str, Place)>> {
        let list = self.get(key)?.as_array()?;
        list.iter()
            .map(|value| Some((value.get_ref().as_str()?, self.place(value.span()))))
            .collect()
    }

    /// The members of a list of strings and tables with their places; `None` if
    /// it is anything else.
    pub(crate) fn entries(&self, key: &str) -> Option<Vec<Member<'d>>> {
        let list = self.get(key)?.as_array()?;
        list.iter()
            .map(|value| {
                let place = self.place(value.span());
                if let Some(text) = value.get_ref().as_str() {
                    return Some(Ok((text, place)));
                }
                let table = Table {
                    table: value.get_ref().as_table()?,
                    ..*self
                };
                Some(Err((table, place)))
            })
            .collect()
    }

    /// All keys with their places, sorted.
    pub(crate) fn keys(&self) -> impl Iterator<Item = (&'d str, Place)> + use<'d> {
        let table = *self;
        table
            .table
            .keys()
            .map(move |key| (key.get_ref().as_ref(), table.place(key.span())))
    }

    /// The place of a key's value; of the file where it has none.
    pub(crate) fn place_of(&self, key: &str) -> Place {
        match self.table.get(key) {
            Some(value) => self.place(value.span()),
            None => Place::file(self.path),
        }
    }

    /// The folder of the file.
    pub(crate) fn folder(&self) -> &'d Path {
        self.path.parent().unwrap_or(Path::new(""))
    }

    fn place(&self, span: Range<usize>) -> Place {
        place(self.path, self.text, span)
    }
}

/// The place of a range of bytes.
pub(super) fn place(path: &Path, text: &str, span: Range<usize>) -> Place {
    let before = text.get(..span.start).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let inside = text.get(span).unwrap_or("");
    Place {
        file: path.to_path_buf(),
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
        width: inside.lines().next().unwrap_or("").chars().count(),
    }
}
