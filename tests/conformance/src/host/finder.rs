//! What stands in `sys.meta_path`: the finders of enroll, whose calls are counted,
//! and those that scripts write.

use crate::Running;
use crate::host::Script;
use crate::modules::spec;
use crate::vm::attribute;
use crate::vm::call::call;
use crate::vm::error::Step;
use crate::vm::item;
use crate::vm::native::Arguments;
use crate::vm::value::Value;
use enroll::import::{self, Code, Finder as _, Kind, Request, Spec};
use std::rc::Rc;

/// One of `sys.meta_path`.
#[derive(Clone)]
pub enum Finder {
    /// One of enroll's.
    Own(Own),
    /// A script's: an object with `find_spec`.
    Script(Value),
}

/// A finder of enroll.
#[derive(Clone)]
pub struct Own(Rc<dyn import::Finder<Script>>);

impl Own {
    pub(crate) fn name(&self) -> &str {
        self.0.label()
    }

    pub(crate) fn is(&self, other: &Own) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Finder {
    /// A finder of enroll.
    pub fn own(finder: impl import::Finder<Script> + 'static) -> Finder {
        Finder::Own(Own(Rc::new(finder)))
    }

    /// What a script sees of it.
    pub(crate) fn value(&self) -> Value {
        match self {
            Finder::Own(own) => Value::Finder(own.clone()),
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

impl import::Finder<Script> for Finder {
    fn label(&self) -> &str {
        match self {
            Finder::Own(own) => own.name(),
            Finder::Script(_) => "script",
        }
    }

    fn find<'vm>(&self, cx: &mut Running<'_, 'vm>, request: &Request<'_>) -> Step<Option<Spec>> {
        match self {
            Finder::Own(own) => {
                let search = format!("{} {}", own.name(), request.name);
                cx.host().state.searches.push(search);
                own.0.find(cx, request)
            }
            Finder::Script(finder) => ask(cx, finder, request),
        }
    }

    fn code<'vm>(&self, cx: &mut Running<'_, 'vm>, spec: &Spec) -> Step<Code> {
        match self {
            Finder::Own(own) => own.0.code(cx, spec),
            // The loader of the spec runs it.
            Finder::Script(_) => Ok(Code::new(Vec::new())),
        }
    }

    fn invalidate_caches(&self) {
        if let Finder::Own(own) = self {
            own.0.invalidate_caches();
        }
    }
}

/// Calls a script's `find_spec(name, path, target)`.
fn ask(cx: &mut Running<'_, '_>, finder: &Value, request: &Request<'_>) -> Step<Option<Spec>> {
    let find = attribute::load(cx, finder, "find_spec")?;
    let path = if request.path_only {
        Value::texts(request.path)
    } else {
        Value::None
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
