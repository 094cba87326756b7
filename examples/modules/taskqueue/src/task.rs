//! The type `Task`.

use crate::queue::{self, QUEUE, Queue};
use alloc::rc::{Rc, Weak};
use enroll_portable::prelude::*;
use ticks::Ticks;

/// `Task(coro, globals=None)`.
pub(crate) static TASK: Type = Type::new(
    "Task",
    "Task(coro, globals=None): what an event loop runs, bit by bit.",
)
.slots(&[Slot::Arity(1, 2), Slot::New(new), Slot::Attr(attr)])
.methods(&[
    ("cancel", function!(cancel(this))),
    ("done", function!(done(this))),
]);

/// Where a task waits; what scripts see of it are its values.
pub(crate) struct Task {
    /// The queue it is in, which may be gone.
    queue: Weak<()>,
    position: usize,
    key: Ticks,
}

/// The positions of a task's values.
const CORO: usize = 0;
const DATA: usize = 1;
const STATE: usize = 2;
const GLOBALS: usize = 3;

impl Task {
    pub(crate) fn is_queued(&self) -> bool {
        self.queue.strong_count() > 0
    }

    pub(crate) fn enter(&mut self, queue: &Rc<()>, position: usize, key: Ticks) {
        self.queue = Rc::downgrade(queue);
        self.position = position;
        self.key = key;
    }

    /// The position that it had in that queue, where it was in it.
    pub(crate) fn leave(&mut self, queue: &Rc<()>) -> Option<usize> {
        if !core::ptr::eq(self.queue.as_ptr(), Rc::as_ptr(queue)) {
            return None;
        }
        self.queue = Weak::new();
        Some(self.position)
    }
}

fn new<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    _: &'static Type,
    args: Args<'_, 'vm>,
) -> Result<Value<'vm>, Error> {
    function!(build(coro, globals = Value::None) as "Task").call(cx, args)
}

fn build<'vm>(coro: Value<'vm>, globals: Value<'vm>) -> Object<'vm> {
    let task = Task {
        queue: Weak::new(),
        position: 0,
        key: Ticks::new(0),
    };
    // Running, and nobody waits for it.
    let state = Value::Bool(true);
    Object::with_values(&TASK, task, [coro, Value::None, state, globals])
}

fn value<'vm>(task: &Object<'vm>, which: usize) -> Result<Value<'vm>, Error> {
    Ok(task.values()?.get(which).cloned().unwrap_or_default())
}

/// Exchanges a value; the old one is to be dropped when nothing is borrowed.
fn set<'vm>(task: &Object<'vm>, which: usize, new: Value<'vm>) -> Result<Value<'vm>, Error> {
    let mut values = task.values_mut()?;
    Ok(match values.get_mut(which) {
        Some(place) => core::mem::replace(place, new),
        None => Value::None,
    })
}

pub(crate) fn set_data<'vm>(task: &Object<'vm>, new: Value<'vm>) -> Result<Value<'vm>, Error> {
    set(task, DATA, new)
}

/// Whether it has ended: its state is None, or False once somebody has waited for
/// it.
fn done(this: &Object<'_>) -> Result<bool, Error> {
    Ok(matches!(
        value(this, STATE)?,
        Value::None | Value::Bool(false)
    ))
}

fn attr<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    name: &str,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    let which = match name {
        "coro" => CORO,
        "data" => DATA,
        "state" => STATE,
        "ph_key" => {
            return Ok(match access {
                Access::Load => Claim::Value(this.borrow::<Task>()?.key.get().into()),
                _ => Claim::Declined,
            });
        }
        _ => return Ok(Claim::Declined),
    };
    match access {
        Access::Load => Ok(Claim::Value(value(this, which)?)),
        _ if which == CORO => Ok(Claim::Declined),
        // Storing nil deletes in Lua, where it is how None is stored.
        Access::Store(_) | Access::Delete => {
            let new = match access {
                Access::Store(new) => new.clone(),
                _ => Value::None,
            };
            let old = set(this, which, new)?;
            drop(old);
            Ok(Claim::Done)
        }
    }
}

/// Wakes a task with `globals["CancelledError"]`; whether it was still running.
fn cancel<'vm>(cx: &mut Cx<'_, 'vm, Portable>, this: &Object<'vm>) -> Result<bool, Error> {
    if done(this)? {
        return Ok(false);
    }
    let globals = value(this, GLOBALS)?;
    if globals.is_none() {
        return Err(Error::new(
            Kind::RuntimeError,
            "the task has no globals, which tell the queue of the loop",
        ));
    }
    let mut global = |name: &'static str| cx.item(&globals, &name.into());
    if global("cur_task")?
        .as_object()
        .is_some_and(|current| current.is(this))
    {
        return Err(Error::new(Kind::RuntimeError, "can't cancel self"));
    }
    let running = global("_task_queue")?;
    let error = global("CancelledError")?;
    let Some(running) = running.as_object().filter(|queue| queue.holds::<Queue>()) else {
        return Err(Error::new(
            Kind::TypeError,
            "globals['_task_queue'] is no TaskQueue",
        ));
    };
    let task = waits_last(this)?;
    let data = value(&task, DATA)?;
    let elsewhere = match &data {
        Value::None => None,
        Value::Object(queue) if queue.type_of().is(&QUEUE) => Some(data.clone()),
        // A queue of the script's own, such as that of a lock.
        other => cx.find_attr(other, "remove")?.map(|_| other.clone()),
    };
    if let Some(queue) = elsewhere {
        cx.call_method(&queue, "remove", Args::new(&[task.clone().into()]))?;
        queue::push(cx, running, &task, None)?;
    } else {
        let now = Ticks::millis(cx.monotonic()?);
        let key = task.borrow::<Task>()?.key;
        if key.since(now) > 0 {
            // It sleeps, and wakes now instead.
            queue::remove(running, &task)?;
            queue::push(cx, running, &task, None)?;
        }
    }
    let old = set_data(&task, error)?;
    drop(old);
    Ok(true)
}

/// The task at the end of those that wait for one another.
fn waits_last<'vm>(this: &Object<'vm>) -> Result<Object<'vm>, Error> {
    let mut task = this.clone();
    // A second one, half as fast, meets the first where they wait in a circle.
    let (mut slow, mut steps) = (this.clone(), 0_u32);
    while let Value::Object(next) = value(&task, DATA)? {
        if !next.holds::<Task>() {
            break;
        }
        task = next;
        steps = steps.wrapping_add(1);
        if steps.is_multiple_of(2)
            && let Value::Object(next) = value(&slow, DATA)?
        {
            slow = next;
        }
        if task.is(&slow) {
            return Err(Error::new(
                Kind::RuntimeError,
                "the tasks wait for one another in a circle",
            ));
        }
    }
    Ok(task)
}
