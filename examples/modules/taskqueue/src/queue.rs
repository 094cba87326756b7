//! The type `TaskQueue`.

use crate::heap::Heap;
use crate::task::Task;
use alloc::rc::Rc;
use enroll_portable::prelude::*;
use ticks::Ticks;

/// `TaskQueue()`. It has no length: an empty one is as true as a full one, as in
/// MicroPython.
pub(crate) static QUEUE: Type = Type::new(
    "TaskQueue",
    "TaskQueue(): tasks that wait, the one due first in front.",
)
.slots(&[Slot::Arity(0, 0), Slot::New(new)])
.methods(&[
    ("peek", function!(peek(this))),
    ("pop", function!(pop(this))),
    ("push", function!(push(this, task, ticks = None))),
    ("remove", function!(remove(this, task))),
]);

/// What a queue is beside its tasks, which are its values, each at the position
/// of its node.
#[derive(Default)]
pub(crate) struct Queue {
    heap: Heap,
    /// By which a task knows the queue it is in.
    pub(crate) token: Rc<()>,
}

fn new<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    _: &'static Type,
    args: Args<'_, 'vm>,
) -> Result<Value<'vm>, Error> {
    function!(build() as "TaskQueue").call(cx, args)
}

fn build<'vm>() -> Object<'vm> {
    Object::new(&QUEUE, Queue::default())
}

/// The task that is due first, or None.
fn peek<'vm>(this: &Object<'vm>) -> Result<Value<'vm>, Error> {
    let first = this.borrow::<Queue>()?.heap.first();
    let values = this.values()?;
    let task = first.and_then(|first| values.get(first).cloned());
    Ok(task.unwrap_or_default())
}

fn pop<'vm>(this: &Object<'vm>) -> Result<Value<'vm>, Error> {
    let task = peek(this)?;
    match &task {
        Value::Object(object) => remove(this, object)?,
        _ => return Err(Error::new(Kind::IndexError, "empty heap")),
    }
    Ok(task)
}

/// Puts a task in, due now or at `ticks`.
pub(crate) fn push<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    task: &Object<'vm>,
    ticks: Option<i64>,
) -> Result<(), Error> {
    let at = match ticks {
        Some(ticks) => Ticks::new(ticks),
        None => Ticks::millis(cx.monotonic()?),
    };
    // The task first, so that a queue in its place is of the wrong type.
    let mut state = task.borrow_mut::<Task>()?;
    let mut queue = this.borrow_mut::<Queue>()?;
    if state.is_queued() {
        return Err(Error::new(
            Kind::ValueError,
            "the task is in a queue already",
        ));
    }
    let mut tasks = this.values_mut()?;
    let no_room = Error::new(Kind::MemoryError, "no room for a task");
    if tasks.try_reserve(1).is_err() {
        return Err(no_room);
    }
    let position = queue.heap.push(at).ok_or(no_room)?;
    match tasks.get_mut(position) {
        Some(place) => *place = task.clone().into(),
        None => tasks.push_back(task.clone().into()),
    }
    state.enter(&queue.token, position, at);
    drop((queue, state, tasks));
    // What it waited for before.
    let old = crate::task::set_data(task, Value::None)?;
    drop(old);
    Ok(())
}

pub(crate) fn remove<'vm>(this: &Object<'vm>, task: &Object<'vm>) -> Result<(), Error> {
    let mut state = task.borrow_mut::<Task>()?;
    let mut queue = this.borrow_mut::<Queue>()?;
    let Some(position) = state.leave(&queue.token) else {
        return Err(Error::new(
            Kind::ValueError,
            "the task is not in this queue",
        ));
    };
    queue.heap.remove(position);
    let mut tasks = this.values_mut()?;
    let held = tasks.get_mut(position).map(core::mem::take);
    // Dropped when nothing is borrowed any more.
    drop((queue, state, tasks));
    drop(held);
    Ok(())
}
