//! What the firmware's settings leave out.

use super::verdict::Verdict;
use super::world::{World, id};
use crate::extract::Declared;
use enroll_syntax::Form;

/// A declaration that the build leaves out, by its name, an alias or an entry.
pub(super) fn left_out(world: &World, name: &str) -> Option<Verdict> {
    let mut found: Vec<&Declared> = world
        .plan
        .left_out
        .iter()
        .map(|out| &world.extraction.declared[out.declared])
        .filter(|declared| fits(declared, name))
        .collect();
    // A module says more than an extension of it.
    found.sort_by_key(|declared| declared.form != Form::Module);
    let declared = found.first()?;
    let package = &world.graph.packages[declared.package];
    let (reason, message, help) = reason(world, declared);
    let verdict = Verdict::is_out(reason, message)
        .of(id(package), world.chain(declared.package))
        .at(&declared.module.place, "left out");
    Some(help.into_iter().fold(verdict, Verdict::help))
}

fn fits(declared: &Declared, name: &str) -> bool {
    let module = declared.module.text.as_str();
    let of = |module: &str| name.strip_prefix(module)?.strip_prefix('.');
    let is_entry = of(module).is_some_and(|entry| {
        let mut entries = declared.entries.iter();
        entries.any(|item| item.name.text == entry)
    });
    (declared.form == Form::Module && module == name)
        || declared.aliases.iter().any(|alias| alias.text == name)
        || is_entry
}

fn reason(world: &World, declared: &Declared) -> (&'static str, String, Vec<String>) {
    let package = &world.graph.packages[declared.package].name;
    let module = &declared.module.text;
    if let Some(call) = world.settings.choice.refuses(module, package) {
        let help = match call.contains("not among") {
            true => format!("name it there: {module:?}, or its crate {package:?}"),
            false => "remove it from that list".to_owned(),
        };
        return ("excluded", call, vec![help]);
    }
    let provides = world.settings.provides.iter().flatten();
    let provides: Vec<&String> = provides.collect();
    let lacks = declared.requires.iter();
    let lacks = lacks.filter(|required| !provides.contains(&&required.text));
    if let (Some(required), true) = (lacks.clone().next(), world.settings.provides.is_some()) {
        let message = format!(
            "it requires `{}`, which the host does not provide",
            required.text
        );
        let help = format!("if it does, say so: .provides([{:?}])", required.text);
        return ("host-lacks", message, vec![help]);
    }
    // What it belongs to is left out, for one of the reasons above.
    let base = match declared.form {
        Form::Extension => Some(module.as_str()),
        Form::Module => module.rsplit_once('.').map(|(base, _)| base),
    };
    let of_base = base.and_then(|base| {
        let all = world.extraction.declared.iter();
        let mut all = all.filter(|other| other.form == Form::Module && other.module.text == base);
        let other = all.find(|other| other.module.place != declared.module.place)?;
        let (reason, message, help) = reason(world, other);
        Some((reason, format!("`{base}` is left out: {message}"), help))
    });
    of_base.unwrap_or_else(|| {
        let mut out = world.plan.left_out.iter();
        let own = out.find(|out| {
            world.extraction.declared[out.declared].module.place == declared.module.place
        });
        let message = own.map_or_else(String::new, |out| out.reason.clone());
        ("base-missing", message, Vec::new())
    })
}
