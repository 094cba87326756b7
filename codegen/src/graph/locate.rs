//! The folder of a package.

use super::config::Config;
use super::members::{self, Known};
use super::query;
use super::request::Request;
use super::tree::{PackageId, Source};
use crate::error::{Diagnostic, Kind};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use walkdir::WalkDir;

/// Looks up the folders of one build's packages.
pub(super) struct Locator<'r> {
    request: &'r Request,
    cargo_home: &'r Path,
    config: &'r Config,
    /// What `cargo metadata` says, asked when the first package needs it.
    known: OnceLock<Vec<Known>>,
}

impl<'r> Locator<'r> {
    pub(super) fn new(
        request: &'r Request,
        cargo_home: &'r Path,
        config: &'r Config,
    ) -> Locator<'r> {
        Locator {
            request,
            cargo_home,
            config,
            known: OnceLock::new(),
        }
    }

    /// The folder of a package: a path package's own, else what `cargo
    /// metadata` says, else the one place on disk where Cargo keeps it.
    ///
    /// `cargo metadata` fails offline on a machine that never downloaded some
    /// dev-dependency, and leaves out a package that only other features
    /// reach.
    ///
    /// # Errors
    ///
    /// [`Kind::PackageFolder`] if there is none, [`Kind::AmbiguousFolder`] if
    /// there are two.
    pub(super) fn folder(&self, id: &PackageId) -> Result<PathBuf, Diagnostic> {
        if let Source::Path(dir) = &id.source {
            if dir.join("Cargo.toml").is_file() {
                return Ok(dir.clone());
            }
            return Err(nowhere(id, std::slice::from_ref(dir)).help(
                "if its path is not UTF-8, move it: Cargo does not print such a path whole",
            ));
        }
        let known = self.known.get_or_init(|| {
            query::packages(self.request).map_or_else(Vec::new, |text| members::packages(&text))
        });
        let mut known = known.iter().filter(|known| is(known, id));
        if let (Some(known), None) = (known.next(), known.next())
            && let Some(dir) = known.manifest.parent()
        {
            return Ok(dir.to_path_buf());
        }
        let mut looked = Vec::new();
        let mut found = match &id.source {
            Source::Git { url, commit } => match self.config.vendored_git(url) {
                Some(vendor) => self.vendored(id, vendor, &mut looked),
                None => self.checked_out(id, url, commit, &mut looked),
            },
            Source::Registry(None) => match self.config.vendored_crates_io() {
                Some(vendor) => self.vendored(id, vendor, &mut looked),
                None => self.unpacked(id, &mut looked),
            },
            _ => {
                let vendors = self.config.vendored();
                let mut found: Vec<PathBuf> = vendors
                    .into_iter()
                    .flat_map(|vendor| self.vendored(id, vendor, &mut looked))
                    .collect();
                if found.is_empty() {
                    found = self.unpacked(id, &mut looked);
                }
                found
            }
        };
        found.sort();
        found.dedup();
        match found.as_slice() {
            [dir] => Ok(dir.clone()),
            [] => Err(nowhere(id, &looked)),
            [one, other, ..] => Err(Diagnostic::new(
                Kind::AmbiguousFolder,
                format!("two folders could hold the sources of `{id}`"),
            )
            .help(format!(
                "they are {} and {}",
                one.display(),
                other.display()
            ))
            .help(
                "run `cargo fetch` once with a network, then `cargo metadata` can tell which; \
                 or remove the one that is left from another Cargo",
            )),
        }
    }

    /// `$CARGO_HOME/registry/src/INDEX/NAME-VERSION`.
    fn unpacked(&self, id: &PackageId, looked: &mut Vec<PathBuf>) -> Vec<PathBuf> {
        let registries = self.cargo_home.join("registry").join("src");
        looked.push(registries.clone());
        let name = format!("{}-{}", id.name, id.version);
        folders(&registries)
            .into_iter()
            .map(|registry| registry.join(&name))
            .filter(|dir| holds(dir, id))
            .collect()
    }

    /// `$CARGO_HOME/git/checkouts/REPOSITORY-HASH/COMMIT`, the package
    /// anywhere below.
    fn checked_out(
        &self,
        id: &PackageId,
        url: &str,
        commit: &str,
        looked: &mut Vec<PathBuf>,
    ) -> Vec<PathBuf> {
        let checkouts = self.cargo_home.join("git").join("checkouts");
        looked.push(checkouts.clone());
        let repository = url
            .split(['?', '#'])
            .next()
            .unwrap_or(url)
            .trim_end_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .trim_end_matches(".git")
            .to_lowercase();
        let named = |dir: &Path, wanted: &dyn Fn(&str) -> bool| {
            let name = dir.file_name().map(|name| name.to_string_lossy());
            name.is_some_and(|name| wanted(&name))
        };
        folders(&checkouts)
            .iter()
            .filter(|dir| {
                named(dir, &|name: &str| {
                    // The hash is after the last hyphen.
                    let own = name.rsplit_once('-').map_or(name, |(own, _)| own);
                    own.to_lowercase() == repository
                })
            })
            .flat_map(|repository| folders(repository))
            .filter(|dir| {
                named(dir, &|name: &str| {
                    name.starts_with(commit) || commit.starts_with(name)
                })
            })
            .flat_map(|checkout| {
                WalkDir::new(checkout)
                    .into_iter()
                    .filter_entry(|entry| entry.file_name() != ".git")
                    .filter_map(Result::ok)
                    .filter(|entry| entry.file_name() == "Cargo.toml")
                    .filter_map(|entry| entry.path().parent().map(Path::to_path_buf))
                    .collect::<Vec<_>>()
            })
            .filter(|dir| holds(dir, id))
            .collect()
    }

    /// `VENDOR/NAME`, or `VENDOR/NAME-VERSION` where two versions are
    /// vendored.
    fn vendored(&self, id: &PackageId, vendor: &Path, looked: &mut Vec<PathBuf>) -> Vec<PathBuf> {
        looked.push(vendor.to_path_buf());
        [id.name.clone(), format!("{}-{}", id.name, id.version)]
            .into_iter()
            .map(|name| vendor.join(name))
            .filter(|dir| holds(dir, id))
            .collect()
    }
}

