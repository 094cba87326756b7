//! [`Operate`] for the context of portable functions: values are handled in the
//! files beside this one, foreign ones and the module's state by the interpreter.

use super::{Operate, buffer, compare, hash, item, unsupported, write};
#[cfg(feature = "alloc")]
use super::{attribute, iterate, shape};
use crate::{Args, Error, Kind, Portable, Style, Value};
use core::fmt;
use core::time::Duration;
use enroll::{Access, Claim, Cx, Qstr};

impl<'vm> Operate<'vm> for Cx<'_, 'vm, Portable> {
    fn words(&mut self, name: Qstr, n: usize) -> Result<&mut [u32], Error> {
        let module = self.module().ok_or(outside())?;
        self.host().words(module, name, n).ok_or(no_state())
    }

    fn slot(&mut self, name: Qstr) -> Result<&mut Option<Value<'vm>>, Error> {
        let module = self.module().ok_or(outside())?;
        self.host().slot(module, name).ok_or(no_state())
    }

    fn delegate(
        &mut self,
        names: &[Qstr],
        name: Qstr,
        access: Access<'_, Value<'vm>>,
    ) -> Result<Claim<Value<'vm>>, Error> {
        if !names.contains(&name) {
            return Ok(Claim::Declined);
        }
        let slot = core::slice::from_mut(self.slot(name)?);
        Ok(enroll::delegation::slots(&[name], slot, name, access))
    }

    #[cfg(feature = "alloc")]
    fn state<T: Default + 'static>(&mut self) -> Result<&mut T, Error> {
        let module = self.module().ok_or(outside())?;
        self.host()
            .state(module, core::any::TypeId::of::<T>())
            .ok_or(no_state())?
            .get_or_insert_with(|| alloc::boxed::Box::new(T::default()))
            .downcast_mut::<T>()
            .ok_or(no_state())
    }

    fn call(&mut self, callee: &Value<'vm>, args: Args<'_, 'vm>) -> Result<Value<'vm>, Error> {
        match callee {
            Value::Function(function) => function.call(self, args),
            #[cfg(feature = "alloc")]
            Value::Type(ty) => attribute::construct(self, ty, args),
            #[cfg(feature = "alloc")]
            Value::Object(object) => attribute::call_object(self, object, args),
            #[cfg(feature = "alloc")]
            Value::Bound(bound) => {
                attribute::call_bound(self, bound.function, bound.receiver(), args)
            }
            #[cfg(feature = "alloc")]
            Value::Foreign(_) => self.host().call(callee, args),
            _ => Err(unsupported(callee, "object is not callable")),
        }
    }

    fn item(&mut self, object: &Value<'vm>, index: &Value<'vm>) -> Result<Value<'vm>, Error> {
        match self.subscript(object, index, Access::Load)? {
            Claim::Value(value) => Ok(value),
            _ => Err(unsupported(object, "object is not subscriptable")),
        }
    }

    fn subscript(
        &mut self,
        object: &Value<'vm>,
        index: &Value<'vm>,
        access: Access<'_, Value<'vm>>,
    ) -> Result<Claim<Value<'vm>>, Error> {
        item::subscript(self, object, index, access)
    }

    fn len(&mut self, object: &Value<'vm>) -> Result<usize, Error> {
        item::len(self, object)
    }

    fn equal(&mut self, left: &Value<'vm>, right: &Value<'vm>) -> Result<bool, Error> {
        compare::equal(self, left, right)
    }

    fn hash(&mut self, value: &Value<'vm>) -> Result<u64, Error> {
        hash::hash(self, value)
    }

    #[cfg(feature = "alloc")]
    fn buffer<R>(
        &mut self,
        object: &Value<'vm>,
        run: impl FnOnce(&mut [u8]) -> R,
    ) -> Result<Option<R>, Error> {
        buffer::buffer(self, object, run)
    }

    fn bytes<R>(&mut self, object: &Value<'vm>, run: impl FnOnce(&[u8]) -> R) -> Result<R, Error> {
        buffer::bytes(self, object, run)
    }

    fn monotonic(&mut self) -> Result<Duration, Error> {
        self.host().monotonic().ok_or(crate::vm::unable("clock"))
    }

    fn unix_time(&mut self) -> Result<Duration, Error> {
        let now = self.host().unix_time();
        now.ok_or(crate::vm::unable("time of day"))
    }

    fn sleep(&mut self, time: Duration) -> Result<(), Error> {
        self.host().sleep(time)
    }

    fn truth(&mut self, value: &Value<'vm>) -> Result<bool, Error> {
        compare::truth(self, value)
    }

    #[cfg(feature = "alloc")]
    fn shape(&mut self, value: &Value<'vm>) -> Result<crate::Shape<'vm>, Error> {
        shape::shape(self, value)
    }

    #[cfg(feature = "alloc")]
    fn own(&mut self, value: Value<'vm>) -> Result<Value<'vm>, Error> {
        match value {
            Value::List(_) | Value::Dict(_) | Value::Tuple(_) => self.host().own(value),
            value => Ok(value),
        }
    }

    #[cfg(feature = "alloc")]
    fn identity(&mut self, value: &Value<'vm>) -> Option<usize> {
        shape::identity(self, value)
    }

    fn write(
        &mut self,
        value: &Value<'vm>,
        style: Style,
        out: &mut dyn fmt::Write,
    ) -> Result<(), Error> {
        write::write(self, value, style, out)
    }

    #[cfg(feature = "alloc")]
    fn find_attr(&mut self, object: &Value<'vm>, name: &str) -> Result<Option<Value<'vm>>, Error> {
        attribute::find(self, object, name)
    }

    #[cfg(feature = "alloc")]
    fn attr(&mut self, object: &Value<'vm>, name: &str) -> Result<Value<'vm>, Error> {
        match attribute::find(self, object, name)? {
            Some(value) => Ok(value),
            None => Err(attribute::missing(self, object, name)),
        }
    }

    #[cfg(feature = "alloc")]
    fn set_attr(
        &mut self,
        object: &Value<'vm>,
        name: &str,
        value: Option<&Value<'vm>>,
    ) -> Result<(), Error> {
        attribute::set(self, object, name, value)
    }

    #[cfg(feature = "alloc")]
    fn call_method(
        &mut self,
        object: &Value<'vm>,
        name: &str,
        args: Args<'_, 'vm>,
    ) -> Result<Value<'vm>, Error> {
        match attribute::method(object, name) {
            Some(function) => attribute::call_bound(self, function, object, args),
            None => {
                if let Value::Foreign(_) = object
                    && let Claim::Value(result) = self.host().call_method(object, name, args)?
                {
                    return Ok(result);
                }
                let callee = self.attr(object, name)?;
                self.call(&callee, args)
            }
        }
    }

    #[cfg(feature = "alloc")]
    fn iter(&mut self, object: &Value<'vm>) -> Result<Value<'vm>, Error> {
        iterate::iter(self, object)
    }

    #[cfg(feature = "alloc")]
    fn next(&mut self, iterator: &Value<'vm>) -> Result<Option<Value<'vm>>, Error> {
        iterate::next(self, iterator)
    }

    #[cfg(feature = "alloc")]
    fn unary(&mut self, op: crate::types::Unary, value: &Value<'vm>) -> Result<Value<'vm>, Error> {
        compare::unary(self, op, value)
    }

    #[cfg(feature = "alloc")]
    fn binary(
        &mut self,
        op: crate::types::Binary,
        left: &Value<'vm>,
        right: &Value<'vm>,
    ) -> Result<Value<'vm>, Error> {
        compare::binary(self, op, left, right)
    }
}

#[cold]
fn outside() -> Error {
    Error::new(
        Kind::RuntimeError,
        "no module is meant here, so there is no state of one",
    )
}

#[cold]
fn no_state() -> Error {
    Error::new(
        Kind::MemoryError,
        "this interpreter has no room for the module's state",
    )
}
