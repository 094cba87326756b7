//! `cargo enroll image`: what is frozen as a file, which takes the place of it in
//! a firmware that is there already.

use super::again;
use super::options::Options;
use super::table::Table;
use enroll_abi::image::View;
use serde_json::{Value, json};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// What `cargo enroll image --help` prints.
pub(super) const HELP: &str = "\
Write what is frozen to a file, or show such a file

Usage: cargo enroll image -o FILE [ARGS]
       cargo enroll image --show FILE [--json]

The file takes the place of what the firmware was built with, without a new
firmware: `enroll::import::Image` mounts it. The build script has to say which
code it has: .image(\"vm 3\"). ARGS are those of `cargo build`; nothing but the
build script is compiled. What is shown is verified first, as the firmware does.
";

/// Writes an image, or shows one.
///
/// # Errors
///
/// Why there is none: the text to show.
pub fn image(args: &[OsString]) -> Result<String, String> {
    let options = Options::of(args, &["--json"], &["-o", "--output", "--show"])?;
    let file = |option: &str| options.value(option).map(PathBuf::from);
    let output = file("-o").or(file("--output"));
    let is_json = options.has("--json");
    let mut rest = options.words.clone();
    rest.extend_from_slice(&options.cargo);
    let shown = file("--show");
    match (output, shown) {
        (None, Some(file)) if rest.is_empty() => show(&file, is_json),
        (Some(file), None) if !is_json => write(&file, &rest),
        (Some(_), None) => Err("error: --json is of --show: an image is no text".to_owned()),
        (None, Some(_)) => Err(format!(
            "error: `{}` is for a build, and --show builds nothing",
            rest[0].to_string_lossy()
        )),
        _ => Err(format!(
            "error: -o FILE or --show FILE is asked for\n\n{HELP}"
        )),
    }
}

fn write(file: &Path, args: &[OsString]) -> Result<String, String> {
    let mut answers = again::ask(args)?;
    if answers.len() > 1 {
        let names: Vec<String> = answers.into_iter().map(|answer| answer.firmware).collect();
        return Err(format!(
            "error: an image is that of one firmware: choose one with -p among `{}`",
            names.join("`, `")
        ));
    }
    let Some(answer) = answers.pop() else {
        return Err("error: no firmware is selected".to_owned());
    };
    if !answer.succeeded {
        return Err(answer.stderr.trim_end().to_owned());
    }
    let Some(image) = answer.image else {
        return Err(format!(
            "error: `{}` does not say which code its image would have\n\
             help: in build.rs: .image(\"vm 3\")",
            answer.firmware
        ));
    };
    crate::emit::write(file, image).map_err(|error| format!("error: {}", error.one_line()))?;
    Ok(String::new())
}

fn show(file: &Path, is_json: bool) -> Result<String, String> {
    let failed = |error: &dyn std::fmt::Display| format!("error: {}: {error}", file.display());
    let bytes = std::fs::read(file).map_err(|error| failed(&error))?;
    let view = View::of_any_host(&bytes).map_err(|error| failed(&error))?;
    if is_json {
        return Ok(format!("{:#}\n", object(&view)));
    }
    let mut out = format!(
        "{}: {} bytes for `{}`, salt {}: {} modules, {} data files, {} names\n",
        file.display(),
        bytes.len(),
        view.host(),
        view.salt(),
        view.len(),
        view.files().len(),
        view.names().len(),
    );
    let mut table = Table::new(["module", "class", "kind", "bytes", "names", "aliases"]);
    for at in 0..view.len() {
        let Some(module) = view.module(at) else {
            continue;
        };
        let aliases = view.aliases().filter(|(_, of)| *of == at);
        let aliases: Vec<&str> = aliases.map(|(alias, _)| alias).collect();
        table.row([
            module.name.to_owned(),
            class(module.is_extensible).to_owned(),
            kind(module.is_package, module.suffix),
            module.code.len().to_string(),
            module.ids.len().to_string(),
            aliases.join(" "),
        ]);
    }
    for (path, content) in view.files() {
        table.row([
            path.to_owned(),
            String::new(),
            "data".to_owned(),
            content.len().to_string(),
            String::new(),
            String::new(),
        ]);
    }
    out.push_str(&table.to_string());
    Ok(out)
}

fn kind(is_package: bool, suffix: &str) -> String {
    let package = if is_package { "package " } else { "" };
    format!("{package}{suffix}").trim_end().to_owned()
}

fn class(is_extensible: bool) -> &'static str {
    if is_extensible {
        "extensible"
    } else {
        "builtin"
    }
}

fn object(view: &View<'_>) -> Value {
    let modules = (0..view.len()).filter_map(|at| {
        let module = view.module(at)?;
        let aliases = view.aliases().filter(|(_, of)| *of == at);
        let ids = module.ids.iter().map(|id| u32::from_le_bytes(*id));
        Some(json!({
            "name": module.name,
            "class": class(module.is_extensible),
            "suffix": module.suffix,
            "package": module.is_package,
            "bytes": module.code.len(),
            "names": ids.filter_map(|id| view.name(id)).collect::<Vec<_>>(),
            "aliases": aliases.map(|(alias, _)| alias).collect::<Vec<_>>(),
        }))
    });
    let files = view.files();
    json!({
        "format": 1,
        "host": view.host(),
        "salt": view.salt(),
        "bytes": view.bytes().len(),
        "modules": modules.collect::<Vec<_>>(),
        "data": files.map(|(path, content)| json!({ "path": path, "bytes": content.len() })).collect::<Vec<_>>(),
    })
}
