//! Methods of native objects: what Rhai asks for where it knows no function.

use crate::error::Answer;
use crate::guest::call::{call, pass};
use crate::guest::native::Native;
use crate::guest::operator;
use crate::guest::{adopt, enter, items, receive};
use crate::names::spelled;
use crate::state::{Caller, State};
use crate::{Error, Rhai};
use alloc::rc::Rc;
use alloc::vec::Vec;
use enroll::Cx;
use enroll_portable::types::{Binary, Unary};
use enroll_portable::{List, Operate, Slot, Value};
use rhai::{Dynamic, EvalContext};

/// A call that Rhai has no function for. `None` where it is no business of
/// native objects.
pub(crate) fn missing(
    state: &Rc<State>,
    name: &str,
    arguments: &mut [&mut Dynamic],
    context: &EvalContext<'_, '_, '_, '_, '_, '_>,
) -> Answer<Option<Dynamic>> {
    let caller = Caller::within(context.global_runtime_state());
    if let [left, right] = arguments
        && let Some(op) = operator::binary_of(name)
        && (left.is::<Native>() || right.is::<Native>())
    {
        let (left, right) = (left.clone(), right.clone());
        return state
            .run(caller, |cx| operator::binary(cx, op, left, right))
            .map(Some);
    }
    let Some((first, rest)) = arguments.split_first_mut() else {
        return Ok(None);
    };
    let Some(native) = first.read_lock::<Native>().map(|native| native.clone()) else {
        return Ok(None);
    };
    // A function that is there and failed comes here too.
    if operator::is_registered(name) {
        return Ok(None);
    }
    state.run(caller, |cx| {
        let cx = &mut cx.within(native.module);
        if let Some(method) = find(cx, &native, name)? {
            let arguments = rest.iter_mut().map(|argument| argument.take()).collect();
            return method.call(cx, &native, arguments).map(Some);
        }
        // Rhai tries a function pointer as a method first, and goes on where there
        // is none: so this is no AttributeError.
        Ok(None)
    })
}

/// `object.name(arguments)`, whatever the name is.
pub(crate) fn call_method(
    cx: &mut Cx<'_, '_, Rhai>,
    native: &Native,
    name: &str,
    arguments: Vec<Dynamic>,
) -> Result<Dynamic, Error> {
    let cx = &mut cx.within(native.module);
    match find(cx, native, name)? {
        Some(method) => method.call(cx, native, arguments),
        None => Err(no_attribute(cx, native, name)),
    }
}

/// What a name means to an object.
enum Method<'n> {
    /// A method or callable attribute of this name.
    Own(&'n str),
    /// What every object has that can do it.
    Common(Common),
}

#[derive(Clone, Copy)]
enum Common {
    Call,
    Contains,
    Len,
    Array,
    Push,
    Unary(Unary),
}

fn find<'n>(
    cx: &mut Cx<'_, '_, Rhai>,
    native: &Native,
    name: &'n str,
) -> Result<Option<Method<'n>>, Error> {
    let Some(value) = native.value() else {
        return Ok(
            (spelled(name).unwrap_or(name) == "call").then_some(Method::Common(Common::Call))
        );
    };
    let value = cx.host().seen(value.clone());
    for name in [Some(name), spelled(name)].into_iter().flatten() {
        let has = match &value {
            Value::Object(object) if object.type_of().method(name).is_some() => true,
            _ => enter(cx, |cx| cx.find_attr(&value, name))?.is_some(),
        };
        if has {
            return Ok(Some(Method::Own(name)));
        }
    }
    let common = match (spelled(name).unwrap_or(name), &value) {
        ("call", _) => Common::Call,
        ("contains", _) => Common::Contains,
        ("len", _) => Common::Len,
        ("to_array", _) => Common::Array,
        ("push", Value::List(_)) => Common::Push,
        ("abs", _) => Common::Unary(Unary::Absolute),
        ("to_int", _) => Common::Unary(Unary::Int),
        ("to_float", _) => Common::Unary(Unary::Float),
        ("!", _) => Common::Unary(Unary::Bool),
        ("-", _) => Common::Unary(Unary::Negative),
        ("+", _) => Common::Unary(Unary::Positive),
        _ => return Ok(None),
    };
    Ok(Some(Method::Common(common)))
}

impl Method<'_> {
    fn call(
        self,
        cx: &mut Cx<'_, '_, Rhai>,
        native: &Native,
        mut arguments: Vec<Dynamic>,
    ) -> Result<Dynamic, Error> {
        let Some(value) = native.value() else {
            return call(cx, native, arguments);
        };
        let value = cx.host().seen(value.clone());
        let common = match self {
            Method::Own(name) => {
                return pass(cx, arguments, |cx, args| cx.call_method(&value, name, args));
            }
            Method::Common(common) => common,
        };
        match (common, arguments.len()) {
            (Common::Call, _) => call(cx, native, arguments),
            (Common::Contains, 1) => {
                let item = receive(cx, arguments.remove(0))?;
                contains(cx, &value, &item).map(Dynamic::from_bool)
            }
            (Common::Len, 0) => {
                let length = enter(cx, |cx| cx.len(&value))?;
                Ok(Dynamic::from_int(i64::try_from(length).unwrap_or(i64::MAX)))
            }
            (Common::Array, 0) => items(cx, &value),
            (Common::Push, 1) => {
                let item = receive(cx, arguments.remove(0))?;
                // The engine's limit for arrays; 0 is none.
                let most = cx.host().engine()?.max_array_size();
                match &value {
                    Value::List(list) if most > 0 && list.len() >= most => {
                        return Err(Error::new("ValueError", "it is as long as an array may be"));
                    }
                    Value::List(List::Shared(items)) => items.borrow_mut().push(item),
                    _ => return Err(Error::new("TypeError", "this list cannot be changed")),
                }
                Ok(Dynamic::UNIT)
            }
            (Common::Unary(op), 0) => {
                let answer = enter(cx, |cx| cx.unary(op, &value))?;
                match (op, answer) {
                    // `!x`: Rhai asks for the opposite.
                    (Unary::Bool, Value::Bool(truth)) => Ok(Dynamic::from_bool(!truth)),
                    (_, answer) => adopt(cx, answer),
                }
            }
            _ => Err(Error::new("TypeError", "wrong number of arguments")),
        }
    }
}

/// `item in object`: the type's own answer, or a look at each item.
fn contains<'vm>(
    cx: &mut Cx<'_, 'vm, Rhai>,
    value: &Value<'vm>,
    item: &Value<'vm>,
) -> Result<bool, Error> {
    enter(cx, |cx| {
        if let Value::Object(object) = value
            && let Some(function) = object.type_of().slot(|slot| match slot {
                Slot::Binary(function) => Some(*function),
                _ => None,
            })
            && let Some(answer) = function(cx, object, Binary::Contains, item, false)?
        {
            return cx.truth(&answer);
        }
        let iterator = cx.iter(value)?;
        while let Some(next) = cx.next(&iterator)? {
            if cx.equal(&next, item)? {
                return Ok(true);
            }
        }
        Ok(false)
    })
}

#[cold]
fn no_attribute(cx: &mut Cx<'_, '_, Rhai>, native: &Native, name: &str) -> Error {
    let Some(value) = native.value() else {
        return Error::new("AttributeError", "a function has no such attribute");
    };
    let value = cx.host().seen(value.clone());
    match enter(cx, |cx| cx.attr(&value, name)) {
        Err(error) => error,
        Ok(_) => Error::new("AttributeError", "no such attribute"),
    }
}
