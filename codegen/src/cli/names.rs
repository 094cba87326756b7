//! `cargo enroll names`: the names of the pool, and who wants them there.

use super::cargo;
use super::options::Options;
use super::recorded::{Name, Recorded};
use super::table::Table;
use crate::near::near;
use enroll_abi::layout::layout;
use enroll_abi::names::CORE;
use serde_json::{Value, json};
use std::cmp::Reverse;
use std::ffi::OsString;

/// What `cargo enroll names --help` prints.
pub(super) const HELP: &str = "\
List the names of the pool: id, bytes, and where each is used

Usage: cargo enroll names [NAME]... [OPTIONS] [ARGS]

NAMEs list these names alone, with every use; otherwise the first use stands for
all. ARGS are those of `cargo build`.

Options:
  --containing TEXT  only names with TEXT in them
  --sort bytes|uses  those with the most first, instead of by name
  --json             for programs

Columns:
  name   the text
  id     what the firmware compares instead of it: a hash of text and salt
  bytes  of read-only memory: the text, and the place where it begins
  used   package, file and line; a name without a use is asked for by the runtime,
         or was named in build.rs

The last line has what the whole pool takes, for which one pilot byte for about
four names is added.
";

/// Builds with these arguments of `cargo build`, and lists the names of each
/// firmware of the build.
///
/// # Errors
///
/// Why there is nothing to list: the text to show.
pub fn names(args: &[OsString]) -> Result<String, String> {
    let options = Options::of(args, &["--json"], &["--containing", "--sort"])?;
    let order = Order::of(&options)?;
    let containing = options.value("--containing").unwrap_or_default();
    let containing = containing.to_string_lossy();
    let built = cargo::build(&options.cargo)?;
    let asked = options.names();
    let mut lists = Vec::new();
    let mut objects = Vec::new();
    // Of several firmwares one may have what another lacks.
    let mut lacking = Vec::new();
    for path in &built.plans {
        let plan = Recorded::read(path)?;
        let pool = Pool::of(&plan);
        let chosen = match chosen(&plan, &asked) {
            Ok(chosen) => chosen,
            Err(error) => {
                lacking.push(error);
                continue;
            }
        };
        let mut chosen: Vec<&Name> = chosen
            .into_iter()
            .filter(|name| name.text.contains(&*containing))
            .collect();
        order.sort(&pool, &mut chosen);
        if options.has("--json") {
            objects.push(object(&plan, &pool, &chosen));
        } else {
            lists.push(list(&plan, &pool, &chosen, !asked.is_empty()));
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

/// What stands first.
enum Order {
    Text,
    Bytes,
    Uses,
}

impl Order {
    fn of(options: &Options) -> Result<Order, String> {
        match options.value("--sort").map(|by| by.to_string_lossy()) {
            None => Ok(Order::Text),
            Some(by) if by == "bytes" => Ok(Order::Bytes),
            Some(by) if by == "uses" => Ok(Order::Uses),
            Some(by) => Err(format!(
                "error: names are sorted by `bytes` or by `uses`, not by `{by}`"
            )),
        }
    }

    /// Those that are equal stay in the order of their texts.
    fn sort(&self, pool: &Pool, names: &mut [&Name]) {
        match self {
            Order::Text => {}
            Order::Bytes => names.sort_by_key(|name| Reverse(pool.bytes(name))),
            Order::Uses => names.sort_by_key(|name| Reverse(name.uses.len())),
        }
    }
}

/// What a pool takes of read-only memory, in bytes.
pub(super) struct Pool {
    /// The texts, one after the other.
    pub(super) text: usize,
    /// Where each begins.
    offsets: usize,
    pilots: usize,
    /// Of one offset.
    width: usize,
}

impl Pool {
    /// Of a plan that was built, so that its names can be laid out.
    pub(super) fn of(plan: &Recorded) -> Pool {
        let names: Vec<&str> = plan.names.iter().map(|name| &*name.text).collect();
        let salt = plan.salt.try_into().unwrap_or_default();
        let Ok(layout) = layout(&names, salt) else {
            let text = names.iter().map(|name| name.len()).sum();
            return Pool {
                text,
                offsets: 0,
                pilots: 0,
                width: 0,
            };
        };
        let width = if layout.is_narrow() { 2 } else { 4 };
        Pool {
            text: layout.text.len(),
            offsets: width * layout.offsets.len(),
            pilots: layout.pilots.len(),
            width,
        }
    }

    /// Of one name.
    pub(super) fn bytes(&self, name: &Name) -> usize {
        name.text.len() + self.width
    }

    pub(super) fn total(&self) -> usize {
        self.text + self.offsets + self.pilots
    }
}

/// The names that were asked for, all where none was.
fn chosen<'p>(plan: &'p Recorded, asked: &[String]) -> Result<Vec<&'p Name>, String> {
    for text in asked {
        if !plan.names.iter().any(|name| name.text == *text) {
            let known = plan.names.iter().map(|name| &*name.text);
            let near = near(text, known).map(|near| format!("; {near}"));
            return Err(format!(
                "error: the pool of `{}` has no name `{text}`{}",
                plan.firmware,
                near.unwrap_or_default()
            ));
        }
    }
    let names = plan.names.iter();
    Ok(names
        .filter(|name| asked.is_empty() || asked.contains(&name.text))
        .collect())
}

/// For people.
fn list(plan: &Recorded, pool: &Pool, names: &[&Name], all_uses: bool) -> String {
    let mut table = Table::new(["name", "id", "bytes", "used"]);
    for name in names {
        let mut used = uses(name, all_uses).into_iter();
        table.row([
            shown(&name.text),
            format!("{:#010x}", name.id),
            pool.bytes(name).to_string(),
            used.next().unwrap_or_default(),
        ]);
        for used in used {
            table.row([String::new(), String::new(), String::new(), used]);
        }
    }
    let plural = if plan.names.len() == 1 { "" } else { "s" };
    format!(
        "{}: {} name{plural}, salt {}\n{table}pool: {} bytes, {} of text, {} of offsets, {} of pilots\n",
        plan.firmware,
        plan.names.len(),
        plan.salt,
        pool.total(),
        pool.text,
        pool.offsets,
        pool.pilots,
    )
}

/// Where a name is used, all places or the first with the number of the others.
pub(super) fn uses(name: &Name, all: bool) -> Vec<String> {
    let places = || name.uses.iter().map(|used| used.place());
    match (name.uses.len(), all) {
        (0, _) if CORE.contains(&&*name.text) => vec!["by the runtime".to_owned()],
        (0, _) => vec!["named by the firmware".to_owned()],
        (1, _) | (_, true) => places().collect(),
        (count, false) => {
            let first: String = places().take(1).collect();
            vec![format!("{first} and {} more", count - 1)]
        }
    }
}

/// A name in a table: one with spaces or controls in it as Rust writes it.
fn shown(text: &str) -> String {
    let is_plain = |c: char| !c.is_whitespace() && !c.is_control();
    match text.chars().all(is_plain) {
        true => text.to_owned(),
        false => format!("{text:?}"),
    }
}

/// For programs.
fn object(plan: &Recorded, pool: &Pool, names: &[&Name]) -> Value {
    let names = names.iter().map(|name| {
        let uses = name
            .uses
            .iter()
            .map(|used| json!({ "package": used.package, "file": used.file, "line": used.line }));
        json!({
            "text": name.text,
            "id": name.id,
            "bytes": pool.bytes(name),
            "uses": uses.collect::<Vec<_>>(),
        })
    });
    json!({
        "firmware": plan.firmware,
        "salt": plan.salt,
        "names": names.collect::<Vec<_>>(),
        "pool": { "text": pool.text, "offsets": pool.offsets, "pilots": pool.pilots },
    })
}
