//! The symbols of compiled declarations.

use enroll_abi::symbol::{Declared, Symbol, is_symbol};
use object::read::archive::ArchiveFile;
use object::{File, Object, ObjectSymbol};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Every symbol of enroll that a library defines.
pub(crate) fn defined(rlib: &Path) -> BTreeSet<String> {
    let data = fs::read(rlib).unwrap();
    let archive = ArchiveFile::parse(&*data).unwrap();
    let mut found = BTreeSet::new();
    for member in archive.members().map(Result::unwrap) {
        // One member is rustc's metadata, which is no object on every target.
        let Ok(file) = File::parse(member.data(&*data).unwrap()) else {
            continue;
        };
        let symbols = file.symbols().filter(|symbol| symbol.is_definition());
        let names = symbols.filter_map(|symbol| symbol.name().ok().map(str::to_owned));
        found.extend(names.filter(|name| is_symbol(name)));
    }
    found
}

/// The symbol of a module, as generated code refers to it.
pub(crate) fn of(package: &str, version: &str, module: &str, salt: u32) -> String {
    Symbol {
        salt,
        package,
        version,
        module,
        declared: Declared::Module,
        test: false,
    }
    .to_string()
}
