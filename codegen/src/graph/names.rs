//! The names under which a package's code knows its dependencies, which
//! `cargo tree` does not print.

use super::manifest::{Declared, Manifest};
use super::tree::{PackageId, Source};
use crate::source::cfg::{CfgSet, Context, Truth};
use crate::source::predicate::Predicate;
use semver::{Version, VersionReq};
use std::collections::{BTreeMap, BTreeSet};
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

/// Whether the dependency's table is one of this target. An undecided one
/// counts: that the package is in the tree is known already.
fn applies(declared: &Declared, (triple, cfgs): (&str, &CfgSet)) -> bool {
    let Some(target) = &declared.target else {
        return true;
    };
    let Some(predicate) = target
        .strip_prefix("cfg(")
        .and_then(|rest| rest.strip_suffix(')'))
    else {
        return target == triple;
    };
    let Ok(predicate) = predicate.parse::<Predicate>() else {
        return true;
    };
    let context = Context {
        package: Path::new(""),
        cfgs,
        features: &BTreeSet::new(),
        has_build_script: false,
        assumed: &BTreeMap::new(),
    };
    context.truth(&predicate) != Truth::False
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
