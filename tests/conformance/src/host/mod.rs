//! The interpreter as a host of enroll: what a module table may hold, and what
//! imports ask.

pub mod finder;
pub mod folder;
mod reach;

use crate::Running;
use crate::modules::spec;
use crate::vm::call::call;
use crate::vm::error::{Raised, Step};
use crate::vm::native::{Arguments, Native};
use crate::vm::value::Value;
use crate::vm::{Vm, attribute, item, run};
use enroll::import::{Code, Handle, ImportError, ImportHost, Importer, Imports, Kind, Layer, Spec};
use enroll::{Cx, Host, ModuleId, Qstr};

/// The host: an interpreter of a part of Python.
pub enum Script {}

/// What a module table may hold.
pub enum Rom {
    /// A number.
    Int(i64),
    /// A text.
    Text(&'static str),
    /// A function.
    Function(Native),
    /// `sys.modules`.
    Modules,
    /// `sys.meta_path`.
    Finders,
}

/// A function in a module table.
pub(crate) const fn function(
    name: &'static str,
    call: for<'a, 'b, 'vm> fn(&'a mut Running<'b, 'vm>, Arguments) -> Step<Value>,
) -> Rom {
    Rom::Function(Native { name, call })
}

impl Host for Script {
    type Rom = Rom;
    type Value<'vm> = Value;
    type Context<'vm> = Vm<'vm>;
    type Error = Raised;

    fn live<'vm>(_: &mut Cx<'_, 'vm, Script>, rom: &'static Rom) -> Step<Value> {
        Ok(match rom {
            Rom::Int(int) => Value::Int(*int),
            Rom::Text(text) => Value::text(text),
            Rom::Function(native) => Value::Native(native),
            Rom::Modules => Value::Modules,
            Rom::Finders => Value::Finders,
        })
    }

    fn text<'vm>(_: &mut Cx<'_, 'vm, Script>, text: &'static str) -> Step<Value> {
        Ok(Value::text(text))
    }

    fn module<'vm>(cx: &mut Cx<'_, 'vm, Script>, id: ModuleId) -> Step<Value> {
        Importer::new(cx).module_object(id)
    }
}

impl ImportHost for Script {
    type Finder = finder::Finder;
    type Patches<'vm> = Layer<Value>;
    type Lock = ();

    fn imports<'vm, R>(
        cx: &mut Cx<'_, 'vm, Script>,
        read: impl FnOnce(&mut Imports<'vm, Script>) -> R,
    ) -> R {
        read(&mut cx.host().imports)
    }

    fn error(cx: &mut Cx<'_, '_, Script>, error: ImportError) -> Raised {
        Raised::import(cx, &error)
    }

