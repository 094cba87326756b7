//! `cargo enroll modules`: what is in the table, and what was left out and why.

use super::cargo;
use super::table::Table;
use serde_json::Value;
use std::ffi::OsString;
use std::path::Path;

/// Builds with these arguments of `cargo build`, and lists the modules of each
/// firmware of the build.
///
/// # Errors
///
/// Why there is nothing to list: the text to show.
pub fn modules(args: &[OsString]) -> Result<String, String> {
    let built = cargo::build(args)?;
    let lists: Result<Vec<String>, String> = built
        .plans
        .iter()
        .map(|path| Ok(list(&cargo::plan(path)?)))
        .collect();
    Ok(lists?.join("\n"))
}

/// The list of one plan.
fn list(plan: &Value) -> String {
    let modules = plan["modules"].as_array().map_or(&[][..], Vec::as_slice);
    let plural = if modules.len() == 1 { "" } else { "s" };
    let mut out = format!(
        "{}: {} module{plural}\n",
        text(&plan["firmware"]),
        modules.len()
    );
    let mut table = Table::new(["module", "class", "package", "where", "entries", "hooks"]);
    for module in modules {
        table.row(row(module, text(&module["class"])));
        for extension in module["extensions"].as_array().into_iter().flatten() {
            table.row(row(extension, "extension"));
        }
    }
    if !modules.is_empty() {
        out.push_str(&table.to_string());
    }
    let left_out = plan["left_out"].as_array().map_or(&[][..], Vec::as_slice);
    if !left_out.is_empty() {
        out.push_str("\nleft out:\n");
        let mut table = Table::new(["module", "package", "where", "because"]);
        for one in left_out {
            table.row([
                text(&one["name"]).to_owned(),
                package(one),
                place(one),
                text(&one["reason"]).to_owned(),
            ]);
        }
        out.push_str(&table.to_string());
    }
    out
}

fn row(declared: &Value, class: &str) -> [String; 6] {
    let hooks = declared["hooks"].as_array().into_iter().flatten();
    let hooks: Vec<&str> = hooks.map(text).collect();
    [
        text(&declared["name"]).to_owned(),
        class.to_owned(),
        package(declared),
        place(declared),
        declared["entries"].to_string(),
        hooks.join(" "),
    ]
}

fn package(declared: &Value) -> String {
    format!(
        "{} {}",
        text(&declared["package"]),
        text(&declared["version"])
    )
}

fn place(declared: &Value) -> String {
    let file = Path::new(text(&declared["file"]));
    // Its file is not below the package that it is compiled into.
    let of_folder = match declared["user_module"] {
        Value::String(_) => " (user module)",
        _ => "",
    };
    format!("{}:{}{of_folder}", file.display(), declared["line"])
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
