//! Choices that match nothing: a typing error that would go unnoticed.

use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::extract::Extraction;
use crate::graph::Graph;
use crate::near::near;
use crate::settings::Settings;
use enroll_syntax::Form;

/// Tells what the builder was given and no crate of the build has.
pub(super) fn check(
    graph: &Graph,
    extraction: &Extraction,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) {
    let modules: Vec<&str> = extraction
        .declared
        .iter()
        .filter(|declared| declared.form == Form::Module)
        .map(|declared| declared.module.text.as_str())
        .collect();
    let package = |at: usize| graph.packages[at].name.as_str();
    let registering: Vec<&str> = extraction
        .declared
        .iter()
        .map(|declared| package(declared.package))
        .collect();
    for (call, name) in settings.choice.modules() {
        // What could not be read has told so already.
        if modules.contains(&name) || extraction.unreadable.contains(name) {
            continue;
        }
        let message = format!(
            "Builder::{call} was given `{name}`, and no crate of this build registers a module \
             of that name"
        );
        let known = modules.iter().copied();
        diagnostics.push(told(message, near(name, known)));
    }
    for (call, name) in settings.choice.crates() {
        if registering.contains(&name) {
            continue;
        }
        let what = match graph.packages.iter().any(|package| package.name == name) {
            true => "a crate that registers nothing",
            false => "and no crate of that name in this build depends on enroll",
        };
        let message = format!("Builder::{call} was given `{name}`, {what}");
        diagnostics.push(told(message, near(name, registering.iter().copied())));
    }
}

fn told(message: String, near: Option<String>) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(Kind::Setting, message);
    match near {
        Some(near) => diagnostic.help.push(near),
        None => diagnostic
            .help
            .push("remove it from build.rs, or add the crate that it is about".to_owned()),
    }
    diagnostic
}
