//! Modules declared for CPython, one for each thing a module can have.

use enroll::{Access, Claim, Cx, Qstr, delegation, qstr};
use enroll_cpython::{Arguments, CPython, Error, Rom};
use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyList, PyString};

/// Names that hooks alone use.
pub(crate) const NAMES: &[&str] = &["ps1", "ps2", "readonly", "uptime"];

enroll::register_module! {
    /// The machine.
    pub(crate) static MACHINE: Module<CPython> = "machine" {
        "NONE" => Rom::None,
        "YES" => Rom::Bool(true),
        "BITS" => Rom::Int(usize::BITS as i64),
        "PI" => Rom::Float(3.25),
        "NAME" => Rom::Str("Zoë"),
        "RAW" => Rom::Bytes(b"\xff\x00"),
        "Counter" => Rom::Object(counter),
        "count" => Rom::Function(count),
        "give" => Rom::Function(give),
        "fail" => Rom::Function(fail),
    }
    aliases: ["umachine"],
    init: setup,
    deinit: teardown,
    attr: delegate,
    dir: delegated,
    getattr: getattr,
}

fn setup(cx: &mut Cx<'_, '_, CPython>) -> Result<(), Error> {
    log(cx, "init machine")
}

fn teardown(cx: &mut Cx<'_, '_, CPython>) -> Result<(), Error> {
    log(cx, "deinit machine")
}

/// Tells the test, which looks into `sys.enroll_log`.
fn log(_: &mut Cx<'_, '_, CPython>, text: &str) -> Result<(), Error> {
    Python::attach(|py| {
        let log = py.import("sys")?.getattr("enroll_log")?;
        Ok(log.cast_into::<PyList>()?.append(text)?)
    })
}

/// A class of Rust, made at its first load.
#[pyclass]
struct Counter(i64);

#[pymethods]
impl Counter {
    #[new]
    fn new() -> Counter {
        Counter(0)
    }

    fn add(&mut self, by: i64) -> i64 {
        self.0 += by;
        self.0
    }
}

fn counter(py: Python<'_>) -> Result<Bound<'_, PyAny>, Error> {
    Ok(py.get_type::<Counter>().into_any())
}

fn broken(_: Python<'_>) -> Result<Bound<'_, PyAny>, Error> {
    Err(PyValueError::new_err("cannot be made").into())
}

/// How often this interpreter called it.
fn count<'py>(
    cx: &mut Cx<'_, '_, CPython>,
    arguments: &Arguments<'py>,
) -> Result<Bound<'py, PyAny>, Error> {
    let module = cx.module().ok_or(PyValueError::new_err("no module"))?;
    let calls = cx.host().state::<i64>(module);
    *calls.borrow_mut() += 1;
    let calls = *calls.borrow();
    Ok(calls.into_pyobject(arguments.py())?.into_any())
}

/// What it is given, by position and by name.
fn give<'py>(
    _: &mut Cx<'_, '_, CPython>,
    arguments: &Arguments<'py>,
) -> Result<Bound<'py, PyAny>, Error> {
    let both = (arguments.positional.clone(), arguments.keywords.clone());
    Ok(both.into_pyobject(arguments.py())?.into_any())
}

fn fail<'py>(_: &mut Cx<'_, '_, CPython>, _: &Arguments<'py>) -> Result<Bound<'py, PyAny>, Error> {
    Err(PyOSError::new_err((5, "the device is gone")).into())
}

fn delegate<'vm>(
    cx: &mut Cx<'_, 'vm, CPython>,
    name: Qstr,
    access: Access<'_, Py<PyAny>>,
) -> Result<Claim<Py<PyAny>>, Error> {
    if name == qstr!("readonly") {
        return match access {
            Access::Load => Ok(Claim::Value(Python::attach(|py| py.None()))),
            _ => Err(PyValueError::new_err("it is read-only").into()),
        };
    }
    let Some(module) = cx.module() else {
        return Ok(Claim::Declined);
    };
    let slots = cx.host().state::<[Option<Py<PyAny>>; 2]>(module);
    let names = [qstr!("ps1"), qstr!("ps2")];
    let claim = delegation::slots(&names, &mut *slots.borrow_mut(), name, access);
    Ok(claim)
}

fn delegated(_: &mut Cx<'_, '_, CPython>, each: &mut dyn FnMut(Qstr)) -> Result<(), Error> {
    each(qstr!("ps1"));
    each(qstr!("uptime"));
    Ok(())
}

/// PEP 562; it tells the test what it is asked for.
fn getattr<'vm>(cx: &mut Cx<'_, 'vm, CPython>, name: Qstr) -> Result<Option<Py<PyAny>>, Error> {
    let text = cx.host().text(name).unwrap_or("?").to_owned();
    log(cx, &format!("getattr {text}"))?;
    Ok((name == qstr!("uptime"))
        .then(|| Python::attach(|py| pyo3::types::PyInt::new(py, 7).into_any().unbind())))
}

