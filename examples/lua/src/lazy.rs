//! Modules that are found when they are required and loaded at their first use.
//!
//! While imports are lazy, a searcher stands before all others in
//! `package.searchers`. A native module waits as it is: its object loads it. A
//! module of any other searcher is a value that is not known yet: a proxy
//! stands for it (`proxy.lua`), and the importer, which counts and bypasses,
//! asks [`Waiting`] for its code, which is to run the loader.

use crate::error::Late;
use crate::install::is_library;
use crate::state::State;
use crate::{Error, Lua, loaded, native};
use enroll::Cx;
use enroll::import::{Bypass, Code, Finder, Handle, Importer, Kind, Report, Request, Spec};
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

/// What lazy import keeps in one interpreter.
#[derive(Default)]
pub(crate) struct Lazy {
    searcher: OnceCell<mlua::Function>,
    /// Where a script required what waits, by name.
    required: RefCell<HashMap<String, String>>,
    /// How many modules of files there were before it was installed.
    before: Cell<usize>,
}

/// A module that a searcher found.
struct Waiting {
    name: String,
    loader: mlua::Function,
    /// What the searcher wants the loader to be handed.
    data: mlua::Value,
    module: Cell<Option<Handle>>,
    /// What the module is, from when it is loaded until the proxy has it.
    real: RefCell<Option<mlua::Value>>,
}

impl Finder<Lua> for Waiting {
    fn label(&self) -> &str {
        "package.searchers"
    }

    /// It was found before there was this finder.
    fn find<'vm>(&self, _: &mut Cx<'_, 'vm, Lua>, _: &Request<'_>) -> Result<Option<Spec>, Error> {
        Ok(None)
    }

    /// Runs the loader and enters what it gives, as `require` does, unless a
    /// script has taken the proxy out of `package.loaded`.
    fn code<'vm>(&self, cx: &mut Cx<'_, 'vm, Lua>, _: &Spec) -> Result<Code, Error> {
        let was_entered = self.is_entered(cx.host().shared())?;
        let arguments = (self.name.as_str(), &self.data);
        let given: mlua::Value = cx.host().call(&self.loader, arguments)?;
        let state = cx.host().shared();
        let real = match given {
            mlua::Value::Nil if was_entered && !self.is_entered(state)? => {
                state.loaded.raw_get(self.name.as_str())?
            }
            mlua::Value::Nil => mlua::Value::Boolean(true),
            given => given,
        };
        if was_entered {
            state.loaded.raw_set(self.name.as_str(), &real)?;
        }
        state.lazy.required.borrow_mut().remove(&self.name);
        *self.real.borrow_mut() = Some(real);
        Ok(Code::new(&[][..]))
    }
}

impl Waiting {
    /// Whether `package.loaded` has the proxy under the module's name.
    fn is_entered(&self, state: &State) -> mlua::Result<bool> {
        let entered = state.loaded.raw_get(self.name.as_str())?;
        Ok(state.objects.handle_of(&entered) == self.module.get())
    }

    /// What the module is, and whether that is for good.
    fn load(&self, cx: &mut Cx<'_, '_, Lua>) -> Result<(mlua::Value, bool), Error> {
        if let Some(module) = self.module.get() {
            Importer::new(cx).ensure_loaded(module)?;
        }
        let real = self.real.borrow_mut().take();
        if let (Some(real), Some(module)) = (real, self.module.get()) {
            cx.host().shared().objects.remove_other(module)?;
            return Ok((real, true));
        }
        // Its code is running. It may have entered itself already.
        let state = cx.host().shared();
        let entered: mlua::Value = state.loaded.raw_get(self.name.as_str())?;
        if !entered.is_nil() && !self.is_entered(state)? {
            return Ok((entered, false));
        }
        let message = format!(
            "module '{}' is being loaded: it is used before it has returned, \
             most likely by a module that it requires",
            self.name
        );
        Err(Error::new("ImportError", message))
    }
}

/// From now on modules wait. The bypasses take the place of those before.
pub(crate) fn install(cx: &mut Cx<'_, '_, Lua>, bypass: Vec<Bypass>) -> Result<(), Error> {
    let state = Rc::clone(cx.host().shared());
    let searcher = searcher(cx)?;
    let searchers: mlua::Table = state.package.get("searchers")?;
    if place(&searchers, &searcher)?.is_none() {
        state.lazy.before.set(files(&state));
        searchers.raw_insert(1, searcher)?;
    }
    Importer::new(cx).install_lazy(bypass);
    Ok(())
}

/// From now on modules are loaded when they are required. Those that wait still
/// do.
pub(crate) fn uninstall(cx: &mut Cx<'_, '_, Lua>) -> Result<(), Error> {
    let searcher = searcher(cx)?;
    let searchers: mlua::Table = cx.host().shared().package.get("searchers")?;
    if let Some(place) = place(&searchers, &searcher)? {
        searchers.raw_remove(place)?;
    }
    Importer::new(cx).uninstall_lazy();
    Ok(())
}

