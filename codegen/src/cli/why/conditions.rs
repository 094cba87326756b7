//! What a cfg keeps out: a feature that is off, a predicate that is false, or
//! one that only a compiler knows.

use super::site::{self, Site, context, features};
use super::verdict::Verdict;
use super::world::{World, id};
use crate::graph::{self, Package};
use crate::source::cfg::Truth;
use crate::source::marker::Markers;
use crate::source::predicate::Predicate;
use std::collections::{BTreeMap, BTreeSet};

/// The best fitting declaration of a package of the build that is not compiled,
/// or may not be.
pub(super) fn hidden(world: &World, name: &str, names_too: bool) -> Option<Verdict> {
    let mut best: Option<(u8, Verdict)> = None;
    for package in 0..world.graph.packages.len() {
        for site in of_package(world, package) {
            let Some(rank) = site.what.fits(name) else {
                continue;
            };
            if (rank == 3) != names_too || best.as_ref().is_some_and(|(best, _)| *best <= rank) {
                continue;
            }
            if let Some(verdict) = judge(world, package, &site) {
                best = Some((rank, verdict));
            }
        }
    }
    best.map(|(_, verdict)| verdict)
}

/// Everything that a package of the build declares under any cfg.
pub(super) fn of_package(world: &World, package: usize) -> Vec<Site> {
    let mut markers = Markers::default();
    for package in &world.graph.packages {
        for (name, marker) in &package.metadata.macros {
            markers.insert(name.clone(), *marker);
        }
    }
    site::sites(&world.graph.packages[package], &world.graph.cfgs, &markers)
}

/// Why a declaration is not compiled; `None` if it is.
pub(super) fn judge(world: &World, package: usize, site: &Site) -> Option<Verdict> {
    let of = &world.graph.packages[package];
    let none = BTreeMap::new();
    let assumed = world.settings.assumed.get(&of.name).unwrap_or(&none);
    let cx = context(of, &world.graph.cfgs, assumed, false);
    let truth = |predicate: &Predicate| cx.truth(predicate);
    let first = |wanted: Truth| {
        let mut conditions = site.conditions.iter();
        conditions.find(|(predicate, _)| truth(predicate) == wanted)
    };
    let told = |verdict: Verdict| {
        verdict
            .of(id(of), world.chain(package))
            .at(&site.place, site.what.is_what())
    };
    if let Some((predicate, place)) = first(Truth::False) {
        let verdict = match missing(world, of, predicate) {
            Some(feature) => {
                let message = format!("the feature `{feature}` of {} is off", id(of));
                let verdict = told(Verdict::is_out("feature-off", message));
                switches(world, package, &feature)
                    .into_iter()
                    .fold(verdict, Verdict::help)
            }
            None => told(is_false(of, predicate)),
        };
        return Some(verdict.at(place, format!("cfg({predicate})")));
    }
    if let Some(name) = &site.within {
        let message = format!(
            "`{name}!` may drop it, which only the compiler of {} knows",
            id(of)
        );
        let verdict = told(Verdict::is_out("cfg-undecided", message));
        return Some(verdict.help(format!("move the declaration out of `{name}!`")));
    }
    let (predicate, place) = first(Truth::Unknown)?;
    let message = format!(
        "cfg({predicate}) is known to the compiler of {} alone",
        id(of)
    );
    Some(
        told(Verdict::is_out("cfg-undecided", message))
            .at(place, format!("cfg({predicate})"))
            .help("move the cfg into the macro, where the compiler decides it")
            .help(format!(
                "or decide it in build.rs: .assume_cfg({:?}, {:?}, true)",
                of.name,
                predicate.to_string()
            )),
    )
}

/// A predicate that no feature which is off would make true.
fn is_false(package: &Package, predicate: &Predicate) -> Verdict {
    let on: Vec<String> = features(predicate)
        .intersection(&package.features)
        .map(|feature| format!("`{feature}`"))
        .collect();
    let verdict = Verdict::is_out("cfg-false", format!("cfg({predicate}) is false"));
    if !on.is_empty() {
        return verdict.help(format!("{} has the feature {}", id(package), on.join(", ")));
    }
    let text = predicate.to_string();
    if text == "test" || text == "doc" {
        return verdict.help("a firmware's crates are compiled without it");
    }
    verdict.help("it is decided by the target: `cargo enroll why … --target` asks for another")
}

/// The feature without which a predicate is false: one that would do alone, or
/// the first of those that would do together.
fn missing(world: &World, package: &Package, predicate: &Predicate) -> Option<String> {
    let off: BTreeSet<String> = features(predicate)
        .difference(&package.features)
        .cloned()
        .collect();
    let none = BTreeMap::new();
    let assumed = world.settings.assumed.get(&package.name).unwrap_or(&none);
    let holds_with = |more: &BTreeSet<String>| {
        let mut with = package.clone();
        with.features.extend(more.iter().cloned());
        context(&with, &world.graph.cfgs, assumed, false).truth(predicate) != Truth::False
    };
    let alone = off
        .iter()
        .find(|feature| holds_with(&BTreeSet::from([(*feature).clone()])));
    match alone {
        Some(feature) => Some(feature.clone()),
        None => off.first().filter(|_| holds_with(&off)).cloned(),
    }
}

/// How a feature of a package of the build is switched on: by a feature of the
/// firmware that does it, else in a manifest.
fn switches(world: &World, package: usize, feature: &str) -> Vec<String> {
    let own = world.own();
    let of = &world.graph.packages[package];
    let build = |feature: &str| format!("cargo build -p {} --features {feature}", own.name);
    if package == world.graph.firmware {
        return vec![build(feature)];
    }
    let forwards = |value: &String| {
        let (key, named) = value.split_once('/').unwrap_or_default();
        key.trim_end_matches('?') == of.name && named == feature
    };
    let features = graph::features(own.manifest.parent().unwrap_or(&own.dir));
    let features = features.iter();
    let mut features = features.filter(|(_, values)| values.iter().any(forwards));
    if let Some((name, _)) = features.next() {
        return vec![build(name)];
    }
    let add = format!("{} --features {feature}", world.add(of));
    let is_direct = own.dependencies.iter().any(|to| to.package == package);
    vec![match is_direct {
        true => add,
        false => format!("{add} (a package has one set of features in a build)"),
    }]
}
