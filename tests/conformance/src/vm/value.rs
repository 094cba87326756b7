//! What a running script holds.

use crate::host::finder::Own;
use crate::language::tree::{Definition, Name};
use crate::vm::native::Native;
use enroll::import::Handle;
use std::cell::RefCell;
use std::rc::Rc;

/// What a running script holds.
#[derive(Clone)]
pub enum Value {
    /// `None`.
    None,
    /// `True` or `False`.
    Bool(bool),
    /// A number.
    Int(i64),
    /// A text.
    Text(Rc<str>),
    /// A list.
    List(Rc<RefCell<Vec<Value>>>),
    /// A tuple.
    Tuple(Rc<[Value]>),
    /// A dictionary, in the order of insertion.
    Dict(Rc<RefCell<Vec<(Value, Value)>>>),
    /// A module object: its handle is all there is to it.
    Module(Handle),
    /// The `__dict__` of a module.
    Namespace(Handle),
    /// `sys.modules`.
    Modules,
    /// `sys.meta_path`.
    Finders,
    /// One of `sys.meta_path` that is the host's own.
    Finder(Own),
    /// A function of a script.
    Function(Rc<Function>),
    /// A function of the host.
    Native(&'static Native),
    /// A function with its first argument.
    Method(Rc<(Value, Value)>),
    /// A method of a text, a list, a dictionary or a view, by name.
    Own(Rc<(Value, Name)>),
    /// A class.
    Class(Rc<Class>),
    /// An object of a class.
    Instance(Rc<Instance>),
}

/// Names with values, in the order of insertion.
pub(crate) type Names = RefCell<Vec<(Name, Value)>>;

/// A function of a script.
pub struct Function {
    pub(crate) definition: Rc<Definition>,
    /// The module whose names it sees.
    pub(crate) module: Handle,
    /// The names of the functions around it.
    pub(crate) around: Option<Rc<Locals>>,
    pub(crate) defaults: Vec<Option<Value>>,
}

/// The names of a running function, and of those around it.
pub(crate) struct Locals {
    pub(crate) names: Names,
    pub(crate) around: Option<Rc<Locals>>,
}

/// A class of a script, an exception class, or a type of the host.
pub struct Class {
    pub(crate) name: Name,
    pub(crate) base: Option<Rc<Class>>,
    pub(crate) names: Names,
}

/// An object of a class.
pub struct Instance {
    pub(crate) class: Rc<Class>,
    pub(crate) names: Names,
}

impl Class {
    pub(crate) fn new(name: &str, base: Option<Rc<Class>>) -> Rc<Class> {
        Rc::new(Class {
            name: name.into(),
            base,
            names: Names::default(),
        })
    }

    /// A name of the class or of one above it.
    pub(crate) fn find(&self, name: &str) -> Option<Value> {
        match find(&self.names, name) {
            Some(value) => Some(value),
            None => self.base.as_ref()?.find(name),
        }
    }

    /// Whether it is the class of that name or below it.
    pub(crate) fn is_below(&self, name: &str) -> bool {
        *self.name == *name || self.base.as_ref().is_some_and(|base| base.is_below(name))
    }

    /// Whether it is this class or below it.
    pub(crate) fn is_within(&self, class: &Rc<Class>) -> bool {
        std::ptr::eq(self, &**class) || self.base.as_ref().is_some_and(|base| base.is_within(class))
    }
}

pub(crate) fn find(names: &Names, name: &str) -> Option<Value> {
    let names = names.borrow();
    let found = names.iter().find(|(known, _)| **known == *name);
    found.map(|(_, value)| value.clone())
}

pub(crate) fn bind(names: &Names, name: &str, value: Value) {
    let mut names = names.borrow_mut();
    match names.iter_mut().find(|(known, _)| **known == *name) {
        Some((_, known)) => *known = value,
        None => names.push((name.into(), value)),
    }
}

pub(crate) fn unbind(names: &Names, name: &str) -> bool {
    let mut names = names.borrow_mut();
    let before = names.len();
    names.retain(|(known, _)| **known != *name);
    names.len() < before
}

impl Value {
    pub(crate) fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    pub(crate) fn list(items: impl IntoIterator<Item = Value>) -> Value {
        Value::List(Rc::new(RefCell::new(items.into_iter().collect())))
    }

