//! `cargo enroll verify`: what was compiled against what is in the table.
//!
//! The linker finds a table entry without its crate, but only when something
//! is linked, and only that way round. A crate that was compiled with wider
//! features than the build script was told has modules that no table knows,
//! and nobody complains. Here both ways are compared, on what Cargo says it
//! compiled.

use super::cargo::{self, Artifact, Built};
use super::recorded;
use super::symbols;
use enroll_abi::symbol::{describe, is_test};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::Path;

/// What `cargo enroll verify --help` prints.
pub(super) const HELP: &str = "\
Compare what was compiled with the generated table

Usage: cargo enroll verify [ARGS]

Builds with ARGS, which are those of `cargo build`. A declaration that a crate of
the build exports and the table does not have, or the other way round, is an
error, with the features that differ where that is the reason.
";

/// Builds with these arguments of `cargo build`, and compares; returns a line
/// for each firmware of the build.
///
/// # Errors
///
/// Every difference, or why nothing could be compared: the text to show.
pub fn verify(args: &[OsString]) -> Result<String, String> {
    let built = cargo::build(args)?;
    let mut report = String::new();
    let mut errors = Vec::new();
    for plan in &built.plans {
        report.push_str(&compare(plan, &built, args, &mut errors)?);
    }
    if errors.is_empty() {
        return Ok(report);
    }
    Err(errors.join("\n"))
}

/// A plan as far as it matters here.
struct Plan {
    firmware: String,
    /// Each symbol with what declares it, for messages.
    declared: BTreeMap<String, Declaration>,
    /// The features that each package was thought to have.
    features: BTreeMap<String, BTreeSet<String>>,
    /// Symbols that a declaration has although the table leaves it out.
    left_out: BTreeSet<String>,
}

struct Declaration {
    package: String,
    what: String,
}

fn compare(
    path: &Path,
    built: &Built,
    args: &[OsString],
    errors: &mut Vec<String>,
) -> Result<String, String> {
    let plan = read(path)?;
    let mut closure: Option<BTreeSet<String>> = None;
    let mut compiled: BTreeMap<String, &Artifact> = BTreeMap::new();
    for artifact in &built.artifacts {
        for rlib in &artifact.rlibs {
            for symbol in symbols::exported(rlib)? {
                compiled.insert(symbol, artifact);
            }
        }
    }
    let own = format!("{} ", plan.firmware);
    let is_own_lib = compiled
        .values()
        .any(|artifact| artifact.package == plan.firmware);
    let mut own_binary = 0;
    for (symbol, declaration) in &plan.declared {
        // A binary's own symbols are in no rlib, and it was linked.
        if declaration.package.starts_with(&own) && !is_own_lib {
            own_binary += 1;
            continue;
        }
        if !compiled.contains_key(symbol) {
            errors.push(format!(
                "error: {} is in the table of `{}`, but no crate of this build exports {symbol}{}",
                declaration.what,
                plan.firmware,
                plan.features_of(&declaration.package, built),
            ));
        }
    }
    let mut checked = 0;
    for (symbol, artifact) in &compiled {
        let package = artifact.id();
        if plan.declared.contains_key(symbol) || plan.left_out.contains(symbol) {
            checked += 1;
            continue;
        }
        if is_test(symbol) {
            continue;
        }
        // Build-dependencies and other firmwares of the workspace export
        // symbols as well; only what is linked into this one counts.
        if closure.is_none() {
            let packages = cargo::closure(&plan.firmware, args)?;
            closure = Some(packages.into_iter().collect());
        }
        if closure
            .as_ref()
            .is_some_and(|closure| closure.contains(&package))
        {
            let mut name = String::new();
            let _ = describe(symbol, &mut name);
            errors.push(format!(
                "error: `{package}` was compiled with a declaration that is not in the table of \
                 `{}`: {name} ({symbol}){}",
                plan.firmware,
                plan.features_of(&package, built),
            ));
        }
    }
    let own = match own_binary {
        0 => String::new(),
        own => format!(", {own} in the firmware itself, which was linked"),
    };
    Ok(format!(
        "{}: {} declarations in the table, {checked} exported by the crates of this build{own}\n",
        plan.firmware,
        plan.declared.len(),
    ))
}

impl Plan {
    /// Where the compiled features differ from those the table was made for:
    /// as a rule the reason.
    fn features_of(&self, package: &str, built: &Built) -> String {
        let none = BTreeSet::new();
        let planned = self.features.get(package).unwrap_or(&none);
        let Some(artifact) = built
            .artifacts
            .iter()
            .find(|artifact| artifact.id() == package && !artifact.rlibs.is_empty())
        else {
            return String::new();
        };
        let compiled: BTreeSet<String> = artifact.features.iter().cloned().collect();
        if compiled == *planned {
            return String::new();
        }
        let list = |set: &BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>().join(", ");
        format!(
            "\n  compiled with the features [{}], the table was made for [{}]: move the cfg into \
             the macro, or select the features in the firmware's manifest",
            list(&compiled),
            list(planned),
        )
    }
}

impl Artifact {
    fn id(&self) -> String {
        format!("{} {}", self.package, self.version)
    }
}

fn read(path: &Path) -> Result<Plan, String> {
    let plan = recorded::value(path)?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut declared = BTreeMap::new();
    for module in list(&plan["modules"]) {
        let extensions = list(&module["extensions"]);
        for declaration in [&module].into_iter().chain(&extensions) {
            let package = format!(
                "{} {}",
                text(&declaration["package"]),
                text(&declaration["version"])
            );
            let what = format!(
                "`{}` ({package}, {}:{})",
                text(&declaration["name"]),
                text(&declaration["file"]),
                declaration["line"],
            );
            declared.insert(text(&declaration["symbol"]), Declaration { package, what });
        }
    }
    let mut features = BTreeMap::new();
    for package in list(&plan["packages"]) {
        let id = format!("{} {}", text(&package["name"]), text(&package["version"]));
        features.insert(id, list(&package["features"]).iter().map(text).collect());
    }
    let left_out = list(&plan["left_out"]);
    Ok(Plan {
        firmware: text(&plan["firmware"]),
        declared,
        features,
        left_out: left_out.iter().map(|out| text(&out["symbol"])).collect(),
    })
}
