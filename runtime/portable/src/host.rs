//! The host that modules name: `Module<Portable>`.

use crate::{Error, Rom, Str, Value, Vm};
use enroll::{Cx, Host, ModuleId};

/// The host of modules that run on any interpreter.
///
/// An interpreter runs them once it implements `Adopt<Portable>` and [`Vm`].
pub enum Portable {}

impl Portable {
    /// The context of portable hooks and functions, over an interpreter: what
    /// `Adopt::enter` hands on.
    ///
    /// ```
    /// # use enroll_portable::prelude::*;
    /// use enroll_portable::Vm;
    ///
    /// struct Small;
    /// impl Vm<'_> for Small {}
    ///
    /// let mut small = Small;
    /// let cx = &mut Portable::cx(&mut small);
    /// assert_eq!(cx.len(&"four".into()).ok(), Some(4));
    /// ```
    pub fn cx<'a, 'vm>(vm: &'a mut (dyn Vm<'vm> + 'vm)) -> Cx<'a, 'vm, Portable> {
        Cx::new(vm)
    }
}

impl Host for Portable {
    type Rom = Rom;
    type Value<'vm> = Value<'vm>;
    type Context<'vm> = dyn Vm<'vm> + 'vm;
    type Error = Error;

    #[inline]
    fn live<'vm>(cx: &mut Cx<'_, 'vm, Portable>, rom: &'static Rom) -> Result<Value<'vm>, Error> {
        Ok(match rom {
            Rom::Function(function) => Value::Function(function.of_module(cx.module())),
            _ => rom.value(),
        })
    }

    #[inline]
    fn text<'vm>(_: &mut Cx<'_, 'vm, Portable>, text: &'static str) -> Result<Value<'vm>, Error> {
        Ok(Value::Str(Str::Borrowed(text)))
    }

    #[inline]
    fn module<'vm>(_: &mut Cx<'_, 'vm, Portable>, id: ModuleId) -> Result<Value<'vm>, Error> {
        Ok(Value::Module(id))
    }
}
