//! The native modules of the interpreter: Python's own (`builtins`, `sys`,
//! `importlib`, `imp`), what Python has no words for (`enroll`), and those that
//! the cases import (`native`).

pub(crate) mod builtins;
mod imp;
mod importlib;
mod native;
mod operations;
pub(crate) mod spec;
mod sys;

use crate::host::Script;
use crate::vm::value::{Class, Value};
use enroll::testing::{Kit, KitError};
use enroll::{Adapter, Builtins, ModuleId, Qstr};
use std::collections::BTreeMap;
use std::rc::Rc;

/// What native modules remember: a hook keeps nothing in a Rust `static`, or two
/// interpreters would share it.
#[derive(Default)]
pub(crate) struct State {
    /// Each question to a finder of enroll, oldest first, until a script asks.
    pub(crate) searches: Vec<String>,
    /// What hooks did, oldest first, until a script asks.
    pub(crate) log: Vec<String>,
    /// The slots of delegating modules.
    pub(crate) slots: BTreeMap<(Option<ModuleId>, Qstr), Value>,
    /// How often the `init` of `flaky` was called.
    pub(crate) tries: usize,
    /// The loaders that script finders gave, by the tag of their specs.
    pub(crate) loaders: Vec<Value>,
    pub(crate) spec: Option<Rc<Class>>,
}

static ADAPTERS: &[Adapter<Script>] = &[Adapter::of::<Script>()];

/// The table of modules. It is made once for a process, as a firmware's table is
/// there once; `builtins` is left out where a case wants the reserved package of
/// that name.
///
/// # Errors
///
/// Where two names have the same id.
pub fn table(with_builtins: bool) -> Result<&'static Builtins<Script>, KitError> {
    let kit = native::declared(Kit::new())
        .declared::<sys::SYS>()
        .declared::<importlib::IMPORTLIB>()
        .declared::<importlib::UTIL>()
        .declared::<importlib::MACHINERY>()
        .declared::<imp::IMP>()
        .declared::<operations::ENROLL>();
    let kit = if with_builtins {
        kit.declared::<builtins::BUILTINS>()
    } else {
        kit
    };
    kit.build(ADAPTERS)
}
