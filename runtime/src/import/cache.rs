//! Where compiled code is kept beside its source (PEP 3147).
//!
//! The rules are those of CPython's `importlib.util`: `folder/name.py` is kept in
//! `folder/__pycache__/name.TAG.pyc`.

use crate::import::{ImportError, ImportHost, Importer, Kind};
use alloc::format;
use alloc::string::String;

const FOLDER: &str = "__pycache__";

impl<H: ImportHost> Importer<'_, '_, '_, H> {
    /// The path of the compiled file of a source file. Nothing is looked at.
    ///
    /// # Errors
    ///
    /// [`ImportError::Value`] where the host has no
    /// [`tag`](crate::import::Options::tag), or no suffix of compiled files.
    pub fn cache_from_source(&mut self, path: &str) -> Result<String, H::Error> {
        let tag = self.get_tag();
        let compiled = self.suffix(Kind::Compiled);
        match compiled {
            Some(suffix) if !tag.is_empty() => Ok(cached(path, &tag, &suffix)),
            _ => Err(self.error(ImportError::Value(
                "this interpreter keeps no compiled files".into(),
            ))),
        }
    }

    /// The path of the source file of a compiled file. Nothing is looked at.
    ///
    /// # Errors
    ///
    /// [`ImportError::Value`] where the path is not of that form, or the host has
    /// no suffix of source files.
    pub fn source_from_cache(&mut self, path: &str) -> Result<String, H::Error> {
        let Some(suffix) = self.suffix(Kind::Source) else {
            return Err(self.error(ImportError::Value(
                "this interpreter has no source files".into(),
            )));
        };
        source(path, &suffix).map_err(|error| self.error(error))
    }

    /// The interpreter in the names of compiled files; empty where there are
    /// none (`imp.get_tag`).
    pub fn get_tag(&mut self) -> String {
        self.imports(|imports| imports.options.tag.clone().into_owned())
    }

    /// The first bytes of compiled files (`imp.get_magic`).
    pub fn get_magic(&mut self) -> [u8; 4] {
        self.imports(|imports| imports.options.magic)
    }

    /// The first suffix of a kind.
    fn suffix(&mut self, kind: Kind) -> Option<String> {
        self.imports(|imports| {
            let mut suffixes = imports.suffixes.iter();
            let found = suffixes.find(|suffix| suffix.kind == kind)?;
            Some(found.suffix.clone().into_owned())
        })
    }
}

fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.into()
    } else {
        format!("{folder}/{name}")
    }
}

fn cached(path: &str, tag: &str, suffix: &str) -> String {
    let (folder, name) = split(path);
    let (base, dot) = match name.rsplit_once('.') {
        None => (name, ""),
        Some(("", rest)) => (rest, "."),
        Some((base, _)) => (base, "."),
    };
    let folder = if path.starts_with('/') && folder.is_empty() {
        format!("/{FOLDER}")
    } else {
        join(folder, FOLDER)
    };
    format!("{folder}/{base}{dot}{tag}{suffix}")
}

fn source(path: &str, suffix: &str) -> Result<String, ImportError> {
    let (folder, name) = split(path);
    let (above, last) = split(folder);
    if last != FOLDER {
        return Err(ImportError::Value(format!(
            "{FOLDER} not bottom-level directory in '{path}'"
        )));
    }
    let parts = name.split('.').count();
    if !(3..=4).contains(&parts) {
        return Err(ImportError::Value(format!(
            "expected only 2 or 3 dots in '{name}'"
        )));
    }
    if parts == 4 {
        let level = name.split('.').nth(2).unwrap_or_default();
        let Some(number) = level.strip_prefix("opt-") else {
            return Err(ImportError::Value(
                "optimization portion of filename does not start with 'opt-'".into(),
            ));
        };
        if number.is_empty() || !number.chars().all(char::is_alphanumeric) {
            return Err(ImportError::Value(format!(
                "optimization level '{level}' is not an alphanumeric value"
            )));
        }
    }
    let base = name.split('.').next().unwrap_or_default();
    if above.is_empty() && folder.starts_with('/') {
        return Ok(format!("/{base}{suffix}"));
    }
    Ok(join(above, &format!("{base}{suffix}")))
}

#[cfg(test)]
mod tests {
    use super::{cached, source};
    use alloc::string::ToString;

    // What CPython 3.11's importlib.util answers, its tag and suffix in place
    // of ours.
    #[test]
    fn compiled_files_lie_in_a_folder_of_their_own() {
        for (path, expected) in [
            ("foo/bar/baz.py", "foo/bar/__pycache__/baz.vm-10.vmc"),
            ("baz.py", "__pycache__/baz.vm-10.vmc"),
            ("/baz.py", "/__pycache__/baz.vm-10.vmc"),
            ("foo.bar/baz", "foo.bar/__pycache__/bazvm-10.vmc"),
            ("foo.bar.baz.py", "__pycache__/foo.bar.baz.vm-10.vmc"),
            (".hidden", "__pycache__/hidden.vm-10.vmc"),
        ] {
            assert_eq!(cached(path, "vm-10", ".vmc"), expected, "{path}");
        }
    }

    #[test]
    fn a_compiled_file_leads_back_to_its_source() {
        for (path, expected) in [
            ("foo/__pycache__/baz.vm-10.vmc", Ok("foo/baz.vm")),
            ("__pycache__/baz.vm-10.vmc", Ok("baz.vm")),
            ("/__pycache__/baz.vm-10.vmc", Ok("/baz.vm")),
            ("__pycache__/baz.vm-10.opt-2.vmc", Ok("baz.vm")),
            (
                "foo/baz.vm-10.vmc",
                Err("__pycache__ not bottom-level directory in 'foo/baz.vm-10.vmc'"),
            ),
            (
                "__pycache__/baz.vmc",
                Err("expected only 2 or 3 dots in 'baz.vmc'"),
            ),
            (
                "__pycache__/a.b.c.d.vmc",
                Err("expected only 2 or 3 dots in 'a.b.c.d.vmc'"),
            ),
            (
                "__pycache__/baz.vm-10.2.vmc",
                Err("optimization portion of filename does not start with 'opt-'"),
            ),
            (
                "__pycache__/baz.vm-10.opt-.vmc",
                Err("optimization level 'opt-' is not an alphanumeric value"),
            ),
        ] {
            let found = source(path, ".vm").map_err(|error| error.to_string());
            assert_eq!(
                found.as_deref().map_err(|error| error.as_str()),
                expected,
                "{path}"
            );
        }
    }
}