pub(crate) fn report(cx: &mut Cx<'_, '_, Lua>) -> Report {
    let mut report = Importer::new(cx).lazy_report();
    // The importer does not know what the values in `package.loaded` are.
    report.before.found += cx.host().shared().lazy.before.get();
    report
}

/// The searcher, made once.
pub(crate) fn searcher(cx: &mut Cx<'_, '_, Lua>) -> Result<mlua::Function, Error> {
    let state = Rc::clone(cx.host().shared());
    if let Some(searcher) = state.lazy.searcher.get() {
        return Ok(searcher.clone());
    }
    let defer = state.function(
        cx.host().lua(),
        |cx, (name, data, loader): (String, mlua::Value, mlua::Function)| {
            defer(cx, name, data, loader)
        },
    )?;
    let made: mlua::Function = state
        .prelude
        .late
        .call((&state.package, &state.own, defer))?;
    Ok(state.lazy.searcher.get_or_init(|| made).clone())
}

fn place(searchers: &mlua::Table, searcher: &mlua::Function) -> mlua::Result<Option<i64>> {
    for (place, entry) in (1..).zip(searchers.sequence_values::<mlua::Value>()) {
        if entry?.as_function() == Some(searcher) {
            return Ok(Some(place));
        }
    }
    Ok(None)
}

/// How many modules are loaded that are neither native nor Lua's own.
fn files(state: &State) -> usize {
    let mut seen: Vec<mlua::Value> = Vec::new();
    for (name, value) in loaded::named(state) {
        let is_file = state.objects.handle_of(&value).is_none()
            && !is_library(&name)
            && value != mlua::Value::Boolean(false);
        // One with two names is one, but for those that gave nothing.
        if is_file && (!loaded::is_reference(&value) || !seen.contains(&value)) {
            seen.push(value);
        }
    }
    seen.len()
}

/// A proxy for what a searcher found; nil where it is not to wait.
fn defer(
    cx: &mut Cx<'_, '_, Lua>,
    name: String,
    data: mlua::Value,
    loader: mlua::Function,
) -> Result<mlua::Value, Error> {
    let mut spec = Spec::new(name.as_str(), Kind::Hook);
    spec.origin = data.as_string().map(|origin| origin.to_string_lossy());
    let waiting = Rc::new(Waiting {
        name,
        loader,
        data,
        module: Cell::new(None),
        real: RefCell::new(None),
    });
    let finder: Rc<dyn Finder<Lua>> = waiting.clone();
    let Some(module) = Importer::new(cx).defer(spec, finder)? else {
        return Ok(mlua::Value::Nil);
    };
    waiting.module.set(Some(module));
    let state = Rc::clone(cx.host().shared());
    let ticket = state.objects.ticket(module);
    let name = waiting.name.clone();
    let load = state.function(cx.host().lua(), move |cx, ()| {
        let _alive_as_long = &ticket;
        waiting.load(cx)
    })?;
    let proxy: mlua::Table = state.prelude.proxy.call((name.as_str(), load))?;
    state.objects.add_other(module, &proxy)?;
    required(cx, name);
    Ok(mlua::Value::Table(proxy))
}

/// Notes where a native module was required that waits.
pub(crate) fn note(cx: &mut Cx<'_, '_, Lua>, value: &mlua::Value) {
    if is_waiting(cx, value) {
        let state = Rc::clone(cx.host().shared());
        let module = state.objects.handle_of(value);
        let name = module.map(|module| state.name_of(module).to_owned());
        required(cx, name.unwrap_or_default());
    }
}

fn required(cx: &mut Cx<'_, '_, Lua>, name: String) {
    let position = native::position(cx.host().lua());
    let state = cx.host().shared();
    state.lazy.required.borrow_mut().insert(name, position);
}

/// Whether a value is a module that was found and is not loaded.
pub(crate) fn is_waiting(cx: &mut Cx<'_, '_, Lua>, value: &mlua::Value) -> bool {
    let context = cx.host();
    let module = context.shared().objects.handle_of(value);
    module.is_some_and(|module| context.imports.borrow().is_lazy(module))
}

/// What a value stands for: itself, unless it is or was a module that waits,
/// which is loaded now.
pub(crate) fn force(cx: &mut Cx<'_, '_, Lua>, value: &mlua::Value) -> Result<mlua::Value, Error> {
    let state = Rc::clone(cx.host().shared());
    cx.host().call(&state.prelude.force, value)
}

/// The error of a module that failed at its first use names where it was
/// required, which may be far from there.
pub(crate) fn failed(cx: &mut Cx<'_, '_, Lua>, module: &str, error: Error) -> Error {
    let state = cx.host().shared();
    let required = state.lazy.required.borrow().get(module).cloned();
    Error::Late(Box::new(Late {
        module: module.to_owned(),
        required: required
            .unwrap_or_default()
            .trim_end_matches(": ")
            .to_owned(),
        cause: error.within(module, ""),
    }))
}
