//! A crate that no code names, so that rustc does not link it.

use super::verdict::Verdict;
use super::world::{World, id};
use crate::extract::Declared;
use crate::place::Place;

/// Why the crate of a declaration of the table would not be linked.
pub(super) fn unlinked(world: &World, declared: &Declared) -> Option<Verdict> {
    let linked = world.linked();
    if linked.contains(&declared.package) {
        return None;
    }
    let package = &world.graph.packages[declared.package];
    let message = format!(
        "no code names the crate {}, so it is not linked",
        id(package)
    );
    let verdict = Verdict::is_out("not-named", message)
        .of(id(package), world.chain(declared.package))
        .at(&declared.module.place, "registered here");
    // The nearest crate that is linked and leads to it.
    let gap = linked.iter().find_map(|&from| {
        let of = &world.graph.packages[from];
        let to = of
            .dependencies
            .iter()
            .find(|to| to.package == declared.package)?;
        Some((of, to))
    });
    let direct = format!("or: {}", world.add(package));
    Some(match gap {
        Some((of, to)) => verdict
            .at(
                &Place::file(&of.root),
                format!("does not name `{}`", to.extern_name),
            )
            .help(format!(
                "write `extern crate {} as _;` at the root of `{}`",
                to.extern_name, of.name
            ))
            .help(direct),
        None => verdict.help(direct),
    })
}
