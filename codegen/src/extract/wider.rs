//! What other builds of the same firmware would compile.
//!
//! Cargo's answer for the firmware alone is a lower bound: `--workspace`,
//! dev-dependencies under `cargo test` and `--features dependency/feature`
//! switch more features on. A registration whose *enclosing* cfg such a build
//! decides otherwise would be a wrong link there, or silently absent. A cfg
//! inside the macro is rustc's alone, and never a problem.

use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::graph::{Answer, Graph, Package};
use crate::source::cfg::Context;
use crate::source::marker::{Marker, Markers};
use crate::source::{Found, Inputs, What, walk, walk_with};
use std::collections::{BTreeMap, BTreeSet};

const WITH_DEV: &str = "with the firmware's dev-dependencies (`cargo test`)";
const WORKSPACE: &str = "with the whole workspace (`cargo build --workspace`)";

/// Compares what was found with what a wider build would find; returns what
/// the comparison depends on.
pub(super) fn compare(
    package: &Package,
    cx: &Context<'_>,
    markers: &Markers,
    found: &[Found],
    diagnostics: &mut Diagnostics,
) -> Inputs {
    let mut inputs = Inputs::default();
    let mut asked = BTreeSet::from([&package.features]);
    for (answer, build) in [
        (&package.answers.with_dev, WITH_DEV),
        (&package.answers.workspace, WORKSPACE),
    ] {
        let Answer::Features(features) = answer else {
            continue;
        };
        if !asked.insert(features) {
            continue;
        }
        let read = walk_with(
            &package.root,
            &package.folders,
            &Context { features, ..*cx },
            markers,
        );
        inputs.extend(read.inputs);
        let wider = read.found;
        let difference = Difference {
            package,
            build,
            extra: features.difference(&package.features).collect(),
        };
        for here in declarations(found) {
            if !declarations(&wider).any(|there| there.place == here.place) {
                diagnostics.push(difference.gone(here));
            }
        }
        for there in declarations(&wider) {
            if !declarations(found).any(|here| here.place == there.place) {
                diagnostics.push(difference.silent(there));
            }
        }
    }
    inputs
}

/// Packages that only a wider build holds: their modules are not in this table.
pub(super) fn elsewhere(
    graph: &Graph,
    markers: &Markers,
    inputs: &mut Inputs,
    diagnostics: &mut Diagnostics,
) {
    let none = BTreeMap::new();
    for package in &graph.elsewhere {
        let cx = Context {
            package: &package.dir,
            cfgs: &graph.cfgs,
            features: &package.features,
            has_build_script: package.has_build_script,
            assumed: &none,
            open: false,
        };
        let read = walk(&package.root, &cx, markers);
        if package.local {
            inputs.extend(read.inputs);
        }
        if let Some(found) = declarations(&read.found).next() {
            diagnostics.push(
                Diagnostic::new(
                    Kind::ElsewhereOnly,
                    format!(
                        "`{}` registers modules, but only a build with other features holds it: \
                         there they are not in the table",
                        package.name
                    ),
                )
                .at(found.place.clone(), "not in this build")
                .help(format!(
                    "let the firmware's own features decide whether `{}` is a dependency, or \
                     build the firmware alone (`-p`)",
                    package.name
                )),
            );
        }
    }
}

fn declarations(found: &[Found]) -> impl Iterator<Item = &Found> {
    found.iter().filter(|found| {
        matches!(found.marker, Marker::Register | Marker::Extend) && found.within.is_none()
    })
}

/// Two builds that compile a package with different features.
struct Difference<'a> {
    package: &'a Package,
    build: &'a str,
    extra: Vec<&'a String>,
}

impl Difference<'_> {
    /// The table refers to code that the wider build does not compile.
    fn gone(&self, found: &Found) -> Diagnostic {
        let message = format!(
            "this registration is compiled for the firmware alone, and not {}, where `{}` has {}: \
             the table would refer to nothing",
            self.build,
            self.package.name,
            self.features()
        );
        self.place(Diagnostic::new(Kind::NotInWider, message), found)
    }

    /// The wider build compiles a module that is not in the table.
    fn silent(&self, found: &Found) -> Diagnostic {
        let message = format!(
            "this registration is compiled {}, where `{}` has {}, and not for the firmware alone: \
             it is not in the table",
            self.build,
            self.package.name,
            self.features()
        );
        self.place(Diagnostic::new(Kind::WiderOnly, message), found)
    }

    fn place(&self, mut diagnostic: Diagnostic, found: &Found) -> Diagnostic {
        diagnostic = diagnostic.at(found.place.clone(), "");
        for condition in &found.conditions {
            if let What::Cfg(_) = condition.what {
                diagnostic = diagnostic.at(condition.place.clone(), "decided by the features");
            }
        }
        diagnostic.help("move the cfg into the macro, where rustc alone decides it")
    }

    fn features(&self) -> String {
        match &*self.extra {
            [] => "fewer features".to_owned(),
            [one] => format!("the feature `{one}` too"),
            many => {
                let names: Vec<String> = many.iter().map(|name| format!("`{name}`")).collect();
                format!("the features {} too", names.join(", "))
            }
        }
    }
}
