//! Cargo's configuration, which Cargo looks for from the folder it runs in.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// Arguments that add the configuration files of the folders from `home`
/// upwards, those left out that Cargo finds by itself. The nearest counts most.
pub(super) fn arguments(home: &Path) -> Vec<OsString> {
    let here = std::env::current_dir().unwrap_or_default();
    let here = super::path::real(&here);
    let mut files: Vec<PathBuf> = home
        .ancestors()
        .filter(|folder| !here.starts_with(folder))
        .filter_map(file)
        .collect();
    files.reverse();
    files
        .into_iter()
        .flat_map(|file| [OsString::from("--config"), file.into()])
        .collect()
}

/// Whether something says already where Cargo's target folder is.
pub(super) fn has_target_dir(home: &Path, arguments: &[OsString]) -> bool {
    let by_argument = arguments
        .iter()
        .any(|argument| argument.to_string_lossy().starts_with("--target-dir"));
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let here = std::env::current_dir().unwrap_or_default();
    let folders = home.ancestors().chain(here.ancestors());
    by_argument
        || is_set("CARGO_TARGET_DIR")
        || is_set("CARGO_BUILD_TARGET_DIR")
        || folders.filter_map(file).any(|file| {
            let text = std::fs::read_to_string(file).unwrap_or_default();
            let table: toml::Table = text.parse().unwrap_or_default();
            let build = table.get("build");
            build.is_some_and(|build| build.get("target-dir").is_some())
        })
}

/// The configuration file of a folder. The name without an extension is the
/// older one and wins.
fn file(folder: &Path) -> Option<PathBuf> {
    ["config", "config.toml"]
        .into_iter()
        .map(|name| folder.join(".cargo").join(OsStr::new(name)))
        .find(|path| path.is_file())
}
