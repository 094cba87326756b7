//! The interpreter, as portable modules see it.

use crate::guest::adopt::{adopt, offer};
use crate::guest::errors::failure;
use crate::guest::{buffer, foreign};
use crate::{CPython, Context};
use enroll::{Access, Claim, Cx, ModuleId, Qstr};
use enroll_portable::{Args, Error, Kind, Shape, Style, Value, Vm};
use pyo3::prelude::*;
use std::any::{Any, TypeId};
use std::fmt;
use std::time::Duration;

impl<'vm> Context<'vm> {
    /// Runs something in Python for a portable module.
    fn python<R>(
        &mut self,
        run: impl for<'py> FnOnce(&mut Cx<'_, 'vm, CPython>, Python<'py>) -> PyResult<R>,
    ) -> Result<R, Error> {
        self.settle();
        Python::attach(|py| run(&mut Cx::new(self), py).map_err(|error| failure(py, error)))
    }
}

impl<'vm> Vm<'vm> for Context<'vm> {
    fn words(&mut self, module: ModuleId, name: Qstr, n: usize) -> Option<&mut [u32]> {
        let (keep, lent) = self.keep();
        keep.words(lent, module, name, n)
    }

    fn slot(&mut self, module: ModuleId, name: Qstr) -> Option<&mut Option<Value<'vm>>> {
        let (keep, lent) = self.keep();
        keep.slot(lent, module, name)
    }

    fn state(&mut self, module: ModuleId, of: TypeId) -> Option<&mut Option<Box<dyn Any>>> {
        let (keep, lent) = self.keep();
        keep.state(lent, module, of)
    }

    fn text(&self, name: Qstr) -> Option<&str> {
        Context::text(self, name)
    }

    fn intern(&mut self, text: &str) -> Option<Qstr> {
        Context::intern(self, text).ok()
    }

    fn depth(&mut self) -> Option<&mut u8> {
        Some(&mut self.depth)
    }

    fn module_name(&self, module: ModuleId) -> Option<&'static str> {
        Some(self.builtins().table().name_text(module))
    }

    fn module_attr(
        &mut self,
        module: ModuleId,
        name: &str,
        access: Access<'_, Value<'vm>>,
    ) -> Result<Claim<Value<'vm>>, Error> {
        let builtins = self.builtins();
        self.python(|cx, py| {
            let name = match access {
                Access::Store(_) => Some(Context::intern(cx.host(), name)?),
                _ => cx.host().shared().names.get(name),
            };
            let Some(name) = name else {
                return Ok(Claim::Declined);
            };
            let done = |done| match done {
                true => Claim::Done,
                false => Claim::Declined,
            };
            Ok(match access {
                Access::Load => match builtins.load(cx, module, name)? {
                    Some(value) => Claim::Value(offer(cx, value.bind(py))),
                    None => Claim::Declined,
                },
                Access::Store(value) => {
                    let value = adopt(cx, py, value.clone())?.unbind();
                    done(builtins.store(cx, module, name, &value)?)
                }
                Access::Delete => done(builtins.delete(cx, module, name)?),
            })
        })
    }

    fn call(&mut self, callee: &Value<'vm>, args: Args<'_, 'vm>) -> Result<Value<'vm>, Error> {
        self.python(|cx, py| foreign::call(cx, py, callee, args))
    }

    fn attr(
        &mut self,
        object: &Value<'vm>,
        name: &str,
        access: Access<'_, Value<'vm>>,
    ) -> Result<Claim<Value<'vm>>, Error> {
        self.python(|cx, py| foreign::attr(cx, py, object, name, access))
    }

    fn subscript(
        &mut self,
        object: &Value<'vm>,
        index: &Value<'vm>,
        access: Access<'_, Value<'vm>>,
    ) -> Result<Claim<Value<'vm>>, Error> {
        self.python(|cx, py| foreign::subscript(cx, py, object, index, access))
    }

    fn iter(&mut self, object: &Value<'vm>) -> Result<Value<'vm>, Error> {
        self.python(|cx, py| foreign::iter(cx, py, object))
    }

    fn next(&mut self, iterator: &Value<'vm>) -> Result<Option<Value<'vm>>, Error> {
        self.python(|cx, py| foreign::next(cx, py, iterator))
    }

    fn shape(&mut self, object: &Value<'vm>) -> Result<Shape<'vm>, Error> {
        self.python(|cx, py| foreign::shape(cx, py, object))
    }

    fn own(&mut self, value: Value<'vm>) -> Result<Value<'vm>, Error> {
        self.python(|cx, py| Ok(foreign::of(&adopt(cx, py, value)?)))
    }

    fn identity(&mut self, object: &Value<'vm>) -> Option<usize> {
        foreign::identity(object)
    }

    fn len(&mut self, object: &Value<'vm>) -> Result<usize, Error> {
        self.python(|cx, py| foreign::len(cx, py, object))
    }

    fn buffer(
        &mut self,
        object: &Value<'vm>,
        write: bool,
        run: &mut dyn FnMut(&mut [u8]),
    ) -> Result<(), Error> {
        self.python(|cx, py| buffer::lend(cx, py, object, write, run))
    }

    fn equal(&mut self, left: &Value<'vm>, right: &Value<'vm>) -> Result<bool, Error> {
        self.python(|cx, py| foreign::equal(cx, py, left, right))
    }

    fn write(
        &mut self,
        object: &Value<'vm>,
        style: Style,
        out: &mut dyn fmt::Write,
    ) -> Result<(), Error> {
        let text = self.python(|cx, py| foreign::text(cx, py, object, style))?;
        out.write_str(&text)
            .map_err(|_| Error::new(Kind::MemoryError, "no room for a text"))
    }

    /// By Python's own, which lets other threads run and answers Ctrl-C.
    fn sleep(&mut self, time: Duration) -> Result<(), Error> {
        self.python(|_, py| {
            let sleep = py.import("time")?.getattr("sleep")?;
            sleep.call1((time.as_secs_f64(),))?;
            Ok(())
        })
    }

    fn print(&mut self, text: &str) -> Result<(), Error> {
        self.python(|_, py| foreign::print(py, text))
    }
}
