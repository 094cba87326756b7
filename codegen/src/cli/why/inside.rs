//! What is in the firmware, and by what way.

use super::conditions;
use super::shadowed;
use super::site::Subject;
use super::verdict::Verdict;
use super::world::{World, id};
use crate::extract::{Declared, Item};
use crate::near::near;
use crate::place::Place;
use crate::plan::Module;
use crate::source::cfg::Truth;
use enroll_syntax::Class;

/// A module, frozen module, alias or attribute of the table.
pub(super) fn inside(world: &World, name: &str) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    if let Some(module) = find(world, name) {
        verdicts.push(of_module(world, module));
    }
    verdicts.extend(shadowed::frozen(world, name));
    if let Some((alias, at)) = world.plan.aliases.iter().find(|(alias, _)| alias == name) {
        verdicts.push(of_alias(world, alias, &world.plan.modules[*at]));
    }
    verdicts.extend(shadowed::aliases(world, name));
    if verdicts.is_empty() {
        verdicts.extend(attribute(world, name));
    }
    verdicts
}

/// A name of the pool that nothing else is known of.
pub(super) fn name(world: &World, name: &str) -> Option<Verdict> {
    let Some(pooled) = world.plan.names.iter().find(|pooled| pooled.text == name) else {
        // Only the script knows what frozen code uses.
        let mut told = world.told["names"].as_array()?.iter();
        return told
            .any(|told| told == name || told["text"] == name)
            .then(|| Verdict::is_in("name", "a name of the pool, which frozen scripts use"));
    };
    let message = match pooled.uses.len() {
        0 => "a name of the pool, which the runtime or `build.rs` asks for".to_owned(),
        1 => "a name of the pool, used in one place".to_owned(),
        uses => format!("a name of the pool, used in {uses} places"),
    };
    let mut verdict = Verdict::is_in("name", message);
    for place in &pooled.uses {
        let packages = &world.graph.packages;
        let of = packages.iter().find(|of| place.file.starts_with(&of.dir));
        verdict = verdict.at(place, of.map(id).unwrap_or_default());
    }
    Some(verdict)
}

fn find<'w>(world: &'w World, name: &str) -> Option<&'w Module> {
    world.plan.modules.iter().find(|module| module.name == name)
}

fn of_module(world: &World, module: &Module) -> Verdict {
    let declared = &world.extraction.declared[module.declared];
    if let Some(out) = shadowed::by_frozen(world, module)
        .or_else(|| absent(world, declared, &declared.module.place, declared.presence))
        .or_else(|| super::unlinked::unlinked(world, declared))
    {
        return out;
    }
    let package = &world.graph.packages[declared.package];
    let class = match module.class {
        Class::Builtin => "a builtin module",
        Class::Extensible => "an extensible module",
    };
    let mut verdict = Verdict::is_in("module", format!("{class} of {}", id(package)))
        .of(id(package), world.chain(declared.package))
        .at(&declared.module.place, "registered here");
    for (at, _) in &module.extensions {
        let extension = &world.extraction.declared[*at];
        let of = id(&world.graph.packages[extension.package]);
        verdict = verdict.at(&extension.module.place, format!("extended by {of}"));
    }
    if module.class != declared.class {
        verdict = verdict.help("the firmware chose its class: Builder::class");
    }
    if declared.presence == Truth::Unknown {
        verdict = verdict.help("its own #[cfg] is decided by the compiler of its crate");
    }
    let aliases = world.plan.aliases.iter();
    let aliases = aliases.filter(|(_, at)| world.plan.modules[*at].name == module.name);
    let aliases: Vec<String> = aliases.map(|(alias, _)| format!("`{alias}`")).collect();
    if !aliases.is_empty() {
        verdict = verdict.help(format!("scripts find it as {} too", aliases.join(", ")));
    }
    verdict
}

