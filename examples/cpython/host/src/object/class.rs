//! Native types as Python classes.

use crate::CPython;
use crate::native::{Native, Run};
use crate::object::{Instance, attribute, operator};
use enroll::Cx;
use enroll_portable::types::{Binary, Unary};
use enroll_portable::{Slot, Type};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple, PyType};
use std::cell::RefCell;
use std::collections::HashMap;

/// Native types of one interpreter: each is one Python class.
#[derive(Default)]
pub(crate) struct Classes {
    /// By the address of the type.
    known: RefCell<HashMap<usize, Py<PyType>>>,
    /// Back from the address of the class, which lives as long as its entry.
    types: RefCell<HashMap<usize, &'static Type>>,
}

impl Classes {
    /// The class of a type, where it was made already.
    pub(crate) fn get<'py>(
        &self,
        py: Python<'py>,
        ty: &'static Type,
    ) -> Option<Bound<'py, PyType>> {
        let known = self.known.borrow();
        Some(known.get(&address(ty))?.bind(py).clone())
    }

    /// The type that a Python class is the class of.
    pub(crate) fn type_of(&self, class: &Bound<'_, PyAny>) -> Option<&'static Type> {
        let address = class.as_ptr().addr();
        self.types.borrow().get(&address).copied()
    }

    fn remember(&self, ty: &'static Type, class: &Bound<'_, PyType>) {
        let of_class = class.as_ptr().addr();
        self.types.borrow_mut().insert(of_class, ty);
        let class = class.clone().unbind();
        self.known.borrow_mut().insert(address(ty), class);
    }
}

fn address(ty: &'static Type) -> usize {
    let ty: *const Type = ty;
    ty.addr()
}

/// The type as a Python class.
pub(crate) fn of<'py>(
    cx: &mut Cx<'_, '_, CPython>,
    py: Python<'py>,
    ty: &'static Type,
) -> PyResult<Bound<'py, PyType>> {
    if let Some(class) = cx.host().shared().classes.get(py, ty) {
        return Ok(class);
    }
    let base = match ty.parent() {
        Some(parent) => of(cx, py, parent)?,
        None => py.get_type::<Instance>(),
    };
    let namespace = namespace(cx, py, ty)?;
    let bases = PyTuple::new(py, [base])?;
    let class = py
        .get_type::<PyType>()
        .call1((ty.name(), bases, namespace))?;
    let class = class.cast_into::<PyType>()?;
    cx.host().shared().classes.remember(ty, &class);
    Ok(class)
}

fn namespace<'py>(
    cx: &mut Cx<'_, '_, CPython>,
    py: Python<'py>,
    ty: &'static Type,
) -> PyResult<Bound<'py, PyDict>> {
    let module = cx.module();
    let state = cx.host().shared();
    let key = state.key;
    let names = PyDict::new(py);
    names.set_item("__module__", state.name_of(module))?;
    names.set_item("__slots__", PyTuple::empty(py))?;
    if !ty.doc().is_empty() {
        names.set_item("__doc__", ty.doc())?;
    }
    names.set_item("__new__", Native::construct(cx, py, ty)?)?;
    let has = |wanted: fn(&Slot) -> bool| ty.slot(|slot| wanted(slot).then_some(())).is_some();
    for &(wanted, methods) in SLOTS {
        if has(wanted) {
            for &(name, run) in methods {
                names.set_item(name, Native::slot(py, key, module, name, run)?)?;
            }
        }
    }
    if has(|slot| matches!(slot, Slot::Unary(_))) {
        for &(name, operator) in UNARY {
            names.set_item(name, Native::unary(cx, py, name, operator)?)?;
        }
    }
    if has(|slot| matches!(slot, Slot::Binary(_))) {
        for &(name, operator, reversed) in BINARY {
            names.set_item(name, Native::binary(cx, py, name, operator, reversed)?)?;
        }
    }
    // Its own iterator, unless it says otherwise.
    if has(|slot| matches!(slot, Slot::Next(_))) {
        let iterate = Native::slot(py, key, module, "__iter__", operator::iterate)?;
        names.set_item("__iter__", iterate)?;
    }
    if ty.method("close").is_some() {
        for (name, run) in MANAGER {
            names.set_item(name, Native::slot(py, key, module, name, *run)?)?;
        }
    }
    for name in ty.method_names() {
        let inherited = ty.parent().and_then(|parent| parent.method(name));
        if let Some(method) = ty.method(name)
            && inherited != Some(method)
        {
            names.set_item(name, Native::method(cx, py, ty, method)?)?;
        }
    }
    Ok(names)
}

