//! A queue with two ends, of bounded length if wanted.

use alloc::collections::VecDeque;
use enroll_portable::prelude::*;
use enroll_portable::types::Binary;

/// `deque(iterable=(), maxlen=None, flags=0)`.
///
/// A full one drops an item at the other end; with `flags` 1 it raises
/// IndexError instead (MicroPython `py/objdeque.c`).
pub(crate) static DEQUE: Type = Type::new(
    "deque",
    "deque(iterable=(), maxlen=None, flags=0): a queue with two ends.",
)
.slots(&[
    Slot::New(new),
    Slot::Arity(0, 3),
    Slot::Print(print),
    Slot::Binary(binary),
    Slot::Attr(attr),
    Slot::Subscript(subscript),
    Slot::Iter(iter),
    Slot::Len(len),
    Slot::Equal(equal),
])
.methods(&[
    ("append", function!(append(this, item))),
    ("appendleft", function!(appendleft(this, item))),
    ("clear", function!(clear(this))),
    ("extend", function!(extend(this, iterable))),
    ("pop", function!(pop(this))),
    ("popleft", function!(popleft(this))),
]);

static ITERATOR: Type = Type::new("deque_iterator", "").slots(&[Slot::Next(next)]);

/// What a deque is beside its items.
struct Deque {
    most: Option<usize>,
    /// Whether a full one refuses.
    strict: bool,
    /// How often an item came or went, for iterators.
    changes: u32,
}

/// Where an iterator stands; its deque is its only value.
struct Position {
    next: usize,
    changes: u32,
}

fn new<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    _: &'static Type,
    args: Args<'_, 'vm>,
) -> Result<Value<'vm>, Error> {
    function!(build(iterable = Value::None, maxlen = None, flags = 0) as "deque").call(cx, args)
}

fn build<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    iterable: Value<'vm>,
    maxlen: Option<i64>,
    flags: u32,
) -> Result<Object<'vm>, Error> {
    let most = match maxlen {
        None => None,
        Some(most) => Some(
            usize::try_from(most)
                .map_err(|_| Error::new(Kind::ValueError, "maxlen must be non-negative"))?,
        ),
    };
    let deque = Deque {
        most,
        strict: flags & 1 != 0,
        changes: 0,
    };
    let this = Object::new(&DEQUE, deque);
    if !iterable.is_none() {
        extend(cx, &this, iterable)?;
    }
    Ok(this)
}

/// Adds an item at one end, after making room at the other.
fn push<'vm>(
    this: &Object<'vm>,
    item: Value<'vm>,
    add: fn(&mut VecDeque<Value<'vm>>, Value<'vm>),
    make_room: fn(&mut VecDeque<Value<'vm>>) -> Option<Value<'vm>>,
) -> Result<(), Error> {
    let mut deque = this.borrow_mut::<Deque>()?;
    let mut items = this.values_mut()?;
    let full = deque.most.is_some_and(|most| items.len() >= most);
    if full && deque.strict {
        return Err(Error::new(Kind::IndexError, "full"));
    }
    deque.changes = deque.changes.wrapping_add(1);
    // What falls out is dropped when nothing is borrowed any more: its own end
    // may come back here.
    let mut dropped = None;
    if full {
        dropped = make_room(&mut items);
    }
    if deque.most != Some(0) {
        add(&mut items, item);
    }
    drop((deque, items));
    drop(dropped);
    Ok(())
}

fn append<'vm>(this: &Object<'vm>, item: Value<'vm>) -> Result<(), Error> {
    push(this, item, VecDeque::push_back, VecDeque::pop_front)
}

fn appendleft<'vm>(this: &Object<'vm>, item: Value<'vm>) -> Result<(), Error> {
    push(this, item, VecDeque::push_front, VecDeque::pop_back)
}

fn extend<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    iterable: Value<'vm>,
) -> Result<(), Error> {
    // A deque that is extended by itself is doubled, as in CPython.
    if iterable.as_object().is_some_and(|other| other.is(this)) {
        let items = this.values()?.clone();
        return items.into_iter().try_for_each(|item| append(this, item));
    }
    let iterator = cx.iter(&iterable)?;
    while let Some(item) = cx.next(&iterator)? {
        append(this, item)?;
    }
    Ok(())
}

fn take<'vm>(
    this: &Object<'vm>,
    end: fn(&mut VecDeque<Value<'vm>>) -> Option<Value<'vm>>,
) -> Result<Value<'vm>, Error> {
    let mut deque = this.borrow_mut::<Deque>()?;
    match end(&mut *this.values_mut()?) {
        Some(item) => {
            deque.changes = deque.changes.wrapping_add(1);
            Ok(item)
        }
        None => Err(Error::new(Kind::IndexError, "pop from an empty deque")),
    }
}

