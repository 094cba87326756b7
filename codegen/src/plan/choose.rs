//! Which declarations the firmware can have at all.

use super::Cause;
use crate::extract::{Declared, Extraction};
use crate::graph::Graph;
use crate::settings::Settings;
use crate::source::cfg::Truth;
use enroll_syntax::Form;
use std::collections::BTreeSet;

/// The declarations that the firmware chose and the host can carry, and whose own cfg does not leave
/// the name to another one; the others go to `left_out` with the reason.
pub(super) fn choose(
    graph: &Graph,
    extraction: &Extraction,
    settings: &Settings,
    left_out: &mut Vec<(usize, Cause, String)>,
) -> BTreeSet<usize> {
    let declared = &extraction.declared;
    let mut chosen: BTreeSet<usize> = (0..declared.len()).collect();
    for (at, one) in declared.iter().enumerate() {
        let package = &graph.packages[one.package].name;
        let refused = settings.choice.refuses(&one.module.text, package);
        let refused = refused.map(|reason| (Cause::Choice, reason));
        let reason = refused
            .or_else(|| Some((Cause::Requires, lacking(one, settings)?)))
            .or_else(|| Some((Cause::Cfg, yielded(declared, at)?)));
        if let Some((cause, reason)) = reason {
            chosen.remove(&at);
            left_out.push((at, cause, reason));
        }
    }
    // What belongs to a module that is left out goes with it.
    loop {
        let orphan = chosen.iter().copied().find(|&at| {
            base(&declared[at]).is_some_and(|base| {
                let is_base = |at: &usize| {
                    declared[*at].form == Form::Module && declared[*at].module.text == base
                };
                !chosen.iter().any(is_base) && left_out.iter().any(|(at, _, _)| is_base(at))
            })
        });
        let Some(at) = orphan else {
            return chosen;
        };
        chosen.remove(&at);
        let base = base(&declared[at]).unwrap_or_default();
        left_out.push((at, Cause::Base, format!("`{base}` is left out")));
    }
}

/// What the host lacks of what a declaration requires.
fn lacking(declared: &Declared, settings: &Settings) -> Option<String> {
    let provides = settings.provides.as_ref()?;
    let missing = declared
        .requires
        .iter()
        .find(|required| !provides.contains(&required.text))?;
    Some(format!(
        "requires `{}`, which the host does not provide",
        missing.text
    ))
}

/// Whether a declaration's own cfg is false and another one has its name: one
/// that may be compiled, or the first of those that are not.
fn yielded(declared: &[Declared], at: usize) -> Option<String> {
    let one = &declared[at];
    let rival = |(other, rival): (usize, &Declared)| {
        other != at
            && one.form == Form::Module
            && rival.form == Form::Module
            && rival.module.text == one.module.text
            && (rival.presence != Truth::False || other < at)
    };
    (one.presence == Truth::False && declared.iter().enumerate().any(rival))
        .then(|| "its own #[cfg] is false, and another declaration has the name".to_owned())
}

/// The module that a declaration belongs to.
fn base(declared: &Declared) -> Option<&str> {
    match declared.form {
        Form::Extension => Some(&declared.module.text),
        Form::Module => declared.module.text.rsplit_once('.').map(|(base, _)| base),
    }
}
