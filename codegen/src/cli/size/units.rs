//! Which crate a symbol without a path comes from, by looking into what was
//! compiled.

use super::owner::HASH;
use crate::cli::cargo::{self, Built};
use memchr::memmem;
use object::read::archive::ArchiveFile;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What the compiled crates of a build say about names.
#[derive(Debug, Default)]
pub(super) struct Units {
    /// The crate of each compilation unit, by the hash in its constants.
    pub(super) hashes: BTreeMap<String, String>,
    /// The crate that defines a name which is not mangled.
    pub(super) plain: BTreeMap<String, String>,
}

impl Units {
    /// Reads the rlibs of a build, and those that came with the compiler.
    pub(super) fn read(built: &Built) -> Result<Units, String> {
        let mut units = Units::default();
        for artifact in &built.artifacts {
            for rlib in &artifact.rlibs {
                units.add(rlib, &artifact.crate_name)?;
            }
        }
        // Without the compiler's own a few constants stay unattributed.
        for rlib in cargo::sysroot().iter().flat_map(|sysroot| library(sysroot)) {
            let name = rlib.file_name().unwrap_or_default().to_string_lossy();
            let name = name.strip_prefix("lib").unwrap_or(&name);
            let name = name.split('-').next().unwrap_or(name).to_owned();
            units.add(&rlib, &name)?;
        }
        Ok(units)
    }

    fn add(&mut self, rlib: &Path, of: &str) -> Result<(), String> {
        let failed = |error: &dyn std::fmt::Display| {
            format!("error: could not read {}: {error}", rlib.display())
        };
        let data = fs::read(rlib).map_err(|error| failed(&error))?;
        for hash in hashes(&data) {
            self.hashes
                .entry(hash.to_owned())
                .or_insert_with(|| of.to_owned());
        }
        let archive = ArchiveFile::parse(&*data).map_err(|error| failed(&error))?;
        let symbols = archive.symbols().map_err(|error| failed(&error))?;
        for symbol in symbols.into_iter().flatten() {
            let symbol = symbol.map_err(|error| failed(&error))?;
            let Ok(name) = std::str::from_utf8(symbol.name()) else {
                continue;
            };
            if rustc_demangle::try_demangle(name).is_err() {
                self.plain
                    .entry(name.to_owned())
                    .or_insert_with(|| of.to_owned());
            }
        }
        Ok(())
    }
}

/// The rlibs of the compiler, for every target that is installed.
fn library(sysroot: &Path) -> Vec<PathBuf> {
    let list = |folder: PathBuf| {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect::<Vec<_>>()
    };
    let mut found: Vec<PathBuf> = list(sysroot.join("lib/rustlib"))
        .into_iter()
        .flat_map(|target| list(target.join("lib")))
        .filter(|file| {
            file.extension()
                .is_some_and(|extension| extension == "rlib")
        })
        .collect();
    found.sort();
    found
}

/// The hashes of `anon.<hash>.<number>` in bitcode, whose names stand in it as
/// they are.
fn hashes(data: &[u8]) -> Vec<&str> {
    let mut found: Vec<&str> = memmem::find_iter(data, "anon.")
        .filter_map(|at| {
            let (hash, rest) = data.get(at + "anon.".len()..)?.split_at_checked(HASH)?;
            let is_hash = hash.iter().all(u8::is_ascii_hexdigit) && rest.first() == Some(&b'.');
            is_hash.then(|| std::str::from_utf8(hash).ok()).flatten()
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::hashes;

    #[test]
    fn hashes_are_found_in_bytes() {
        let data = b"\xffanon.2a79bbfdf396a48ba8f3794d81879edb.14anon.2a79bbfdf396a48ba8f3794d8\
                     1879edb.15anon.notahash.1anon.75a04ad36411106e2ed77ba2ce58446f.0anon.7";
        let expected = [
            "2a79bbfdf396a48ba8f3794d81879edb",
            "75a04ad36411106e2ed77ba2ce58446f",
        ];
        assert_eq!(hashes(data), expected);
    }
}
