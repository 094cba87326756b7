//! `cargo enroll generate`: the tables without Cargo, for other build systems.

mod settings;

use crate::Builder;
use std::ffi::OsString;
use std::path::PathBuf;

/// What `cargo enroll generate --help` prints.
pub(super) const HELP: &str = "\
Write the tables of a firmware from a file of its crates

Usage: cargo enroll generate --graph FILE --settings FILE --out DIR

Writes what a build script would, from files alone: no Cargo is started, nothing
is downloaded. The graph is what `cargo enroll graph` writes. The settings are a
TOML file:

    host = \"vm::Vm\"                     # Builder::new
    hosts = [\"enroll_portable::Portable\"] # Builder::host
    runtime = \"vm::enroll\"              # Builder::runtime
    # and the keys of [package.metadata.enroll]
    [names-of]                          # Builder::names_of
    part = [\"pin0\"]
    [assume-cfg.part]                   # Builder::assume_cfg
    'feature = \"fast\"' = true
";

/// Generates.
///
/// # Errors
///
/// What is wrong with the arguments, the files or the sources: the text to show.
pub fn generate(args: &[OsString]) -> Result<String, String> {
    let mut values: [Option<PathBuf>; 3] = [None, None, None];
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let text = arg.to_string_lossy();
        let (option, joined) = match text.split_once('=') {
            Some((option, value)) => (option, Some(PathBuf::from(value))),
            None => (&*text, None),
        };
        let options = ["--graph", "--settings", "--out"];
        let Some(at) = options.iter().position(|known| *known == option) else {
            return Err(format!("error: three files are asked for\n\n{HELP}"));
        };
        values[at] = joined.or_else(|| args.next().map(PathBuf::from));
    }
    let [Some(graph), Some(settings), Some(out)] = values else {
        return Err(format!("error: three files are asked for\n\n{HELP}"));
    };
    let builder = settings::builder(&settings).map_err(|errors| told(&errors))?;
    std::fs::create_dir_all(&out)
        .map_err(|error| format!("error: could not make {}: {error}", out.display()))?;
    let built = generated(builder, graph, out).map_err(|errors| told(&errors))?;
    let warnings = built.warnings.render();
    if !warnings.is_empty() {
        eprint!("{warnings}");
    }
    Ok(String::new())
}

fn generated(
    builder: Builder,
    graph: PathBuf,
    out: PathBuf,
) -> Result<crate::Build, crate::error::Diagnostics> {
    builder.graph_file(graph).out_dir(out).try_run()
}

fn told(errors: &crate::error::Diagnostics) -> String {
    errors.to_string().trim_end().to_owned()
}