fn pop<'vm>(this: &Object<'vm>) -> Result<Value<'vm>, Error> {
    take(this, VecDeque::pop_back)
}

fn popleft<'vm>(this: &Object<'vm>) -> Result<Value<'vm>, Error> {
    take(this, VecDeque::pop_front)
}

fn clear(this: &Object<'_>) -> Result<(), Error> {
    let mut deque = this.borrow_mut::<Deque>()?;
    deque.changes = deque.changes.wrapping_add(1);
    let items = core::mem::take(&mut *this.values_mut()?);
    drop(deque);
    drop(items);
    Ok(())
}

fn print<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    _: Style,
    out: &mut dyn core::fmt::Write,
) -> Result<(), Error> {
    let items = Value::List(this.values()?.iter().cloned().collect());
    let most = this.borrow::<Deque>()?.most;
    cx.write(&"deque(".into(), Style::Str, out)?;
    cx.write(&items, Style::Repr, out)?;
    if let Some(most) = most {
        cx.write(&", maxlen=".into(), Style::Str, out)?;
        cx.write(&Value::Int(most as i64), Style::Str, out)?;
    }
    cx.write(&")".into(), Style::Str, out)
}

fn binary<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    op: Binary,
    other: &Value<'vm>,
    _: bool,
) -> Result<Option<Value<'vm>>, Error> {
    if op != Binary::Contains {
        return Ok(None);
    }
    let mut position = 0;
    // A comparison may run a script, so no item is borrowed meanwhile.
    while let Some(item) = item(this, position)? {
        if cx.equal(&item, other)? {
            return Ok(Some(Value::Bool(true)));
        }
        position += 1;
    }
    Ok(Some(Value::Bool(false)))
}

fn attr<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    name: &str,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    match (name, access) {
        ("maxlen", Access::Load) => Ok(Claim::Value(
            this.borrow::<Deque>()?.most.map(|most| most as i64).into(),
        )),
        _ => Ok(Claim::Declined),
    }
}

fn subscript<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    index: &Value<'vm>,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    let mut deque = this.borrow_mut::<Deque>()?;
    let mut items = this.values_mut()?;
    let position = index.as_index(items.len())?;
    let (answer, old) = match access {
        Access::Load => (Claim::Value(items[position].clone()), None),
        Access::Store(value) => {
            let old = core::mem::replace(&mut items[position], value.clone());
            (Claim::Done, Some(old))
        }
        Access::Delete => {
            deque.changes = deque.changes.wrapping_add(1);
            (Claim::Done, items.remove(position))
        }
    };
    drop((deque, items));
    drop(old);
    Ok(answer)
}

fn iter<'vm>(_: &mut Cx<'_, 'vm, Portable>, this: &Object<'vm>) -> Result<Value<'vm>, Error> {
    let changes = this.borrow::<Deque>()?.changes;
    let position = Position { next: 0, changes };
    let deque = [Value::Object(this.clone())];
    Ok(Object::with_values(&ITERATOR, position, deque).into())
}

fn next<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
) -> Result<Option<Value<'vm>>, Error> {
    let Some(Value::Object(deque)) = this.values()?.front().cloned() else {
        return Ok(None);
    };
    let mut position = this.borrow_mut::<Position>()?;
    if deque.borrow::<Deque>()?.changes != position.changes {
        return Err(Error::new(
            Kind::RuntimeError,
            "deque mutated during iteration",
        ));
    }
    let item = item(&deque, position.next)?;
    match item {
        Some(_) => position.next += 1,
        // An iterator that ended stays at its end, whatever comes.
        None => this.values_mut()?.clear(),
    }
    Ok(item)
}

fn len(_: &mut Cx<'_, '_, Portable>, this: &Object<'_>) -> Result<usize, Error> {
    Ok(this.values()?.len())
}

fn equal<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    other: &Value<'vm>,
) -> Result<bool, Error> {
    let Some(other) = other.as_object().filter(|other| other.holds::<Deque>()) else {
        return Ok(false);
    };
    if this.is(other) {
        return Ok(true);
    }
    if this.values()?.len() != other.values()?.len() {
        return Ok(false);
    }
    let mut position = 0;
    while let (Some(left), Some(right)) = (item(this, position)?, item(other, position)?) {
        if !cx.equal(&left, &right)? {
            return Ok(false);
        }
        position += 1;
    }
    Ok(true)
}

fn item<'vm>(this: &Object<'vm>, position: usize) -> Result<Option<Value<'vm>>, Error> {
    Ok(this.values()?.get(position).cloned())
}
