//! The page: its frame, and what each section is filled with.

use super::markup::{Text, grouped};
use super::picture::picture;
use super::table::{Cell, Table};
use super::tree::tree;
use crate::cli::modules::{Sizes, several};
use crate::cli::names::{Pool, uses};
use crate::cli::recorded::{Declaration, Recorded};
use crate::cli::size::{Row, share};

/// The frame, with a name in double braces where something belongs.
const FRAME: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Nothing is loaded or sent, and nothing but these two texts is style or script,
/// whatever a crate calls its modules: the SHA-256 of each in Base64 (Content
/// Security Policy Level 3).
const STYLE_HASH: &str = "ow0Q/kDdxyQmSMHk0cj6+4FdR/QRfKd39mRwDtSLZA8=";
const SCRIPT_HASH: &str = "PQXKFSX/H2oqbBOkLJsmPIz3gT7pxWPmyVlvLpndYCg=";

/// The page about a firmware.
pub(super) fn page(plan: &Recorded, sizes: &Sizes) -> String {
    let pool = Pool::of(plan);
    let program = sizes.program(&plan.firmware);
    let rows = program.map(|program| program.rows()).unwrap_or_default();
    let main = [
        module_table(plan, sizes),
        left_out(plan),
        frozen(plan),
        memory(&rows, sizes),
        tree(plan),
        name_table(plan, &pool),
    ];
    fill(&[
        ("style-hash", STYLE_HASH),
        ("script-hash", SCRIPT_HASH),
        ("firmware", &Text(&plan.firmware).to_string()),
        ("style", STYLE),
        ("facts", &facts(plan, &pool, &rows)),
        ("main", &main.concat()),
        ("version", env!("CARGO_PKG_VERSION")),
        ("script", SCRIPT),
    ])
}

/// The frame with these parts. Braces within a part stay what they are.
fn fill(parts: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = FRAME;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").unwrap_or_default();
        let part = parts.iter().find(|(known, _)| *known == name);
        out.push_str(before);
        out.push_str(part.map_or("", |(_, text)| text));
        rest = after;
    }
    out + rest
}

/// The firmware in a line.
fn facts(plan: &Recorded, pool: &Pool, rows: &[Row]) -> String {
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    let rom: u64 = rows.iter().map(|row| row.rom).sum();
    let (modules, names) = (plan.modules.len(), plan.names.len());
    let mut facts = vec![
        format!("{modules} module{}", plural(modules)),
        format!(
            "{names} name{} in {} bytes",
            plural(names),
            grouped(pool.total() as u64)
        ),
        format!("salt {}", plan.salt),
    ];
    if rom > 0 {
        facts.insert(0, format!("{} bytes of ROM", grouped(rom)));
    }
    let hosts = plan.hosts.iter();
    let hosts = hosts.map(|host| format!("<code>{}</code>", Text(host)));
    let hosts: Vec<String> = hosts.collect();
    facts.push(format!("host{} {}", plural(hosts.len()), hosts.join(", ")));
    facts.join(" · ")
}

fn module_table(plan: &Recorded, sizes: &Sizes) -> String {
    let program = sizes.program(&plan.firmware);
    let several = several(plan);
    let mut rows = Vec::new();
    for module in &plan.modules {
        for (at, declared) in module.declarations().enumerate() {
            let (class, aliases) = match at {
                0 => (&*module.class, module.aliases.join(", ")),
                _ => ("extension", String::new()),
            };
            let mut name = Cell::code(&declared.name);
            if !aliases.is_empty() {
                name = name.and(&format!(" <small>also {}</small>", Text(&aliases)));
            }
            let mut rom = match program.and_then(|program| program.rom(&declared.package)) {
                Some(rom) => Cell::number(rom),
                None => Cell::default(),
            };
            if program.is_some() && several.contains(&declared.package) {
                rom = rom.and("<abbr title=\"all modules of the package together\">*</abbr>");
            }
            let way: Vec<String> = plan
                .way(&declared.package)
                .iter()
                .map(|package| Text(package).to_string())
                .collect();
            let entries = declared.attributes.len();
            rows.push(vec![
                name,
                Cell::text(class),
                package(declared),
                Cell::text(&declared.place()),
                Cell::list(&entries.to_string(), &declared.attributes).counts(entries as u64),
                rom,
                Cell::text(&declared.hooks.join(" ")),
                Cell::text(&declared.requires.join(" ")),
                Cell::html(format!(
                    "<a href=\"#way-{}\">{} › <code>{}</code></a>",
                    rows.len(),
                    way.join(" › "),
                    Text(&declared.name)
                )),
            ]);
        }
    }
    Table {
        id: "modules",
        heading: "Modules",
        columns: &[
            "module", "class", "package", "where", "#entries", "#ROM", "hooks", "requires", "way",
        ],
        rows,
    }
    .to_string()
}

