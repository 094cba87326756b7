//! The interpreter as the importer sees it.

use crate::{Files, Function, World, program};
use enroll::import::{
    Code, Handle, ImportError, ImportHost, Importer, Imports, Layer, Spec, ThreadLock,
};
use enroll::{Broken, Cx, Host, ModuleId, Qstr, qstr};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The host's type.
#[derive(Clone, Copy, Debug)]
pub enum Scripted {}

/// What a script holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    None,
    /// A number.
    Int(i64),
    /// A text.
    Text(String),
    /// A list of texts.
    List(Vec<String>),
    /// A module.
    Module(Handle),
    /// A function.
    Function(Function),
}

/// How a script fails: `class: message`.
#[derive(Clone, Debug, PartialEq)]
pub struct Error(pub String);

impl From<Broken> for Error {
    fn from(broken: Broken) -> Error {
        Error(format!("SystemError: {broken}"))
    }
}

impl Error {
    /// Whether it is of this class.
    #[must_use]
    pub fn is(&self, class: &str) -> bool {
        let rest = self.0.strip_prefix(class);
        rest.is_some_and(|rest| rest.starts_with(':'))
    }
}

/// One thread of an interpreter.
pub struct Vm<'vm> {
    /// What all its threads share.
    pub shared: Arc<Shared<'vm>>,
    /// The modules whose code is running, the innermost last.
    pub running: Vec<Qstr>,
}

/// What the threads of an interpreter share.
pub struct Shared<'vm> {
    imports: Mutex<Imports<'vm, Scripted>>,
    state: Mutex<State>,
}

/// What an interpreter knows beside its imports.
#[derive(Debug, Default)]
pub struct State {
    /// What there is to import.
    pub world: World,
    /// What has happened since the log was last taken.
    pub log: Vec<String>,
    /// How often a program has run.
    pub runs: BTreeMap<usize, u32>,
    /// What the delegation hook of `machine` keeps.
    pub pin: Option<Value>,
    /// Whose `init` has ended well, and no `deinit` since.
    pub initialised: BTreeSet<String>,
    /// The variables of the script.
    pub variables: Vec<Value>,
    /// Attributes of native modules that were looked at and of which nobody
    /// told since that they changed.
    pub kept: BTreeMap<(Handle, Qstr), Option<Value>>,
}

impl<'vm> Shared<'vm> {
    /// An interpreter that has imported nothing.
    #[must_use]
    pub fn new(imports: Imports<'vm, Scripted>, world: World) -> Arc<Shared<'vm>> {
        let state = State {
            world,
            ..State::default()
        };
        Arc::new(Shared {
            imports: Mutex::new(imports),
            state: Mutex::new(state),
        })
    }

    /// What it knows beside its imports, while nobody else changes it.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The text of a name.
    #[must_use]
    pub fn text(&self, name: Qstr) -> String {
        let _inside = Inside::enter();
        let imports = self.imports.lock().unwrap_or_else(PoisonError::into_inner);
        imports.names.text(name).unwrap_or("?").into()
    }

    /// A thread of it.
    #[must_use]
    pub fn vm(self: &Arc<Self>) -> Vm<'vm> {
        Vm {
            shared: Arc::clone(self),
            running: Vec::new(),
        }
    }
}

/// This thread is looking at the imports: the importer must not call back, or
/// it would wait for itself.
struct Inside;

thread_local! {
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

impl Inside {
    fn enter() -> Inside {
        assert!(
            !INSIDE.replace(true),
            "the host was called while its imports are read"
        );
        Inside
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        INSIDE.set(false);
    }
}

impl<'vm> Vm<'vm> {
    /// What an importer works on.
    pub fn cx(&mut self) -> Cx<'_, 'vm, Scripted> {
        Cx::new(self)
    }

    /// Writes down that something happened.
    pub fn log(&self, event: String) {
        self.shared.state().log.push(event);
    }
}

impl Host for Scripted {
    type Rom = i64;
    type Value<'vm> = Value;
    type Context<'vm> = Vm<'vm>;
    type Error = Error;

    fn live<'vm>(_: &mut Cx<'_, 'vm, Scripted>, rom: &'static i64) -> Result<Value, Error> {
        Ok(Value::Int(*rom))
    }

    fn text<'vm>(_: &mut Cx<'_, 'vm, Scripted>, text: &'static str) -> Result<Value, Error> {
        Ok(Value::Text(text.into()))
    }

    fn module<'vm>(cx: &mut Cx<'_, 'vm, Scripted>, id: ModuleId) -> Result<Value, Error> {
        Importer::new(cx).module_object(id)
    }
}