/// Whether `cargo metadata` and `cargo tree` mean the same package.
fn is(known: &Known, id: &PackageId) -> bool {
    let source = known.source.as_deref();
    let remote = |source: &str| source.starts_with("registry+") || source.starts_with("sparse+");
    let crates_io = |source: &str| {
        source.ends_with("github.com/rust-lang/crates.io-index")
            || source.ends_with("index.crates.io/")
    };
    known.name == id.name
        && known.version == id.version
        && match &id.source {
            Source::Path(_) => source.is_none(),
            Source::Registry(None) => source.is_some_and(crates_io),
            Source::Registry(Some(_)) => source.is_some_and(|s| remote(s) && !crates_io(s)),
            Source::Git { commit, .. } => source.is_some_and(|source| {
                let full = source.rsplit_once('#').map_or("", |(_, full)| full);
                source.starts_with("git+") && full.starts_with(commit.as_str())
            }),
        }
}

/// Whether the manifest in `dir` is this package's. One that cannot be read
/// is not.
fn holds(dir: &Path, id: &PackageId) -> bool {
    let mut ignored = crate::error::Diagnostics::new();
    super::manifest::read(dir, super::metadata::Whose::Other, &mut ignored)
        .is_ok_and(|manifest| manifest.name == id.name && manifest.version == id.version)
}

fn folders(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).into_iter().flatten();
    let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
    paths.filter(|path| path.is_dir()).collect()
}

