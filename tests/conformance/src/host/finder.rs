//! The finders: frozen modules, files in memory, and those that scripts write.

use crate::Running;
use crate::host::Script;
use crate::modules::spec;
use crate::vm::attribute;
use crate::vm::call::call;
use crate::vm::error::Step;
use crate::vm::item;
use crate::vm::native::Arguments;
use crate::vm::value::Value;
use enroll::import::{Code, ImportError, ImportHost, Kind, Request, Spec};

/// One of `sys.meta_path`.
#[derive(Clone)]
pub enum Finder {
    /// One of the host's.
    Own(Own),
    /// A script's: an object with `find_spec`.
    Script(Value),
}

/// A finder of the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Own {
    /// Modules in read-only memory, by their full names.
    Frozen,
    /// Files in memory, in the folders of the path.
    Files,
}

impl Own {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Own::Frozen => "frozen",
            Own::Files => "files",
        }
    }
}

impl Finder {
    /// What a script sees of it.
    pub(crate) fn value(&self) -> Value {
        match self {
            Finder::Own(own) => Value::Finder(*own),
            Finder::Script(value) => value.clone(),
        }
    }

    /// The finder that a script put into the list.
    pub(crate) fn of(value: Value) -> Finder {
        match value {
            Value::Finder(own) => Finder::Own(own),
            other => Finder::Script(other),
        }
    }
}

impl enroll::import::Finder<Script> for Finder {
    fn label(&self) -> &str {
        match self {
            Finder::Own(own) => own.name(),
            Finder::Script(_) => "script",
        }
    }

    fn find<'vm>(&self, cx: &mut Running<'_, 'vm>, request: &Request<'_>) -> Step<Option<Spec>> {
        let own = match self {
            Finder::Own(own) => *own,
            Finder::Script(finder) => return ask(cx, finder, request),
        };
        let files = &mut cx.host().files;
        files
            .searches
            .push(format!("{} {}", own.name(), request.name));
        Ok(match own {
            Own::Frozen => files.frozen(request.name).map(|frozen| {
                let mut spec = Spec::new(request.name, Kind::Frozen);
                spec.origin = Some("frozen".into());
                spec.search = frozen.is_package.then(Vec::new);
                spec
            }),
            Own::Files => search(files, request),
        })
    }

    fn code<'vm>(&self, cx: &mut Running<'_, 'vm>, spec: &Spec) -> Step<Code> {
        let files = &cx.host().files;
        let origin = spec.origin.clone().unwrap_or_default();
        let text = match self {
            Finder::Own(Own::Frozen) => files.frozen(&spec.name).map(|frozen| &*frozen.source),
            Finder::Own(Own::Files) => files.read(&origin),
            Finder::Script(_) => Some(""),
        };
        match text {
            Some(text) => Ok(Code::new(text.as_bytes().to_vec())),
            None => {
                let error = ImportError::Unreadable {
                    place: origin,
                    why: "no such file".into(),
                };
                Err(Script::error(cx, error))
            }
        }
    }
}

/// Searches the folders in order: a package, a module, a part of a namespace
/// package (CPython `FileFinder`, PEP 420).
fn search(files: &super::files::Files, request: &Request<'_>) -> Option<Spec> {
    let mut parts = Vec::new();
    for folder in request.path {
        let base = format!("{}/{}", folder.trim_end_matches('/'), request.tail);
        let init = format!("{base}/__init__.py");
        let module = format!("{base}.py");
        let is_package = files.read(&init).is_some();
        if is_package || files.read(&module).is_some() {
            let mut spec = Spec::new(request.name, Kind::Source);
            spec.origin = Some(if is_package { init } else { module });
            spec.has_file = true;
            spec.search = is_package.then(|| vec![base]);
            spec.suffix = ".py".into();
            return Some(spec);
        }
        if files.is_folder(&base) {
            parts.push(base);
        }
    }
    if parts.is_empty() {
        return None;
    }
    let mut spec = Spec::new(request.name, Kind::Namespace);
    spec.search = Some(parts);
    Some(spec)
}

/// Calls a script's `find_spec(name, path, target)`.
fn ask(cx: &mut Running<'_, '_>, finder: &Value, request: &Request<'_>) -> Step<Option<Spec>> {
    let find = attribute::load(cx, finder, "find_spec")?;
    let path = match request.package {
        Some(_) => Value::texts(request.path),
        None => Value::None,
    };
    let arguments = Arguments::of([Value::text(request.name), path, Value::None]);
    let found = call(cx, &find, arguments)?;
    if matches!(found, Value::None) {
        return Ok(None);
    }
    let mut spec = Spec::new(request.name, Kind::Hook);
    if let Some(Value::Text(origin)) = attribute::optional(cx, &found, "origin") {
        spec.origin = Some(origin.to_string());
    }
    match attribute::optional(cx, &found, spec::SEARCH) {
        None | Some(Value::None) => {}
        Some(folders) => {
            let folders = item::items(cx, &folders)?;
            let folders = folders.iter().filter_map(Value::as_text);
            spec.search = Some(folders.map(String::from).collect());
        }
    }
    match attribute::optional(cx, &found, "loader") {
        None | Some(Value::None) => spec.kind = Kind::Namespace,
        Some(loader) => {
            let loaders = &mut cx.host().state.loaders;
            spec.tag = loaders.len() as u64;
            loaders.push(loader);
        }
    }
    Ok(Some(spec))
}