fn package(declared: &Declaration) -> Cell {
    let cell = Cell::text(&format!("{} {}", declared.package, declared.version));
    match &declared.user_module {
        Some(folder) => cell.and(&format!(" <small>user module in {}</small>", Text(folder))),
        None => cell,
    }
}

fn left_out(plan: &Recorded) -> String {
    if plan.left_out.is_empty() {
        return String::new();
    }
    let rows = plan.left_out.iter().map(|(declared, reason)| {
        vec![
            Cell::code(&declared.name),
            package(declared),
            Cell::text(&declared.place()),
            Cell::text(reason),
        ]
    });
    Table {
        id: "left-out",
        heading: "Left out",
        columns: &["module", "package", "where", "because"],
        rows: rows.collect(),
    }
    .to_string()
}

fn frozen(plan: &Recorded) -> String {
    if plan.frozen.is_empty() && plan.data.is_empty() {
        return String::new();
    }
    let frozen = plan.frozen.iter().map(|frozen| {
        vec![
            Cell::code(&frozen.name),
            Cell::text(&frozen.class),
            Cell::text(&frozen.kind()),
            Cell::text(&frozen.file),
            Cell::number(frozen.bytes),
        ]
    });
    let data = plan.data.iter().map(|(path, bytes)| {
        vec![
            Cell::text(path),
            Cell::default(),
            Cell::text("data"),
            Cell::default(),
            Cell::number(*bytes),
        ]
    });
    Table {
        id: "frozen",
        heading: "Frozen",
        columns: &["module", "class", "kind", "file", "#bytes"],
        rows: frozen.chain(data).collect(),
    }
    .to_string()
}

/// Two pictures, and every part of the image as a table.
fn memory(rows: &[Row], sizes: &Sizes) -> String {
    let total: u64 = rows.iter().map(|row| row.rom).sum();
    if total == 0 {
        let reason = sizes.reason();
        return format!(
            "<section>\n<h2>Read-only memory</h2>\n<p>Not known: {}</p>\n</section>\n",
            Text(reason.unwrap_or("no program of this firmware was linked"))
        );
    }
    let all: Vec<&Row> = rows.iter().collect();
    let modules: Vec<&Row> = rows.iter().filter(|row| row.kind == "module").collect();
    let cells = rows.iter().map(|row| {
        vec![
            Cell::text(&row.name),
            Cell::text(row.kind),
            Cell::number(row.rom),
            Cell::text(&share(row.rom, total)).counts(row.rom),
        ]
    });
    let parts = Table {
        id: "parts",
        heading: "Parts of the image",
        columns: &["part", "kind", "#ROM", "#share"],
        rows: cells.collect(),
    };
    let by_module = match &*modules {
        [] => String::new(),
        modules => section("Read-only memory by module", &picture("by-module", modules)),
    };
    let image = section("The whole image", &picture("image", &all));
    format!("{by_module}{image}{parts}")
}

pub(super) fn section(heading: &str, body: &str) -> String {
    format!("<section>\n<h2>{heading}</h2>\n{body}</section>\n")
}

fn name_table(plan: &Recorded, pool: &Pool) -> String {
    let rows = plan.names.iter().map(|name| {
        let used = uses(name, true);
        let used = match &*used {
            [one] => Cell::text(one),
            several => Cell::list(&format!("{} places", several.len()), several),
        };
        vec![
            Cell::code(&name.text),
            Cell::code(&format!("{:#010x}", name.id)),
            Cell::number(pool.bytes(name) as u64),
            used,
        ]
    });
    Table {
        id: "names",
        heading: "Names",
        columns: &["name", "id", "#bytes", "used"],
        rows: rows.collect(),
    }
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::{SCRIPT, SCRIPT_HASH, STYLE, STYLE_HASH, fill};
    use base64::Engine;
    use base64::prelude::BASE64_STANDARD;
    use sha2::{Digest, Sha256};

    #[test]
    fn the_policy_lets_pass_what_the_page_holds() {
        for (text, hash) in [(STYLE, STYLE_HASH), (SCRIPT, SCRIPT_HASH)] {
            assert_eq!(BASE64_STANDARD.encode(Sha256::digest(text)), hash);
            // A browser would take it for the end.
            assert!(!text.contains("</"));
        }
    }

    #[test]
    fn what_fills_the_frame_is_not_filled() {
        let page = fill(&[("firmware", "{{main}}"), ("main", "{{x")]);
        assert!(page.contains("<h1>{{main}}</h1>"), "{page}");
        assert!(page.contains("<main>\n{{x</main>"), "{page}");
    }
}
