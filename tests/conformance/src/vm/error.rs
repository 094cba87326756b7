//! Exceptions: the classes, and an exception on its way.

use crate::Running;
use crate::vm::value::{Class, Instance, Names, Value, bind, find};
use enroll::Broken;
use enroll::import::ImportError;
use std::rc::Rc;

/// An exception on its way to whoever catches it.
pub struct Raised(pub(crate) Value);

/// What comes of a step of a script.
pub(crate) type Step<T> = Result<T, Raised>;

/// Each class after the one it is below.
const CLASSES: &[(&str, &str)] = &[
    ("BaseException", ""),
    ("Exception", "BaseException"),
    ("ArithmeticError", "Exception"),
    ("ZeroDivisionError", "ArithmeticError"),
    ("AttributeError", "Exception"),
    ("ImportError", "Exception"),
    ("ModuleNotFoundError", "ImportError"),
    ("LookupError", "Exception"),
    ("IndexError", "LookupError"),
    ("KeyError", "LookupError"),
    ("MemoryError", "Exception"),
    ("NameError", "Exception"),
    ("OSError", "Exception"),
    ("ReferenceError", "Exception"),
    ("RuntimeError", "Exception"),
    ("RecursionError", "RuntimeError"),
    ("SyntaxError", "Exception"),
    ("TypeError", "Exception"),
    ("ValueError", "Exception"),
];

/// The exception classes of a new interpreter.
pub(crate) fn classes() -> Vec<Rc<Class>> {
    let mut classes: Vec<Rc<Class>> = Vec::new();
    for (name, base) in CLASSES {
        let base = classes.iter().find(|class| *class.name == **base).cloned();
        classes.push(Class::new(name, base));
    }
    classes
}

impl Raised {
    /// An exception of a class by name.
    pub(crate) fn new(cx: &mut Running<'_, '_>, class: &str, message: &str) -> Raised {
        let exception = exception(cx.host().class(class), vec![Value::text(message)]);
        Raised(exception)
    }

    pub(crate) fn type_error<T>(cx: &mut Running<'_, '_>, message: &str) -> Step<T> {
        Err(Raised::new(cx, "TypeError", message))
    }

    /// `KeyError`, which shows its key as `repr` does.
    pub(crate) fn key(cx: &mut Running<'_, '_>, key: Value) -> Raised {
        Raised(exception(cx.host().class("KeyError"), vec![key]))
    }

    /// An error of the importer, with the attributes that Python has.
    pub(crate) fn import(cx: &mut Running<'_, '_>, error: &ImportError) -> Raised {
        let raised = Raised::new(cx, error.class(), &error.to_string());
        let (name, path) = match error {
            ImportError::NoName { module, file, .. } => (module, file.as_deref()),
            ImportError::NotFound { name, .. }
            | ImportError::Blocked { name }
            | ImportError::NoSpec { name }
            | ImportError::NotLoaded { name, .. } => (name, None),
            _ => return raised,
        };
        if let Value::Instance(instance) = &raised.0 {
            bind(&instance.names, "name", Value::text(name));
            bind(
                &instance.names,
                "path",
                path.map_or(Value::None, Value::text),
            );
        }
        raised
    }

    /// Whether it is of a class, by name, or of one below it.
    pub(crate) fn is(&self, class: &str) -> bool {
        match &self.0 {
            Value::Instance(instance) => instance.class.is_below(class),
            _ => false,
        }
    }
}

/// A table that cannot be used: there is no context to look a class up in.
impl From<Broken> for Raised {
    fn from(broken: Broken) -> Raised {
        let class = Class::new("ImportError", Some(Class::new("Exception", None)));
        Raised(exception(class, vec![Value::text(&broken.to_string())]))
    }
}

/// An exception object.
pub(crate) fn exception(class: Rc<Class>, arguments: Vec<Value>) -> Value {
    let names = Names::default();
    bind(&names, "args", Value::tuple(arguments));
    if class.is_below("ImportError") {
        bind(&names, "name", Value::None);
        bind(&names, "path", Value::None);
    }
    Value::Instance(Rc::new(Instance { class, names }))
}

/// The arguments that an exception was made with.
pub(crate) fn arguments(instance: &Instance) -> Option<Rc<[Value]>> {
    if !instance.class.is_below("BaseException") {
        return None;
    }
    match find(&instance.names, "args") {
        Some(Value::Tuple(arguments)) => Some(arguments),
        _ => None,
    }
}
