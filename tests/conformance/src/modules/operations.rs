//! `enroll`: what the importer does and Python has no words for.

use crate::Running;
use crate::host::{Script, function};
use crate::vm::error::{Raised, Step};
use crate::vm::item;
use crate::vm::native::Arguments;
use crate::vm::scope::intern;
use crate::vm::value::Value;
use enroll::Qstr;
use enroll::import::{Bypass, Count, Importer};

enroll::register_module! {
    /// Patches, unload, lazy import, and what the tests count.
    pub(super) static ENROLL: Module<Script> = "enroll" {
        "patch" => function("patch", patch),
        "hide" => function("hide", hide),
        "undo" => function("undo", undo),
        "undo_all" => function("undo_all", |cx, arguments| {
            let owner = arguments.need_text(cx, 0, "owner")?;
            let owner = intern(cx, &owner)?;
            Ok(Value::Int(Importer::new(cx).undo_all(owner) as i64))
        }),
        "patches" => function("patches", patches),
        "unload" => function("unload", unload),
        "restore" => function("restore", |cx, arguments| {
            let module = arguments.need_module(cx, 0, "module")?;
            Ok(Value::Bool(Importer::new(cx).restore(module)))
        }),
        "shutdown" => function("shutdown", |cx, _| {
            Importer::new(cx).shutdown()?;
            Ok(Value::None)
        }),
        "register" => function("register", |cx, _| {
            Importer::new(cx).register::<super::native::PLUGIN>()?;
            Ok(Value::None)
        }),
        "builtin" => function("builtin", |cx, arguments| {
            let name = arguments.need_text(cx, 0, "name")?;
            let found = Importer::new(cx).builtin(&name)?;
            Ok(found.map_or(Value::None, Value::Module))
        }),
        "builtins" => function("builtins", |cx, _| {
            Ok(Value::texts(Importer::new(cx).builtins()))
        }),
        "help" => function("help", |cx, arguments| {
            let module = arguments.need_module(cx, 0, "module")?;
            Ok(Value::text(&Importer::new(cx).help(module)?))
        }),
        "lazy_install" => function("lazy_install", lazy_install),
        "lazy_uninstall" => function("lazy_uninstall", |cx, _| {
            Importer::new(cx).uninstall_lazy();
            Ok(Value::None)
        }),
        "lazy_report" => function("lazy_report", lazy_report),
        "is_lazy" => function("is_lazy", |cx, arguments| {
            let module = arguments.need_module(cx, 0, "module")?;
            Ok(Value::Bool(cx.host().imports.is_lazy(module)))
        }),
        "finder_calls" => function("finder_calls", |cx, _| {
            Ok(Value::texts(std::mem::take(&mut cx.host().state.searches)))
        }),
        "log" => function("log", |cx, _| {
            Ok(Value::texts(std::mem::take(&mut cx.host().state.log)))
        }),
    }
}

fn owner(cx: &mut Running<'_, '_>, arguments: &Arguments, position: usize) -> Step<Qstr> {
    match arguments.get(position, "owner").cloned() {
        Some(Value::Text(owner)) => intern(cx, &owner),
        _ => intern(cx, "__main__"),
    }
}

fn patch(cx: &mut Running<'_, '_>, arguments: Arguments) -> Step<Value> {
    let module = arguments.need_module(cx, 0, "module")?;
    let name = arguments.need_text(cx, 1, "name")?;
    let name = intern(cx, &name)?;
    let value = arguments.need(cx, 2, "value")?;
    let owner = owner(cx, &arguments, 3)?;
    Importer::new(cx).patch(module, name, owner, value)?;
    Ok(Value::None)
}

fn hide(cx: &mut Running<'_, '_>, arguments: Arguments) -> Step<Value> {
    let module = arguments.need_module(cx, 0, "module")?;
    let name = arguments.need_text(cx, 1, "name")?;
    let name = intern(cx, &name)?;
    let owner = owner(cx, &arguments, 2)?;
    Importer::new(cx).hide(module, name, owner)?;
    Ok(Value::None)
}

fn undo(cx: &mut Running<'_, '_>, arguments: Arguments) -> Step<Value> {
    let module = arguments.need_module(cx, 0, "module")?;
    let name = arguments.need_text(cx, 1, "name")?;
    let name = intern(cx, &name)?;
    let owner = owner(cx, &arguments, 2)?;
    Ok(Value::Bool(Importer::new(cx).undo(module, name, owner)))
}

/// All patches of a module as (name, owner), the newest of each name last.
fn patches(cx: &mut Running<'_, '_>, arguments: Arguments) -> Step<Value> {
    let module = arguments.need_module(cx, 0, "module")?;
    let mut parts = Vec::new();
    for (name, patch) in Importer::new(cx).patches(module) {
        let texts = [cx.host().text_of(name), cx.host().text_of(patch.owner)];
        parts.push(Value::tuple(texts.map(|text| Value::text(&text))));
    }
    Ok(Value::list(parts))
}

/// The names that left, and who holds which of them.
fn unload(cx: &mut Running<'_, '_>, arguments: Arguments) -> Step<Value> {
    let name = arguments.need_text(cx, 0, "name")?;
    let unloaded = Importer::new(cx).unload(&name)?;
    let holders = unloaded.holders.iter();
    let holders =
        holders.map(|(holder, held)| Value::tuple([holder, held].map(|t| Value::text(t))));
    Ok(Value::tuple([
        Value::texts(&unloaded.names),
        Value::list(holders.collect::<Vec<_>>()),
    ]))
}

/// Bypasses are written `name:a.b`, `package:a`, `path:/lib/a`.
fn lazy_install(cx: &mut Running<'_, '_>, arguments: Arguments) -> Step<Value> {
    let mut bypass = Vec::new();
    if let Some(given) = arguments.get(0, "bypass").cloned() {
        for one in item::items(cx, &given)? {
            let text = one.as_text().unwrap_or_default();
            bypass.push(match text.split_once(':') {
                Some(("name", of)) => Bypass::Name(of.into()),
                Some(("package", of)) => Bypass::Package(of.into()),
                Some(("path", of)) => Bypass::Path(of.into()),
                _ => return Err(Raised::new(cx, "ValueError", "no such bypass")),
            });
        }
    }
    Importer::new(cx).install_lazy(bypass);
    Ok(Value::None)
}

/// A dictionary of (found, builtin).
fn lazy_report(cx: &mut Running<'_, '_>, _: Arguments) -> Step<Value> {
    let report = Importer::new(cx).lazy_report();
    let dict = Value::Dict(std::rc::Rc::default());
    let counts: [(&str, Count); 6] = [
        ("proxied", report.proxied),
        ("most", report.most),
        ("loaded", report.loaded),
        ("before", report.before),
        ("bypassed", report.bypassed),
        ("lost", report.lost),
    ];
    for (name, count) in counts {
        let count = [count.found, count.builtin].map(|number| Value::Int(number as i64));
        item::store(cx, &dict, Value::text(name), Value::tuple(count))?;
    }
    let memory = report
        .memory
        .map_or(Value::None, |bytes| Value::Int(bytes as i64));
    item::store(cx, &dict, Value::text("memory"), memory)?;
    Ok(dict)
}
