//! `for item in object`.

use crate::error::Answer;
use crate::guest::native::Native;
use crate::guest::{adopt, enter};
use crate::state::{Caller, State};
use crate::{Error, Rhai};
use alloc::boxed::Box;
use alloc::rc::Rc;
use enroll::{Cx, ModuleId};
use enroll_portable::{Operate, Value};
use rhai::{Array, Dynamic, EvalAltResult};

/// What Rhai's `for` steps through. It is made and stepped outside of any call.
pub(crate) fn steps(
    state: &Rc<State>,
    object: Dynamic,
) -> Box<dyn Iterator<Item = Answer<Dynamic>>> {
    let native = object.read_lock::<Native>().map(|native| native.clone());
    let made = state.run(Caller::UNKNOWN, |cx| {
        let Some(value) = native.as_ref().and_then(Native::value) else {
            return Err(Error::new("TypeError", "a function cannot be iterated"));
        };
        let module = native.as_ref().and_then(|native| native.module);
        let cx = &mut cx.within(module);
        let value = cx.host().seen(value.clone());
        let iterator = enter(cx, |cx| cx.iter(&value))?;
        Ok((cx.host().owned(iterator), module))
    });
    Box::new(Steps {
        state: Rc::clone(state),
        left: match made {
            Ok((iterator, module)) => Left::Items(iterator, module),
            Err(error) => Left::Error(error),
        },
    })
}

struct Steps {
    state: Rc<State>,
    left: Left,
}

enum Left {
    Items(Value<'static>, Option<ModuleId>),
    /// It could not be made, which the first step says.
    Error(Box<EvalAltResult>),
    Nothing,
}

impl Iterator for Steps {
    type Item = Answer<Dynamic>;

    fn next(&mut self) -> Option<Answer<Dynamic>> {
        match core::mem::replace(&mut self.left, Left::Nothing) {
            Left::Items(iterator, module) => {
                let item = self.state.run(Caller::UNKNOWN, |cx| {
                    let cx = &mut cx.within(module);
                    let iterator = cx.host().seen(iterator.clone());
                    match enter(cx, |cx| cx.next(&iterator))? {
                        Some(item) => adopt(cx, item).map(Some),
                        None => Ok(None),
                    }
                });
                if let Ok(Some(_)) = item {
                    self.left = Left::Items(iterator, module);
                }
                item.transpose()
            }
            Left::Error(error) => Some(Err(error)),
            Left::Nothing => None,
        }
    }
}

/// All items, in an array.
pub(crate) fn items<'vm>(
    cx: &mut Cx<'_, 'vm, Rhai>,
    object: &Value<'vm>,
) -> Result<Dynamic, Error> {
    let iterator = enter(cx, |cx| cx.iter(object))?;
    let mut items = Array::new();
    while let Some(item) = enter(cx, |cx| cx.next(&iterator))? {
        items.push(adopt(cx, item)?);
    }
    Ok(Dynamic::from_array(items))
}