fn nowhere(id: &PackageId, looked: &[PathBuf]) -> Diagnostic {
    let mut told = Diagnostic::new(
        Kind::PackageFolder,
        format!("the sources of `{id}` cannot be found"),
    );
    for dir in looked {
        told = told.help(format!("looked in {}", dir.display()));
    }
    told.help("run `cargo fetch`, then build again")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::cfg::CfgSet;

    /// A home of Cargo with these manifests, and a folder for the workspace.
    struct Disk(PathBuf);

    impl Disk {
        fn new(name: &str, manifests: &[(&str, &str, &str)]) -> Disk {
            let id = std::process::id();
            let disk = Disk(std::env::temp_dir().join(format!("enroll-locate-{name}-{id}")));
            for (dir, package, version) in manifests {
                let text = format!("[package]\nname = \"{package}\"\nversion = \"{version}\"\n");
                disk.write(&format!("{dir}/Cargo.toml"), &text);
            }
            disk
        }

        fn write(&self, path: &str, text: &str) {
            let path = self.0.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }

        /// The folder below the disk, or the kind of error. `cargo metadata`
        /// fails here, since there is no Cargo.
        fn folder(&self, source: Source) -> Result<PathBuf, Kind> {
            let request = Request {
                manifest_dir: self.0.join("ws/fw"),
                name: "fw".into(),
                version: "0.1.0".into(),
                bin: None,
                target: String::new(),
                target_spec: None,
                features: [].into(),
                cfgs: CfgSet::default(),
                cargo: self.0.join("no-cargo"),
                env: Vec::new(),
            };
            let home = self.0.join("home");
            let config = Config::read(&request.manifest_dir, &home);
            let id = PackageId {
                name: "errno".into(),
                version: "1.0.0".into(),
                source,
            };
            let found = Locator::new(&request, &home, &config).folder(&id);
            let found = found.map_err(|diagnostic| diagnostic.kind)?;
            Ok(found.strip_prefix(&self.0).expect("below").to_path_buf())
        }
    }

    impl Drop for Disk {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn git() -> Source {
        Source::Git {
            url: "https://host/user/Drivers.git?branch=main".into(),
            commit: "12345678".into(),
        }
    }

    #[test]
    fn a_registry_crate_by_name_and_version() {
        let src = "home/registry/src";
        let one = format!("{src}/index-1/errno-1.0.0");
        let lies = format!("{src}/other-2/errno-1.0.0");
        let disk = Disk::new(
            "registry",
            &[(&one, "errno", "1.0.0"), (&lies, "errno", "2.0.0")],
        );
        assert_eq!(disk.folder(Source::Registry(None)), Ok(PathBuf::from(&one)));
        // Not in a repository.
        assert_eq!(disk.folder(git()), Err(Kind::PackageFolder));
        disk.write(
            &format!("{lies}/Cargo.toml"),
            "[package]\nname = \"errno\"\nversion = \"1.0.0\"\n",
        );
        assert_eq!(
            disk.folder(Source::Registry(None)),
            Err(Kind::AmbiguousFolder)
        );
    }

    #[test]
    fn a_checkout_by_repository_and_commit() {
        let checkouts = "home/git/checkouts";
        let right = format!("{checkouts}/drivers-0a1b/1234567/crates/errno");
        let disk = Disk::new(
            "git",
            &[
                (&right, "errno", "1.0.0"),
                (
                    &format!("{checkouts}/drivers-0a1b/1234567/crates/os"),
                    "os",
                    "1.0.0",
                ),
                (
                    &format!("{checkouts}/drivers-0a1b/7654321/errno"),
                    "errno",
                    "1.0.0",
                ),
                (
                    &format!("{checkouts}/more-drivers-0a1b/1234567"),
                    "errno",
                    "1.0.0",
                ),
            ],
        );
        assert_eq!(disk.folder(git()), Ok(PathBuf::from(&right)));
        assert_eq!(
            disk.folder(Source::Registry(None)),
            Err(Kind::PackageFolder)
        );
    }

    #[test]
    fn a_vendored_package_and_no_other_copy_of_it() {
        let disk = Disk::new(
            "vendor",
            &[
                ("ws/third-party/errno", "errno", "2.0.0"),
                ("ws/third-party/errno-1.0.0", "errno", "1.0.0"),
                ("home/registry/src/index-1/errno-1.0.0", "errno", "1.0.0"),
                ("home/far/errno", "errno", "1.0.0"),
            ],
        );
        disk.write(
            "ws/.cargo/config.toml",
            "[source.crates-io]\nreplace-with = \"mirror\"
            [source.mirror]\nregistry = \"sparse+https://mirror/\"\nreplace-with = \"vendored\"
            [source.vendored]\ndirectory = \"third-party\"
            [source.drivers]\ngit = \"https://host/user/Drivers\"\nbranch = \"main\"
            replace-with = \"vendored\"\n",
        );
        // The nearer file wins.
        disk.write(
            "home/config.toml",
            "[source.vendored]\ndirectory = \"far\"\n",
        );
        let vendored = Ok(PathBuf::from("ws/third-party/errno-1.0.0"));
        assert_eq!(disk.folder(Source::Registry(None)), vendored);
        assert_eq!(disk.folder(git()), vendored);
        assert_eq!(disk.folder(Source::Registry(Some("own".into()))), vendored);
    }

    #[test]
    fn replacements_that_go_round_in_a_circle() {
        let disk = Disk::new("circle", &[]);
        disk.write(
            "ws/.cargo/config.toml",
            "[source.crates-io]\nreplace-with = \"a\"\n[source.a]\nreplace-with = \"crates-io\"\n",
        );
        assert_eq!(
            disk.folder(Source::Registry(None)),
            Err(Kind::PackageFolder)
        );
    }

    #[test]
    fn a_folder_that_is_gone() {
        let disk = Disk::new("gone", &[("here", "errno", "1.0.0")]);
        let here = Source::Path(disk.0.join("here"));
        assert_eq!(disk.folder(here), Ok(PathBuf::from("here")));
        let gone = Source::Path(disk.0.join("gone"));
        assert_eq!(disk.folder(gone), Err(Kind::PackageFolder));
    }
}
