//! Lua as a host that imports.
//!
//! The table of modules is Lua's own `package.loaded`, and Lua's own `require`
//! is what imports; the importer has the native modules, what patches them, and
//! which modules wait for their first use.

use crate::install::Assignment;
use crate::{Error, Lua, lazy, loaded, module, native, searcher};
use enroll::import::{
    Code, Entry, Finder, Handle, ImportError, ImportHost, Imports, Kind, Layer, Spec,
};
use enroll::{Cx, Qstr, qstr};
use std::rc::Rc;

impl ImportHost for Lua {
    type Finder = Rc<dyn Finder<Lua>>;
    type Patches<'vm> = Layer<mlua::Value>;
    /// Lua has one thread.
    type Lock = ();

    fn imports<'vm, R>(
        cx: &mut Cx<'_, 'vm, Lua>,
        read: impl FnOnce(&mut Imports<'vm, Lua>) -> R,
    ) -> R {
        read(&mut cx.host().imports.borrow_mut())
    }

    fn lock(_: &mut Cx<'_, '_, Lua>) {}

    fn error(_: &mut Cx<'_, '_, Lua>, error: ImportError) -> Error {
        error.into()
    }

    fn object<'vm>(cx: &mut Cx<'_, 'vm, Lua>, module: Handle) -> Result<mlua::Value, Error> {
        Ok(mlua::Value::Table(module::object(cx, module)?))
    }

    fn handle<'vm>(cx: &mut Cx<'_, 'vm, Lua>, value: &mlua::Value) -> Option<Handle> {
        cx.host().shared().objects.handle_of(value)
    }

    fn string<'vm>(cx: &mut Cx<'_, 'vm, Lua>, text: &str) -> Result<mlua::Value, Error> {
        Ok(mlua::Value::String(cx.host().lua().create_string(text)?))
    }

    fn strings<'vm>(cx: &mut Cx<'_, 'vm, Lua>, texts: &[String]) -> Result<mlua::Value, Error> {
        let list = cx
            .host()
            .lua()
            .create_sequence_from(texts.iter().cloned())?;
        Ok(mlua::Value::Table(list))
    }

    fn to_strings<'vm>(
        _: &mut Cx<'_, 'vm, Lua>,
        value: &mlua::Value,
    ) -> Result<Vec<String>, Error> {
        let Some(list) = value.as_table() else {
            let message = format!("a list of strings is needed, not a {}", value.type_name());
            return Err(Error::new("TypeError", message));
        };
        let texts: Result<Vec<String>, _> = list.sequence_values().collect();
        Ok(texts?)
    }

    fn to_text<'vm>(_: &mut Cx<'_, 'vm, Lua>, value: &mlua::Value) -> Option<String> {
        Some(value.as_string()?.to_string_lossy())
    }

    fn integer<'vm>(_: &mut Cx<'_, 'vm, Lua>, number: i64) -> Result<mlua::Value, Error> {
        Ok(mlua::Value::Integer(number))
    }

    fn none<'vm>(_: &mut Cx<'_, 'vm, Lua>) -> mlua::Value {
        mlua::Value::Nil
    }

    fn is_none(value: &mlua::Value) -> bool {
        value.is_nil()
    }

    fn call<'vm>(
        cx: &mut Cx<'_, 'vm, Lua>,
        function: &mlua::Value,
        arguments: &[mlua::Value],
    ) -> Result<mlua::Value, Error> {
        let arguments = mlua::MultiValue::from_vec(arguments.to_vec());
        cx.host().call_value(function, arguments)
    }

    fn exec<'vm>(
        cx: &mut Cx<'_, 'vm, Lua>,
        module: Handle,
        spec: &Spec,
        code: Code,
    ) -> Result<(), Error> {
        searcher::exec(cx, module, spec, &code)
    }

    fn refuses(kind: Kind) -> Option<&'static str> {
        match kind {
            Kind::Compiled => Some("precompiled Lua can break the interpreter"),
            Kind::Extension => Some("Lua's own searchers load shared libraries"),
            _ => None,
        }
    }

    fn attribute<'vm>(
        cx: &mut Cx<'_, 'vm, Lua>,
        value: &mlua::Value,
        name: Qstr,
    ) -> Result<Option<mlua::Value>, Error> {
        let context = cx.host();
        let name = context.text(name).unwrap_or_default().to_owned();
        let index = context.shared().prelude.index.clone();
        let found: mlua::Value = context.call(&index, (value, name))?;
        Ok((!found.is_nil()).then_some(found))
    }

    fn set_attribute<'vm>(
        cx: &mut Cx<'_, 'vm, Lua>,
        owner: &mlua::Value,
        name: Qstr,
        value: Option<&mlua::Value>,
    ) -> Result<bool, Error> {
        let context = cx.host();
        let name = context.text(name).unwrap_or_default().to_owned();
        let assign = context.shared().prelude.assign.clone();
        context.call::<()>(&assign, (owner, name, value))?;
        Ok(true)
    }

    fn replace<'vm>(cx: &mut Cx<'_, 'vm, Lua>, module: Handle, value: &mlua::Value) {
        loaded::replace(cx, module, value);
    }

    fn holders(cx: &mut Cx<'_, '_, Lua>, module: Handle) -> Vec<String> {
        let state = Rc::clone(cx.host().shared());
        match state.objects.get(module) {
            Ok(Some(object)) => loaded::holders(&state, &mlua::Value::Table(object)),
            _ => Vec::new(),
        }
    }

    fn owner(cx: &mut Cx<'_, '_, Lua>) -> Qstr {
        let source = native::source(cx.host().lua());
        let owner = source.and_then(|source| cx.host().intern(&source).ok());
        owner.unwrap_or(qstr!("__main__"))
    }

    fn may_patch(cx: &mut Cx<'_, '_, Lua>, module: Handle, name: Qstr) -> bool {
        match cx.host().shared().assignment {
            Assignment::Refused => false,
            Assignment::Any => true,
            Assignment::Known => {
                module::is_constant(cx, module, name) || module::is_patched(cx, module, name)
            }
        }
    }

    fn changed(cx: &mut Cx<'_, '_, Lua>, module: Handle, name: Qstr) {
        let state = Rc::clone(cx.host().shared());
        if let Some(name) = state.text(name) {
            // Only memory can be out.
            drop(state.objects.changed(cx.host().lua(), module, name));
        }
    }

    fn gone(cx: &mut Cx<'_, '_, Lua>, module: Handle) {
        let state = Rc::clone(cx.host().shared());
        let id = state.imports.borrow().native(module);
        if let Some(id) = id {
            // As above.
            drop(state.forget(module, id));
        }
    }

    fn late(cx: &mut Cx<'_, '_, Lua>, module: &str, error: Error) -> Error {
        lazy::failed(cx, module, error)
    }

    fn entry<'vm>(cx: &mut Cx<'_, 'vm, Lua>, name: Qstr) -> Option<Entry<mlua::Value>> {
        loaded::entry(cx, name)
    }

    fn set_entry<'vm>(cx: &mut Cx<'_, 'vm, Lua>, name: Qstr, entry: Option<Entry<mlua::Value>>) {
        loaded::set_entry(cx, name, entry);
    }

    fn entries<'vm>(cx: &mut Cx<'_, 'vm, Lua>) -> Vec<(Qstr, Entry<mlua::Value>)> {
        loaded::entries(cx)
    }

    fn text_of(cx: &mut Cx<'_, '_, Lua>, name: Qstr) -> String {
        let text = cx.host().text(name).map(str::to_owned);
        text.unwrap_or_else(|| format!("{name:?}"))
    }
}
