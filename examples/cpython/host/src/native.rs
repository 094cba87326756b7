//! Native functions as Python callables.

use crate::guest::call;
use crate::key::Key;
use crate::object::{instance, operator};
use crate::signature::signature;
use crate::{Arguments, CPython, Context, NativeFn, PACKAGE};
use enroll::{Cx, ModuleId};
use enroll_portable::types::{Binary, Unary};
use enroll_portable::{Function, Type};
use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple, PyType};
use std::hash::{DefaultHasher, Hash, Hasher};

/// A native function, a method of a native type, or what one of Python's
/// operators does there.
///
/// It is a descriptor, as functions are: `inspect.isroutine` is true, and a
/// method binds.
#[pyclass(frozen, name = "function", module = "enroll")]
pub(crate) struct Native {
    key: Key,
    /// Whose state it finds.
    module: Option<ModuleId>,
    what: What,
}

/// What a call does.
enum What {
    /// A portable function.
    Function(Function),
    /// A portable method, of instances of a type.
    Method(&'static Type, Function),
    /// `__new__` of a portable type.
    New(&'static Type),
    /// A function of a module of this host.
    Own(String, NativeFn),
    /// An operator of one operand, under its Python name.
    Unary(&'static str, Unary),
    /// An operator of two operands; whether the instance is the right one.
    Binary(&'static str, Binary, bool),
    /// Anything else that this host does, as a method or as a function.
    Slot(&'static str, Run),
    Plain(&'static str, Run),
}

/// Something that this host does for Python.
pub(crate) type Run = for<'a, 'b, 'py> fn(
    &'a mut Cx<'b, 'static, CPython>,
    &'a Arguments<'py>,
) -> PyResult<Bound<'py, PyAny>>;

impl Native {
    /// A portable function, in the module it was loaded from.
    pub(crate) fn function<'py>(
        cx: &mut Cx<'_, '_, CPython>,
        py: Python<'py>,
        function: Function,
    ) -> PyResult<Bound<'py, PyAny>> {
        let module = function.module().or(cx.module());
        Native::of(cx, py, module, What::Function(function))
    }

    /// A method of a type of the module of this call.
    pub(crate) fn method<'py>(
        cx: &mut Cx<'_, '_, CPython>,
        py: Python<'py>,
        ty: &'static Type,
        method: Function,
    ) -> PyResult<Bound<'py, PyAny>> {
        let module = cx.module();
        Native::of(cx, py, module, What::Method(ty, method))
    }

    /// `__new__` of a type.
    pub(crate) fn construct<'py>(
        cx: &mut Cx<'_, '_, CPython>,
        py: Python<'py>,
        ty: &'static Type,
    ) -> PyResult<Bound<'py, PyAny>> {
        let module = cx.module();
        Native::of(cx, py, module, What::New(ty))
    }

    /// A function of a constant table, as the attribute that is being loaded.
    pub(crate) fn own(
        cx: &mut Cx<'_, '_, CPython>,
        py: Python<'_>,
        run: NativeFn,
    ) -> PyResult<Py<PyAny>> {
        let module = cx.module();
        let context = cx.host();
        let name = context.attribute().and_then(|name| context.text(name));
        let name = name.unwrap_or("?").to_owned();
        Ok(Native::of(cx, py, module, What::Own(name, run))?.unbind())
    }

    /// An operator of instances of a type of the module of this call.
    pub(crate) fn unary<'py>(
        cx: &mut Cx<'_, '_, CPython>,
        py: Python<'py>,
        name: &'static str,
        operator: Unary,
    ) -> PyResult<Bound<'py, PyAny>> {
        let module = cx.module();
        Native::of(cx, py, module, What::Unary(name, operator))
    }

    /// The same with two operands.
    pub(crate) fn binary<'py>(
        cx: &mut Cx<'_, '_, CPython>,
        py: Python<'py>,
        name: &'static str,
        operator: Binary,
        reversed: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        let module = cx.module();
        Native::of(cx, py, module, What::Binary(name, operator, reversed))
    }

    /// A method that this host gives a class.
    pub(crate) fn slot<'py>(
        py: Python<'py>,
        key: Key,
        module: Option<ModuleId>,
        name: &'static str,
        run: Run,
    ) -> PyResult<Bound<'py, PyAny>> {
        Native::bare(py, key, module, What::Slot(name, run))
    }

    /// A function that this host gives a module.
    pub(crate) fn plain<'py>(
        py: Python<'py>,
        key: Key,
        name: &'static str,
        run: Run,
    ) -> PyResult<Bound<'py, PyAny>> {
        Native::bare(py, key, None, What::Plain(name, run))
    }

    fn bare(
        py: Python<'_>,
        key: Key,
        module: Option<ModuleId>,
        what: What,
    ) -> PyResult<Bound<'_, PyAny>> {
        let native = Native { key, module, what };
        Ok(Bound::new(py, native)?.into_any())
    }

    fn of<'py>(
        cx: &mut Cx<'_, '_, CPython>,
        py: Python<'py>,
        module: Option<ModuleId>,
        what: What,
    ) -> PyResult<Bound<'py, PyAny>> {
        let key = cx.host().shared().key;
        Native::bare(py, key, module, what)
    }

    /// The portable function that it is, for modules of the same interpreter.
    pub(crate) fn as_function(&self, key: Key) -> Option<Function> {
        match self.what {
            What::Function(function) if self.key == key => Some(function),
            _ => None,
        }
    }

    fn binds(&self) -> bool {
        !matches!(
            self.what,
            What::Function(_) | What::New(_) | What::Own(..) | What::Plain(..)
        )
    }

    fn name(&self) -> &str {
        match &self.what {
            What::Function(function) | What::Method(_, function) => function.name(),
            What::New(_) => "__new__",
            What::Own(name, _) => name,
            What::Unary(name, _)
            | What::Binary(name, ..)
            | What::Slot(name, _)
            | What::Plain(name, _) => name,
        }
    }

    fn class(&self) -> Option<&'static Type> {
        match self.what {
            What::Method(ty, _) | What::New(ty) => Some(ty),
            _ => None,
        }
    }
}