type Is = fn(&Slot) -> bool;
type Methods = &'static [(&'static str, Run)];

/// The methods that a type has for a slot.
const SLOTS: &[(Is, Methods)] = &[
    (
        |slot| matches!(slot, Slot::Call(_)),
        &[("__call__", operator::call)],
    ),
    (
        |slot| matches!(slot, Slot::Print(_)),
        &[("__repr__", operator::repr), ("__str__", operator::str)],
    ),
    (
        |slot| matches!(slot, Slot::Attr(_)),
        &[
            ("__getattr__", attribute::load),
            ("__setattr__", attribute::store),
            ("__delattr__", attribute::delete),
        ],
    ),
    (
        |slot| matches!(slot, Slot::Subscript(_)),
        &[
            ("__getitem__", operator::item),
            ("__setitem__", operator::set_item),
            ("__delitem__", operator::delete_item),
        ],
    ),
    (
        |slot| matches!(slot, Slot::Iter(_)),
        &[("__iter__", operator::iterate)],
    ),
    (
        |slot| matches!(slot, Slot::Next(_)),
        &[("__next__", operator::next)],
    ),
    (
        |slot| matches!(slot, Slot::Len(_)),
        &[("__len__", operator::length)],
    ),
    (
        |slot| matches!(slot, Slot::Equal(_)),
        &[("__eq__", operator::equal)],
    ),
    (
        |slot| matches!(slot, Slot::Hash(_)),
        &[("__hash__", operator::hash)],
    ),
    (
        |slot| matches!(slot, Slot::Buffer(_)),
        &[("__bytes__", operator::bytes)],
    ),
];

/// `with` of what has a method `close`.
const MANAGER: &[(&str, Run)] = &[("__enter__", operator::enter), ("__exit__", operator::exit)];

const UNARY: &[(&str, Unary)] = &[
    ("__bool__", Unary::Bool),
    ("__pos__", Unary::Positive),
    ("__neg__", Unary::Negative),
    ("__invert__", Unary::Invert),
    ("__abs__", Unary::Absolute),
    ("__int__", Unary::Int),
    ("__float__", Unary::Float),
];

const BINARY: &[(&str, Binary, bool)] = &[
    ("__add__", Binary::Add, false),
    ("__radd__", Binary::Add, true),
    ("__sub__", Binary::Subtract, false),
    ("__rsub__", Binary::Subtract, true),
    ("__mul__", Binary::Multiply, false),
    ("__rmul__", Binary::Multiply, true),
    ("__truediv__", Binary::Divide, false),
    ("__rtruediv__", Binary::Divide, true),
    ("__floordiv__", Binary::FloorDivide, false),
    ("__rfloordiv__", Binary::FloorDivide, true),
    ("__mod__", Binary::Modulo, false),
    ("__rmod__", Binary::Modulo, true),
    ("__pow__", Binary::Power, false),
    ("__rpow__", Binary::Power, true),
    ("__lshift__", Binary::ShiftLeft, false),
    ("__rlshift__", Binary::ShiftLeft, true),
    ("__rshift__", Binary::ShiftRight, false),
    ("__rrshift__", Binary::ShiftRight, true),
    ("__and__", Binary::And, false),
    ("__rand__", Binary::And, true),
    ("__or__", Binary::Or, false),
    ("__ror__", Binary::Or, true),
    ("__xor__", Binary::Xor, false),
    ("__rxor__", Binary::Xor, true),
    ("__lt__", Binary::Less, false),
    ("__le__", Binary::LessEqual, false),
    ("__gt__", Binary::Greater, false),
    ("__ge__", Binary::GreaterEqual, false),
    ("__contains__", Binary::Contains, false),
];
