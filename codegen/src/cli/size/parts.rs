//! The parts of a firmware, and what each takes.

use super::image::{Image, Piece, Use};
use super::owner::Owner;
use super::units::Units;
use crate::cli::cargo::Built;
use enroll_abi::layout::layout;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A part of a firmware, in the order it is listed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// A package that declares modules.
    Module(String),
    /// The crates of enroll.
    Runtime,
    /// The names of the build.
    Pool,
    /// The table of modules.
    Table,
    /// Frozen scripts and data files.
    Frozen,
    /// A package that brings a host.
    Host(String),
    /// Any other package.
    Dependency(String),
    /// What came with the compiler: `core`, `alloc`, `std` and what they need.
    Library,
    /// The firmware's own crates.
    Firmware,
    /// Symbols of no crate: start-up code and libraries that are not Rust.
    Foreign,
    /// Bytes without a symbol: literals, padding.
    Unattributed,
}

/// Bytes by their use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bytes {
    pub(super) code: u64,
    pub(super) constants: u64,
    pub(super) data: u64,
    pub(super) bss: u64,
}

impl Bytes {
    /// What stays when the power is off; variables have their first value there.
    pub(super) fn rom(&self) -> u64 {
        self.code + self.constants + self.data
    }

    pub(super) fn ram(&self) -> u64 {
        self.data + self.bss
    }

    pub(super) fn add(&mut self, other: Bytes) {
        self.code += other.code;
        self.constants += other.constants;
        self.data += other.data;
        self.bss += other.bss;
    }

    fn count(&mut self, piece: &Piece) {
        let of = match piece.usage {
            Use::Code => &mut self.code,
            Use::Constants => &mut self.constants,
            Use::Data => &mut self.data,
            Use::Bss => &mut self.bss,
        };
        *of += piece.size;
    }
}

/// The crates that a firmware is made of, and what the plan says of them.
pub(super) struct Parts<'a> {
    units: &'a Units,
    firmware: String,
    /// The packages with a module in the plan.
    modules: BTreeSet<String>,
    /// The crates of the hosts.
    hosts: BTreeSet<String>,
    /// The package of each crate that Cargo compiled.
    packages: BTreeMap<String, String>,
}

/// The crates of the runtime.
const RUNTIME: [&str; 3] = ["enroll", "enroll_abi", "enroll_portable"];
/// The static that `enroll::include_modules!` brings in, with all of its own.
const BUILTINS: &str = "::BUILTINS";
/// The same for what is frozen.
const FROZEN: &str = "::FROZEN";
/// Which of the first are the pool.
const POOL: [&str; 3] = ["::POOL", "::OFFSETS", "::PILOTS"];

impl<'a> Parts<'a> {
    pub(super) fn new(plan: &Value, built: &Built, units: &'a Units) -> Parts<'a> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let mut modules = BTreeSet::new();
        for module in list(&plan["modules"]) {
            for declared in [&module].into_iter().chain(&list(&module["extensions"])) {
                modules.insert(text(&declared["package"]));
            }
        }
        let hosts = list(&plan["hosts"]).iter().map(text).collect::<Vec<_>>();
        let first = |path: &String| {
            let path = path.trim_start_matches("::");
            path.split("::").next().unwrap_or_default().to_owned()
        };
        Parts {
            units,
            firmware: text(&plan["firmware"]),
            modules,
            hosts: hosts.iter().map(first).collect(),
            packages: built
                .artifacts
                .iter()
                .map(|artifact| (artifact.crate_name.clone(), artifact.package.clone()))
                .collect(),
        }
    }

    /// What each part takes of an image; all bytes are in one part.
    pub(super) fn measure(&self, mut image: Image, plan: &Value) -> BTreeMap<Part, Bytes> {
        let mut measured: BTreeMap<Part, Bytes> = BTreeMap::new();
        let mut own_unit = None;
        for piece in image.take(pool_text(plan).as_bytes()) {
            measured.entry(Part::Pool).or_default().count(&piece);
            // Around the text, constants bear the hash of the firmware's unit,
            // which is linked from no rlib.
            if let Some(Owner::Anonymous(hash)) = piece.symbol.as_deref().map(Owner::of) {
                own_unit = Some(hash);
            }
        }
        for piece in &image.pieces {
            let part = match piece.symbol.as_deref() {
                Some(symbol) => self.of(Owner::of(symbol), symbol, own_unit.as_deref()),
                None => Part::Unattributed,
            };
            measured.entry(part).or_default().count(piece);
        }
        measured
    }

    fn of(&self, owner: Owner, symbol: &str, own_unit: Option<&str>) -> Part {
        match owner {
            Owner::Declaration(package) => self.package(&package),
            Owner::Path { crates, path } => self.path(&crates, &path),
            Owner::Anonymous(hash) => match self.units.hashes.get(&hash) {
                Some(of) => self.krate(of),
                None if own_unit == Some(&hash) => Part::Firmware,
                None => Part::Unattributed,
            },
            Owner::Plain => match self.units.plain.get(symbol) {
                Some(of) => self.krate(of),
                None => Part::Foreign,
            },
        }
    }

    /// The crate that a path begins in. What the compiler's library defines for
    /// a type or function of another crate counts for that one, the first of
    /// several.
    fn path(&self, crates: &[String], path: &str) -> Part {
        let parts = || crates.iter().map(|name| self.krate(name));
        let part = parts()
            .find(|part| *part != Part::Library)
            .unwrap_or(Part::Library);
        if part != Part::Firmware {
            return part;
        }
        if let Some(at) = path.find(BUILTINS) {
            let rest = &path[at + BUILTINS.len()..];
            let is_pool = POOL.iter().any(|name| rest.starts_with(name));
            return if is_pool { Part::Pool } else { Part::Table };
        }
        match path.split_once(FROZEN) {
            Some((_, rest)) if rest.is_empty() || rest.starts_with("::") => Part::Frozen,
            _ => part,
        }
    }

    fn krate(&self, name: &str) -> Part {
        if RUNTIME.contains(&name) {
            return Part::Runtime;
        }
        let Some(package) = self.packages.get(name) else {
            // Cargo did not compile it.
            return Part::Library;
        };
        if self.hosts.contains(name) && *package != self.firmware {
            return Part::Host(package.clone());
        }
        self.package(package)
    }

    fn package(&self, package: &str) -> Part {
        if package == self.firmware {
            Part::Firmware
        } else if self.modules.contains(package) {
            Part::Module(package.to_owned())
        } else {
            Part::Dependency(package.to_owned())
        }
    }
}

/// The text of the pool that the plan's names make.
fn pool_text(plan: &Value) -> String {
    let names = plan["names"].as_array().map_or(&[][..], Vec::as_slice);
    let names: Vec<&str> = names
        .iter()
        .filter_map(|name| name["text"].as_str())
        .collect();
    let salt = plan["salt"].as_u64().and_then(|salt| salt.try_into().ok());
    layout(&names, salt.unwrap_or_default()).map_or_else(|_| String::new(), |layout| layout.text)
}