#[pymethods]
impl Native {
    #[pyo3(signature = (*positional, **keywords))]
    fn __call__<'py>(
        &self,
        positional: Bound<'py, PyTuple>,
        keywords: Option<Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let arguments = &Arguments {
            positional,
            keywords,
        };
        let state = self.key.state()?;
        let _nested = state.nest()?;
        let mut context = Context::new(&state);
        let mut cx = Cx::new(&mut context);
        let cx = &mut cx.within(self.module);
        match &self.what {
            What::Function(function) => call::function(cx, arguments, *function),
            What::Method(ty, method) => call::method(cx, arguments, ty, *method),
            What::New(ty) => instance::construct(cx, arguments, ty),
            What::Own(_, run) => Ok(run(cx, arguments)?),
            What::Unary(_, op) => operator::unary(cx, arguments, *op),
            What::Binary(_, op, reversed) => operator::binary(cx, arguments, *op, *reversed),
            What::Slot(_, run) | What::Plain(_, run) => run(cx, arguments),
        }
    }

    fn __get__<'py>(
        this: Bound<'py, Native>,
        instance: Option<Bound<'py, PyAny>>,
        owner: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        drop(owner);
        match instance {
            Some(instance) if this.get().binds() => bind(this.into_any(), instance),
            _ => Ok(this.into_any()),
        }
    }

    #[getter]
    fn __name__(&self) -> &str {
        self.name()
    }

    #[getter]
    fn __qualname__(&self) -> String {
        match self.class() {
            Some(ty) => format!("{}.{}", ty.name(), self.name()),
            None => self.name().to_owned(),
        }
    }

    /// The name under which its module is imported.
    #[getter]
    fn __module__(&self) -> String {
        match self.key.find() {
            Some(state) => state.name_of(self.module),
            None => PACKAGE.to_owned(),
        }
    }

    /// For `inspect.signature` and `help`.
    #[getter]
    fn __signature__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let found = match self.what {
            What::Function(function) | What::Method(_, function) => signature(py, function)?,
            _ => None,
        };
        found.ok_or_else(|| PyAttributeError::new_err("__signature__"))
    }

    fn __repr__(&self) -> String {
        match self.class() {
            Some(ty) => format!("<method '{}' of '{}' objects>", self.name(), ty.name()),
            None => format!("<built-in function {}>", self.name()),
        }
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        let Ok(other) = other.cast::<Native>() else {
            return false;
        };
        let other = other.get();
        match (&self.what, &other.what) {
            (What::Function(one), What::Function(two)) => self.key == other.key && one == two,
            (What::Method(_, one), What::Method(_, two)) => self.key == other.key && one == two,
            _ => std::ptr::eq(self, other),
        }
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.name().hash(&mut hasher);
        hasher.finish()
    }

    /// For `pickle` and `copy`: it is found by its name.
    fn __reduce__(&self) -> String {
        self.__qualname__()
    }
}

/// A function with its first argument.
pub(crate) fn bind<'py>(
    function: Bound<'py, PyAny>,
    instance: Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    static METHOD: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let method = METHOD.import(function.py(), "types", "MethodType")?;
    method.call1((function, instance))
}
