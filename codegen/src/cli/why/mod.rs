//! `cargo enroll why NAME`: why a name is in a firmware, or is not.
//!
//! The name may be a module's (`os.path`), an alias, an attribute (`os.sep`) or any
//! name of the pool. Everything comes from the build script's own answer
//! ([`super::again`]), which it gives even where the build fails, and, for what no
//! crate of the build has, from `cargo metadata` and the sources of the packages
//! around: there every `cfg` is looked behind.
//!
//! With `--json`, `reason` is one of
//!
//! | in | |
//! |---|---|
//! | `module`, `alias`, `attribute`, `name`, `frozen` | what it is |
//! | `replaced-by-extension` | an attribute that an extension gives another value |
//!
//! | not in | because |
//! |---|---|
//! | `feature-off` | a feature of a crate, or of a manifest, is off |
//! | `cfg-false` | a cfg is false for this target |
//! | `cfg-undecided` | a cfg that only a compiler knows |
//! | `not-a-dependency` | a package around has it, and the firmware does not depend on it |
//! | `dev-dependency`, `build-dependency`, `other-target` | it does, but not for its code on this target |
//! | `not-named` | no code names its crate |
//! | `excluded` | the firmware's settings |
//! | `host-lacks` | what it requires of the host |
//! | `base-missing` | what it extends optionally is not there |
//! | `shadowed` | something else has the name and is found first |
//! | `unknown` | nothing is known of it |

mod conditions;
mod inside;
mod left_out;
mod outside;
mod packages;
mod shadowed;
mod site;
mod unlinked;
mod verdict;
mod world;

use super::again;
use crate::near::near;
use packages::Packages;
use serde_json::{Value, json};
use std::ffi::OsString;
use verdict::Verdict;
use world::World;

/// What `cargo enroll why --help` prints.
pub(super) const HELP: &str = "\
Say why a name is in a firmware, or why it is not

Usage: cargo enroll why NAME [--json] [ARGS]

NAME is a module (os.path), an alias, an attribute (os.sep) or any name.
ARGS are those of `cargo build`; nothing is compiled.
";

/// Says why a name is in the firmwares that these arguments of `cargo build`
/// select, or is not.
///
/// # Errors
///
/// Why nothing can be said, or that a firmware knows nothing of the name, with
/// the nearest ones: the text to show. With `--json` the object is on stdout all
/// the same.
pub fn why(args: &[OsString]) -> Result<String, String> {
    let is_json = args.iter().any(|arg| arg == "--json");
    let args: Vec<OsString> = args
        .iter()
        .filter(|arg| *arg != "--json")
        .cloned()
        .collect();
    let (Some(name), args) = again::positional(&args) else {
        return Err(format!("error: a name is asked for\n\n{HELP}"));
    };
    let name = name.to_string_lossy().into_owned();
    let mut texts = Vec::new();
    let mut objects: Vec<Value> = Vec::new();
    let mut is_known = false;
    for answer in again::ask(&args)? {
        let world = World::new(&answer)?;
        let verdicts = verdicts(&world, &name, &args);
        is_known |= verdicts.iter().any(|verdict| verdict.reason != "unknown");
        for verdict in verdicts {
            texts.push(verdict.text(&name, &world.firmware, &world.root()));
            objects.push(verdict.json(&world.firmware));
        }
    }
    let text = match is_json {
        true => format!(
            "{:#}\n",
            json!({ "format": 1, "name": name, "answers": objects })
        ),
        false => texts.join("\n"),
    };
    match (is_known, is_json) {
        (true, _) => Ok(text),
        (false, true) => {
            super::print(&text)?;
            Err(String::new())
        }
        (false, false) => Err(format!("error: {}", text.trim_end())),
    }
}

/// Everything there is to say about a name, at least one thing.
fn verdicts(world: &World, name: &str, args: &[OsString]) -> Vec<Verdict> {
    let inside = inside::inside(world, name);
    if inside.iter().any(|verdict| verdict.reason != "unknown") {
        return inside;
    }
    // As a module, an alias or an attribute first: that is what is missed.
    let hidden = left_out::left_out(world, name).or_else(|| conditions::hidden(world, name, false));
    if let Some(verdict) = hidden {
        return vec![verdict];
    }
    let packages = Packages::ask(args);
    let scanned = packages
        .as_ref()
        .map_or_else(|_| Vec::new(), |packages| outside::scan(world, packages));
    let elsewhere = |names_too: bool| {
        let packages = packages.as_ref().ok()?;
        outside::outside(world, packages, &scanned, name, names_too)
    };
    let found = elsewhere(false)
        .or_else(|| inside::name(world, name))
        .or_else(|| conditions::hidden(world, name, true))
        .or_else(|| elsewhere(true));
    if let Some(verdict) = found {
        return vec![verdict];
    }
    if !inside.is_empty() {
        return inside;
    }
    let known: Vec<String> = outside::inside(world)
        .into_iter()
        .chain(outside::known(&scanned))
        .collect();
    let mut verdict = Verdict::is_out("unknown", "no crate around it has that name");
    verdict
        .help
        .extend(near(name, known.iter().map(String::as_str)));
    match &packages {
        Ok(packages) => {
            if let Some(package) = outside::is_package(world, packages, name) {
                verdict = verdict.help(format!(
                    "it is a package, {package}, that registers none of that name"
                ));
            }
        }
        Err(told) => {
            let line = told.lines().next().unwrap_or_default();
            verdict = verdict.help(format!(
                "packages outside of the build are not known: {line}"
            ));
        }
    }
    vec![verdict]
}
