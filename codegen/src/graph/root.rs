//! Which target of the firmware's package is the firmware.

use super::members::{Built, Member};
use super::request::Request;
use crate::error::{Diagnostic, Kind};
use crate::place::Place;
use std::path::PathBuf;

/// A target of a package: a root file and what Cargo makes of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// What Cargo makes of it.
    pub kind: TargetKind,
    /// Its name, as `--bin NAME` would have it.
    pub name: String,
    /// Its root file.
    pub root: PathBuf,
}

/// What Cargo makes of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TargetKind {
    /// A library of any kind, a procedural macro included.
    Lib,
    /// A binary.
    Bin,
    /// An example.
    Example,
    /// An integration test.
    Test,
    /// A benchmark.
    Bench,
}

/// The firmware's own crate and its package's other targets.
pub(super) struct Chosen {
    pub(super) target: Target,
    pub(super) edition: String,
    pub(super) others: Vec<Target>,
}

/// The library, else the binary that was asked for, else the only one.
/// Targets whose `required-features` are off are not built and do not count.
///
/// # Errors
///
/// [`Kind::FirmwareTarget`] if there is none or a choice to be made.
pub(super) fn choose(request: &Request, member: &Member) -> Result<Chosen, Diagnostic> {
    let built: Vec<(TargetKind, &Built)> = member
        .targets
        .iter()
        .filter(|target| {
            let mut required = target.required_features.iter();
            required.all(|feature| request.features.contains(feature))
        })
        .filter_map(|target| Some((kind(target)?, target)))
        .collect();
    let of = |wanted: TargetKind| built.iter().filter(move |(kind, _)| *kind == wanted);
    let bins: Vec<&str> = of(TargetKind::Bin)
        .map(|(_, target)| target.name.as_str())
        .collect();
    let candidates: Vec<&Built> = match (&request.bin, of(TargetKind::Lib).next()) {
        (None, Some((_, lib))) => vec![lib],
        (Some(name), _) => of(TargetKind::Bin)
            .filter(|(_, target)| target.name == *name)
            .map(|(_, target)| *target)
            .collect(),
        (None, None) => of(TargetKind::Bin).map(|(_, target)| *target).collect(),
    };
    let &[chosen] = candidates.as_slice() else {
        return Err(undecided(request, member, &bins));
    };
    let target = |&(kind, target): &(TargetKind, &Built)| Target {
        kind,
        name: target.name.clone(),
        root: target.root.clone(),
    };
    let (itself, others): (Vec<_>, Vec<_>) = built
        .iter()
        .partition(|(_, target)| std::ptr::eq(*target, chosen));
    let mut others: Vec<Target> = others.into_iter().map(target).collect();
    others.sort();
    match itself.into_iter().map(target).next() {
        Some(target) => Ok(Chosen {
            target,
            edition: chosen.edition.clone(),
            others,
        }),
        None => Err(undecided(request, member, &bins)),
    }
}

fn undecided(request: &Request, member: &Member, bins: &[&str]) -> Diagnostic {
    let name = &request.name;
    let list = format!("`{}`", bins.join("`, `"));
    let told = match &request.bin {
        Some(bin) => Diagnostic::new(
            Kind::FirmwareTarget,
            format!("`{name}` has no binary `{bin}` in this build"),
        )
        .help(if bins.is_empty() {
            "it has none; leave out `Builder::bin` if its library is the firmware".to_owned()
        } else {
            format!("name one of {list} in `Builder::bin`")
        }),
        None if bins.is_empty() => Diagnostic::new(
            Kind::FirmwareTarget,
            format!("`{name}` has neither a library nor a binary in this build"),
        )
        .help("add `src/lib.rs` or `src/main.rs`: the table is generated for it"),
        None => Diagnostic::new(
            Kind::FirmwareTarget,
            format!("`{name}` has no library and {} binaries", bins.len()),
        )
        .help(format!(
            "say which of {list} is the firmware with `Builder::bin`"
        ))
        .help("or move the declarations into a library that the binaries share"),
    };
    told.at(Place::file(&member.manifest), "")
}

/// `None` for build scripts and what later Cargos may add.
fn kind(target: &Built) -> Option<TargetKind> {
    let is = |name: &str| target.kinds.iter().any(|kind| kind == name);
    let libraries = ["lib", "rlib", "dylib", "cdylib", "staticlib", "proc-macro"];
    // First, since an example can be a library too.
    if is("example") {
        Some(TargetKind::Example)
    } else if is("bin") {
        Some(TargetKind::Bin)
    } else if is("test") {
        Some(TargetKind::Test)
    } else if is("bench") {
        Some(TargetKind::Bench)
    } else if libraries.into_iter().any(is) {
        Some(TargetKind::Lib)
    } else {
        None
    }
}
