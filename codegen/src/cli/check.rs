//! `cargo enroll check`: everything that a build would refuse, without
//! compiling.

use super::again::{self, Answer};
use serde_json::{Value, json};
use std::ffi::OsString;

/// What `cargo enroll check --help` prints.
pub(super) const HELP: &str = "\
Say everything that a build would refuse, without compiling

Usage: cargo enroll check [--json] [ARGS]

ARGS are those of `cargo build`. The build script of each firmware is asked, as it
is; what only rustc or the linker would find is not told.
";

/// Asks the build script of each firmware that these arguments of `cargo build`
/// select. Warnings go to stderr, drawn as errors are.
///
/// # Errors
///
/// What the builds would be refused for, drawn as they would draw it; with
/// `--json` an empty text, since the object on stdout says it.
pub fn check(args: &[OsString]) -> Result<String, String> {
    let is_json = args.iter().any(|arg| arg == "--json");
    let args: Vec<OsString> = args
        .iter()
        .filter(|arg| *arg != "--json")
        .cloned()
        .collect();
    let answers = again::ask(&args)?;
    let refused = answers.iter().any(|answer| !answer.succeeded);
    if is_json {
        let firmwares: Vec<Value> = answers.iter().map(object).collect();
        let text = format!("{:#}\n", json!({ "format": 1, "firmwares": firmwares }));
        if !refused {
            return Ok(text);
        }
        super::print(&text)?;
        return Err(String::new());
    }
    let mut report = String::new();
    let mut errors = String::new();
    for answer in &answers {
        let rendered = answer.value["rendered"].as_str().unwrap_or_default();
        if answer.succeeded {
            eprint!("{rendered}");
            report.push_str(&summary(answer));
        } else if has_errors(answer) {
            errors.push_str(rendered);
        } else {
            // The script itself had something against it.
            errors.push_str(&answer.stderr);
        }
    }
    if refused {
        return Err(errors.trim_end().to_owned());
    }
    Ok(report)
}

fn has_errors(answer: &Answer) -> bool {
    let diagnostics = answer.value["diagnostics"].as_array().into_iter().flatten();
    diagnostics.into_iter().any(|one| one["level"] == "error")
}

/// One line for a firmware that would be built.
fn summary(answer: &Answer) -> String {
    let plan = &answer.value["plan"];
    let count = |key: &str| plan[key].as_array().map_or(0, Vec::len);
    let counted = |key: &str, one: &str| match count(key) {
        1 => format!("1 {one}"),
        many => format!("{many} {one}s"),
    };
    let warnings = match count_of(&answer.value["diagnostics"]) {
        0 => String::new(),
        1 => ", 1 warning".to_owned(),
        many => format!(", {many} warnings"),
    };
    format!(
        "{}: {}, {}{warnings}\n",
        answer.firmware,
        counted("modules", "module"),
        counted("names", "name"),
    )
}

fn count_of(list: &Value) -> usize {
    list.as_array().map_or(0, Vec::len)
}

fn object(answer: &Answer) -> Value {
    let plan = &answer.value["plan"];
    let request = &answer.value["request"];
    json!({
        "firmware": answer.firmware,
        "version": request["version"],
        "target": request["target"],
        "features": request["features"],
        "ok": answer.succeeded,
        "modules": count_of(&plan["modules"]),
        "names": count_of(&plan["names"]),
        "diagnostics": answer.value["diagnostics"],
        "stderr": answer.stderr,
    })
}
