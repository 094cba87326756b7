//! The plan as JSON.

use crate::builder::Build;
use crate::extract::Declared;
use crate::freeze::{DataFile, FrozenModule};
use crate::graph::Graph;
use crate::plan::Symbol;
use enroll_syntax::Class;
use serde_json::{Value, json};

/// The name of the file in `OUT_DIR`.
pub const FILE: &str = "enroll_plan.json";

/// The plan for programs, one JSON object.
///
/// `hosts` are paths of the host types, as the firmware writes them, its own
/// first. Files are told relative to the package they belong to, those of user
/// modules relative to the folder that was named, so that the text is the same
/// on every machine.
pub fn json(build: &Build, hosts: &[impl AsRef<str>]) -> String {
    let Build {
        plan,
        graph,
        extraction,
        frozen,
        ..
    } = build;
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
            object["reason"] = json!(out.reason);
            object
        })
        .collect();
    let packages: Vec<Value> = graph
        .packages
        .iter()
        .map(|package| {
            json!({
                "name": package.name,
                "version": package.version,
                "features": package.features,
            })
        })
        .collect();
    let mut text = format!(
        "{:#}",
        json!({
            "format": 1,
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
            "packages": packages,
            "names": plan.names.iter().map(|name| &*name.text).collect::<Vec<_>>(),
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
    json!({
        "name": declared.module.text,
        "package": package.name,
        "version": package.version,
        "file": package.relative(&place.file),
        "line": place.line,
        "entries": declared.entries.len(),
        "hooks": declared.hooks,
        "symbol": symbol.plain,
        "user_module": package.folder_of(&place.file).map(|folder| &folder.name),
    })
}
