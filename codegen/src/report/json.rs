//! The plan as JSON.

use super::files::Files;
use crate::builder::Build;
use crate::extract::Declared;
use crate::freeze::{DataFile, FrozenModule};
use crate::graph::{Graph, Origin, Package};
use crate::plan::{Pooled, Symbol};
use crate::source::cfg::Truth;
use enroll_abi::hash::hash;
use enroll_syntax::Class;
use serde_json::{Value, json};

/// The name of the file in `OUT_DIR`.
pub const FILE: &str = "enroll_plan.json";

/// The number of its format, which readers compare.
pub const FORMAT: u64 = 2;

/// The plan for programs, one JSON object.
///
/// `hosts` are paths of the host types, as the firmware writes them, its own
/// first. Files are told relative to the package they belong to, those of user
/// modules relative to the folder that was named, so that the text is the same
/// on every machine.
///
/// | key | value |
/// |---|---|
/// | `format` | 2 |
/// | `firmware` | the name of its package |
/// | `hosts`, `salt` | as they were given |
/// | `modules` | by name: declarations with `class`, `aliases` and `extensions`, which are declarations |
/// | `left_out` | declarations with the `reason` for people, and its `cause`: `choice` (the firmware chose others), `requires` (what the host lacks), `cfg` (its own is false, and another has the name) or `base` (its module is not in) |
/// | `frozen` | scripts by name: `name`, `suffix`, `package` if it may have submodules, `class`, `aliases`, `bytes`, the number of `names` that its code refers to, `file` |
/// | `data` | data files of frozen packages: `path`, `bytes` |
/// | `shadowed` | extensible modules that a frozen one hides: `name`, and the frozen file as `by` |
/// | `packages` | those that reach the runtime: `name`, `version`, `origin`, `features`, `dependencies` as `name version` |
/// | `names` | by text: `text`, `id`, `uses`, each with `package`, `file` and `line`; none where the runtime or the builder asks for the name |
///
/// A declaration has `name`, `package`, `version`, `file`, `line`, `entries`, its
/// `hooks`, what it `requires`, its `symbol`, and as `user_module` the folder it
/// stands in, or null. An entry has its `name`, the `kind` of its value as far as
/// syntax shows it (`int`, `function`, …), whether it may `replace` one of the
/// base, and as `presence` whether its `#[cfg]` holds: null where only the
/// compiler knows.
pub fn json(build: &Build, hosts: &[impl AsRef<str>]) -> String {
    let Build {
        plan,
        graph,
        extraction,
        frozen,
        ..
    } = build;
    let mut files = Files::new(graph);
    let declared = |at: usize| &extraction.declared[at];
    let modules: Vec<Value> = plan
        .modules
        .iter()
        .map(|module| {
            let base = declared(module.declared);
            let mut object = declaration(graph, base, &module.symbol);
            object["class"] = json!(class(module.class));
            let aliases = plan.aliases.iter();
            object["aliases"] = aliases
                .filter(|(_, of)| plan.modules[*of].declared == module.declared)
                .map(|(alias, _)| alias.as_str())
                .collect();
            object["extensions"] = module
                .extensions
                .iter()
                .map(|(at, symbol)| declaration(graph, declared(*at), symbol))
                .collect();
            object
        })
        .collect();
    let left_out: Vec<Value> = plan
        .left_out
        .iter()
        .map(|out| {
            let mut object = declaration(graph, declared(out.declared), &out.symbol);
            object["cause"] = json!(out.cause.as_str());
            object["reason"] = json!(out.reason);
            object
        })
        .collect();
    let packages = graph.packages.iter().map(|one| package(graph, one));
    let names = plan.names.iter();
    let names = names.map(|pooled| name(&mut files, pooled, plan.salt));
    let mut text = format!(
        "{:#}",
        json!({
            "format": FORMAT,
            "firmware": graph.packages[graph.firmware].name,
            "hosts": hosts.iter().map(AsRef::as_ref).collect::<Vec<&str>>(),
            "salt": plan.salt,
            "modules": modules,
            "left_out": left_out,
            "frozen": frozen.modules.iter().map(frozen_module).collect::<Vec<_>>(),
            "data": frozen.data.iter().map(data_file).collect::<Vec<_>>(),
            "shadowed": plan
                .shadowed
                .iter()
                .map(|(name, by)| json!({ "name": name, "by": frozen.modules[*by].path }))
                .collect::<Vec<_>>(),
            "packages": packages.collect::<Vec<_>>(),
            "names": names.collect::<Vec<_>>(),
        })
    );
    text.push('\n');
    text
}

fn frozen_module(module: &FrozenModule) -> Value {
    json!({
        "name": module.name,
        "suffix": module.suffix,
        "package": module.is_package,
        "class": class(module.class),
        "aliases": module.aliases,
        "bytes": module.code.len(),
        "names": module.names.len(),
        "file": module.path,
    })
}

fn data_file(file: &DataFile) -> Value {
    json!({ "path": file.path, "bytes": file.bytes.len() })
}

fn class(class: Class) -> &'static str {
    match class {
        Class::Builtin => "builtin",
        Class::Extensible => "extensible",
    }
}

fn declaration(graph: &Graph, declared: &Declared, symbol: &Symbol) -> Value {
    let package = &graph.packages[declared.package];
    let place = &declared.module.place;
    let entries = declared.entries.iter().map(|entry| {
        json!({
            "name": entry.name.text,
            "kind": entry.kind,
            "replace": entry.replace,
            "presence": match entry.presence {
                Truth::True => Some(true),
                Truth::False => Some(false),
                Truth::Unknown => None,
            },
        })
    });
    let requires = declared.requires.iter().map(|required| &*required.text);
    json!({
        "name": declared.module.text,
        "package": package.name,
        "version": package.version,
        "file": package.relative(&place.file),
        "line": place.line,
        "entries": entries.collect::<Vec<_>>(),
        "hooks": declared.hooks,
        "requires": requires.collect::<Vec<_>>(),
        "symbol": symbol.plain,
        "user_module": package.folder_of(&place.file).map(|folder| &folder.name),
    })
}

fn package(graph: &Graph, package: &Package) -> Value {
    let dependencies = package.dependencies.iter().map(|dependency| {
        let on = &graph.packages[dependency.package];
        format!("{} {}", on.name, on.version)
    });
    json!({
        "name": package.name,
        "version": package.version,
        "origin": match package.origin {
            Origin::Path => "path",
            Origin::Registry => "registry",
            Origin::Git => "git",
        },
        "features": package.features,
        "dependencies": dependencies.collect::<Vec<_>>(),
    })
}

fn name(files: &mut Files<'_>, name: &Pooled, salt: u32) -> Value {
    let uses = name.uses.iter().map(|place| {
        let (package, file) = files.locate(&place.file);
        json!({ "package": package, "file": file, "line": place.line })
    });
    json!({
        "text": name.text,
        "id": hash(&name.text, salt),
        "uses": uses.collect::<Vec<_>>(),
    })
}
