//! `cargo enroll modules`: what is in the table, and what was left out and why.

use super::cargo::{self, Built};
use super::options::Options;
use super::recorded::{self, Declaration, Frozen, Module, Recorded};
use super::size::{self, Measured};
use super::table::Table;
use crate::near::near;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::Path;

/// What `cargo enroll modules --help` prints.
pub(super) const HELP: &str = "\
List the modules of the table, and those left out with the reason

Usage: cargo enroll modules [NAME]... [--json] [ARGS]

NAMEs list these modules alone; ARGS are those of `cargo build`.

Columns:
  module   the name that scripts import
  class    builtin; extensible: a file of its name overrides it; extension: adds
           to the module above it
  package  whose crate declares it, and its version
  where    the file in that package, and the line
  entries  the names of its own table, whatever their cfg
  ROM      bytes of code and constants of the package's crate in the image; `*`
           where a package has several modules, which it is the sum of. A crate
           of the firmware itself has none: `cargo enroll size` tells the rest.
           Empty where nothing was linked, or no ELF image
  hooks    the functions that init, deinit and attributes call
  also     other names of it

Sizes of a debug build say little, so --release is likely to be one of ARGS.
";

/// Builds with these arguments of `cargo build`, and lists the modules of each
/// firmware of the build.
///
/// # Errors
///
/// Why there is nothing to list: the text to show.
pub fn modules(args: &[OsString]) -> Result<String, String> {
    let options = Options::of(args, &["--json"], &[])?;
    let built = cargo::build(&options.cargo)?;
    let sizes = Sizes::of(&built);
    let mut lists = Vec::new();
    let mut objects = Vec::new();
    // Of several firmwares one may have what another lacks.
    let mut lacking = Vec::new();
    for path in &built.plans {
        let value = recorded::value(path)?;
        let plan = Recorded::of(&value);
        let several = several(&plan);
        let plan = match chosen(plan, &options.names()) {
            Ok(plan) => plan,
            Err(error) => {
                lacking.push(error);
                continue;
            }
        };
        if options.has("--json") {
            objects.push(object(&plan, &value, &sizes));
        } else {
            lists.push(list(&plan, &several, &sizes));
        }
    }
    if lists.is_empty() && objects.is_empty() {
        return Err(lacking.join("\n"));
    }
    match options.has("--json") {
        true => Ok(format!(
            "{:#}\n",
            json!({ "format": 1, "firmwares": objects })
        )),
        false => Ok(lists.join("\n")),
    }
}

/// The sizes of the programs of a build, or why there are none.
pub(super) struct Sizes {
    measured: Result<Vec<Measured>, String>,
}

impl Sizes {
    pub(super) fn of(built: &Built) -> Sizes {
        Sizes {
            measured: size::measure(built),
        }
    }

    /// The firmware's program, the first of several.
    pub(super) fn program(&self, firmware: &str) -> Option<&Measured> {
        let mut programs = self.measured.iter().flatten();
        programs.find(|program| program.firmware == firmware)
    }

    /// Why there is nothing to measure.
    pub(super) fn reason(&self) -> Option<&str> {
        let reason = self.measured.as_ref().err()?;
        Some(reason.strip_prefix("error: ").unwrap_or(reason))
    }
}

/// The plan with these modules alone, all if none is named.
fn chosen(mut plan: Recorded, names: &[String]) -> Result<Recorded, String> {
    for name in names {
        let is_it = |module: &Module| module.base.name == *name || module.aliases.contains(name);
        let is_out = |(out, _): &(Declaration, String)| out.name == *name;
        let is_frozen = |frozen: &Frozen| frozen.name == *name || frozen.aliases.contains(name);
        let is_there = plan.modules.iter().any(is_it)
            || plan.left_out.iter().any(is_out)
            || plan.frozen.iter().any(is_frozen);
        if !is_there {
            let known = plan.modules.iter().map(|module| &*module.base.name);
            let known = known.chain(plan.frozen.iter().map(|frozen| &*frozen.name));
            let near = near(name, known).map(|near| format!("; {near}"));
            return Err(format!(
                "error: `{}` has no module `{name}`{}",
                plan.firmware,
                near.unwrap_or_default()
            ));
        }
    }
    if !names.is_empty() {
        let is_named = |name: &String| names.contains(name);
        plan.modules
            .retain(|module| is_named(&module.base.name) || module.aliases.iter().any(is_named));
        plan.left_out.retain(|(out, _)| is_named(&out.name));
        plan.frozen
            .retain(|frozen| is_named(&frozen.name) || frozen.aliases.iter().any(is_named));
        plan.shadowed.retain(|(name, _)| is_named(name));
        plan.data.clear();
    }
    Ok(plan)
}

/// The packages with more than one declaration.
pub(super) fn several(plan: &Recorded) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    let declared = plan.modules.iter().flat_map(Module::declarations);
    let packages = declared.map(|one| &one.package);
    packages
        .filter(|package| !known.insert(*package))
        .cloned()
        .collect()
}

