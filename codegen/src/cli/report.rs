//! `cargo enroll report`: a firmware as one page.

mod markup;
mod page;
mod picture;
mod table;
mod tree;

use super::cargo;
use super::modules::Sizes;
use super::options::Options;
use super::recorded::Recorded;
use super::table::shown;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// What `cargo enroll report --help` prints.
pub(super) const HELP: &str = "\
Write a page about a firmware: its modules, sizes, names and crates

Usage: cargo enroll report --html [-o FILE] [ARGS]

The page is one file that needs nothing else: no script, style or picture comes
from anywhere, and it asks for none. It has the table of modules with a search,
the parts of the image as a picture, the way from the firmware over crates to
each module, what was left out and why, and the names of the pool.

Without -o (or --out), FILE is enroll/FIRMWARE.html in the target folder, one for each
firmware of the build. ARGS are those of `cargo build`; the sizes of a debug
build say little, so --release is likely to be one.
";

/// Builds with these arguments of `cargo build`, and writes a page for each
/// firmware of the build; returns a line for each.
///
/// # Errors
///
/// Why there is no page: the text to show.
pub fn report(args: &[OsString]) -> Result<String, String> {
    let options = Options::of(args, &["--html"], &["--out", "-o"])?;
    if !options.has("--html") {
        return Err(format!("error: a report is a page: say --html\n\n{HELP}"));
    }
    let built = cargo::build(&options.cargo)?;
    let chosen = options
        .value("--out")
        .or_else(|| options.value("-o"))
        .map(PathBuf::from);
    if chosen.is_some() {
        // One file has room for one.
        built.only()?;
    }
    let sizes = Sizes::of(&built);
    let mut told = String::new();
    for path in &built.plans {
        let plan = Recorded::read(path)?;
        let file = match &chosen {
            Some(file) => file.clone(),
            None => folder(path).join(format!("{}.html", plan.firmware)),
        };
        write(&file, &page::page(&plan, &sizes))?;
        let plural = if plan.modules.len() == 1 { "" } else { "s" };
        told.push_str(&format!(
            "{}: {} module{plural}, {}\n",
            plan.firmware,
            plan.modules.len(),
            shown(&file)
        ));
    }
    Ok(told)
}

/// Where a page goes that nobody said a place for: Cargo marks its target folder.
fn folder(plan: &Path) -> PathBuf {
    let mut above = plan.ancestors().skip(1);
    let marked = above.find(|folder| folder.join("CACHEDIR.TAG").is_file());
    let target = marked.or(plan.parent()).unwrap_or(plan);
    target.join("enroll")
}

fn write(file: &Path, page: &str) -> Result<(), String> {
    let failed =
        |error: std::io::Error| format!("error: could not write {}: {error}", file.display());
    if let Some(folder) = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    std::fs::write(file, page).map_err(failed)
}
