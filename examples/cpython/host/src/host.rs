//! What CPython tells enroll about itself.

use crate::native::Native;
use crate::{Arguments, Context, Error, import};
use enroll::{Cx, Host, ModuleId};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyFloat, PyInt, PyString};

/// CPython, as a host: a name only.
///
/// Modules that need CPython itself are declared for it:
///
/// ```
/// use enroll::Cx;
/// use enroll_cpython::{Arguments, CPython, Error, Rom};
/// use pyo3::prelude::*;
///
/// enroll::register_module! {
///     /// The machine as Python sees it.
///     pub static MACHINE: Module<CPython> = "machine" {
///         "bits" => Rom::Int(usize::BITS as i64),
///         "version" => Rom::Function(version),
///         "Fraction" => Rom::Object(fraction),
///     }
/// }
///
/// fn version<'py>(
///     _: &mut Cx<'_, '_, CPython>,
///     arguments: &Arguments<'py>,
/// ) -> Result<Bound<'py, PyAny>, Error> {
///     let py = arguments.py();
///     Ok(Python::version_str().into_pyobject(py)?.into_any())
/// }
///
/// /// Made at its first load; a `#[pyclass]` would be `py.get_type::<…>()`.
/// fn fraction(py: Python<'_>) -> Result<Bound<'_, PyAny>, Error> {
///     Ok(py.import("fractions")?.getattr("Fraction")?)
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CPython {}

/// What a constant table of a CPython module may hold.
#[derive(Clone, Copy, Debug)]
pub enum Rom {
    /// `None`.
    None,
    /// `True` or `False`.
    Bool(bool),
    /// An `int`.
    Int(i64),
    /// A `float`.
    Float(f64),
    /// A `str`.
    Str(&'static str),
    /// `bytes`.
    Bytes(&'static [u8]),
    /// A function. It bears the name of the attribute it is first loaded by.
    Function(NativeFn),
    /// Any other object, made when an interpreter loads it for the first time:
    /// a class above all.
    Object(Make),
}

/// A function that scripts can call.
pub type NativeFn = for<'a, 'b, 'vm, 'py> fn(
    &'a mut Cx<'b, 'vm, CPython>,
    &'a Arguments<'py>,
) -> Result<Bound<'py, PyAny>, Error>;

/// Makes an object.
pub type Make = for<'py> fn(Python<'py>) -> Result<Bound<'py, PyAny>, Error>;

impl Host for CPython {
    type Rom = Rom;
    /// Owned: what a module keeps outlives the call, and with it the token that
    /// a `Bound` borrows.
    type Value<'vm> = Py<PyAny>;
    type Context<'vm> = Context<'vm>;
    type Error = Error;

    fn live<'vm>(cx: &mut Cx<'_, 'vm, CPython>, rom: &'static Rom) -> Result<Py<PyAny>, Error> {
        Python::attach(|py| {
            Ok(match *rom {
                Rom::None => py.None(),
                Rom::Bool(value) => PyBool::new(py, value).to_owned().into_any().unbind(),
                Rom::Int(value) => PyInt::new(py, value).into_any().unbind(),
                Rom::Float(value) => PyFloat::new(py, value).into_any().unbind(),
                Rom::Str(text) => PyString::new(py, text).into_any().unbind(),
                Rom::Bytes(bytes) => PyBytes::new(py, bytes).into_any().unbind(),
                Rom::Function(run) => Native::own(cx, py, run)?,
                Rom::Object(make) => make(py)?.unbind(),
            })
        })
    }

    fn text<'vm>(_: &mut Cx<'_, 'vm, CPython>, text: &'static str) -> Result<Py<PyAny>, Error> {
        Ok(Python::attach(|py| {
            PyString::new(py, text).into_any().unbind()
        }))
    }

    fn module<'vm>(cx: &mut Cx<'_, 'vm, CPython>, id: ModuleId) -> Result<Py<PyAny>, Error> {
        Python::attach(|py| Ok(import::module(cx, py, id)?.unbind()))
    }
}