    fn object<'vm>(_: &mut Cx<'_, 'vm, Script>, module: Handle) -> Step<Value> {
        Ok(Value::Module(module))
    }

    fn handle<'vm>(_: &mut Cx<'_, 'vm, Script>, value: &Value) -> Option<Handle> {
        match value {
            Value::Module(module) => Some(*module),
            _ => None,
        }
    }

    fn string<'vm>(_: &mut Cx<'_, 'vm, Script>, text: &str) -> Step<Value> {
        Ok(Value::text(text))
    }

    fn strings<'vm>(_: &mut Cx<'_, 'vm, Script>, texts: &[String]) -> Step<Value> {
        Ok(Value::texts(texts))
    }

    fn to_strings<'vm>(cx: &mut Cx<'_, 'vm, Script>, value: &Value) -> Step<Vec<String>> {
        let mut texts = Vec::new();
        for item in item::items(cx, value)? {
            match item {
                Value::Text(text) => texts.push(text.to_string()),
                other => {
                    let message = format!("expected str, not {}", other.class_name());
                    return Raised::type_error(cx, &message);
                }
            }
        }
        Ok(texts)
    }

    fn to_text<'vm>(_: &mut Cx<'_, 'vm, Script>, value: &Value) -> Option<String> {
        value.as_text().map(String::from)
    }

    fn integer<'vm>(_: &mut Cx<'_, 'vm, Script>, number: i64) -> Step<Value> {
        Ok(Value::Int(number))
    }

    fn none<'vm>(_: &mut Cx<'_, 'vm, Script>) -> Value {
        Value::None
    }

    fn is_none(value: &Value) -> bool {
        matches!(value, Value::None)
    }

    fn call<'vm>(
        cx: &mut Cx<'_, 'vm, Script>,
        function: &Value,
        arguments: &[Value],
    ) -> Step<Value> {
        call(cx, function, Arguments::of(arguments))
    }

    fn exec<'vm>(
        cx: &mut Cx<'_, 'vm, Script>,
        module: Handle,
        spec: &Spec,
        code: Code,
    ) -> Step<()> {
        if spec.kind != Kind::Hook {
            return run(cx, module, &String::from_utf8_lossy(&code.bytes));
        }
        let loader = usize::try_from(spec.tag).unwrap_or(usize::MAX);
        let loader = cx.host().state.loaders.get(loader).cloned();
        let exec = attribute::load(cx, &loader.unwrap_or(Value::None), "exec_module")?;
        call(cx, &exec, Arguments::of([Value::Module(module)]))?;
        Ok(())
    }

    fn namespace<'vm>(_: &mut Cx<'_, 'vm, Script>, module: Handle) -> Step<Option<Value>> {
        Ok(Some(Value::Namespace(module)))
    }

    fn spec<'vm>(cx: &mut Cx<'_, 'vm, Script>, _: Handle, spec: &Spec) -> Step<Option<Value>> {
        Ok(Some(spec::object(cx, spec)))
    }

    fn attribute<'vm>(
        cx: &mut Cx<'_, 'vm, Script>,
        value: &Value,
        name: Qstr,
    ) -> Step<Option<Value>> {
        let name = cx.host().text_of(name);
        Ok(attribute::optional(cx, value, &name))
    }

    fn attribute_names<'vm>(
        _: &mut Cx<'_, 'vm, Script>,
        value: &Value,
    ) -> Step<Option<Vec<String>>> {
        Ok(attribute::names(value))
    }

    fn set_attribute<'vm>(
        cx: &mut Cx<'_, 'vm, Script>,
        owner: &Value,
        name: Qstr,
        value: Option<&Value>,
    ) -> Step<bool> {
        let name = cx.host().text_of(name);
        Ok(attribute::change(owner, &name, value.cloned()))
    }

    fn replace<'vm>(cx: &mut Cx<'_, 'vm, Script>, module: Handle, value: &Value) {
        reach::replace(cx, module, value);
    }

    fn holders(cx: &mut Cx<'_, '_, Script>, module: Handle) -> Vec<String> {
        reach::holders(cx, module)
    }

    fn gone(cx: &mut Cx<'_, '_, Script>, module: Handle) {
        let native = cx.host().imports.native(module);
        let slots = &mut cx.host().state.slots;
        slots.retain(|(owner, _), _| *owner != native);
    }

    fn memory(cx: &mut Cx<'_, '_, Script>, module: Handle) -> Option<usize> {
        let names = Importer::new(cx).names(module).ok()?;
        Some(names.len() * size_of::<Value>())
    }

    fn owner(cx: &mut Cx<'_, '_, Script>) -> Qstr {
        let running = cx.host().running();
        let name = running.and_then(|module| cx.host().imports.name(module));
        name.unwrap_or(enroll::qstr!("__main__"))
    }

    fn is_attribute_error(raised: &Raised) -> bool {
        raised.is("AttributeError")
    }

    fn late(cx: &mut Cx<'_, '_, Script>, module: &str, raised: Raised) -> Raised {
        spec::note(cx, &raised, module);
        raised
    }

    fn path(cx: &mut Cx<'_, '_, Script>) -> Step<Vec<String>> {
        let path = cx.host().path.clone();
        // As CPython does with what is no text on the path.
        let items = item::items(cx, &path)?;
        let texts = items.iter().filter_map(Value::as_text);
        Ok(texts.map(String::from).collect())
    }
}
