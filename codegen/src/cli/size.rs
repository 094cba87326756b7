//! `cargo enroll size`: what each part of a firmware takes of its image.

mod image;
mod owner;
mod parts;
mod units;

use super::cargo::{self, Built};
use super::recorded;
use super::table::{Table, shown};
use image::Image;
use parts::{Bytes, Part, Parts};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;
use units::Units;

/// What `cargo enroll size --help` prints.
pub(super) const HELP: &str = "\
List what each part of a firmware takes of its image

Usage: cargo enroll size [--json] [ARGS]

ARGS are those of `cargo build`; sizes of a debug build say little, so --release
is likely to be one. --json prints the same for programs, every package for
itself.

Columns, in bytes:
  code       instructions
  constants  data that is never written
  data       variables with a first value, which takes as much ROM
  bss        variables that are zero at first
  ROM        code, constants and data
  share      part of all ROM

Only sections that are in memory at run time count, by their flags. Every byte
counts once, so each column adds up to the sections of its kind.

A symbol belongs to the crate that its path begins in: `<A as B>::f` to the
crate of A. What `core`, `alloc` or `std` defines for a type or function of
another crate belongs to that one, if the name tells. The legacy mangling does
not tell what a generic function was made for; with
`-Csymbol-mangling-version=v0` in the rustflags it is told. Two packages whose
crates have one name are one part.

Constants without a name, such as texts, have symbols in an image with
`lto = true` alone, which tell their crate; otherwise they are `unattributed`,
as is padding. `other symbols` are of no crate: start-up code, the C library.

What was inlined counts where it went. Under LTO that can be most of a small
crate, so what a module costs is better told by a build without it.

Reads ELF images that were not stripped.
";

/// Rows of other packages, the largest ones; the rest is summed.
const PACKAGES: usize = 12;

/// Builds with these arguments of `cargo build`, and lists the parts of each
/// firmware of the build.
///
/// # Errors
///
/// Why nothing could be measured: the text to show.
pub fn size(args: &[OsString]) -> Result<String, String> {
    let (json, args): (Vec<OsString>, Vec<OsString>) =
        args.iter().cloned().partition(|arg| arg == "--json");
    let measured = measure(&cargo::build(&args)?)?;
    if json.is_empty() {
        let tables: Vec<String> = measured.iter().map(Measured::table).collect();
        Ok(tables.join("\n"))
    } else {
        let images: Vec<Value> = measured.iter().map(Measured::json).collect();
        Ok(format!("{:#}\n", json!({ "format": 1, "images": images })))
    }
}

/// One linked program.
pub(super) struct Measured {
    pub(super) firmware: String,
    pub(super) program: PathBuf,
    parts: BTreeMap<Part, Bytes>,
    /// The modules of each package.
    modules: BTreeMap<String, Vec<String>>,
}

/// Measures every program that a firmware of the build was linked to.
pub(super) fn measure(built: &Built) -> Result<Vec<Measured>, String> {
    let units = Units::read(built)?;
    let mut measured = Vec::new();
    let mut firmwares = Vec::new();
    for path in &built.plans {
        let plan = recorded::value(path)?;
        let firmware = plan["firmware"].as_str().unwrap_or_default();
        let parts = Parts::new(&plan, built, &units);
        let programs = built.artifacts.iter().filter(|of| of.package == firmware);
        for program in programs.filter_map(|artifact| artifact.program.as_ref()) {
            measured.push(Measured {
                firmware: firmware.to_owned(),
                program: program.clone(),
                parts: parts.measure(Image::read(program)?, &plan),
                modules: modules(&plan),
            });
        }
        firmwares.push(format!("`{firmware}`"));
    }
    if measured.is_empty() {
        return Err(format!(
            "error: this build linked no program of {}, and only a linked image has a size: \
             select its binary (--bin), or the target that it is linked for",
            firmwares.join(", ")
        ));
    }
    Ok(measured)
}

/// A part of an image, for a page or a table.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) rom: u64,
}

/// The names of the modules that each package declares or extends.
fn modules(plan: &Value) -> BTreeMap<String, Vec<String>> {
    let mut modules: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for module in plan["modules"].as_array().into_iter().flatten() {
        let extensions = module["extensions"].as_array().into_iter().flatten();
        for declared in [module].into_iter().chain(extensions) {
            let package = declared["package"].as_str().unwrap_or_default();
            let name = declared["name"].as_str().unwrap_or_default();
            let of_package = modules.entry(package.to_owned()).or_default();
            if !of_package.iter().any(|known| known == name) {
                of_package.push(name.to_owned());
            }
        }
    }
    modules
}

impl Measured {
    /// The read-only memory that the crates of a package with modules take.
    pub(super) fn rom(&self, package: &str) -> Option<u64> {
        let part = self.parts.get(&Part::Module(package.to_owned()));
        part.map(Bytes::rom)
    }

