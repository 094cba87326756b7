//! What no package of the build has: how far the one that has it is away.

use super::packages::{Edge, Known, Packages};
use super::site::{self, Site};
use super::verdict::Verdict;
use super::world::{World, id};
use crate::place::Place;
use crate::source::cfg::Truth;
use crate::source::predicate::Predicate;
use std::collections::{BTreeMap, VecDeque};
use std::path::Path;

/// A package outside of the build that has something, with everything that it
/// has.
pub(super) struct Outside {
    package: usize,
    sites: Vec<Site>,
}

/// Scans every package that could register something and is not in the build.
pub(super) fn scan(world: &World, packages: &Packages) -> Vec<Outside> {
    let markers = packages.markers(&world.graph.packages);
    let inside = |at: &usize| {
        let manifest = &packages.all[*at].manifest;
        let mut graph = world.graph.packages.iter();
        graph.any(|package| package.manifest == *manifest)
    };
    let registering = packages.registering();
    let outside = registering.into_iter().filter(|at| !inside(at));
    outside
        .filter_map(|at| {
            let package = packages.all[at].package()?;
            let sites = site::sites(&package, &world.graph.cfgs, &markers);
            Some(Outside { package: at, sites })
        })
        .collect()
}

/// The best reason among the packages that have what is asked for.
pub(super) fn outside(
    world: &World,
    packages: &Packages,
    scanned: &[Outside],
    name: &str,
    names_too: bool,
) -> Option<Verdict> {
    let mut best: Option<((u8, usize), Verdict)> = None;
    for Outside { package, sites } in scanned {
        let fitting = sites.iter().filter_map(|site| {
            let rank = site.what.fits(name)?;
            ((rank == 3) == names_too).then_some((rank, site))
        });
        let Some((rank, site)) = fitting.min_by_key(|(rank, _)| *rank) else {
            continue;
        };
        let (distance, verdict) = reason(world, packages, *package);
        let rank = (rank, distance);
        if best.as_ref().is_none_or(|(best, _)| rank < *best) {
            let mut verdict = verdict;
            let declared = (site.place.clone(), site.what.is_what());
            verdict.places.insert(0, declared);
            best = Some((rank, verdict));
        }
    }
    best.map(|(_, verdict)| verdict)
}

/// Why a package is not in the build, and how many of its edges lack on the
/// way.
fn reason(world: &World, packages: &Packages, package: usize) -> (usize, Verdict) {
    let of = &packages.all[package];
    let add = |of: &Known| of.package().map_or_else(String::new, |of| world.add(&of));
    let firmware = packages.find(world.own());
    let way = firmware.and_then(|firmware| way(world, packages, firmware, package));
    let Some((distance, way)) = way else {
        let message = format!("`{}` does not depend on {}", world.firmware, of.id());
        let verdict = Verdict::is_out("not-a-dependency", message)
            .of(of.id(), Vec::new())
            .help(add(of));
        return (usize::MAX, verdict);
    };
    let chain = way.iter().map(|(from, _)| packages.all[*from].id());
    let chain: Vec<String> = chain.chain([of.id()]).collect();
    let lacking = way
        .iter()
        .find(|(from, edge)| !is_active(world, &packages.all[*from], packages, edge));
    let verdict = match lacking {
        Some((from, edge)) => lacks(world, packages, *from, edge, of),
        None => Verdict::is_out(
            "feature-off",
            format!("{} does not lead to enroll with these features", of.id()),
        ),
    };
    (distance, verdict.of(of.id(), chain))
}

/// An edge that this build does not have.
fn lacks(world: &World, packages: &Packages, from: usize, edge: &Edge, wanted: &Known) -> Verdict {
    let (parent, child) = (&packages.all[from], &packages.all[edge.to]);
    let add = |of: &Known| of.package().map_or_else(String::new, |of| world.add(&of));
    let leads = match child.id() == wanted.id() {
        true => String::new(),
        false => format!(", which leads to {}", wanted.id()),
    };
    let (child_id, parent_id) = (child.id(), parent.id());
    let verdict = match edge.kind.as_str() {
        "dev" => Verdict::is_out(
            "dev-dependency",
            format!("{child_id} is a dev-dependency of {parent_id} only{leads}"),
        )
        .help(add(wanted)),
        "build" => Verdict::is_out(
            "build-dependency",
            format!("{child_id} is a build-dependency of {parent_id} only{leads}"),
        )
        .help(add(wanted)),
        _ if !applies(world, edge) => {
            let target = edge.target.as_deref().unwrap_or_default();
            Verdict::is_out(
                "other-target",
                format!("{child_id} is a dependency of {parent_id} for {target} only{leads}"),
            )
            .help(format!("this build is for {}", world.target))
            .help(format!(
                "for every target: move it to [dependencies] of `{}`",
                parent.name
            ))
        }
        _ => {
            let message = format!(
                "the optional dependency `{}` of {parent_id} is off{leads}",
                edge.key
            );
            switches(world, parent, edge)
                .into_iter()
                .fold(Verdict::is_out("feature-off", message), Verdict::help)
        }
    };
    let heading = match (edge.kind.as_str(), &edge.target) {
        ("normal", None) => "[dependencies".to_owned(),
        ("normal", Some(_)) => "[target".to_owned(),
        (kind, None) => format!("[{kind}-dependencies"),
        (_, Some(_)) => "[target".to_owned(),
    };
    verdict.at(
        &line(&parent.manifest, &heading, &edge.key),
        "declared here",
    )
}

