//! Portable values that Rhai has no type for, as values of Rhai.

use crate::host::NativeFn;
use crate::state::{Caller, State, initialise};
use crate::{Error, Rhai};
use alloc::rc::{Rc, Weak};
use alloc::vec;
use core::mem;
use enroll::{Cx, ModuleId};
use enroll_portable::{Dict, List, Value};
use rhai::{Dynamic, FnPtr, Position};

/// An object, type, function or module, or a list that scripts and a module
/// share: the custom type that Rhai sees.
#[derive(Clone)]
pub(crate) struct Native {
    pub(crate) what: What,
    /// The module it came from, whose state its functions find.
    pub(crate) module: Option<ModuleId>,
    /// Its engine, which a callable value has to find.
    state: Weak<State>,
}

#[derive(Clone)]
pub(crate) enum What {
    Value(Value<'static>),
    /// A function that was declared for Rhai.
    Own(NativeFn),
}

impl Native {
    /// A function that was declared for Rhai.
    pub(crate) fn own(module: Option<ModuleId>, run: NativeFn) -> Native {
        Native {
            what: What::Own(run),
            module,
            state: Weak::new(),
        }
    }

    /// A portable value of the module that is meant.
    pub(crate) fn of(cx: &mut Cx<'_, '_, Rhai>, value: Value<'static>) -> Native {
        Native {
            what: What::Value(value),
            module: cx.module(),
            state: Rc::downgrade(cx.host().shared()),
        }
    }

    /// The portable value.
    pub(crate) fn value(&self) -> Option<&Value<'static>> {
        match &self.what {
            What::Value(value) => Some(value),
            What::Own(_) => None,
        }
    }
}

/// Lists that hold lists may be many, made by a script in one loop; dropping one
/// after the other would end the stack.
impl Drop for Native {
    fn drop(&mut self) {
        let What::Value(value @ (Value::List(_) | Value::Dict(_))) = &mut self.what else {
            return;
        };
        let mut pending = vec![mem::take(value)];
        while let Some(value) = pending.pop() {
            match value {
                Value::List(List::Shared(items)) => {
                    if let Ok(items) = Rc::try_unwrap(items) {
                        pending.append(&mut items.into_inner());
                    }
                }
                Value::Dict(Dict::Shared(pairs)) => {
                    if let Ok(pairs) = Rc::try_unwrap(pairs) {
                        pending.extend(pairs.into_inner().into_iter().map(|(_, value)| value));
                    }
                }
                _ => {}
            }
        }
    }
}

/// A portable value as a custom value of Rhai.
pub(crate) fn native<'vm>(cx: &mut Cx<'_, 'vm, Rhai>, value: Value<'vm>) -> Dynamic {
    let value = cx.host().owned(value);
    Dynamic::from(Native::of(cx, value))
}

/// A builtin module as a value: what `builtin("errno")` gives.
pub(crate) fn module(cx: &mut Cx<'_, '_, Rhai>, id: ModuleId) -> Result<Dynamic, Error> {
    initialise(cx, id)?;
    Ok(native(&mut cx.within(Some(id)), Value::Module(id)))
}

/// What scripts call with `f.call(…)`: a function pointer that carries the
/// native value as its first argument.
pub(crate) fn callable(cx: &mut Cx<'_, '_, Rhai>, native: Native, name: &str) -> Dynamic {
    let mut native = native;
    native.state = Rc::downgrade(cx.host().shared());
    let name = match rhai::is_valid_function_name(name) {
        true => name,
        false => "native",
    };
    #[expect(
        deprecated,
        reason = "Rhai marks what may change so; the version is pinned"
    )]
    let pointer = FnPtr::from_fn(name, |context, arguments| {
        let Some((first, rest)) = arguments.split_first_mut() else {
            return Ok(Dynamic::UNIT);
        };
        let native = first.read_lock::<Native>().map(|native| native.clone());
        let Some((native, state)) = native.and_then(|native| {
            let state = native.state.upgrade()?;
            Some((native, state))
        }) else {
            return Err(Error::new("RuntimeError", "the engine is gone").into_rhai(Position::NONE));
        };
        let arguments = rest.iter_mut().map(|argument| argument.take()).collect();
        state.run(Caller::of(Some(&context)), |cx| {
            super::call(cx, &native, arguments)
        })
    });
    match pointer {
        Ok(mut pointer) => {
            pointer.extend([Dynamic::from(native)]);
            Dynamic::from(pointer)
        }
        // The name is a valid one.
        Err(_) => Dynamic::from(native),
    }
}

/// The native value that a function pointer carries, if it is one of
/// [`callable`] and nothing was curried to it since.
pub(crate) fn carried(pointer: &FnPtr) -> Option<Native> {
    let [only] = pointer.curry() else {
        return None;
    };
    let native = only.read_lock::<Native>()?;
    let name = match &native.what {
        What::Value(value) => value_name(value),
        What::Own(_) => "native",
    };
    let is_own = pointer.fn_name() == name || pointer.fn_name() == "native";
    is_own.then(|| native.clone())
}

/// What a callable value is called in messages.
pub(crate) fn value_name(value: &Value<'static>) -> &'static str {
    match value {
        Value::Function(function) => function.name(),
        Value::Bound(bound) => bound.function().name(),
        Value::Type(ty) => ty.name(),
        _ => "native",
    }
}
