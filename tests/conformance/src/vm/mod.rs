//! The interpreter: values, names, statements and expressions. Everything about
//! modules is the importer's; the interpreter asks it.

pub(crate) mod attribute;
pub(crate) mod call;
pub(crate) mod convert;
pub(crate) mod error;
pub(crate) mod evaluate;
pub(crate) mod execute;
pub(crate) mod imports;
pub(crate) mod item;
mod method;
pub(crate) mod native;
pub(crate) mod scope;
pub(crate) mod show;
pub(crate) mod value;

use crate::Running;
use crate::host::Script;
use crate::host::folder::Folder;
use crate::language;
use crate::language::tree::{Expression, Statement};
use crate::modules::State;
use crate::vm::error::{Raised, Step};
use crate::vm::scope::Scope;
use crate::vm::value::{Class, Value};
use enroll::import::{Handle, Importer, Imports};
use enroll::{Builtins, Qstr, qstr};
use std::collections::BTreeMap;
use std::rc::Rc;

/// How deep functions and modules may call each other.
const DEPTH: usize = 100;

/// One interpreter: what the importer keeps for it, and its own things.
pub struct Vm<'vm> {
    /// Everything about modules.
    pub imports: Imports<'vm, Script>,
    /// What was printed.
    pub output: String,
    /// The files of the case.
    pub folder: Folder,
    /// `sys.path`, which scripts change.
    pub(crate) path: Value,
    pub(crate) builtins: BTreeMap<Rc<str>, Value>,
    types: Vec<Rc<Class>>,
    exceptions: Vec<Rc<Class>>,
    /// The modules whose code runs, the innermost last.
    running: Vec<Handle>,
    /// What the native modules of the cases remember.
    pub(crate) state: State,
}

impl<'vm> Vm<'vm> {
    /// A new interpreter, which has imported nothing.
    #[must_use]
    pub fn new(builtins: &'static Builtins<Script>, folder: Folder) -> Vm<'vm> {
        let object = Class::new("object", None);
        let mut types = vec![object.clone()];
        for name in convert::TYPES.iter().skip(1) {
            let base = types
                .iter()
                .find(|class| *name == "bool" && *class.name == *"int");
            let base = base.unwrap_or(&object).clone();
            types.push(Class::new(name, Some(base)));
        }
        let mut vm = Vm {
            imports: Imports::new(builtins),
            output: String::new(),
            path: Value::texts([folder.real(Folder::NAME)]),
            folder,
            builtins: BTreeMap::new(),
            types,
            exceptions: error::classes(),
            running: Vec::new(),
            state: State::default(),
        };
        for class in vm.types.iter().chain(&vm.exceptions) {
            let name = class.name.clone();
            vm.builtins.insert(name, Value::Class(class.clone()));
        }
        for native in crate::modules::builtins::FUNCTIONS {
            vm.builtins
                .insert(native.name.into(), Value::Native(native));
        }
        vm
    }

    /// A class of the interpreter's own, by name.
    pub(crate) fn class(&self, name: &str) -> Rc<Class> {
        let mut known = self.types.iter().chain(&self.exceptions);
        match known.find(|class| *class.name == *name) {
            Some(class) => class.clone(),
            None => Class::new(name, None),
        }
    }

    pub(crate) fn class_of(&self, value: &Value) -> Rc<Class> {
        match value {
            Value::Instance(instance) => instance.class.clone(),
            other => self.class(other.class_name()),
        }
    }

    pub(crate) fn is_own_type(&self, class: &Rc<Class>) -> bool {
        self.types.iter().any(|known| Rc::ptr_eq(known, class))
    }

    pub(crate) fn builtin(&self, name: &str) -> Option<Value> {
        self.builtins.get(name).cloned()
    }

    /// The text of a name; empty for one that was never interned.
    pub(crate) fn text_of(&self, name: Qstr) -> String {
        self.imports.names.text(name).unwrap_or_default().into()
    }

    /// The module whose code runs.
    pub(crate) fn running(&self) -> Option<Handle> {
        self.running.last().copied()
    }

    /// Code of a module begins to run.
    pub(crate) fn enter(&mut self, module: Handle) -> Step<()> {
        if self.running.len() >= DEPTH {
            let class = self.class("RecursionError");
            let message = "maximum recursion depth exceeded";
            return Err(Raised(error::exception(class, vec![Value::text(message)])));
        }
        self.running.push(module);
        Ok(())
    }

    /// It ended.
    pub(crate) fn leave(&mut self) {
        self.running.pop();
    }
}

/// Runs the code of a module in it.
pub(crate) fn run(cx: &mut Running<'_, '_>, module: Handle, source: &str) -> Step<()> {
    let block = parse(cx, source)?;
    let doc = match block.first() {
        Some(Statement::Expression(Expression::Text(text))) => Value::Text(text.clone()),
        _ => Value::None,
    };
    Importer::new(cx).store(module, qstr!("__doc__"), doc)?;
    cx.host().enter(module)?;
    let done = execute::block(cx, &Scope::module(module), &block);
    cx.host().leave();
    done.map(drop)
}

/// Runs a script statement by statement: an error ends the statement alone, and
/// is printed.
pub(crate) fn run_statements(cx: &mut Running<'_, '_>, module: Handle, source: &str) -> Step<()> {
    let block = parse(cx, source)?;
    let scope = Scope::module(module);
    for statement in block.iter() {
        cx.host().enter(module)?;
        let done = execute::execute(cx, &scope, statement);
        cx.host().leave();
        if let Err(raised) = done {
            let message = show::text(cx, &raised.0)?;
            let class = raised.0.class_name();
            let line = format!("{class}: {message}\n");
            cx.host().output.push_str(&line);
        }
    }
    Ok(())
}

fn parse(cx: &mut Running<'_, '_>, source: &str) -> Step<language::tree::Block> {
    language::parse(source).map_err(|error| Raised::new(cx, "SyntaxError", &error.to_string()))
}