fn of_alias(world: &World, alias: &str, module: &Module) -> Verdict {
    let declared = &world.extraction.declared[module.declared];
    let package = &world.graph.packages[declared.package];
    let spelled = declared.aliases.iter().find(|one| one.text == alias);
    let mut verdict = of_module(world, module);
    if !verdict.is_in {
        return verdict;
    }
    verdict = Verdict::is_in(
        "alias",
        format!("an alias of `{}`, a module of {}", module.name, id(package)),
    )
    .of(id(package), world.chain(declared.package));
    match spelled {
        Some(spelled) => verdict.at(&spelled.place, "the alias"),
        None => verdict
            .at(&declared.module.place, "the module")
            .help("the firmware gives it this name: Builder::alias"),
    }
}

/// `module.entry`.
fn attribute(world: &World, name: &str) -> Option<Verdict> {
    let (of, entry) = name.rsplit_once('.')?;
    let aliased = world.plan.aliases.iter().find(|(alias, _)| alias == of);
    let module = match aliased {
        Some((_, at)) => &world.plan.modules[*at],
        None => find(world, of)?,
    };
    let base = &world.extraction.declared[module.declared];
    let extensions = module.extensions.iter();
    let extensions: Vec<&Declared> = extensions
        .map(|(at, _)| &world.extraction.declared[*at])
        .collect();
    let of_declared = |declared: &'_ Declared| -> Option<Item> {
        let entries = declared.entries.iter();
        entries.rev().find(|item| item.name.text == entry).cloned()
    };
    // The last extension that replaces it wins over the module's own.
    let replacing = extensions.iter().rev().find_map(|extension| {
        let item = of_declared(extension)?;
        (item.replace && item.presence != Truth::False).then_some((*extension, item))
    });
    let adding = || {
        let mut all = [base].into_iter().chain(extensions.iter().copied());
        all.find_map(|declared| Some((declared, of_declared(declared)?)))
    };
    let Some((declared, item)) = replacing.clone().or_else(adding) else {
        return Some(no_entry(base, &extensions, of, entry));
    };
    if let Some(out) = absent(world, declared, &item.name.place, item.presence) {
        return Some(out);
    }
    let whole = of_module(world, module);
    if !whole.is_in {
        return Some(whole);
    }
    let package = &world.graph.packages[declared.package];
    let verdict = match (&replacing, of_declared(base)) {
        (Some(_), Some(own)) => {
            let owner = id(&world.graph.packages[base.package]);
            let message = format!(
                "an entry of the extension in {}, which replaces that of {owner}",
                id(package)
            );
            Verdict::is_in("replaced-by-extension", message)
                .at(&item.name.place, "this one counts")
                .at(&own.name.place, "replaced")
        }
        _ => {
            let by = match declared.module.place == base.module.place {
                true => "an entry of the module",
                false => "an entry of the extension",
            };
            Verdict::is_in(
                "attribute",
                format!("{by} in {} ({})", id(package), item.kind),
            )
            .at(&item.name.place, "")
        }
    };
    Some(verdict.of(id(package), world.chain(declared.package)))
}

/// A table without the entry.
fn no_entry(base: &Declared, extensions: &[&Declared], module: &str, entry: &str) -> Verdict {
    let all = [base].into_iter().chain(extensions.iter().copied());
    let known = all.flat_map(|declared| &declared.entries);
    let known = known.map(|item| item.name.text.as_str());
    let message = format!("`{module}` is, and no crate gives it an entry `{entry}`");
    let mut verdict = Verdict::is_out("unknown", message).at(&base.module.place, "the module");
    verdict.help.extend(near(entry, known));
    let mut all = [base].into_iter().chain(extensions.iter().copied());
    let hook = all.find_map(|declared| {
        let is = |hook: &&String| ["attr", "getattr"].contains(&hook.as_str());
        declared.hooks.iter().find(is)
    });
    if let Some(hook) = hook {
        verdict = verdict.help(format!("its hook `{hook}` may know it at run time"));
    }
    verdict
}

/// Something in the table whose own cfg is false, or that stands under one that
/// only a compiler knows.
fn absent(world: &World, declared: &Declared, place: &Place, presence: Truth) -> Option<Verdict> {
    let sites = conditions::of_package(world, declared.package);
    let mut site = sites
        .into_iter()
        .find(|site| site.place == *place && !matches!(site.what, Subject::Name(_)))?;
    if presence != Truth::False && declared.presence != Truth::False {
        site.conditions.truncate(site.around);
    }
    conditions::judge(world, declared.package, &site)
}
