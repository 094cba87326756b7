//! The names under which a package's code knows its dependencies, which
//! `cargo tree` does not print.

use super::manifest::{Declared, Manifest};
use super::tree::{PackageId, Source};
use crate::source::cfg::CfgSet;
use crate::source::predicate::Predicate;
use semver::{Version, VersionReq};
use std::collections::BTreeSet;
use std::path::Path;

/// The declarations that may stand for `child` among `children`, which are
/// all packages that `parent` depends on in this build.
///
/// As a rule one. More than one if a package is declared twice under two
/// names. None if nothing fits, which Cargo's `[replace]` could bring about.
pub(super) fn declarations<'m>(
    parent: &'m Manifest,
    features: &BTreeSet<String>,
    target: (&str, &CfgSet),
    children: &[&PackageId],
    child: &PackageId,
) -> Vec<&'m Declared> {
    let active: Vec<&Declared> = parent
        .declared
        .iter()
        .filter(|declared| declared.package == child.name)
        .filter(|declared| applies(declared, target))
        .filter(|declared| !declared.optional || switched_on(parent, features, declared))
        .collect();
    let namesakes = children.iter().filter(|other| other.name == child.name);
    if namesakes.count() < 2 {
        return active;
    }
    // Two versions of one crate, or one from two places: a patch changes the
    // place of a dependency but not the version it must have.
    let fitting: Vec<&Declared> = active
        .into_iter()
        .filter(|declared| version_fits(declared, child))
        .collect();
    let exact: Vec<&Declared> = fitting
        .iter()
        .copied()
        .filter(|declared| source_fits(declared, child))
        .collect();
    if exact.is_empty() { fitting } else { exact }
}

/// Whether the dependency's table is one of this target.
fn applies(declared: &Declared, (triple, cfgs): (&str, &CfgSet)) -> bool {
    let Some(target) = &declared.target else {
        return true;
    };
    let predicate = target
        .strip_prefix("cfg(")
        .and_then(|rest| rest.strip_suffix(')'));
    match predicate.map(str::parse::<Predicate>) {
        None => target == triple,
        Some(Ok(predicate)) => holds(&predicate, cfgs),
        // Cargo has read it; that the package is in the tree is known.
        Some(Err(_)) => true,
    }
}

/// A predicate of a table as Cargo decides it: by what rustc says about the
/// target without any profile, so that even `panic` and `debug_assertions`
/// have a value here, if not the one that code will see.
fn holds(predicate: &Predicate, cfgs: &CfgSet) -> bool {
    match predicate {
        Predicate::Constant(value) => *value,
        Predicate::Name(name) => cfgs.names.contains(&name.to_lowercase()),
        Predicate::Pair(name, value) => {
            let values = cfgs.pairs.get(&name.to_lowercase());
            values.is_some_and(|values| values.contains(value))
        }
        Predicate::Not(of) => !holds(of, cfgs),
        Predicate::All(of) => of.iter().all(|predicate| holds(predicate, cfgs)),
        Predicate::Any(of) => of.iter().any(|predicate| holds(predicate, cfgs)),
        Predicate::Other(_) => true,
    }
}

/// Whether the features that are on switch on an optional dependency.
fn switched_on(parent: &Manifest, features: &BTreeSet<String>, declared: &Declared) -> bool {
    let key = declared.key.as_str();
    let on = |value: &String| {
        let value = value.strip_prefix("dep:").unwrap_or(value);
        value == key || value.split_once('/').is_some_and(|(name, _)| name == key)
    };
    features.contains(key)
        || features
            .iter()
            .filter_map(|feature| parent.features.get(feature))
            .flatten()
            .any(on)
}

fn version_fits(declared: &Declared, child: &PackageId) -> bool {
    let Some(requirement) = &declared.version else {
        return true;
    };
    match (
        VersionReq::parse(requirement),
        Version::parse(&child.version),
    ) {
        (Ok(requirement), Ok(version)) => requirement.matches(&version),
        _ => true,
    }
}