/// How an optional dependency is switched on.
fn switches(world: &World, parent: &Known, edge: &Edge) -> Vec<String> {
    let on = |value: &String| {
        let value = value.strip_prefix("dep:").unwrap_or(value);
        let (key, feature) = value.split_once('/').unwrap_or((value, ""));
        key == edge.key && (feature.is_empty() || !value.contains('?'))
    };
    let features = parent.features.iter();
    let features = features.filter(|(_, values)| values.iter().any(on));
    let own = world.own();
    features
        .map(|(feature, _)| match parent.manifest == own.manifest {
            true => format!("cargo build -p {} --features {feature}", own.name),
            false => format!(
                "cargo add -p {} {} --features {feature}",
                own.name, parent.name
            ),
        })
        .collect()
}

/// The way with the fewest edges that this build lacks, and their number.
fn way(
    world: &World,
    packages: &Packages,
    from: usize,
    to: usize,
) -> Option<(usize, Vec<(usize, Edge)>)> {
    let mut best: BTreeMap<usize, usize> = BTreeMap::from([(from, 0)]);
    let mut before: BTreeMap<usize, (usize, Edge)> = BTreeMap::new();
    let mut queue = VecDeque::from([from]);
    while let Some(at) = queue.pop_front() {
        let known = &packages.all[at];
        for edge in &known.edges {
            // Another package's tests are nobody's way.
            if edge.kind == "dev" && at != from {
                continue;
            }
            let lacks = usize::from(!is_active(world, known, packages, edge));
            let distance = best[&at] + lacks;
            if best.get(&edge.to).is_some_and(|known| *known <= distance) {
                continue;
            }
            best.insert(edge.to, distance);
            before.insert(edge.to, (at, edge.clone()));
            match lacks {
                0 => queue.push_front(edge.to),
                _ => queue.push_back(edge.to),
            }
        }
    }
    let distance = *best.get(&to)?;
    let mut way = Vec::new();
    let mut at = to;
    while at != from {
        let (previous, edge) = before.get(&at)?.clone();
        way.push((previous, edge));
        at = previous;
    }
    way.reverse();
    Some((distance, way))
}

/// Whether the build has an edge, as far as it can be known from outside.
fn is_active(world: &World, from: &Known, packages: &Packages, edge: &Edge) -> bool {
    if edge.kind != "normal" || !applies(world, edge) {
        return false;
    }
    if !edge.optional {
        return true;
    }
    let child = &packages.all[edge.to];
    let graph = &world.graph.packages;
    let parent = graph
        .iter()
        .find(|package| package.manifest == from.manifest);
    parent.is_some_and(|parent| {
        let mut to = parent.dependencies.iter();
        to.any(|to| graph[to.package].manifest == child.manifest)
    })
}

/// Whether the table of a dependency is one of this target.
fn applies(world: &World, edge: &Edge) -> bool {
    let Some(target) = &edge.target else {
        return true;
    };
    let predicate = target
        .strip_prefix("cfg(")
        .and_then(|rest| rest.strip_suffix(')'));
    match predicate.map(str::parse::<Predicate>) {
        None => *target == world.target,
        Some(Ok(predicate)) => {
            let none = BTreeMap::new();
            let mut package = world.own().clone();
            package.has_build_script = false;
            let cx = site::context(&package, &world.graph.cfgs, &none, false);
            cx.truth(&predicate) != Truth::False
        }
        Some(Err(_)) => true,
    }
}

/// The line of a key below a heading of a manifest; the whole file where it is
/// written in another way.
fn line(manifest: &Path, heading: &str, key: &str) -> Place {
    let mut place = Place::file(manifest);
    let text = std::fs::read_to_string(manifest).unwrap_or_default();
    let mut is_below = false;
    for (at, line) in text.lines().enumerate() {
        let line = line.trim_start();
        if line.starts_with('[') {
            is_below = line.starts_with(heading);
            is_below &= heading != "[target" || line.contains("dependencies");
            if is_below && line.trim_end().ends_with(&format!(".{key}]")) {
                place.line = at + 1;
                break;
            }
            continue;
        }
        let rest = line.strip_prefix(key);
        if is_below && rest.is_some_and(|rest| rest.starts_with([' ', '=', '.'])) {
            place.line = at + 1;
            break;
        }
    }
    place
}

/// What can be asked for outside.
pub(super) fn known(scanned: &[Outside]) -> impl Iterator<Item = String> + '_ {
    let sites = scanned.iter().flat_map(|outside| &outside.sites);
    sites.map(|site| site.what.asked())
}

/// The same in the build.
pub(super) fn inside(world: &World) -> Vec<String> {
    let declared = world.extraction.declared.iter();
    let modules = declared.flat_map(|declared| {
        let aliases = declared.aliases.iter().map(|alias| alias.text.clone());
        let of = declared.module.text.clone();
        let entries = declared.entries.iter();
        let entries = entries.map(move |item| format!("{of}.{}", item.name.text));
        aliases.chain([declared.module.text.clone()]).chain(entries)
    });
    let names = world.plan.names.iter().map(|name| name.text.clone());
    let aliases = world.plan.aliases.iter().map(|(alias, _)| alias.clone());
    modules.chain(names).chain(aliases).collect()
}

/// The packages of the build, for a name that one of them has.
pub(super) fn is_package(world: &World, packages: &Packages, name: &str) -> Option<String> {
    let spelled = |other: &str| other.replace('_', "-") == name.replace('_', "-");
    let inside = world.graph.packages.iter();
    let mut inside = inside.filter(|package| spelled(&package.name)).map(id);
    let mut outside = packages.all.iter();
    inside.next().or_else(|| {
        let found = outside.find(|known| spelled(&known.name))?;
        Some(found.id())
    })
}
