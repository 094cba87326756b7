//! The way from the firmware over crates to modules, as a tree.

use super::markup::Text;
use super::page::section;
use crate::cli::recorded::{Module, Package, Recorded};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Every package that declares something, below the packages of the shortest
/// way to it.
pub(super) fn tree(plan: &Recorded) -> String {
    let mut below: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for declared in plan.modules.iter().flat_map(Module::declarations) {
        for pair in plan.way(&declared.package).windows(2) {
            below.entry(pair[0]).or_default().insert(pair[1]);
        }
    }
    let mut out = String::from("<ul class=\"tree\">\n");
    node(plan, &plan.firmware, &below, &mut out);
    out.push_str("</ul>\n");
    section("From crate to module", &out)
}

/// Ways are shortest ones, so there is no circle in them.
fn node(plan: &Recorded, name: &str, below: &BTreeMap<&str, BTreeSet<&str>>, out: &mut String) {
    let package = plan.packages.iter().find(|package| package.name == name);
    let _ = write!(
        out,
        "<li><b class=\"package\">{}</b>{}",
        Text(name),
        about(package)
    );
    // As they are counted in the table of modules.
    let declared = plan.modules.iter().flat_map(|module| {
        let declarations = module.declarations().enumerate();
        declarations.map(|(nth, declared)| (nth == 0, declared))
    });
    for (at, (is_base, declared)) in declared.enumerate() {
        if declared.package == name {
            let class = match is_base {
                true => "module",
                false => "module extension",
            };
            let _ = write!(
                out,
                " <a id=\"way-{at}\" class=\"{class}\" href=\"#modules-{at}\"><code>{}</code></a>",
                Text(&declared.name)
            );
        }
    }
    let children = below.get(name).into_iter().flatten();
    let mut children = children.peekable();
    if children.peek().is_some() {
        out.push_str("\n<ul>\n");
        for child in children {
            node(plan, child, below, out);
        }
        out.push_str("</ul>");
    }
    out.push_str("</li>\n");
}

/// Version, origin and features.
fn about(package: Option<&Package>) -> String {
    let Some(package) = package else {
        return String::new();
    };
    let features = match &*package.features.join(", ") {
        "" => String::new(),
        features => format!(", with {}", Text(features)),
    };
    format!(
        " <small>{}, {}{features}</small>",
        Text(&package.version),
        Text(&package.origin),
    )
}
