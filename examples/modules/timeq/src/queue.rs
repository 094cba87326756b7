//! The type `timeq`.

use crate::heap::Heap;
use alloc::collections::VecDeque;
use alloc::format;
use enroll_portable::prelude::*;
use ticks::Ticks;

/// `timeq(maxlen)`.
pub(crate) static QUEUE: Type = Type::new(
    "timeq",
    "timeq(maxlen): entries by ticks, the one due first in front.",
)
.slots(&[
    Slot::Arity(1, 1),
    Slot::New(new),
    Slot::Len(len),
    Slot::Unary(unary),
])
.methods(&[
    ("dump", function!(dump(this))),
    ("peektime", function!(peektime(this))),
    ("pop", function!(pop(this, result))),
    ("push", function!(push(this, time, callback, args))),
]);

/// As many as MicroPython's 16-bit length takes.
const MOST: i64 = 65_535;

/// The callback and the arguments of each key of a heap, two values each.
pub(crate) struct Payloads<'q, 'vm>(&'q mut VecDeque<Value<'vm>>);

impl Payloads<'_, '_> {
    pub(crate) fn swap(&mut self, one: usize, other: usize) {
        self.0.swap(2 * one, 2 * other);
        self.0.swap(2 * one + 1, 2 * other + 1);
    }
}

fn new<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    _: &'static Type,
    args: Args<'_, 'vm>,
) -> Result<Value<'vm>, Error> {
    function!(build(maxlen) as "timeq").call(cx, args)
}

fn build<'vm>(maxlen: i64) -> Result<Object<'vm>, Error> {
    let most = usize::try_from(maxlen).ok().filter(|_| maxlen <= MOST);
    let most = most.ok_or(Error::new(Kind::ValueError, "maxlen is from 0 to 65535"))?;
    let no_room = Error::new(Kind::MemoryError, "no room for a queue of this length");
    let mut values = VecDeque::new();
    if values.try_reserve_exact(2 * most).is_err() {
        return Err(no_room);
    }
    let heap = Heap::new(most).ok_or(no_room)?;
    Ok(Object::with_values(&QUEUE, heap, values))
}

fn push<'vm>(
    this: &Object<'vm>,
    time: i64,
    callback: Value<'vm>,
    args: Value<'vm>,
) -> Result<(), Error> {
    let mut heap = this.borrow_mut::<Heap>()?;
    if heap.is_full() {
        return Err(Error::new(Kind::IndexError, "queue overflow"));
    }
    let mut values = this.values_mut()?;
    values.push_back(callback);
    values.push_back(args);
    heap.push(Ticks::new(time), &mut Payloads(&mut values));
    Ok(())
}

/// Stores the entry that is due first in the first three items of `result`.
///
/// Only then it leaves the queue, so that a list that refuses loses nothing.
fn pop<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    result: Value<'vm>,
) -> Result<(), Error> {
    let (first, callback, args) = {
        let first = first(this)?;
        let values = this.values()?;
        let value = |at: usize| values.get(at).cloned().unwrap_or_default();
        (first, value(0), value(1))
    };
    let refused = Error::new(Kind::TypeError, "a list of three items is needed");
    let items = [i64::from(first.at.get()).into(), callback, args];
    match cx.len(&result) {
        Ok(len) if len >= items.len() => {}
        _ => return Err(refused),
    }
    for (index, item) in (0..).zip(&items) {
        match cx.subscript(&result, &Value::Int(index), Access::Store(item))? {
            Claim::Declined => return Err(refused),
            _ => continue,
        }
    }
    // Storing may have run a script that took it out already.
    let mut heap = this.borrow_mut::<Heap>()?;
    let mut values = this.values_mut()?;
    let mut taken = (None, None);
    if heap.take(first.number, &mut Payloads(&mut values)) {
        taken = (values.pop_back(), values.pop_back());
    }
    // Dropped when nothing is borrowed any more: its end may come back here.
    drop((heap, values));
    drop(taken);
    Ok(())
}

fn peektime(this: &Object<'_>) -> Result<u32, Error> {
    Ok(first(this)?.at.get())
}

fn first(this: &Object<'_>) -> Result<crate::heap::Key, Error> {
    let heap = this.borrow::<Heap>()?;
    heap.first()
        .ok_or(Error::new(Kind::IndexError, "empty heap"))
}

/// Prints every entry, in the order of the heap. No more than one is copied at a
/// time, since printing may run a script, and a queue may be long.
fn dump<'vm>(cx: &mut Cx<'_, 'vm, Portable>, this: &Object<'vm>) -> Result<(), Error> {
    for at in 0.. {
        let (key, entry) = {
            let heap = this.borrow::<Heap>()?;
            let Some(&key) = heap.keys().get(at) else {
                break;
            };
            let values = this.values()?;
            let value = |at: usize| values.get(at).cloned().unwrap_or_default();
            (key, [value(2 * at), value(2 * at + 1)])
        };
        let [callback, args] = entry;
        let callback = cx.text_of(&callback, Style::Repr)?;
        let args = cx.text_of(&args, Style::Repr)?;
        let line = format!("{}: {callback} {args}\n", key.at.get());
        cx.host().print(&line)?;
    }
    Ok(())
}

fn len(_: &mut Cx<'_, '_, Portable>, this: &Object<'_>) -> Result<usize, Error> {
    Ok(this.borrow::<Heap>()?.len())
}

fn unary<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    op: Unary,
) -> Result<Option<Value<'vm>>, Error> {
    Ok(match op {
        Unary::Bool => Some(Value::Bool(this.borrow::<Heap>()?.len() > 0)),
        _ => None,
    })
}
