//! The declarations that a compiled crate exports.

use enroll_abi::symbol::is_symbol;
use object::read::archive::ArchiveFile;
use std::collections::BTreeSet;
use std::path::Path;

/// The exported declarations of an rlib, by the archive's own symbol table:
/// rustc fills it also where the members are bitcode for link-time
/// optimization.
pub(super) fn exported(rlib: &Path) -> Result<BTreeSet<String>, String> {
    let failed = |error: &dyn std::fmt::Display| {
        format!("error: could not read {}: {error}", rlib.display())
    };
    let data = std::fs::read(rlib).map_err(|error| failed(&error))?;
    let archive = ArchiveFile::parse(&*data).map_err(|error| failed(&error))?;
    let mut found = BTreeSet::new();
    let Some(symbols) = archive.symbols().map_err(|error| failed(&error))? else {
        return Ok(found);
    };
    for symbol in symbols {
        let symbol = symbol.map_err(|error| failed(&error))?;
        let Ok(name) = std::str::from_utf8(symbol.name()) else {
            continue;
        };
        if is_symbol(name) {
            // Mach-O puts one underscore before every symbol.
            found.insert(name.strip_prefix('_').unwrap_or(name).to_owned());
        }
    }
    Ok(found)
}
