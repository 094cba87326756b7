//! The page.

use super::markup::{Text, grouped};
use super::picture::picture;
use super::tree::tree;
use crate::cli::modules::{Sizes, several};
use crate::cli::names::{Pool, uses};
use crate::cli::recorded::{Declaration, Recorded};
use crate::cli::size::Row;
use std::fmt::Write;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The head. The policy lets the page load nothing, and send nothing.
fn head(title: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; \
         base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <link rel=\"icon\" href=\"data:,\">\n<title>{}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n",
        Text(title)
    )
}

/// The page about a firmware.
pub(super) fn page(plan: &Recorded, sizes: &Sizes) -> String {
    let pool = Pool::of(plan);
    let program = sizes.program(&plan.firmware);
    let rows = program.map(|program| program.rows()).unwrap_or_default();
    let rom: u64 = rows.iter().map(|row| row.rom).sum();
    let mut out = head(&format!("{}: modules", plan.firmware));
    let _ = write!(out, "<header>\n<h1>{}</h1>\n<p>", Text(&plan.firmware));
    let modules = plan.modules.len();
    let names = plan.names.len();
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
    let hosts: Vec<String> = plan
        .hosts
        .iter()
        .map(|host| format!("<code>{}</code>", Text(host)))
        .collect();
    facts.push(format!("host{} {}", plural(hosts.len()), hosts.join(", ")));
    let _ = writeln!(out, "{}</p>", facts.join(" · "));
    out.push_str(
        "<p><input type=\"search\" id=\"search\" placeholder=\"Search modules, crates, entries, \
         names\" aria-label=\"Search\" autocomplete=\"off\" autofocus> <output id=\"shown\" \
         for=\"search\"></output></p>\n</header>\n<main>\n",
    );
    out.push_str(&module_table(plan, sizes));
    out.push_str(&left_out(plan));
    out.push_str(&frozen(plan));
    out.push_str("<section>\n<h2>Read-only memory by module</h2>\n");
    let all: Vec<&Row> = rows.iter().collect();
    let modules: Vec<&Row> = rows.iter().filter(|row| row.kind == "module").collect();
    match sizes.reason() {
        _ if rom > 0 => {
            out.push_str(&picture("by-module", &modules));
            out.push_str("</section>\n<section>\n<h2>The whole image</h2>\n");
            out.push_str(&picture("image", &all));
        }
        Some(reason) => {
            let _ = writeln!(out, "<p>Not known: {}</p>", Text(reason));
        }
        None => out.push_str("<p>Not known: no program of this firmware was linked.</p>\n"),
    }
    out.push_str("</section>\n<section>\n<h2>From crate to module</h2>\n");
    out.push_str(&tree(plan));
    out.push_str("</section>\n");
    out.push_str(&name_table(plan, &pool));
    let _ = write!(
        out,
        "</main>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n"
    );
    out
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// A table whose rows the search looks through: a heading, what its rows are,
/// and columns, of which those with a `#` hold numbers.
fn table(id: &str, heading: &str, rows: &str, columns: &[&str]) -> String {
    let mut out = format!(
        "<section>\n<h2>{heading} <small class=\"count\"></small></h2>\n\
         <table id=\"{id}\" class=\"searched\">\n<thead><tr>"
    );
    for column in columns {
        let (class, column) = match column.strip_prefix('#') {
            Some(column) => (" class=\"number\"", column),
            None => ("", *column),
        };
        let _ = write!(out, "<th{class}>{column}</th>");
    }
    let _ = write!(
        out,
        "</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</section>\n"
    );
    out
}

fn module_table(plan: &Recorded, sizes: &Sizes) -> String {
    let program = sizes.program(&plan.firmware);
    let several = several(plan);
    let mut rows = String::new();
    for module in &plan.modules {
        for (at, declared) in module.declarations().enumerate() {
            let class = if at == 0 { &*module.class } else { "extension" };
            let rom = program.and_then(|program| program.rom(&declared.package));
            let rom = rom.map(grouped).unwrap_or_default();
            let shared = match several.contains(&declared.package) && !rom.is_empty() {
                true => "<abbr title=\"all modules of the package together\">*</abbr>",
                false => "",
            };
            let also = match &*module.aliases {
                aliases if at == 0 && !aliases.is_empty() => {
                    format!(" <small>also {}</small>", Text(&aliases.join(", ")))
                }
                _ => String::new(),
            };
            let way = plan.way(&declared.package);
            let way: Vec<String> = way
                .iter()
                .map(|package| Text(package).to_string())
                .collect();
            let _ = writeln!(
                rows,
                "<tr><td><code>{}</code>{also}</td><td>{class}</td><td class=\"package\">{} {}</td>\
                 <td>{}</td>\
                 <td class=\"number\">{}</td><td class=\"number\">{rom}{shared}</td><td>{}</td>\
                 <td class=\"way\">{} › <code>{}</code></td></tr>",
                Text(&declared.name),
                Text(&declared.package),
                Text(&declared.version),
                Text(&declared.place()),
                entries(declared),
                Text(&declared.hooks.join(" ")),
                way.join(" › "),
                Text(&declared.name),
            );
        }
    }
    let columns = [
        "module", "class", "package", "where", "#entries", "#ROM", "hooks", "way",
    ];
    table("modules", "Modules", &rows, &columns)
}

/// How many entries, and on demand which.
fn entries(declared: &Declaration) -> String {
    match declared.attributes.len() {
        0 => "0".to_owned(),
        count => format!(
            "<details><summary>{count}</summary>{}</details>",
            Text(&declared.attributes.join(" "))
        ),
    }
}

fn left_out(plan: &Recorded) -> String {
    let mut rows = String::new();
    for (declared, reason) in &plan.left_out {
        let _ = writeln!(
            rows,
            "<tr><td><code>{}</code></td><td>{} {}</td><td>{}</td><td>{}</td></tr>",
            Text(&declared.name),
            Text(&declared.package),
            Text(&declared.version),
            Text(&declared.place()),
            Text(reason),
        );
    }
    match plan.left_out.is_empty() {
        true => String::new(),
        false => table(
            "left-out",
            "Left out",
            &rows,
            &["module", "package", "where", "because"],
        ),
    }
}

fn frozen(plan: &Recorded) -> String {
    let mut rows = String::new();
    for frozen in &plan.frozen {
        let _ = writeln!(
            rows,
            "<tr><td><code>{}</code></td><td>{}</td><td>{}</td><td>{}</td>\
             <td class=\"number\">{}</td></tr>",
            Text(&frozen.name),
            Text(&frozen.class),
            Text(&frozen.kind()),
            Text(&frozen.file),
            grouped(frozen.bytes),
        );
    }
    for (path, bytes) in &plan.data {
        let _ = writeln!(
            rows,
            "<tr><td>{}</td><td></td><td>data</td><td></td><td class=\"number\">{}</td></tr>",
            Text(path),
            grouped(*bytes),
        );
    }
    match rows.is_empty() {
        true => String::new(),
        false => table(
            "frozen",
            "Frozen",
            &rows,
            &["module", "class", "kind", "file", "#bytes"],
        ),
    }
}

fn name_table(plan: &Recorded, pool: &Pool) -> String {
    let mut rows = String::new();
    for name in &plan.names {
        let _ = writeln!(
            rows,
            "<tr><td><code>{}</code></td><td><code>{:#010x}</code></td>\
             <td class=\"number\">{}</td><td>{}</td></tr>",
            Text(&name.text),
            name.id,
            pool.bytes(name),
            Text(&uses(name, true).join(", ")),
        );
    }
    table("names", "Names", &rows, &["name", "id", "#bytes", "used"])
}
