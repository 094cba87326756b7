//! What an interpreter gives to portable modules.

use crate::{Args, Error, Kind, Str, Value};
#[cfg(feature = "alloc")]
use alloc::boxed::Box;
#[cfg(feature = "alloc")]
use core::any::{Any, TypeId};
use core::fmt;
use core::time::Duration;
use enroll::{Access, Claim, ModuleId, Qstr};

/// The interpreter, as portable modules see it; an adopting host implements it
/// for its own context.
///
/// Every method has a default that says it cannot, so a small host implements
/// those its modules need: state ([`words`](Vm::words), [`slot`](Vm::slot)),
/// names ([`text`](Vm::text)), then the rest. Modules call the methods of
/// [`Operate`](crate::Operate), which handle portable values themselves and ask
/// here for the others.
///
/// State belongs to the interpreter, and starts anew with each one: two in one
/// process share nothing. It is found by module and name, so that a module and
/// its extensions, which run under one [`ModuleId`], do not share it by
/// accident.
///
/// ```
/// use enroll::{Adopt, Broken, Cx, Host, ModuleId, Qstr};
/// use enroll_portable::{Error, Portable, Value, Vm};
///
/// /// An interpreter of integers.
/// enum Tiny {}
///
/// /// Its state has room for the words of one module.
/// #[derive(Default)]
/// struct TinyVm([u32; 4]);
///
/// # impl Host for Tiny {
/// #     type Rom = i64; type Value<'vm> = i64; type Context<'vm> = TinyVm; type Error = Error;
/// #     fn live<'vm>(_: &mut Cx<'_, 'vm, Tiny>, rom: &'static i64) -> Result<i64, Error> { Ok(*rom) }
/// #     fn text<'vm>(_: &mut Cx<'_, 'vm, Tiny>, _: &'static str) -> Result<i64, Error> { Ok(0) }
/// #     fn module<'vm>(_: &mut Cx<'_, 'vm, Tiny>, _: ModuleId) -> Result<i64, Error> { Ok(0) }
/// # }
/// impl Vm<'_> for TinyVm {
///     fn words(&mut self, _: ModuleId, _: Qstr, n: usize) -> Option<&mut [u32]> {
///         self.0.get_mut(..n)
///     }
/// }
///
/// impl Adopt<Portable> for Tiny {
///     fn enter<'vm, R>(
///         cx: &mut Cx<'_, 'vm, Tiny>,
///         run: impl FnOnce(&mut Cx<'_, 'vm, Portable>) -> R,
///     ) -> R {
///         let module = cx.module();
///         run(&mut Portable::cx(cx.host()).within(module))
///     }
///     fn adopt<'vm>(_: &mut Cx<'_, 'vm, Tiny>, value: Value<'vm>) -> Result<i64, Error> {
///         Ok(value.as_int().unwrap_or(0))
///     }
///     fn offer<'vm>(_: &mut Cx<'_, 'vm, Tiny>, value: &i64) -> Result<Value<'vm>, Error> {
///         Ok((*value).into())
///     }
///     fn fail(_: &mut Cx<'_, '_, Tiny>, error: Error) -> Error {
///         error
///     }
/// }
/// ```
pub trait Vm<'vm> {
    /// `n` words that a module keeps under a name, zero at first. The same `n`
    /// must be given each time. `None` where there is no room.
    fn words(&mut self, module: ModuleId, name: Qstr, n: usize) -> Option<&mut [u32]> {
        let _ = (module, name, n);
        None
    }

    /// The value of a delegated attribute, nothing at first: `ps1` of `sys`.
    /// `None` where there is no room.
    fn slot(&mut self, module: ModuleId, name: Qstr) -> Option<&mut Option<Value<'vm>>> {
        let _ = (module, name);
        None
    }

    /// The state of a type that a module keeps, nothing at first. `None` where
    /// there is no room.
    #[cfg(feature = "alloc")]
    fn state(&mut self, module: ModuleId, of: TypeId) -> Option<&mut Option<Box<dyn Any>>> {
        let _ = (module, of);
        None
    }

    /// The text of a name, of the pool or interned since.
    fn text(&self, name: Qstr) -> Option<&str> {
        let _ = name;
        None
    }

    /// The name of a text, which is interned unless it is known.
    fn intern(&mut self, text: &str) -> Option<Qstr> {
        let _ = text;
        None
    }

    /// The registered name of a module, for messages and printing.
    fn module_name(&self, module: ModuleId) -> Option<&'static str> {
        let _ = module;
        None
    }

    /// Loads an attribute of a module; `None` is an AttributeError.
    ///
    /// # Errors
    ///
    /// What its hooks fail with.
    fn module_attr(
        &mut self,
        module: ModuleId,
        name: &str,
        access: Access<'_, Value<'vm>>,
    ) -> Result<Claim<Value<'vm>>, Error> {
        let _ = (module, name, access);
        Err(unable("attributes of modules"))
    }

    /// Calls a foreign value.
    ///
    /// # Errors
    ///
    /// What the callee fails with.
    fn call(&mut self, callee: &Value<'vm>, args: Args<'_, 'vm>) -> Result<Value<'vm>, Error> {
        let _ = (callee, args);
        Err(unable("calls into the interpreter"))
    }

    /// Loads, stores or deletes an attribute of a foreign value;
    /// [`Claim::Declined`] is an AttributeError.
    ///
    /// # Errors
    ///
    /// What the interpreter fails with.
    fn attr(
        &mut self,
        object: &Value<'vm>,
        name: &str,
        access: Access<'_, Value<'vm>>,
    ) -> Result<Claim<Value<'vm>>, Error> {
        let _ = (object, name, access);
        Err(unable("attributes of foreign values"))
    }

    /// Calls a method of a foreign value, where this interpreter hands the object
    /// to it; [`Claim::Declined`] where the attribute is to be loaded and called,
    /// which binds it to the object, as in Python.
    ///
    /// # Errors
    ///
    /// AttributeError where there is none, and what the method fails with.
    #[cfg(feature = "alloc")]
    fn call_method(
        &mut self,
        object: &Value<'vm>,
        name: &str,
        args: Args<'_, 'vm>,
    ) -> Result<Claim<Value<'vm>>, Error> {
        let _ = (object, name, args);
        Ok(Claim::Declined)
    }

    /// What a foreign value holds, for modules that take any value apart.
    ///
    /// # Errors
    ///
    /// What the interpreter fails with.
    #[cfg(feature = "alloc")]
    fn shape(&mut self, object: &Value<'vm>) -> Result<Shape<'vm>, Error> {
        let _ = object;
        Ok(Shape::Opaque)
    }

    /// Makes a list, dictionary or tuple that nobody else holds the interpreter's
    /// own, as it is when a function returns it.
    ///
    /// # Errors
    ///
    /// What the interpreter fails with.
    #[cfg(feature = "alloc")]
    fn own(&mut self, value: Value<'vm>) -> Result<Value<'vm>, Error> {
        Ok(value)
    }

    /// A number that a foreign value has for itself as long as it lives; `None`
    /// where it has none.
    #[cfg(feature = "alloc")]
    fn identity(&mut self, object: &Value<'vm>) -> Option<usize> {
        let _ = object;
        None
    }

    /// Loads, stores or deletes an item of a foreign value;
    /// [`Claim::Declined`] is a TypeError.
    ///
    /// # Errors
    ///
    /// What the interpreter fails with, KeyError and IndexError among them.
    fn subscript(
        &mut self,
        object: &Value<'vm>,
        index: &Value<'vm>,
        access: Access<'_, Value<'vm>>,
    ) -> Result<Claim<Value<'vm>>, Error> {
        let _ = (object, index, access);
        Err(unable("items of foreign values"))
    }

    /// An iterator over a foreign value, for [`next`](Vm::next).
    ///
    /// # Errors
    ///
    /// What the interpreter fails with, TypeError where it cannot be iterated.
    fn iter(&mut self, object: &Value<'vm>) -> Result<Value<'vm>, Error> {
        let _ = object;
        Err(unable("iteration of foreign values"))
    }

    /// The next item of a foreign iterator; `None` at its end.
    ///
    /// # Errors
    ///
    /// What the interpreter fails with.
    fn next(&mut self, iterator: &Value<'vm>) -> Result<Option<Value<'vm>>, Error> {
        let _ = iterator;
        Err(unable("iteration of foreign values"))
    }

    /// How many items a foreign value has.
    ///
    /// # Errors
    ///
    /// What the interpreter fails with, TypeError where it has none.
    fn len(&mut self, object: &Value<'vm>) -> Result<usize, Error> {
        let _ = object;
        Err(unable("lengths of foreign values"))
    }

    /// Lends the bytes of a foreign value to `run`, which is to be called once,
    /// or not at all where the value is no buffer. With `write`, what `run`
    /// changes is kept, and a buffer that cannot change is none. No script may
    /// run meanwhile.
    ///
    /// # Errors
    ///
    /// What the interpreter fails with.
    #[cfg(feature = "alloc")]
    fn buffer(
        &mut self,
        object: &Value<'vm>,
        write: bool,
        run: &mut dyn FnMut(&mut [u8]),
    ) -> Result<(), Error> {
        let _ = (object, write, run);
        Ok(())
    }

    /// The time of a clock that never goes back, since a start that does not
    /// change while the interpreter runs; `None` where there is none.
    ///
    /// With the feature `std` the default is the operating system's.
    fn monotonic(&mut self) -> Option<Duration> {
        #[cfg(feature = "std")]
        return Some(clock::monotonic());
        #[cfg(not(feature = "std"))]
        None
    }

    /// The time since the beginning of 1970, UTC; `None` where nobody knows.
    ///
    /// With the feature `std` the default is the operating system's.
    fn unix_time(&mut self) -> Option<Duration> {
        #[cfg(feature = "std")]
        return clock::unix_time();
        #[cfg(not(feature = "std"))]
        None
    }

    /// Waits.
    ///
    /// With the feature `std` the thread sleeps; without, the default asks
    /// [`monotonic`](Vm::monotonic) until the time is over.
    ///
    /// # Errors
    ///
    /// NotImplementedError where there is no clock.
    fn sleep(&mut self, time: Duration) -> Result<(), Error> {
        #[cfg(feature = "std")]
        {
            std::thread::sleep(time);
            Ok(())
        }
        #[cfg(not(feature = "std"))]
        {
            let start = self.monotonic().ok_or(unable("clock"))?;
            while self
                .monotonic()
                .ok_or(unable("clock"))?
                .saturating_sub(start)
                < time
            {
                core::hint::spin_loop();
            }
            Ok(())
        }
    }

    /// Whether two values are equal, one of them foreign.
    ///
    /// # Errors
    ///
    /// What the interpreter fails with.
    fn equal(&mut self, left: &Value<'vm>, right: &Value<'vm>) -> Result<bool, Error> {
        Ok(left == right)
    }

    /// Writes a foreign value, as `str` or `repr` does.
    ///
    /// # Errors
    ///
    /// What the interpreter fails with.
    fn write(
        &mut self,
        object: &Value<'vm>,
        style: Style,
        out: &mut dyn fmt::Write,
    ) -> Result<(), Error> {
        let _ = style;
        write!(out, "<{}>", object.type_name()).map_err(|_| no_room())
    }

    /// How deep values that hold values are being written or compared now, 0 at
    /// first. An interpreter that keeps it sees an error at a depth of 64, where
    /// one that does not may run out of stack.
    fn depth(&mut self) -> Option<&mut u8> {
        None
    }

    /// Prints a text where scripts print.
    ///
    /// # Errors
    ///
    /// OSError where there is no output.
    fn print(&mut self, text: &str) -> Result<(), Error> {
        let _ = text;
        Err(unable("output"))
    }

    /// A text that outlives the call.
    ///
    /// With `alloc` the default copies it.
    ///
    /// # Errors
    ///
    /// MemoryError where there is no room.
    fn make_str(&mut self, text: &str) -> Result<Str<'vm>, Error> {
        #[cfg(feature = "alloc")]
        return Ok(Str::copied(text));
        #[cfg(not(feature = "alloc"))]
        match text {
            "" => Ok(Str::Borrowed("")),
            _ => Err(no_room()),
        }
    }
}

/// What a value holds, as a module sees it that takes any value apart.
#[cfg(feature = "alloc")]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Shape<'vm> {
    /// A single datum: None, a number, a text, bytes. Of a type derived from one,
    /// the plain datum.
    Datum(Value<'vm>),
    /// Items in order, which iteration gives: a list, a tuple.
    Sequence,
    /// Keys with values: iteration gives the keys, a subscript the value.
    Mapping,
    /// Anything else.
    Opaque,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// For people: `str(value)`.
    Str,
    /// For programmers: `repr(value)`.
    Repr,
}

/// The operating system's clocks.
#[cfg(feature = "std")]
mod clock {
    use core::time::Duration;
    use std::sync::OnceLock;
    use std::time::{Instant, SystemTime, UNIX_EPOCH};

    /// Since the first question of this process.
    pub(super) fn monotonic() -> Duration {
        // No state of a module: where the clock starts is the same for all.
        static START: OnceLock<Instant> = OnceLock::new();
        START.get_or_init(Instant::now).elapsed()
    }

    /// `None` on a machine that believes to be before 1970.
    pub(super) fn unix_time() -> Option<Duration> {
        SystemTime::now().duration_since(UNIX_EPOCH).ok()
    }
}

#[cold]
pub(crate) fn unable(what: &'static str) -> Error {
    Error::of(
        Kind::NotImplementedError,
        crate::error::Message::Unable(what),
    )
}

#[cold]
pub(crate) fn no_room() -> Error {
    Error::new(Kind::MemoryError, "no room for a text")
}
