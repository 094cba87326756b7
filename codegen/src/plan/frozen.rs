//! Frozen modules and native ones of one name.

use super::modules::Merged;
use crate::error::{Diagnostic, Diagnostics, Kind};
use crate::extract::Extraction;
use crate::freeze::FrozenSet;
use crate::place::Place;
use enroll_syntax::Class;

/// The extensible modules that a frozen one hides: import asks the frozen ones
/// first. One that no file replaces would hide the frozen one, which is an error.
pub(super) fn shadowed(
    extraction: &Extraction,
    merged: &Merged,
    frozen: &FrozenSet,
    diagnostics: &mut Diagnostics,
) -> Vec<(String, usize)> {
    let mut shadowed = Vec::new();
    for (at, module) in frozen.modules.iter().enumerate() {
        for name in [&module.name].into_iter().chain(&module.aliases) {
            let Some(native) = merged.answering(name) else {
                continue;
            };
            if native.class == Class::Extensible {
                shadowed.push((name.clone(), at));
                continue;
            }
            let declared = &extraction.declared[native.declared].module;
            diagnostics.push(
                Diagnostic::new(
                    Kind::DuplicateModule,
                    format!(
                        "`{name}` is frozen and builtin: import would never find the frozen one"
                    ),
                )
                .at(Place::file(&module.file), "frozen")
                .at(declared.place.clone(), "builtin")
                .help(
                    "rename it, leave it out (Freeze::exclude), or make the builtin one extensible",
                )
                .help(format!(
                    "in build.rs: .class({:?}, enroll_codegen::Class::Extensible)",
                    native.name
                )),
            );
        }
    }
    shadowed.sort();
    shadowed
}