enroll::register_module! {
    /// A submodule.
    pub(crate) static MACHINE_DISK: Module<CPython> = "machine.disk" {
        "SIZE" => Rom::Int(512),
    }
    init: disk_setup,
}

fn disk_setup(cx: &mut Cx<'_, '_, CPython>) -> Result<(), Error> {
    log(cx, "init machine.disk")
}

enroll::extend_module! {
    pub(crate) static MACHINE_EXTRA: Extension<CPython> = "machine" {
        replace "BITS" => Rom::Int(128),
        "VENDOR" => Rom::Str("enroll"),
    }
    init: extra_setup,
}

fn extra_setup(cx: &mut Cx<'_, '_, CPython>) -> Result<(), Error> {
    log(cx, "init machine extra")
}

enroll::register_module! {
    /// A file may take its place.
    pub(crate) static SETTINGS: Module<CPython> = "settings" {
        "origin" => Rom::Str("builtin"),
    }
    class: extensible,
}

enroll::register_module! {
    /// Its name is that of a module which CPython itself needs.
    pub(crate) static JSON: Module<CPython> = "json" {
        "origin" => Rom::Str("builtin"),
    }
}

enroll::register_module! {
    /// A package of which a file may take the place.
    pub(crate) static NET: Module<CPython> = "net" {}
    class: extensible,
}

enroll::register_module! {
    pub(crate) static NET_WIFI: Module<CPython> = "net.wifi" {
        "origin" => Rom::Str("builtin"),
    }
}

enroll::register_module! {
    /// Its `init` fails until a script sets `sys.enroll_ready`.
    pub(crate) static FRAGILE: Module<CPython> = "fragile" {
        "value" => Rom::Int(1),
    }
    aliases: ["brittle"],
    init: fragile_setup,
}

fn fragile_setup(cx: &mut Cx<'_, '_, CPython>) -> Result<(), Error> {
    log(cx, "init fragile")?;
    Python::attach(|py| {
        // Comes back to itself, as a script that it runs might.
        py.import("enroll.brittle")?;
        if py.import("sys")?.hasattr("enroll_ready")? {
            return Ok(());
        }
        Err(PyOSError::new_err((11, "not ready")).into())
    })
}

enroll::register_module! {
    /// Keeps whatever a script stores in it.
    pub(crate) static BAG: Module<CPython> = "bag" {
        "Broken" => Rom::Object(broken),
    }
    deinit: bag_end,
    attr: bag_attr,
    dir: bag_dir,
}

fn bag_end(cx: &mut Cx<'_, '_, CPython>) -> Result<(), Error> {
    log(cx, "deinit bag")?;
    Python::attach(|py| match py.import("sys")?.getattr_opt("enroll_uses")? {
        Some(name) => {
            let used = py.import(name.cast_into::<PyString>()?)?;
            log(cx, &format!("uses {}", used.name()?))
        }
        None => Ok(()),
    })?;
    let refuses = |py: Python<'_>| py.import("sys")?.hasattr("enroll_refuses");
    match Python::attach(refuses)? {
        true => Err(PyOSError::new_err((16, "still full")).into()),
        false => Ok(()),
    }
}

#[derive(Default)]
struct Bag(Vec<(Qstr, Py<PyAny>)>);

fn bag_attr<'vm>(
    cx: &mut Cx<'_, 'vm, CPython>,
    name: Qstr,
    access: Access<'_, Py<PyAny>>,
) -> Result<Claim<Py<PyAny>>, Error> {
    let Some(module) = cx.module() else {
        return Ok(Claim::Declined);
    };
    let bag = cx.host().state::<Bag>(module);
    let items = &mut bag.borrow_mut().0;
    let found = items.iter().position(|(known, _)| *known == name);
    Ok(match (access, found) {
        (Access::Load, Some(found)) => Claim::Value(items[found].1.clone()),
        (Access::Store(value), Some(found)) => {
            items[found].1 = value.clone();
            Claim::Done
        }
        (Access::Store(value), None) => {
            items.push((name, value.clone()));
            Claim::Done
        }
        (Access::Delete, Some(found)) => {
            items.remove(found);
            Claim::Done
        }
        (_, None) => Claim::Declined,
    })
}

fn bag_dir(cx: &mut Cx<'_, '_, CPython>, each: &mut dyn FnMut(Qstr)) -> Result<(), Error> {
    let Some(module) = cx.module() else {
        return Ok(());
    };
    let bag = cx.host().state::<Bag>(module);
    for (name, _) in &bag.borrow().0 {
        each(*name);
    }
    Ok(())
}
