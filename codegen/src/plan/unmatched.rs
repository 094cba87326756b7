//! Choices that match nothing: a typing error that would go unnoticed.

use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::extract::Extraction;
use crate::graph::Graph;
use crate::near::near;
use crate::settings::{Choice, Settings};
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
    let choice = &settings.choice;
    for (call, name) in choice.modules() {
        // What could not be read has told so already.
        if modules.contains(&name) || extraction.unreadable.contains(name) {
            continue;
        }
        let what = "and no crate of this build registers a module of that name";
        let known = modules.iter().copied();
        diagnostics.push(told(choice, call, name, what, near(name, known)));
    }
    for (call, name) in choice.crates() {
        if registering.contains(&name) {
            continue;
        }
        let what = match graph.packages.iter().any(|package| package.name == name) {
            true => "a crate that registers nothing",
            false => "and no crate of that name in this build depends on enroll",
        };
        let known = registering.iter().copied();
        let mut diagnostic = told(choice, call, name, what, near(name, known));
        if call == "module_crates" {
            // It is there, or Cargo would have said so.
            diagnostic.help = vec![MODULE_CRATE.to_owned()];
        }
        diagnostics.push(diagnostic);
    }
}

const MODULE_CRATE: &str = "does it register its modules only with a feature? a crate that is \
                            there for other code belongs under [dependencies]";

fn told(
    choice: &Choice,
    call: &'static str,
    name: &str,
    what: &str,
    near: Option<String>,
) -> Diagnostic {
    let origin = choice.origin(call, name);
    let message = match origin {
        Some(origin) => format!("{} names `{name}`, {what}", origin.words()),
        None => format!("Builder::{call} was given `{name}`, {what}"),
    };
    let mut diagnostic = Diagnostic::new(Kind::Setting, message);
    if let Some(origin) = origin {
        diagnostic = diagnostic.at(origin.place.clone(), "");
    }
    let remedy = match origin {
        Some(_) => "remove it, or add the crate that it is about",
        None => "remove it from build.rs, or add the crate that it is about",
    };
    diagnostic.help(near.unwrap_or_else(|| remedy.to_owned()))
}
