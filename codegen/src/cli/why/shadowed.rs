//! Names that something else has, and that import would find first.

use super::verdict::Verdict;
use super::world::{World, id};
use crate::place::Place;
use crate::plan::Module;
use enroll_syntax::Class;
use serde_json::Value;

/// The frozen modules of a name, by their own or an alias.
pub(super) fn frozen(world: &World, name: &str) -> Option<Verdict> {
    let module = find(world, name)?;
    let own = text(&module["name"]);
    let place = place(world, module);
    let builtin = world.plan.modules.iter().find(|module| module.name == own);
    if let Some(builtin) = builtin.filter(|builtin| builtin.class == Class::Builtin) {
        let declared = &world.extraction.declared[builtin.declared];
        let message = format!("the builtin module `{own}` comes before the frozen one");
        return Some(
            Verdict::is_out("shadowed", message)
                .at(&place, "the frozen module")
                .at(&declared.module.place, "the builtin one")
                .help("a build is refused: rename it, or leave it out (Freeze::exclude)")
                .help(format!(
                    "or let it be found first: .class({own:?}, Class::Extensible) in build.rs"
                )),
        );
    }
    let what = match module["package"].as_bool() {
        Some(true) => "a frozen package",
        _ => "a frozen module",
    };
    let message = match own == name {
        true => what.to_owned(),
        false => format!("an alias of `{own}`, {what}"),
    };
    Some(Verdict::is_in("frozen", message).at(&place, ""))
}

/// An extensible module that a frozen one of its name hides: the finders come
/// first.
pub(super) fn by_frozen(world: &World, module: &Module) -> Option<Verdict> {
    if module.class != Class::Extensible {
        return None;
    }
    let frozen = find(world, &module.name)?;
    let declared = &world.extraction.declared[module.declared];
    let package = &world.graph.packages[declared.package];
    let message = format!(
        "the frozen module of that name comes before that of {}",
        id(package)
    );
    Some(
        Verdict::is_out("shadowed", message)
            .of(id(package), world.chain(declared.package))
            .at(&declared.module.place, "the extensible module")
            .at(&place(world, frozen), "the frozen one")
            .help("leave one out, or make the module builtin: it is found first then"),
    )
}

/// Aliases of a name that belongs to a module, or to an alias before.
pub(super) fn aliases(world: &World, name: &str) -> Vec<Verdict> {
    let winner = world.plan.modules.iter().find(|module| module.name == name);
    let kept = world.plan.aliases.iter().find(|(alias, _)| alias == name);
    let mut verdicts = Vec::new();
    for module in &world.plan.modules {
        let declared = &world.extraction.declared[module.declared];
        let is_kept = kept.is_some_and(|(_, at)| world.plan.modules[*at].name == module.name);
        let (Some(alias), false) = (
            declared.aliases.iter().find(|one| one.text == name),
            is_kept,
        ) else {
            continue;
        };
        let by = match (winner, kept) {
            (Some(_), _) => format!("the module `{name}`"),
            (None, Some((_, at))) => format!("the alias of `{}`", world.plan.modules[*at].name),
            (None, None) => continue,
        };
        let package = &world.graph.packages[declared.package];
        let message = format!(
            "{by} has the name, which is an alias of `{}` too",
            module.name
        );
        verdicts.push(
            Verdict::is_out("shadowed", message)
                .of(id(package), world.chain(declared.package))
                .at(&alias.place, "this alias")
                .help("a build is refused: remove the alias, or leave the other out"),
        );
    }
    verdicts
}

fn find<'w>(world: &'w World, name: &str) -> Option<&'w Value> {
    let frozen = world.told["frozen"].as_array()?;
    frozen.iter().find(|module| {
        let aliases = module["aliases"].as_array().into_iter().flatten();
        text(&module["name"]) == name || aliases.into_iter().any(|alias| alias == name)
    })
}

fn place(world: &World, module: &Value) -> Place {
    Place::file(text(&world.frozen[text(&module["name"])]))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