fn source_fits(declared: &Declared, child: &PackageId) -> bool {
    match &child.source {
        Source::Path(dir) => declared.path.as_ref().is_some_and(|path| {
            let same = |path: &Path| path.canonicalize().ok();
            same(path).is_some() && same(path) == same(dir)
        }),
        Source::Git { .. } => declared.git,
        Source::Registry(_) => declared.path.is_none() && !declared.git,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Diagnostics;
    use crate::graph::metadata::Whose;
    use std::fs;

    /// The keys of the declarations that fit `version` from `source`, where
    /// crates of one name in all of `others` are there too.
    fn keys(
        name: &str,
        dependencies: &str,
        features: &[&str],
        children: &[(&str, Source)],
    ) -> Vec<Vec<String>> {
        let dir = std::env::temp_dir().join(format!("enroll-names-{name}-{}", std::process::id()));
        fs::create_dir_all(&dir).expect("a folder");
        let text = format!("[package]\nname = \"fw\"\n{dependencies}");
        fs::write(dir.join("Cargo.toml"), text).expect("a file");
        let manifest = super::super::manifest::read(&dir, Whose::Other, &mut Diagnostics::new());
        let manifest = manifest.expect("a manifest");
        let ids: Vec<PackageId> = children
            .iter()
            .map(|(version, source)| PackageId {
                name: "errno".into(),
                version: (*version).into(),
                source: source.clone(),
            })
            .collect();
        let ids: Vec<&PackageId> = ids.iter().collect();
        let features = features.iter().map(|&feature| feature.to_owned()).collect();
        let panic = ("CARGO_CFG_PANIC".to_owned(), "abort".to_owned());
        let cfgs = CfgSet::from_env([panic]);
        let target = ("thumbv7m-none-eabi", &cfgs);
        let keys = ids
            .iter()
            .map(|child| {
                let found = declarations(&manifest, &features, target, &ids, child);
                found.iter().map(|declared| declared.key.clone()).collect()
            })
            .collect();
        let _ = fs::remove_dir_all(&dir);
        keys
    }

    #[test]
    fn versions_then_sources() {
        let registry = || Source::Registry(None);
        let git = || Source::Git {
            url: "https://host/errno".into(),
            commit: "12345678".into(),
        };
        let text = "[dependencies]
            one = { version = \"1\", package = \"errno\" }
            two = { version = \">=2, <3\", package = \"errno\" }
            far = { git = \"https://host/errno\", package = \"errno\" }";
        let children = [
            ("1.4.0", registry()),
            ("2.1.0", registry()),
            ("1.4.0", git()),
        ];
        let expected = [["one"], ["two"], ["far"]];
        assert_eq!(keys("sources", text, &[], &children), expected);
        // A patch changes the source, not the version.
        let children = [("1.4.0", registry()), ("2.1.0", git())];
        let text = "[dependencies]
            one = { version = \"1\", package = \"errno\" }
            two = { version = \"2\", package = \"errno\" }";
        assert_eq!(keys("patch", text, &[], &children), [["one"], ["two"]]);
    }

    #[test]
    fn tables_of_other_targets_and_options_that_are_off_do_not_count() {
        let text = "[features]\nfull = [\"dep:two\"]\nweak = [\"two?/std\"]\nstrong = [\"two/std\"]
            [target.thumbv7m-none-eabi.dependencies]\none = { path = \"a\", package = \"errno\" }
            [target.x86_64-pc-windows-msvc.dependencies]\nthree = { path = \"b\", package = \"errno\" }
            [target.'cfg(windows)'.dependencies]\nfour = { path = \"b\", package = \"errno\" }
            [target.'cfg(panic = \"abort\")'.dependencies]\nfive = { path = \"b\", package = \"errno\" }
            [target.'cfg(not(panic = \"abort\"))'.dependencies]\nsix = { path = \"b\", package = \"errno\" }
            [dependencies]\ntwo = { path = \"c\", package = \"errno\", optional = true }";
        let child = [("1.0.0", Source::Registry(None))];
        let targets = ["five", "one"];
        assert_eq!(keys("off", text, &[], &child), [targets]);
        assert_eq!(keys("weak", text, &["weak"], &child), [targets]);
        for feature in ["full", "strong", "two"] {
            let found = keys(feature, text, &[feature], &child);
            assert_eq!(found, [["two", "five", "one"]], "{feature}");
        }
    }
}
