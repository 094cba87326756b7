//! The iterator of both types.

use enroll_portable::prelude::*;

/// What an iterator reads at a position; `None` at the end.
type Read = for<'a, 'vm> fn(&'a Object<'vm>, usize) -> Result<Option<Value<'vm>>, Error>;

static ITERATOR: Type = Type::new("array_iterator", "").slots(&[Slot::Next(next)]);

/// Where an iterator stands; its array is its only value.
struct Position {
    next: usize,
    read: Read,
}

/// An iterator over an array, which follows what is added meanwhile.
pub(crate) fn over<'vm>(array: &Object<'vm>, read: Read) -> Value<'vm> {
    let position = Position { next: 0, read };
    let values = [Value::Object(array.clone())];
    Object::with_values(&ITERATOR, position, values).into()
}

fn next<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
) -> Result<Option<Value<'vm>>, Error> {
    let Some(Value::Object(array)) = this.values()?.front().cloned() else {
        return Ok(None);
    };
    let mut position = this.borrow_mut::<Position>()?;
    let item = (position.read)(&array, position.next)?;
    match item {
        Some(_) => position.next = position.next.saturating_add(1),
        // An iterator that ended stays at its end, whatever comes.
        None => {
            let array = this.values_mut()?.pop_front();
            drop(position);
            drop(array);
        }
    }
    Ok(item)
}
