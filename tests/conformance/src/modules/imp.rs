//! `imp`, as CPython 3.2 has it.

use crate::Running;
use crate::host::finder::Finder;
use crate::host::{Rom, Script, function};
use crate::vm::error::Step;
use crate::vm::item;
use crate::vm::native::Arguments;
use crate::vm::value::{Instance, Names, Value, bind};
use enroll::import::{Importer, NullFinder, Suffix};
use std::rc::Rc;

enroll::register_module! {
    /// Finding, loading and initialising by hand.
    pub(super) static IMP: Module<Script> = "imp" {
        "PY_SOURCE" => Rom::Text("source"),
        "PY_FROZEN" => Rom::Text("frozen"),
        "C_BUILTIN" => Rom::Text("builtin"),
        "find_module" => function("find_module", find_module),
        "load_module" => function("load_module", load_module),
        "new_module" => function("new_module", |cx, arguments| {
            let name = arguments.need_text(cx, 0, "name")?;
            Ok(Value::Module(Importer::new(cx).new_module(&name)?))
        }),
        "reload" => function("reload", |cx, arguments| {
            let module = arguments.need(cx, 0, "module")?;
            Importer::new(cx).reload(&module)
        }),
        "is_builtin" => function("is_builtin", |cx, arguments| {
            let name = arguments.need_text(cx, 0, "name")?;
            Ok(Value::Int(Importer::new(cx).is_builtin(&name)?.into()))
        }),
        "is_frozen" => function("is_frozen", |cx, arguments| {
            let name = arguments.need_text(cx, 0, "name")?;
            Ok(Value::Bool(Importer::new(cx).is_frozen(&name)?))
        }),
        "init_builtin" => function("init_builtin", |cx, arguments| {
            let name = arguments.need_text(cx, 0, "name")?;
            Ok(Importer::new(cx).init_builtin(&name)?.unwrap_or(Value::None))
        }),
        "init_frozen" => function("init_frozen", |cx, arguments| {
            let name = arguments.need_text(cx, 0, "name")?;
            Ok(Importer::new(cx).init_frozen(&name)?.unwrap_or(Value::None))
        }),
        "NullImporter" => function("NullImporter", |_, _| Ok(Finder::own(NullFinder).value())),
        "get_suffixes" => function("get_suffixes", get_suffixes),
        "get_tag" => function("get_tag", |cx, _| Ok(Value::text(&Importer::new(cx).get_tag()))),
        "get_magic" => function("get_magic", |cx, _| {
            let bytes = Importer::new(cx).get_magic();
            Ok(Value::list(bytes.map(|byte| Value::Int(byte.into()))))
        }),
        "lock_held" => function("lock_held", |cx, _| Ok(Value::Bool(Importer::new(cx).lock_held()))),
        "acquire_lock" => function("acquire_lock", |cx, _| {
            Importer::new(cx).acquire_lock();
            Ok(Value::None)
        }),
        "release_lock" => function("release_lock", |cx, _| {
            Importer::new(cx).release_lock()?;
            Ok(Value::None)
        }),
    }
}

/// What was found, as an object with name, kind, path, suffix, whether it is a
/// package, and what `load_module` needs to find it again.
fn find_module(cx: &mut Running<'_, '_>, arguments: Arguments) -> Step<Value> {
    let name = arguments.need_text(cx, 0, "name")?;
    let path = folders(cx, arguments.get(1, "path"))?;
    let finding = Importer::new(cx).find_module(&name, path.as_deref())?;
    let spec = finding.spec();
    let names = Names::default();
    bind(&names, "name", Value::text(&name));
    bind(
        &names,
        "kind",
        Value::text(&format!("{:?}", spec.kind).to_lowercase()),
    );
    bind(
        &names,
        "path",
        spec.origin.as_deref().map_or(Value::None, Value::text),
    );
    bind(&names, "suffix", Value::text(&spec.suffix));
    bind(&names, "is_package", Value::Bool(spec.is_package()));
    bind(&names, "searched", path.map_or(Value::None, Value::texts));
    let class = cx.host().class("object");
    Ok(Value::Instance(Rc::new(Instance { class, names })))
}

/// Items of a path that are no texts are passed over.
fn folders(cx: &mut Running<'_, '_>, path: Option<&Value>) -> Step<Option<Vec<String>>> {
    match path {
        None | Some(Value::None) => Ok(None),
        Some(path) => {
            let items = item::items(cx, path)?;
            let texts = items.iter().filter_map(Value::as_text).map(String::from);
            Ok(Some(texts.collect()))
        }
    }
}

fn load_module(cx: &mut Running<'_, '_>, arguments: Arguments) -> Step<Value> {
    let name = arguments.need_text(cx, 0, "name")?;
    let found = arguments.need(cx, 1, "found")?;
    let searched = crate::vm::attribute::load(cx, &found, "searched")?;
    let path = folders(cx, Some(&searched))?;
    let was = crate::vm::attribute::load(cx, &found, "name")?;
    let was = was.as_text().unwrap_or_default();
    let finding = Importer::new(cx).find_module(was, path.as_deref())?;
    Importer::new(cx).load_module(&name, finding)
}

fn get_suffixes(cx: &mut Running<'_, '_>, _: Arguments) -> Step<Value> {
    let suffixes: Vec<Suffix> = Importer::new(cx).get_suffixes();
    let described = suffixes.iter().map(|suffix| {
        Value::tuple([
            Value::text(&suffix.suffix),
            Value::text(suffix.mode()),
            Value::text(&format!("{:?}", suffix.kind).to_lowercase()),
        ])
    });
    Ok(Value::list(described))
}
