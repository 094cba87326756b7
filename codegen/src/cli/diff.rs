//! `cargo enroll diff`: what is different between two plans.

mod changes;
mod facts;

use super::cargo;
use super::names::Pool;
use super::options::Options;
use super::recorded::Recorded;
use changes::{Change, Changes};
use serde_json::{Map, Value, json};
use std::ffi::OsString;
use std::path::Path;

/// What `cargo enroll diff --help` prints.
pub(super) const HELP: &str = "\
Say what is different between two plans

Usage: cargo enroll diff A [B] [--json] [ARGS]

A and B are files that `cargo enroll plan` printed, or a build script wrote
(enroll_plan.json); `-` is standard input. Without B, what is built now with
ARGS, which are those of `cargo build`, is compared with A.

`+` stands before what is in B alone, `-` before what is in A alone, `~` before
what is in both and differs. That a declaration is in another line is no
difference. The exit code is 0 whether there is one or not.
";

/// Compares two plans, or a plan with what is built now.
///
/// # Errors
///
/// Why there is nothing to compare: the text to show.
pub fn diff(args: &[OsString]) -> Result<String, String> {
    let options = Options::of(args, &["--json"], &[])?;
    let (a, b) = match &*options.words {
        [a] => {
            let a = Recorded::read(Path::new(a))?;
            let built = cargo::build(&options.cargo)?;
            (a, Recorded::read(&built.only()?)?)
        }
        [a, b] if a == "-" && b == "-" => {
            return Err("error: standard input has one plan, and two are compared".to_owned());
        }
        [a, b] => {
            if let Some(more) = options.cargo.first() {
                return Err(format!(
                    "error: `{}` is for a build, and both plans are given",
                    more.to_string_lossy()
                ));
            }
            (Recorded::read(Path::new(a))?, Recorded::read(Path::new(b))?)
        }
        _ => return Err(format!("error: one plan or two are compared\n\n{HELP}")),
    };
    let changes = Changes::between(&a, &b);
    Ok(match options.has("--json") {
        true => format!("{:#}\n", object(&a, &b, &changes)),
        false => list(&a, &b, &changes),
    })
}

/// For people.
fn list(a: &Recorded, b: &Recorded, changes: &Changes) -> String {
    if changes.sections.is_empty() {
        return format!("{}: no difference\n", b.firmware);
    }
    let count = |a: usize, b: usize| match a == b {
        true => format!("{b}"),
        false => format!("{a} → {b}"),
    };
    let mut out = format!(
        "{}: {} modules, {} names, pool of {} bytes\n",
        b.firmware,
        count(a.modules.len(), b.modules.len()),
        count(a.names.len(), b.names.len()),
        count(Pool::of(a).total(), Pool::of(b).total()),
    );
    for (title, changes) in &changes.sections {
        out.push_str(&format!("\n{title}\n"));
        let width = changes.iter().map(|change| change.of().chars().count());
        let width = width.max().unwrap_or_default();
        for change in changes {
            let line = match change {
                Change::Added(of, what) => format!("+ {of:<width$}  {what}"),
                Change::Removed(of, what) => format!("- {of:<width$}  {what}"),
                Change::Text(of, field, from, to) => {
                    let or_nothing = |text: &str| match text {
                        "" => "nothing".to_owned(),
                        text => text.to_owned(),
                    };
                    let (from, to) = (or_nothing(from), or_nothing(to));
                    format!("~ {of:<width$}  {field}: {from} → {to}")
                }
                Change::List(of, field, lost, won) => {
                    let signed = |sign: char, list: &[String]| {
                        let items = list.iter().map(|item| format!(" {sign}{item}"));
                        items.collect::<String>()
                    };
                    let (won, lost) = (signed('+', won), signed('-', lost));
                    format!("~ {of:<width$}  {field}:{won}{lost}")
                }
            };
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
    out
}

/// For programs.
fn object(a: &Recorded, b: &Recorded, changes: &Changes) -> Value {
    let side = |plan: &Recorded| {
        json!({
            "firmware": plan.firmware,
            "modules": plan.modules.len(),
            "names": plan.names.len(),
            "pool": Pool::of(plan).total(),
        })
    };
    let mut sections = Map::new();
    for (title, changes) in &changes.sections {
        let (mut added, mut removed, mut changed) = (Vec::new(), Vec::new(), Vec::new());
        for change in changes {
            match change {
                Change::Added(of, _) => added.push(json!(of)),
                Change::Removed(of, _) => removed.push(json!(of)),
                Change::Text(of, field, from, to) => changed.push(json!({
                    "of": of, "field": field, "from": from, "to": to,
                })),
                Change::List(of, field, lost, won) => changed.push(json!({
                    "of": of, "field": field, "added": won, "removed": lost,
                })),
            }
        }
        sections.insert(
            (*title).to_owned(),
            json!({ "added": added, "removed": removed, "changed": changed }),
        );
    }
    json!({ "format": 1, "a": side(a), "b": side(b), "differences": sections })
}
