//! Objects of scripts: object maps with functions in them, which Rhai calls as
//! methods, `this` being the map.

use crate::guest::adopt::{adopt, receive};
use crate::{Error, Rhai};
use alloc::vec::Vec;
use core::cell::RefCell;
use enroll::{Access, Claim, Cx};
use enroll_portable::{Foreign, Str, Value};
use rhai::{Dynamic, FnPtr, Map};

/// Such a map, as a portable module holds it. What its methods change stays in
/// it; the script that gave it keeps the map it has.
struct ScriptObject(RefCell<Map>);

/// A function of one.
struct ScriptMethod {
    object: Foreign,
    function: FnPtr,
}

/// A map as a foreign value if functions are in it.
pub(super) fn offered<'vm>(map: Map) -> Result<Value<'vm>, Map> {
    match map.values().any(Dynamic::is_fnptr) {
        true => {
            let object = ScriptObject(RefCell::new(map));
            Ok(Value::Foreign(Foreign::new("object", object)))
        }
        false => Err(map),
    }
}

/// The value of Rhai that one of these is.
pub(super) fn value(foreign: &Foreign) -> Option<Dynamic> {
    if let Some(ScriptObject(map)) = foreign.downcast_ref() {
        return Some(Dynamic::from_map(map.borrow().clone()));
    }
    let method = foreign.downcast_ref::<ScriptMethod>()?;
    Some(Dynamic::from(method.function.clone()))
}

/// Loads or changes what is in the map, by a text; `None` where it is no such
/// object. As an attribute, a function is a method.
pub(super) fn access<'vm>(
    cx: &mut Cx<'_, 'vm, Rhai>,
    object: &Value<'vm>,
    name: &str,
    access: Access<'_, Value<'vm>>,
    is_attribute: bool,
) -> Result<Option<Claim<Value<'vm>>>, Error> {
    let Value::Foreign(foreign) = object else {
        return Ok(None);
    };
    let Some(ScriptObject(map)) = foreign.downcast_ref() else {
        return Ok(None);
    };
    let (old, claim) = match access {
        Access::Load => {
            let Some(item) = map.borrow().get(name).cloned() else {
                return Ok(Some(Claim::Declined));
            };
            return Ok(Some(Claim::Value(match item.read_lock::<FnPtr>() {
                Some(function) if is_attribute => {
                    let method = ScriptMethod {
                        object: foreign.clone(),
                        function: function.clone(),
                    };
                    Value::Foreign(Foreign::new("method", method))
                }
                _ => receive(cx, item.clone())?,
            })));
        }
        Access::Store(value) => {
            let value = adopt(cx, value.clone())?;
            (map.borrow_mut().insert(name.into(), value), Claim::Done)
        }
        Access::Delete => {
            let old = map.borrow_mut().remove(name);
            let claim = match &old {
                Some(_) => Claim::Done,
                None => Claim::Declined,
            };
            (old, claim)
        }
    };
    drop(old);
    Ok(Some(claim))
}

/// The items of the map, in the order of its keys; `None` where it is no such
/// object.
pub(super) fn keys<'vm>(object: &Value<'vm>) -> Option<Value<'vm>> {
    let Value::Foreign(foreign) = object else {
        return None;
    };
    let ScriptObject(map) = foreign.downcast_ref()?;
    let map = map.borrow();
    let keys = map.keys().map(|key| Value::Str(Str::copied(key)));
    Some(Value::List(keys.collect()))
}

/// A number that no other such object has.
pub(super) fn identity(object: &Foreign) -> Option<usize> {
    let object = object.downcast_ref::<ScriptObject>()?;
    Some(core::ptr::from_ref(object).addr())
}

/// Its method `next`, which makes it an iterator: it is called until it gives
/// `()`.
pub(super) fn next(object: &Foreign) -> Option<Foreign> {
    let ScriptObject(map) = object.downcast_ref()?;
    let map = map.borrow();
    let function = map.get("next")?.read_lock::<FnPtr>()?.clone();
    let object = object.clone();
    Some(Foreign::new("method", ScriptMethod { object, function }))
}

/// Calls one of its methods; `None` where the callee is none.
pub(super) fn call(
    cx: &mut Cx<'_, '_, Rhai>,
    callee: &Foreign,
    arguments: &mut Vec<Dynamic>,
) -> Option<Result<Dynamic, Error>> {
    let method = callee.downcast_ref::<ScriptMethod>()?;
    let ScriptObject(map) = method.object.downcast_ref()?;
    // Nothing is borrowed while the script runs, which may come back here.
    let mut this = Dynamic::from_map(map.borrow().clone());
    let arguments = core::mem::take(arguments);
    let current = &cx.host().shared().current;
    let result = current.with_context(method.function.fn_name(), |context| {
        method
            .function
            .call_raw(context, Some(&mut this), arguments)
    });
    if let Some(changed) = this.try_cast::<Map>() {
        let old = map.replace(changed);
        drop(old);
    }
    Some(result.map_err(Error::Thrown))
}
