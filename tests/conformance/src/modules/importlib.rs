//! `importlib`, `importlib.util` and `importlib.machinery`.

use super::spec;
use crate::Running;
use crate::host::{Rom, Script, function};
use crate::vm::error::{Raised, Step};
use crate::vm::native::Arguments;
use crate::vm::show;
use crate::vm::value::Value;
use enroll::import::Importer;

enroll::register_module! {
    /// Importing by function.
    pub(super) static IMPORTLIB: Module<Script> = "importlib" {
        "import_module" => function("import_module", import_module),
        "reload" => function("reload", reload),
        "invalidate_caches" => function("invalidate_caches", invalidate_caches),
    }
}

enroll::register_module! {
    /// Finding without importing, and names.
    pub(super) static UTIL: Module<Script> = "importlib.util" {
        "find_spec" => function("find_spec", find_spec),
        "resolve_name" => function("resolve_name", resolve_name),
        "spec_from_loader" => function("spec_from_loader", spec::new),
        "cache_from_source" => function("cache_from_source", cache_from_source),
        "source_from_cache" => function("source_from_cache", source_from_cache),
    }
}

enroll::register_module! {
    /// What finders deal in.
    pub(super) static MACHINERY: Module<Script> = "importlib.machinery" {
        "ModuleSpec" => function("ModuleSpec", spec::new),
        "SOURCE" => Rom::Text(".py"),
    }
}

/// The full name of a relative one; `package` is needed for that alone.
fn full_name(cx: &mut Running<'_, '_>, arguments: &Arguments) -> Step<String> {
    let name = arguments.need_text(cx, 0, "name")?;
    if !name.starts_with('.') {
        return Ok(name.to_string());
    }
    let package = match arguments.get(1, "package") {
        Some(Value::Text(package)) => package.to_string(),
        _ => String::new(),
    };
    Importer::new(cx).resolve_name(&name, &package)
}

fn import_module(cx: &mut Running<'_, '_>, arguments: Arguments) -> Step<Value> {
    let name = arguments.need_text(cx, 0, "name")?;
    let has_package = arguments.get(1, "package").is_some_and(Value::is_true);
    if name.starts_with('.') && !has_package {
        let name = show::repr(cx, &Value::Text(name))?;
        let message =
            format!("the 'package' argument is required to perform a relative import for {name}");
        return Raised::type_error(cx, &message);
    }
    let name = full_name(cx, &arguments)?;
    Importer::new(cx).import(&name)
}

fn reload(cx: &mut Running<'_, '_>, arguments: Arguments) -> Step<Value> {
    let module = arguments.need(cx, 0, "module")?;
    Importer::new(cx).reload(&module)
}

fn invalidate_caches(cx: &mut Running<'_, '_>, _: Arguments) -> Step<Value> {
    Importer::new(cx).invalidate_caches();
    Ok(Value::None)
}

fn find_spec(cx: &mut Running<'_, '_>, arguments: Arguments) -> Step<Value> {
    let name = full_name(cx, &arguments)?;
    Ok(match Importer::new(cx).find_spec(&name)? {
        Some(found) => spec::object(cx, &found),
        None => Value::None,
    })
}

fn resolve_name(cx: &mut Running<'_, '_>, arguments: Arguments) -> Step<Value> {
    Ok(Value::text(&full_name(cx, &arguments)?))
}

fn cache_from_source(cx: &mut Running<'_, '_>, arguments: Arguments) -> Step<Value> {
    let path = arguments.need_text(cx, 0, "path")?;
    Ok(Value::text(&Importer::new(cx).cache_from_source(&path)?))
}

fn source_from_cache(cx: &mut Running<'_, '_>, arguments: Arguments) -> Step<Value> {
    let path = arguments.need_text(cx, 0, "path")?;
    Ok(Value::text(&Importer::new(cx).source_from_cache(&path)?))
}
