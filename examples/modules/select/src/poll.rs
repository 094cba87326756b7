//! The type `poll`.

use crate::ready::{self, IN, OUT};
use alloc::vec::Vec;
use core::time::Duration;
use enroll_portable::prelude::*;
use enroll_portable::{List, Tuple};

/// `poll()`.
pub(crate) static POLL: Type = Type::new("poll", "poll(): streams to wait for.")
    .slots(&[Slot::Arity(0, 0), Slot::New(new), Slot::Next(next)])
    .methods(&[
        ("ipoll", function!(ipoll(this, timeout = None, flags = 0))),
        ("modify", function!(modify(this, obj, eventmask))),
        ("poll", function!(poll(this, timeout = None, flags = 0))),
        (
            "register",
            function!(register(this, obj, eventmask = IN | OUT)),
        ),
        ("unregister", function!(unregister(this, obj))),
    ]);

/// In `flags`: a stream that was ready is not asked again until it is modified.
const ONE_SHOT: i64 = 1;

/// What a poll object is beside its streams, which are its values.
#[derive(Default)]
struct Poll {
    /// The flags of each stream, in the order of the streams, with a number that
    /// no other registration has: scripts run while streams are asked, and may
    /// register and unregister.
    asked: Vec<(u32, u64)>,
    next: u64,
    /// What `ipoll` found and `next` has yet to give.
    found: Vec<(u64, u32)>,
}

fn new<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    _: &'static Type,
    args: Args<'_, 'vm>,
) -> Result<Value<'vm>, Error> {
    function!(build() as "poll").call(cx, args)
}

fn build<'vm>() -> Object<'vm> {
    Object::new(&POLL, Poll::default())
}

/// Where a stream stands, by identity.
fn position<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    stream: &Value<'vm>,
) -> Result<Option<usize>, Error> {
    let Some(wanted) = cx.identity(stream) else {
        return Err(Error::new(Kind::TypeError, "a stream is an object"));
    };
    let streams = this.values()?.clone();
    Ok(streams
        .iter()
        .position(|known| cx.identity(known) == Some(wanted)))
}

fn register<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    obj: Value<'vm>,
    eventmask: u32,
) -> Result<(), Error> {
    let known = position(cx, this, &obj)?;
    let mut poll = this.borrow_mut::<Poll>()?;
    if let Some(position) = known {
        poll.asked[position].0 = eventmask;
        return Ok(());
    }
    let mut streams = this.values_mut()?;
    let room = streams.try_reserve(1).is_ok() && poll.asked.try_reserve(1).is_ok();
    if !room {
        return Err(Error::new(Kind::MemoryError, "no room for a stream"));
    }
    let number = poll.next;
    poll.next += 1;
    poll.asked.push((eventmask, number));
    streams.push_back(obj);
    Ok(())
}

/// As in CPython, an unknown stream is a KeyError; MicroPython says nothing.
fn unregister<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    obj: Value<'vm>,
) -> Result<(), Error> {
    let Some(position) = position(cx, this, &obj)? else {
        return Err(Error::new(Kind::KeyError, "the stream is not registered"));
    };
    let mut poll = this.borrow_mut::<Poll>()?;
    poll.asked.remove(position);
    let stream = this.values_mut()?.remove(position);
    // Its end may come back here.
    drop(poll);
    drop(stream);
    Ok(())
}

fn modify<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    obj: Value<'vm>,
    eventmask: u32,
) -> Result<(), Error> {
    /// No such file or directory, as in CPython and MicroPython.
    const ENOENT: i32 = 2;
    let Some(position) = position(cx, this, &obj)? else {
        return Err(Error::os(ENOENT));
    };
    this.borrow_mut::<Poll>()?.asked[position].0 = eventmask;
    Ok(())
}

/// `poll(timeout=-1, flags=0)`: a list of tuples of a stream and what it is ready
/// for.
fn poll<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    timeout: Option<i64>,
    flags: i64,
) -> Result<List<'vm>, Error> {
    let found = ask(cx, this, timeout, flags)?;
    let pairs = found
        .into_iter()
        .map(|(stream, ready, _)| pair(stream, ready));
    Ok(pairs.collect())
}

/// The same one by one, by this object itself: the tuples alone are made anew.
fn ipoll<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    timeout: Option<i64>,
    flags: i64,
) -> Result<Object<'vm>, Error> {
    let found = ask(cx, this, timeout, flags)?;
    let mut poll = this.borrow_mut::<Poll>()?;
    poll.found.clear();
    // From the end, since the last one is taken first.
    let numbers = found
        .iter()
        .rev()
        .map(|(_, ready, number)| (*number, *ready));
    poll.found.extend(numbers);
    Ok(this.clone())
}

fn next<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
) -> Result<Option<Value<'vm>>, Error> {
    let mut poll = this.borrow_mut::<Poll>()?;
    while let Some((number, ready)) = poll.found.pop() {
        // One that was unregistered meanwhile is not told of.
        let position = poll.asked.iter().position(|(_, known)| *known == number);
        let stream = position.and_then(|position| this.values().ok()?.get(position).cloned());
        if let Some(stream) = stream {
            return Ok(Some(pair(stream, ready)));
        }
    }
    Ok(None)
}

fn pair<'vm>(stream: Value<'vm>, ready: u32) -> Value<'vm> {
    Value::Tuple(Tuple::from_iter([stream, ready.into()]))
}

/// Streams that are ready, what for, and the numbers of their registrations.
type Found<'vm> = Vec<(Value<'vm>, u32, u64)>;

fn ask<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    timeout: Option<i64>,
    flags: i64,
) -> Result<Found<'vm>, Error> {
    // Negative is for ever.
    let time = timeout.and_then(|time| u64::try_from(time).ok());
    let found = ready::wait(cx, time.map(Duration::from_millis), |cx| {
        let found = ask_once(cx, this)?;
        Ok((!found.is_empty()).then_some(found))
    })?
    .unwrap_or_default();
    if flags & ONE_SHOT != 0 {
        let mut poll = this.borrow_mut::<Poll>()?;
        for (mask, number) in &mut poll.asked {
            if found.iter().any(|(_, _, ready)| ready == number) {
                *mask = 0;
            }
        }
    }
    Ok(found)
}

fn ask_once<'vm>(cx: &mut Cx<'_, 'vm, Portable>, this: &Object<'vm>) -> Result<Found<'vm>, Error> {
    // Copies, since a stream of a script may change both.
    let asked = this.borrow::<Poll>()?.asked.clone();
    let streams = this.values()?.clone();
    let mut found = Vec::new();
    for ((mask, number), stream) in asked.into_iter().zip(streams) {
        // One that has shot is not even asked for errors.
        if mask == 0 {
            continue;
        }
        let ready = ready::of(cx, &stream, mask)?;
        if ready != 0 {
            found.push((stream, ready, number));
        }
    }
    Ok(found)
}
