//! The frozen set as a static beside the table, its contents as files that the
//! compiler includes.

use super::write;
use crate::error::{Diagnostic, Kind};
use crate::freeze::FrozenSet;
use crate::settings::Settings;
use enroll_abi::hash::hash;
use enroll_syntax::Class;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// The folder in `OUT_DIR` that holds the contents.
const FOLDER: &str = "enroll_frozen";

/// The different contents of a set, in the order they come.
#[derive(Clone, Debug, Default)]
pub struct Contents<'s> {
    list: Vec<&'s [u8]>,
    places: BTreeMap<&'s [u8], usize>,
}

impl<'s> Contents<'s> {
    /// Those of a set: equal ones are there once.
    pub fn of(set: &'s FrozenSet) -> Contents<'s> {
        let mut contents = Contents::default();
        let codes = set.modules.iter().map(|module| &*module.code);
        for bytes in codes.chain(set.data.iter().map(|file| &*file.bytes)) {
            let next = contents.list.len();
            contents.places.entry(bytes).or_insert_with(|| {
                contents.list.push(bytes);
                next
            });
        }
        contents
    }

    /// Writes each to a file of its own, and removes those of earlier builds.
    ///
    /// # Errors
    ///
    /// [`Kind::Unwritable`] with the system's reason.
    pub fn write(&self, out: &Path) -> Result<(), Diagnostic> {
        let folder = out.join(FOLDER);
        let failed = |cause: std::io::Error| {
            let message = format!("could not write into {}", folder.display());
            Diagnostic::new(Kind::Unwritable, message).cause(cause)
        };
        if self.list.is_empty() {
            return match std::fs::remove_dir_all(&folder) {
                Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(failed(cause)),
                _ => Ok(()),
            };
        }
        std::fs::create_dir_all(&folder).map_err(failed)?;
        for (at, bytes) in self.list.iter().enumerate() {
            write(&folder.join(at.to_string()), bytes)?;
        }
        for entry in std::fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name();
            let number = name.to_str().and_then(|name| name.parse::<usize>().ok());
            if number.is_none_or(|number| number >= self.list.len()) {
                std::fs::remove_file(entry.path()).map_err(failed)?;
            }
        }
        Ok(())
    }

    fn place(&self, bytes: &[u8]) -> usize {
        self.places.get(bytes).copied().unwrap_or_default()
    }
}

/// The static `FROZEN`; nothing where the firmware freezes nothing.
pub fn frozen(
    set: &FrozenSet,
    contents: &Contents<'_>,
    settings: &Settings,
    runtime: &str,
) -> String {
    let mut out = String::new();
    if !settings.freezes.is_empty() {
        // Writing to a String cannot fail.
        let _ = put(&mut out, set, contents, settings.salt, runtime);
    }
    out
}

fn put(
    out: &mut String,
    set: &FrozenSet,
    contents: &Contents<'_>,
    salt: u32,
    runtime: &str,
) -> std::fmt::Result {
    let import = format!("{runtime}::import");
    let plural = |count: usize, one: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{count} {one}s"),
    };
    writeln!(
        out,
        "\n/// The frozen modules of this firmware: {}, {}.\n\
         pub static FROZEN: {import}::FrozenSet = {{",
        plural(set.modules.len(), "module"),
        plural(set.data.len(), "data file"),
    )?;
    for (at, bytes) in contents.list.iter().enumerate() {
        // A static of its own, so that its symbol tells what it takes.
        writeln!(
            out,
            "    static CONTENT_{at}: [u8; {}] = *::core::include_bytes!(::core::concat!(\n        \
             ::core::env!(\"OUT_DIR\"),\n        \"/{FOLDER}/{at}\"\n    ));",
            bytes.len()
        )?;
    }
    for (at, module) in set.modules.iter().enumerate() {
        if module.names.is_empty() {
            continue;
        }
        writeln!(
            out,
            "    static NAMES_{at}: [{runtime}::Qstr; {}] = [",
            module.names.len()
        )?;
        for name in &module.names {
            let id = hash(name, salt);
            writeln!(
                out,
                "        {runtime}::__private::name({:#06x}_{:04x}),",
                id >> 16,
                id & 0xffff
            )?;
        }
        writeln!(out, "    ];")?;
    }
    writeln!(
        out,
        "    static MODULES: [{import}::FrozenModule; {}] = [",
        set.modules.len()
    )?;
    for (at, module) in set.modules.iter().enumerate() {
        write!(
            out,
            "        {import}::FrozenModule::new({}, &CONTENT_{})",
            format_args!("{:?}", module.name),
            contents.place(&module.code)
        )?;
        if !module.suffix.is_empty() {
            write!(out, ".suffix({:?})", module.suffix)?;
        }
        if module.is_package {
            write!(out, ".package()")?;
        }
        if module.class == Class::Extensible {
            write!(out, ".class({runtime}::Class::Extensible)")?;
        }
        if !module.aliases.is_empty() {
            write!(out, ".aliases(&{:?})", module.aliases)?;
        }
        if !module.names.is_empty() {
            write!(out, ".names(&NAMES_{at})")?;
        }
        writeln!(out, ",")?;
    }
    writeln!(
        out,
        "    ];\n    static DATA: [{import}::FrozenFile; {}] = [",
        set.data.len()
    )?;
    for file in &set.data {
        writeln!(
            out,
            "        {import}::FrozenFile {{\n            path: {},\n            \
             bytes: &CONTENT_{},\n        }},",
            format_args!("{:?}", file.path),
            contents.place(&file.bytes)
        )?;
    }
    writeln!(
        out,
        "    ];\n\n    {import}::FrozenSet::new(&MODULES, &DATA)\n}};"
    )
}
