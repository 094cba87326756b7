//! Instances of native types as Python objects.

use crate::guest::adopt::{adopt, offer, portable};
use crate::guest::call;
use crate::object::class;
use crate::object::held::{Ticket, identity};
use crate::{Arguments, CPython};
use enroll::{Cx, ModuleId};
use enroll_portable::{List, Operate, Type, Value};
use pyo3::exceptions::PyTypeError;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyType, PyWeakrefReference};
use std::sync::{Mutex, PoisonError};

/// What every native object derives from: an instance of a native type, or a
/// list or dictionary that a module keeps.
#[pyclass(frozen, subclass, weakref, name = "object", module = "enroll")]
pub(crate) struct Instance {
    ticket: Ticket,
    module: Option<ModuleId>,
}

/// What an instance is made of. No script has one, so none can make instances
/// of what it likes.
#[pyclass(frozen, name = "handover", module = "enroll")]
struct Handover(Mutex<Option<Instance>>);

#[pymethods]
impl Instance {
    #[new]
    fn new(handover: &Bound<'_, Handover>) -> PyResult<Instance> {
        let made = handover.get().0.lock();
        let mut made = made.unwrap_or_else(PoisonError::into_inner);
        made.take()
            .ok_or_else(|| PyTypeError::new_err("a native object is made by its type"))
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        match self.ticket.key().find() {
            Some(state) => state.held.show(self.ticket.index(), &visit),
            None => Ok(()),
        }
    }

    fn __clear__(&self) {
        if let Some(state) = self.ticket.key().find() {
            state.held.empty(self.ticket.index());
        }
    }
}

/// `Type(…)`, and that of a subclass which a script made: `__new__`.
pub(crate) fn construct<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
    ty: &'static Type,
) -> PyResult<Bound<'py, PyAny>> {
    let py = arguments.py();
    let (class, arguments) = arguments.split_first()?;
    let native = class::of(cx, py, ty)?;
    let class = match class.cast_into::<PyType>() {
        Ok(class) if class.is_subclass(&native)? => class,
        _ => {
            let message = format!("{}.__new__() needs a subclass of it", ty.name());
            return Err(PyTypeError::new_err(message));
        }
    };
    if class.is(&native) {
        return call::run(cx, &arguments, None, |cx, args| {
            cx.call(&Value::Type(ty), args)
        });
    }
    let mut made = None;
    let result = call::run(cx, &arguments, None, |cx, args| {
        made = Some(cx.call(&Value::Type(ty), args)?);
        Ok(Value::None)
    });
    result?;
    match made {
        Some(value @ Value::Object(_)) => make(cx, &class, value),
        other => adopt(cx, py, other.unwrap_or_default()),
    }
}

/// What scripts and modules share, as a Python object: one as long as it lives.
///
/// The ticket keeps the value alive, so that nothing else has its identity
/// meanwhile.
pub(crate) fn shared<'vm, 'py>(
    cx: &mut Cx<'_, 'vm, CPython>,
    py: Python<'py>,
    value: Value<'vm>,
) -> PyResult<Bound<'py, PyAny>> {
    if let Some(identity) = identity(&value) {
        let known = cx
            .host()
            .held()
            .object(identity, |weak| weak.bind(py).upgrade());
        if let Some(known) = known {
            return Ok(known);
        }
    }
    let class = match &value {
        Value::Object(object) => class::of(cx, py, object.type_of())?,
        Value::Dict(_) => cx.host().shared().prelude.dict.bind(py).clone(),
        _ => cx.host().shared().prelude.list.bind(py).clone(),
    };
    make(cx, &class, value)
}

/// A new Python object of that class for a value.
fn make<'vm, 'py>(
    cx: &mut Cx<'_, 'vm, CPython>,
    class: &Bound<'py, PyType>,
    value: Value<'vm>,
) -> PyResult<Bound<'py, PyAny>> {
    static NEW: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let py = class.py();
    let module = cx.module();
    let key = cx.host().shared().key;
    let identity = identity(&value);
    let ticket = cx.host().held().hold(key, value);
    let index = ticket.index();
    let handover = Handover(Mutex::new(Some(Instance { ticket, module })));
    let new = NEW.get_or_try_init(py, || {
        let new = py.get_type::<Instance>().getattr("__new__")?;
        PyResult::Ok(new.unbind())
    })?;
    let object = new.bind(py).call1((class, Bound::new(py, handover)?))?;
    if let Some(identity) = identity {
        let weak = PyWeakrefReference::new(&object)?;
        cx.host().held().remember(identity, index, weak.unbind());
    }
    Ok(object)
}

/// The value behind a Python object that a native method was called on.
pub(crate) fn receiver<'vm>(
    cx: &mut Cx<'_, 'vm, CPython>,
    object: &Bound<'_, PyAny>,
) -> Option<Value<'vm>> {
    let instance = object.cast::<Instance>().ok()?;
    cx.host().held().value(&instance.get().ticket)
}

/// The value behind a Python object that a module is handed.
///
/// An instance of a subclass that a script made stays a Python object, which
/// has more than the native one: its class and its own attributes.
pub(crate) fn offered<'vm>(
    cx: &mut Cx<'_, 'vm, CPython>,
    object: &Bound<'_, PyAny>,
) -> Option<Value<'vm>> {
    let value = receiver(cx, object)?;
    let py = object.py();
    let state = cx.host().shared();
    let class = object.get_type();
    let is_native = match &value {
        Value::Object(native) => state
            .classes
            .get(py, native.type_of())
            .is_some_and(|native| native.is(&class)),
        Value::Dict(_) => class.is(&state.prelude.dict),
        _ => class.is(&state.prelude.list),
    };
    is_native.then_some(value)
}

/// The module that an object's type came from.
pub(crate) fn module_of(object: &Bound<'_, PyAny>) -> Option<ModuleId> {
    object.cast::<Instance>().ok()?.get().module
}

/// Replaces all items of a list that a module keeps.
pub(crate) fn replace<'py>(
    cx: &mut Cx<'_, 'static, CPython>,
    arguments: &Arguments<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = arguments.py();
    let [this, items] = arguments.exactly()?;
    let items = offer(cx, &items);
    match receiver(cx, &this) {
        Some(Value::List(List::Shared(list))) => {
            let items = portable(cx, py, |cx| cx.collect(&items))?;
            let old = list.replace(items);
            drop(old);
            Ok(py.None().into_bound(py))
        }
        _ => Err(PyTypeError::new_err("'list' object cannot be changed")),
    }
}
