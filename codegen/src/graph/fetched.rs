//! Where Cargo has put something that it was told to fetch.

use super::config::Config;
use super::load::cargo_home;
use super::locate::Locator;
use super::request::Request;
use super::tree::{PackageId, Source};
use crate::error::Diagnostic;
use crate::source::cfg::CfgSet;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The folder into which Cargo has put a package that the lock file of `dir`
/// has, from there as `source` says: `git+URL#COMMIT`, or a registry.
///
/// # Errors
///
/// [`Kind::PackageFolder`] or [`Kind::AmbiguousFolder`].
pub(crate) fn fetched(
    dir: &Path,
    name: &str,
    version: &str,
    source: &str,
) -> Result<PathBuf, Diagnostic> {
    let source = match source.strip_prefix("git+") {
        Some(git) => {
            let (url, commit) = git.rsplit_once('#').unwrap_or((git, ""));
            Source::Git {
                url: url.to_owned(),
                commit: commit.to_owned(),
            }
        }
        None if source.contains("crates.io-index") => Source::Registry(None),
        None => Source::Registry(Some(source.to_owned())),
    };
    let request = Request {
        manifest_dir: dir.to_path_buf(),
        name: name.to_owned(),
        version: version.to_owned(),
        bin: None,
        target: String::new(),
        target_spec: None,
        features: BTreeSet::new(),
        cfgs: CfgSet::default(),
        cargo: std::env::var_os("CARGO").map_or_else(|| "cargo".into(), PathBuf::from),
        env: Vec::new(),
    };
    let cargo_home = cargo_home(&request);
    let config = Config::read(dir, &cargo_home);
    Locator::new(&request, &cargo_home, &config).folder(&PackageId {
        name: name.to_owned(),
        version: version.to_owned(),
        source,
    })
}
