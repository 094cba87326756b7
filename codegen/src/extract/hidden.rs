//! What the scan cannot see before the compiler runs, and how to declare it.

use crate::error::{Diagnostic, Kind};
use crate::graph::Package;
use crate::settings::Settings;
use crate::source::marker::Marker;
use crate::source::{Found, Hidden, Unseen, Within};
use enroll_syntax::Form;
use std::collections::BTreeMap;

/// Whether a package says which names it hides, if any.
pub(super) fn is_declared(package: &Package, settings: &Settings) -> bool {
    package.metadata.names.is_some() || settings.declared.contains(&package.name)
}

/// Whether an invocation is the body of a wrapper that the package declares in
/// its metadata: the wrapper's callers are read, not its definition.
pub(super) fn is_shell(found: &Found, within: &Within, macros: &BTreeMap<String, Marker>) -> bool {
    matches!(within, Within::Definition(name) if macros.get(name) == Some(&found.marker))
}

/// A registration that another macro may expand or not.
pub(super) fn registration(found: &Found, within: &Within, form: Form) -> Diagnostic {
    let mac = form.macro_name();
    let (message, help) = match within {
        Within::Definition(name) => (
            format!(
                "{mac}! stands in the definition of `{name}!`, so its names are not known before \
                 the compiler runs"
            ),
            vec![
                format!("write {mac}! where `{name}!` is called"),
                format!(
                    "if `{name}!` takes a whole declaration, declare it as a wrapper: \
                     `{name} = \"{mac}\"` under [package.metadata.enroll.macros]"
                ),
            ],
        ),
        Within::Arguments(name) => (
            format!("{mac}! stands in the arguments of `{name}!`, which may drop or change it"),
            vec![format!("move it out of `{name}!`")],
        ),
    };
    let mut diagnostic =
        Diagnostic::new(Kind::Misplaced, message).at(found.place.clone(), "hidden from the build");
    diagnostic.help = help;
    diagnostic
}

/// A `qstr!` whose name only the compiler knows.
pub(super) fn name(found: &Found, package: &Package, error: &syn::Error) -> Diagnostic {
    let message = match &found.within {
        Some(Within::Definition(name)) => format!(
            "the names that `{name}!` gives to qstr! are not known before the compiler runs"
        ),
        _ => format!("the name of this qstr! is not known before the compiler runs: {error}"),
    };
    remedies(
        Diagnostic::new(Kind::HiddenName, message).at(found.place.clone(), "not in the pool"),
        package,
    )
}

/// A file that cannot be read before the compiler runs.
pub(super) fn unseen(
    unseen: &Unseen,
    package: &Package,
    settings: &Settings,
) -> Option<Diagnostic> {
    match &unseen.what {
        // rustc says that better, and Cargo runs the script again when the
        // file is there.
        Hidden::Missing(_) => None,
        Hidden::Include(_) if is_declared(package, settings) => None,
        Hidden::Include(path) => Some(remedies(
            Diagnostic::new(
                Kind::HiddenName,
                format!(
                    "what include!({path}) brings into `{}` is not known before the compiler runs",
                    package.name
                ),
            )
            .at(unseen.place.clone(), "names in it would not be in the pool"),
            package,
        )),
    }
}

fn remedies(diagnostic: Diagnostic, package: &Package) -> Diagnostic {
    diagnostic
        .help(format!(
            "list its names in the manifest of `{}` (an empty list says there are none): \
             [package.metadata.enroll] names = [\"…\"]",
            package.name
        ))
        .help(format!(
            "or in the firmware's build.rs: .names_of({:?}, [\"…\"])",
            package.name
        ))
}