    /// The rows of the list: what each is called, the name of its kind, and the
    /// read-only memory it takes.
    pub(super) fn rows(&self) -> Vec<Row> {
        let rows = self.listed().into_iter();
        rows.map(|(part, name, bytes)| Row {
            name,
            kind: part.kind().1,
            rom: bytes.rom(),
        })
        .collect()
    }

    fn total(&self) -> Bytes {
        let mut total = Bytes::default();
        self.parts.values().for_each(|bytes| total.add(*bytes));
        total
    }

    /// For people.
    fn table(&self) -> String {
        let total = self.total();
        let columns = ["part", "code", "constants", "data", "bss", "ROM", "share"];
        let mut table = Table::new(columns);
        let mut row = |name: String, bytes: &Bytes| {
            table.row([
                name,
                bytes.code.to_string(),
                bytes.constants.to_string(),
                bytes.data.to_string(),
                bytes.bss.to_string(),
                bytes.rom().to_string(),
                share(bytes.rom(), total.rom()),
            ]);
        };
        for (_, name, bytes) in self.listed() {
            row(name, &bytes);
        }
        row("total".to_owned(), &total);
        format!(
            "{}: {}\n{table}ROM {} bytes, RAM {} bytes of static variables\n",
            self.firmware,
            shown(&self.program),
            total.rom(),
            total.ram()
        )
    }

    /// The rows by kind, the largest first within one, small packages summed.
    fn listed(&self) -> Vec<(&Part, String, Bytes)> {
        let mut parts: Vec<(&Part, Bytes)> = self
            .parts
            .iter()
            .map(|(part, bytes)| (part, *bytes))
            .collect();
        // Sorted by part before, so by name within one size.
        parts.sort_by_key(|(part, bytes)| (part.kind(), u64::MAX - bytes.rom() - bytes.bss));
        let mut rows = Vec::new();
        let (mut shown, mut others, mut rest) = (0, 0, Bytes::default());
        for (at, &(part, bytes)) in parts.iter().enumerate() {
            if let Part::Dependency(_) = part {
                shown += 1;
                if shown > PACKAGES {
                    others += 1;
                    rest.add(bytes);
                    let next = parts.get(at + 1).map(|(part, _)| part.kind());
                    if next != Some(part.kind()) {
                        rows.push((part, format!("{others} other packages"), rest));
                    }
                    continue;
                }
            }
            rows.push((part, self.name(part), bytes));
        }
        rows
    }

    /// What a row is called.
    fn name(&self, part: &Part) -> String {
        match part {
            Part::Module(package) => {
                let modules = self.modules.get(package).map(|names| names.join(", "));
                format!("{package} ({})", modules.unwrap_or_default())
            }
            Part::Host(package) => format!("{package} (host)"),
            Part::Dependency(package) => package.clone(),
            Part::Firmware => format!("{} (firmware)", self.firmware),
            part => part.kind().1.to_owned(),
        }
    }

    /// For programs.
    fn json(&self) -> Value {
        let bytes = |bytes: &Bytes| {
            json!({
                "code": bytes.code,
                "constants": bytes.constants,
                "data": bytes.data,
                "bss": bytes.bss,
            })
        };
        let parts = self.parts.iter().map(|(part, of)| {
            let mut object = bytes(of);
            object["kind"] = json!(part.kind().1);
            object["package"] = json!(part.package());
            if let Part::Module(package) = part {
                object["modules"] = json!(self.modules.get(package));
            }
            object
        });
        json!({
            "firmware": self.firmware,
            "program": self.program,
            "parts": parts.collect::<Vec<Value>>(),
            "total": bytes(&self.total()),
        })
    }
}

impl Part {
    /// The place of its kind in the list, and the kind's name.
    fn kind(&self) -> (u8, &'static str) {
        match self {
            Part::Module(_) => (0, "module"),
            Part::Runtime => (1, "enroll runtime"),
            Part::Pool => (2, "pool of names"),
            Part::Table => (3, "table of modules"),
            Part::Frozen => (4, "frozen"),
            Part::Host(_) => (5, "host"),
            Part::Dependency(_) => (6, "package"),
            Part::Library => (7, "core, alloc, std"),
            Part::Firmware => (8, "firmware"),
            Part::Foreign => (9, "other symbols"),
            Part::Unattributed => (10, "unattributed"),
        }
    }

    fn package(&self) -> Option<&str> {
        match self {
            Part::Module(package) | Part::Host(package) | Part::Dependency(package) => {
                Some(package)
            }
            _ => None,
        }
    }
}

/// A part of the whole in per cent, rounded to a tenth.
pub(super) fn share(part: u64, whole: u64) -> String {
    let tenths = (part * 1000 + whole / 2).checked_div(whole).unwrap_or(0);
    format!("{}.{} %", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn shares_are_rounded_to_a_tenth() {
        for (part, whole, expected) in [
            (1, 3, "33.3 %"),
            (2, 3, "66.7 %"),
            (3, 3, "100.0 %"),
            (1, 20_000, "0.0 %"),
            (0, 0, "0.0 %"),
        ] {
            assert_eq!(share(part, whole), expected);
        }
    }
}