impl ImportHost for Scripted {
    type Finder = Files;
    type Patches<'vm> = Layer<Value>;
    type Lock = Arc<ThreadLock>;

    fn imports<'vm, R>(
        cx: &mut Cx<'_, 'vm, Scripted>,
        read: impl FnOnce(&mut Imports<'vm, Scripted>) -> R,
    ) -> R {
        let _inside = Inside::enter();
        let shared = Arc::clone(&cx.host().shared);
        let mut imports = shared
            .imports
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        read(&mut imports)
    }

    fn error(_: &mut Cx<'_, '_, Scripted>, error: ImportError) -> Error {
        Error(format!("{}: {error}", error.class()))
    }

    fn object<'vm>(_: &mut Cx<'_, 'vm, Scripted>, module: Handle) -> Result<Value, Error> {
        Ok(Value::Module(module))
    }

    fn handle<'vm>(_: &mut Cx<'_, 'vm, Scripted>, value: &Value) -> Option<Handle> {
        match value {
            Value::Module(module) => Some(*module),
            _ => None,
        }
    }

    fn string<'vm>(_: &mut Cx<'_, 'vm, Scripted>, text: &str) -> Result<Value, Error> {
        Ok(Value::Text(text.into()))
    }

    fn strings<'vm>(_: &mut Cx<'_, 'vm, Scripted>, texts: &[String]) -> Result<Value, Error> {
        Ok(Value::List(texts.to_vec()))
    }

    fn to_strings<'vm>(_: &mut Cx<'_, 'vm, Scripted>, value: &Value) -> Result<Vec<String>, Error> {
        match value {
            Value::List(texts) => Ok(texts.clone()),
            _ => Err(Error("TypeError: not a list of texts".into())),
        }
    }

    fn to_text<'vm>(_: &mut Cx<'_, 'vm, Scripted>, value: &Value) -> Option<String> {
        match value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        }
    }

    fn integer<'vm>(_: &mut Cx<'_, 'vm, Scripted>, number: i64) -> Result<Value, Error> {
        Ok(Value::Int(number))
    }

    fn none<'vm>(_: &mut Cx<'_, 'vm, Scripted>) -> Value {
        Value::None
    }

    fn is_none(value: &Value) -> bool {
        *value == Value::None
    }

    fn call<'vm>(
        cx: &mut Cx<'_, 'vm, Scripted>,
        function: &Value,
        arguments: &[Value],
    ) -> Result<Value, Error> {
        program::call(cx.host(), function, arguments)
    }

    fn exec<'vm>(
        cx: &mut Cx<'_, 'vm, Scripted>,
        module: Handle,
        spec: &Spec,
        code: Code,
    ) -> Result<(), Error> {
        program::exec(cx, module, spec, &code)
    }

    fn attribute<'vm>(
        _: &mut Cx<'_, 'vm, Scripted>,
        value: &Value,
        name: Qstr,
    ) -> Result<Option<Value>, Error> {
        Ok((name == qstr!("real")).then(|| value.clone()))
    }

    fn holders(cx: &mut Cx<'_, '_, Scripted>, module: Handle) -> Vec<String> {
        let state = cx.host().shared.state();
        let variables = state.variables.iter().enumerate();
        let holding = variables.filter(|(_, value)| **value == Value::Module(module));
        holding.map(|(place, _)| format!("v{place}")).collect()
    }

    fn replace<'vm>(cx: &mut Cx<'_, 'vm, Scripted>, module: Handle, value: &Value) {
        let mut state = cx.host().shared.state();
        let variables = state.variables.iter_mut();
        let holding = variables.filter(|held| **held == Value::Module(module));
        holding.for_each(|held| *held = value.clone());
    }

    fn memory(_: &mut Cx<'_, '_, Scripted>, _: Handle) -> Option<usize> {
        Some(100)
    }

    fn owner(cx: &mut Cx<'_, '_, Scripted>) -> Qstr {
        let running = cx.host().running.last().copied();
        running.unwrap_or(qstr!("__main__"))
    }

    fn is_attribute_error(error: &Error) -> bool {
        error.is("AttributeError")
    }

    fn late(_: &mut Cx<'_, '_, Scripted>, module: &str, error: Error) -> Error {
        Error(format!("{} (late import of {module})", error.0))
    }

    fn changed(cx: &mut Cx<'_, '_, Scripted>, module: Handle, name: Qstr) {
        cx.host().shared.state().kept.remove(&(module, name));
    }

    fn gone(cx: &mut Cx<'_, '_, Scripted>, module: Handle) {
        let name = Scripted::imports(cx, |imports| imports.name(module));
        let name = name.map(|name| cx.host().shared.text(name));
        cx.host().log(format!("gone {}", name.unwrap_or_default()));
    }
}