/// The list of one plan, for people.
fn list(plan: &Recorded, several: &BTreeSet<String>, sizes: &Sizes) -> String {
    let plural = if plan.modules.len() == 1 { "" } else { "s" };
    let mut out = format!("{}: {} module{plural}\n", plan.firmware, plan.modules.len());
    let program = sizes.program(&plan.firmware);
    let rom = |package: &str| match program.and_then(|program| program.rom(package)) {
        Some(rom) if several.contains(package) => format!("{rom}*"),
        Some(rom) => rom.to_string(),
        None => String::new(),
    };
    let mut table = Table::new([
        "module", "class", "package", "where", "entries", "ROM", "hooks", "also",
    ]);
    for module in &plan.modules {
        for (at, one) in module.declarations().enumerate() {
            let (class, aliases) = match at {
                0 => (&*module.class, module.aliases.join(" ")),
                _ => ("extension", String::new()),
            };
            table.row([
                one.name.clone(),
                class.to_owned(),
                format!("{} {}", one.package, one.version),
                one.place(),
                one.attributes.len().to_string(),
                rom(&one.package),
                one.hooks.join(" "),
                aliases,
            ]);
        }
    }
    if !plan.modules.is_empty() {
        out.push_str(&table.to_string());
    }
    if let Some(reason) = sizes.reason() {
        out.push_str(&format!("\nROM is not known: {reason}\n"));
    }
    out.push_str(&frozen(plan));
    if !plan.left_out.is_empty() {
        out.push_str("\nleft out:\n");
        let mut table = Table::new(["module", "package", "where", "because"]);
        for (one, reason) in &plan.left_out {
            table.row([
                one.name.clone(),
                format!("{} {}", one.package, one.version),
                one.place(),
                reason.clone(),
            ]);
        }
        out.push_str(&table.to_string());
    }
    out
}

/// The frozen modules, their data files, and what they hide.
fn frozen(plan: &Recorded) -> String {
    let mut out = String::new();
    if !plan.frozen.is_empty() {
        let mut table = Table::new(["module", "class", "kind", "bytes", "names", "file", "also"]);
        for frozen in &plan.frozen {
            table.row([
                frozen.name.clone(),
                frozen.class.clone(),
                frozen.kind(),
                frozen.bytes.to_string(),
                frozen.names.to_string(),
                frozen.file.clone(),
                frozen.aliases.join(" "),
            ]);
        }
        out.push_str(&format!("\nfrozen:\n{table}"));
    }
    if !plan.data.is_empty() {
        let mut table = Table::new(["data", "bytes"]);
        for (path, bytes) in &plan.data {
            table.row([path.clone(), bytes.to_string()]);
        }
        out.push_str(&format!("\n{table}"));
    }
    for (name, by) in &plan.shadowed {
        out.push_str(&format!("\n`{name}` is hidden by the frozen {by}\n"));
    }
    out
}

/// The same for programs: what the plan says, and the sizes.
fn object(plan: &Recorded, value: &Value, sizes: &Sizes) -> Value {
    let program = sizes.program(&plan.firmware);
    let rom = |object: &mut Value| {
        let package = object["package"].as_str().unwrap_or_default();
        object["rom"] = json!(program.and_then(|program| program.rom(package)));
    };
    let items = |key: &str| value[key].as_array().cloned().unwrap_or_default();
    let is_listed = |object: &Value| {
        let name = object["name"].as_str().unwrap_or_default();
        plan.modules.iter().any(|module| module.base.name == name)
    };
    let modules = items("modules").into_iter().filter(is_listed);
    let modules = modules.map(|mut module| {
        rom(&mut module);
        if let Some(extensions) = module["extensions"].as_array_mut() {
            extensions.iter_mut().for_each(rom);
        }
        module
    });
    let is_left_out = |object: &Value| {
        let name = object["name"].as_str().unwrap_or_default();
        plan.left_out.iter().any(|(out, _)| out.name == name)
    };
    let left_out = items("left_out").into_iter().filter(is_left_out);
    let is_frozen = |object: &Value| {
        let name = object["name"].as_str().unwrap_or_default();
        plan.frozen.iter().any(|frozen| frozen.name == name)
    };
    let frozen = items("frozen").into_iter().filter(is_frozen);
    let data = plan.data.iter();
    let data = data.map(|(path, bytes)| json!({ "path": path, "bytes": bytes }));
    json!({
        "firmware": plan.firmware,
        "program": program.map(|program| Path::new(&program.program)),
        "modules": modules.collect::<Vec<_>>(),
        "left_out": left_out.collect::<Vec<_>>(),
        "frozen": frozen.collect::<Vec<_>>(),
        "data": data.collect::<Vec<_>>(),
    })
}
