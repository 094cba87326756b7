//! The engine, as portable modules see it.

use crate::error::failure;
use crate::guest::adopt::{adopt, offer};
use crate::guest::{foreign, iteration};
use crate::state::initialise;
use crate::{Context, Error, Rhai};
use alloc::boxed::Box;
use core::any::{Any, TypeId};
use core::fmt;
use core::time::Duration;
use enroll::{Access, Claim, Cx, ModuleId, Qstr};
use enroll_portable::{Args, Error as Failure, Kind, Shape, Style, Value, Vm};

/// An attribute of a module, as scripts see it.
fn module_attr<'vm>(
    cx: &mut Cx<'_, 'vm, Rhai>,
    module: ModuleId,
    name: Qstr,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    initialise(cx, module)?;
    let builtins = cx.host().builtins();
    let is_done = match access {
        Access::Load => {
            return Ok(match builtins.load(cx, module, name)? {
                Some(value) => Claim::Value(offer(cx, &value)?),
                None => Claim::Declined,
            });
        }
        Access::Store(value) => {
            let value = adopt(cx, value.clone())?;
            builtins.store(cx, module, name, &value)?
        }
        Access::Delete => builtins.delete(cx, module, name)?,
    };
    Ok(match is_done {
        true => Claim::Done,
        false => Claim::Declined,
    })
}

/// What answers where the embedder gave no clock.
struct System;

impl Vm<'_> for System {}

impl<'vm> Vm<'vm> for Context<'vm> {
    fn words(&mut self, module: ModuleId, name: Qstr, n: usize) -> Option<&mut [u32]> {
        self.keep.words(&mut self.lent, module, name, n)
    }

    fn slot(&mut self, module: ModuleId, name: Qstr) -> Option<&mut Option<Value<'vm>>> {
        self.keep.slot(&mut self.lent, module, name)
    }

    fn state(&mut self, module: ModuleId, of: TypeId) -> Option<&mut Option<Box<dyn Any>>> {
        self.keep.state(&mut self.lent, module, of)
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
        let name = self.builtins().table().name_text(module);
        (!name.is_empty()).then_some(name)
    }

    fn module_attr(
        &mut self,
        module: ModuleId,
        name: &str,
        access: Access<'_, Value<'vm>>,
    ) -> Result<Claim<Value<'vm>>, Failure> {
        self.settle();
        let name = match access {
            Access::Store(_) => Some(Context::intern(self, name).map_err(failure)?),
            _ => self.shared().names.borrow().get(name),
        };
        let Some(name) = name else {
            return Ok(Claim::Declined);
        };
        module_attr(&mut Cx::new(self), module, name, access).map_err(failure)
    }

    fn call(&mut self, callee: &Value<'vm>, args: Args<'_, 'vm>) -> Result<Value<'vm>, Failure> {
        self.settle();
        foreign::call(&mut Cx::new(self), callee, args).map_err(failure)
    }

    fn call_method(
        &mut self,
        object: &Value<'vm>,
        name: &str,
        args: Args<'_, 'vm>,
    ) -> Result<Claim<Value<'vm>>, Failure> {
        self.settle();
        foreign::call_method(&mut Cx::new(self), object, name, args).map_err(failure)
    }

    fn shape(&mut self, object: &Value<'vm>) -> Result<Shape<'vm>, Failure> {
        self.settle();
        foreign::shape(&mut Cx::new(self), object).map_err(failure)
    }

    fn own(&mut self, value: Value<'vm>) -> Result<Value<'vm>, Failure> {
        self.settle();
        foreign::own(&mut Cx::new(self), value).map_err(failure)
    }

    fn identity(&mut self, object: &Value<'vm>) -> Option<usize> {
        foreign::identity(object)
    }

    fn attr(
        &mut self,
        object: &Value<'vm>,
        name: &str,
        access: Access<'_, Value<'vm>>,
    ) -> Result<Claim<Value<'vm>>, Failure> {
        self.settle();
        foreign::attribute(&mut Cx::new(self), object, name, access).map_err(failure)
    }

    fn subscript(
        &mut self,
        object: &Value<'vm>,
        index: &Value<'vm>,
        access: Access<'_, Value<'vm>>,
    ) -> Result<Claim<Value<'vm>>, Failure> {
        self.settle();
        foreign::item(&mut Cx::new(self), object, index, access).map_err(failure)
    }

    fn iter(&mut self, object: &Value<'vm>) -> Result<Value<'vm>, Failure> {
        self.settle();
        iteration::iter(&mut Cx::new(self), object).map_err(failure)
    }

    fn next(&mut self, iterator: &Value<'vm>) -> Result<Option<Value<'vm>>, Failure> {
        self.settle();
        iteration::next(&mut Cx::new(self), iterator).map_err(failure)
    }

    fn len(&mut self, object: &Value<'vm>) -> Result<usize, Failure> {
        self.settle();
        foreign::len(&mut Cx::new(self), object).map_err(failure)
    }

    fn equal(&mut self, left: &Value<'vm>, right: &Value<'vm>) -> Result<bool, Failure> {
        self.settle();
        foreign::equal(&mut Cx::new(self), left, right).map_err(failure)
    }

    fn write(
        &mut self,
        object: &Value<'vm>,
        _: Style,
        out: &mut dyn fmt::Write,
    ) -> Result<(), Failure> {
        self.settle();
        let text = foreign::text(&mut Cx::new(self), object).map_err(failure)?;
        out.write_str(&text)
            .map_err(|_| Failure::new(Kind::MemoryError, "no room for a text"))
    }

    fn print(&mut self, text: &str) -> Result<(), Failure> {
        self.settle();
        foreign::print(&mut Cx::new(self), text).map_err(failure)
    }

    fn monotonic(&mut self) -> Option<Duration> {
        match &self.shared().clock {
            Some(clock) => clock.monotonic(),
            None => System.monotonic(),
        }
    }

    fn unix_time(&mut self) -> Option<Duration> {
        match &self.shared().clock {
            Some(clock) => clock.unix_time(),
            None => System.unix_time(),
        }
    }

    fn sleep(&mut self, time: Duration) -> Result<(), Failure> {
        self.settle();
        let Some(clock) = &self.shared().clock else {
            return System.sleep(time);
        };
        if clock.sleep(time) {
            return Ok(());
        }
        let now = || {
            let none = "this interpreter gives portable modules no clock";
            clock
                .monotonic()
                .ok_or(Failure::new(Kind::NotImplementedError, none))
        };
        let start = now()?;
        while now()?.saturating_sub(start) < time {
            core::hint::spin_loop();
        }
        Ok(())
    }
}
