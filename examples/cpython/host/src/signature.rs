//! The parameters of a native function, as `inspect` has them.

use enroll_portable::Function;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyString};

/// An `inspect.Signature`; `None` where the parameters have no names, or where
/// one may be all further arguments, which is not told apart from one that has
/// to be given by name.
pub(crate) fn signature<'py>(
    py: Python<'py>,
    function: Function,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let params = function.params();
    let named =
        |param: &enroll_portable::Param| !param.is_keyword_only() || param.default().is_some();
    if params.is_empty() || !params.iter().all(named) {
        return Ok(None);
    }
    let inspect = py.import("inspect")?;
    let parameter = inspect.getattr("Parameter")?;
    let mut parameters = Vec::new();
    for param in params {
        let kind = match param.is_keyword_only() {
            true => "KEYWORD_ONLY",
            false => "POSITIONAL_OR_KEYWORD",
        };
        let keywords = PyDict::new(py);
        if let Some(default) = param.default() {
            keywords.set_item("default", constant(py, default))?;
        }
        let arguments = (param.name(), parameter.getattr(kind)?);
        parameters.push(parameter.call(arguments, Some(&keywords))?);
    }
    Ok(Some(inspect.getattr("Signature")?.call1((parameters,))?))
}

/// The Python object of a default, which is known as it is written in Rust;
/// `...` for what is no constant of a simple type.
fn constant<'py>(py: Python<'py>, text: &str) -> Bound<'py, PyAny> {
    let inner = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .filter(|text| !text.contains(['\\', '"']));
    let digits = text.replace('_', "");
    match (text, inner) {
        ("None" | "Value::None" | "()", _) => py.None().into_bound(py),
        ("true", _) => PyBool::new(py, true).to_owned().into_any(),
        ("false", _) => PyBool::new(py, false).to_owned().into_any(),
        (_, Some(text)) => PyString::new(py, text).into_any(),
        _ => match (digits.parse::<i64>(), digits.parse::<f64>()) {
            (Ok(int), _) => PyInt::new(py, int).into_any(),
            (_, Ok(float)) => PyFloat::new(py, float).into_any(),
            _ => py.Ellipsis().into_bound(py),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_of_simple_types_are_those_of_python() {
        Python::attach(|py| {
            for (rust, python) in [
                ("Value::None", "None"),
                ("None", "None"),
                ("true", "True"),
                ("-1_000", "-1000"),
                ("0.5", "0.5"),
                ("\"a b\"", "'a b'"),
                ("\"\\n\"", "Ellipsis"),
                ("i64::MAX", "Ellipsis"),
            ] {
                let shown = constant(py, rust).repr().unwrap().to_string();
                assert_eq!(shown, python, "{rust}");
            }
        });
    }
}