    pub(crate) fn texts<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Value {
        Value::list(texts.into_iter().map(|text| Value::text(text.as_ref())))
    }

    pub(crate) fn tuple(items: impl IntoIterator<Item = Value>) -> Value {
        Value::Tuple(items.into_iter().collect())
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// `is`.
    pub(crate) fn is(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::List(a), Value::List(b)) => Rc::ptr_eq(a, b),
            (Value::Tuple(a), Value::Tuple(b)) => Rc::ptr_eq(a, b),
            (Value::Dict(a), Value::Dict(b)) => Rc::ptr_eq(a, b),
            (Value::Class(a), Value::Class(b)) => Rc::ptr_eq(a, b),
            (Value::Instance(a), Value::Instance(b)) => Rc::ptr_eq(a, b),
            (Value::Function(a), Value::Function(b)) => Rc::ptr_eq(a, b),
            (Value::Native(a), Value::Native(b)) => std::ptr::eq(*a, *b),
            (Value::Modules, Value::Modules) | (Value::Finders, Value::Finders) => true,
            (Value::Module(a), Value::Module(b)) | (Value::Namespace(a), Value::Namespace(b)) => {
                a == b
            }
            (Value::Method(a), Value::Method(b)) => Rc::ptr_eq(a, b),
            (Value::Finder(a), Value::Finder(b)) => a.is(b),
            (
                Value::None | Value::Bool(_) | Value::Int(_) | Value::Text(_),
                Value::None | Value::Bool(_) | Value::Int(_) | Value::Text(_),
            ) => self.equals(other),
            _ => false,
        }
    }

    /// `==`.
    pub(crate) fn equals(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::None, Value::None) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Int(a), Value::Int(b)) => a == b,
            (Value::Text(a), Value::Text(b)) => a == b,
            (Value::List(a), Value::List(b)) => {
                Rc::ptr_eq(a, b) || all_equal(&a.borrow(), &b.borrow())
            }
            (Value::Tuple(a), Value::Tuple(b)) => all_equal(a, b),
            (Value::Dict(a), Value::Dict(b)) => {
                let (a, b) = (a.borrow(), b.borrow());
                a.len() == b.len()
                    && a.iter().all(|(key, value)| {
                        b.iter()
                            .any(|(other, found)| other.equals(key) && found.equals(value))
                    })
            }
            _ => self.is(other),
        }
    }

    pub(crate) fn is_true(&self) -> bool {
        match self {
            Value::None => false,
            Value::Bool(bool) => *bool,
            Value::Int(int) => *int != 0,
            Value::Text(text) => !text.is_empty(),
            Value::List(list) => !list.borrow().is_empty(),
            Value::Tuple(items) => !items.is_empty(),
            Value::Dict(dict) => !dict.borrow().is_empty(),
            _ => true,
        }
    }

    /// The name of its type.
    pub(crate) fn class_name(&self) -> &str {
        match self {
            Value::None => "NoneType",
            Value::Bool(_) => "bool",
            Value::Int(_) => "int",
            Value::Text(_) => "str",
            Value::List(_) | Value::Finders => "list",
            Value::Tuple(_) => "tuple",
            Value::Dict(_) | Value::Namespace(_) | Value::Modules => "dict",
            Value::Module(_) => "module",
            Value::Finder(_) => "finder",
            Value::Function(_) => "function",
            Value::Native(_) | Value::Own(_) => "builtin_function_or_method",
            Value::Method(_) => "method",
            Value::Class(_) => "type",
            Value::Instance(instance) => &instance.class.name,
        }
    }
}

fn all_equal(a: &[Value], b: &[Value]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.equals(b))
}
