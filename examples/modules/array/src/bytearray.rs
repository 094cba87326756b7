//! `bytearray`: bytes that change.

use crate::code::is_long;
use crate::items;
use crate::iterator;
use crate::slice::Slice;
use alloc::vec::Vec;
use core::cmp::Ordering;
use enroll_portable::prelude::*;
use enroll_portable::types::Binary;

/// `bytearray(source=())`.
pub(crate) static BYTEARRAY: Type = Type::new(
    "bytearray",
    "bytearray(source=()): so many zeros, a copy of bytes, or the integers of an iterable.",
)
.slots(&[
    Slot::New(new),
    Slot::Arity(0, 1),
    Slot::Print(print),
    Slot::Binary(binary),
    Slot::Subscript(subscript),
    Slot::Iter(iter),
    Slot::Len(len),
    Slot::Equal(equal),
    Slot::Buffer(buffer),
])
.methods(&[
    ("append", function!(append(this, item))),
    ("decode", function!(decode(this, encoding = "utf-8"))),
    ("extend", function!(extend(this, iterable))),
    ("tobytes", function!(tobytes(this))),
]);

struct Items(Vec<u8>);

fn new<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    _: &'static Type,
    args: Args<'_, 'vm>,
) -> Result<Value<'vm>, Error> {
    function!(build(source = "".into(), encoding = "utf-8") as "bytearray").call(cx, args)
}

fn build<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    source: Value<'vm>,
    encoding: &str,
) -> Result<Object<'vm>, Error> {
    utf8(encoding)?;
    let bytes = match source.as_int() {
        Some(len) => {
            let negative = |_| Error::new(Kind::ValueError, "negative count");
            items::zeros(usize::try_from(len).map_err(negative)?)?
        }
        None if is_long(&source) => {
            return Err(Error::new(Kind::OverflowError, "the count is too large"));
        }
        None => bytes_of(cx, &source)?,
    };
    Ok(Object::new(&BYTEARRAY, Items(bytes)))
}

/// A copy of what is bytes, or the integers that an iterable has.
fn bytes_of<'vm>(cx: &mut Cx<'_, 'vm, Portable>, source: &Value<'vm>) -> Result<Vec<u8>, Error> {
    if let Some(bytes) = like(cx, source)? {
        return Ok(bytes);
    }
    let mut bytes = Vec::new();
    let iterator = cx.iter(source)?;
    while let Some(item) = cx.next(&iterator)? {
        items::extend(&mut bytes, &[byte(&item)?])?;
    }
    Ok(bytes)
}

/// A copy of what is bytes; nothing of anything else.
fn like<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    source: &Value<'vm>,
) -> Result<Option<Vec<u8>>, Error> {
    match cx.bytes(source, items::copied) {
        Ok(copy) => copy.map(Some),
        Err(error) if error.kind() == Kind::TypeError => Ok(None),
        Err(error) => Err(error),
    }
}

fn byte(value: &Value<'_>) -> Result<u8, Error> {
    let range = Error::new(Kind::ValueError, "byte must be in range(0, 256)");
    match value {
        value if is_long(value) => Err(range),
        value => {
            let int = value.as_int().ok_or_else(|| {
                let found = value.type_name();
                let message = alloc::format!("a byte is an int, not {found}");
                Error::text(Kind::TypeError, message)
            })?;
            u8::try_from(int).map_err(|_| range)
        }
    }
}

fn append<'vm>(this: &Object<'vm>, item: Value<'vm>) -> Result<(), Error> {
    items::extend(&mut this.borrow_mut::<Items>()?.0, &[byte(&item)?])
}

fn extend<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    iterable: Value<'vm>,
) -> Result<(), Error> {
    // All of it first: a wrong item changes nothing, as in CPython.
    let bytes = bytes_of(cx, &iterable)?;
    items::extend(&mut this.borrow_mut::<Items>()?.0, &bytes)
}

fn decode<'vm>(this: &Object<'vm>, encoding: &str) -> Result<Value<'vm>, Error> {
    utf8(encoding)?;
    let items = this.borrow::<Items>()?;
    match core::str::from_utf8(&items.0) {
        Ok(text) => {
            items::ask(text.len())?;
            Ok(Value::Str(Str::copied(text)))
        }
        Err(error) => Err(Error::text(
            Kind::ValueError,
            alloc::format!("not UTF-8: {error}"),
        )),
    }
}

fn utf8(encoding: &str) -> Result<(), Error> {
    let known = ["utf-8", "utf8"];
    match known.iter().any(|name| name.eq_ignore_ascii_case(encoding)) {
        true => Ok(()),
        false => Err(Error::new(Kind::ValueError, "the encoding must be utf-8")),
    }
}

fn tobytes<'vm>(this: &Object<'vm>) -> Result<Value<'vm>, Error> {
    items::value(&this.borrow::<Items>()?.0)
}

fn print<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    _: Style,
    out: &mut dyn core::fmt::Write,
) -> Result<(), Error> {
    let bytes = tobytes(this)?;
    cx.write(&"bytearray(".into(), Style::Str, out)?;
    cx.write(&bytes, Style::Repr, out)?;
    cx.write(&")".into(), Style::Str, out)
}

fn binary<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    op: Binary,
    other: &Value<'vm>,
    reversed: bool,
) -> Result<Option<Value<'vm>>, Error> {
    if op == Binary::Contains && (other.as_int().is_some() || is_long(other)) {
        let byte = byte(other)?;
        return Ok(Some(Value::Bool(this.borrow::<Items>()?.0.contains(&byte))));
    }
    // A text is bytes for an interpreter that has no others, which joins and
    // searches it, but does not compare it.
    if matches!(other, Value::Str(_)) && !matches!(op, Binary::Add | Binary::Contains) {
        return Ok(None);
    }
    let Some(other) = like(cx, other)? else {
        return match op {
            Binary::Contains => Err(Error::new(
                Kind::TypeError,
                "bytes or an int can be in a bytearray, nothing else",
            )),
            _ => Ok(None),
        };
    };
    let items = this.borrow::<Items>()?;
    let order = |holds: fn(Ordering) -> bool| Ok(Some(Value::Bool(holds(items.0.cmp(&other)))));
    match op {
        Binary::Add => {
            let (left, right) = match reversed {
                true => (&other, &items.0),
                false => (&items.0, &other),
            };
            let mut sum = items::copied(left)?;
            items::extend(&mut sum, right)?;
            Ok(Some(Object::new(&BYTEARRAY, Items(sum)).into()))
        }
        Binary::Contains => {
            let found = other.is_empty() || items.0.windows(other.len()).any(|part| part == other);
            Ok(Some(Value::Bool(found)))
        }
        Binary::Less => order(Ordering::is_lt),
        Binary::LessEqual => order(Ordering::is_le),
        Binary::Greater => order(Ordering::is_gt),
        Binary::GreaterEqual => order(Ordering::is_ge),
        _ => Ok(None),
    }
}

/// Equal to all bytes that are the same, whatever holds them. A text is none.
fn equal<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    other: &Value<'vm>,
) -> Result<bool, Error> {
    if let Value::Str(_) = other {
        return Ok(false);
    }
    let Some(other) = like(cx, other)? else {
        return Ok(false);
    };
    Ok(this.borrow::<Items>()?.0 == other)
}

fn subscript<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    index: &Value<'vm>,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    let len = this.borrow::<Items>()?.0.len();
    if let Some(slice) = Slice::of(cx, index, len)? {
        return sliced(cx, this, slice, access);
    }
    // A wrong value is told before a wrong index, as in CPython.
    let new = match access {
        Access::Store(value) => Some(byte(value)?),
        _ => None,
    };
    let index = index.as_index(len)?;
    let bytes = &mut this.borrow_mut::<Items>()?.0;
    match access {
        Access::Load => Ok(bytes.get(index).map_or(Claim::Declined, |&byte| {
            Claim::Value(Value::Int(byte.into()))
        })),
        Access::Store(_) => {
            if let (Some(place), Some(new)) = (bytes.get_mut(index), new) {
                *place = new;
            }
            Ok(Claim::Done)
        }
        Access::Delete => {
            items::replace(bytes, index..index.saturating_add(1), &[])?;
            Ok(Claim::Done)
        }
    }
}

fn sliced<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    slice: Slice,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    let new = match access {
        Access::Load => {
            let items = this.borrow::<Items>()?;
            let mut part = items::zeros(slice.count)?;
            for (to, position) in part.iter_mut().zip(slice.positions()) {
                *to = items.0.get(position).copied().unwrap_or(0);
            }
            return Ok(Claim::Value(Object::new(&BYTEARRAY, Items(part)).into()));
        }
        Access::Store(value) => bytes_of(cx, value)?,
        Access::Delete => Vec::new(),
    };
    let range = slice.range()?;
    items::replace(&mut this.borrow_mut::<Items>()?.0, range, &new)?;
    Ok(Claim::Done)
}

fn iter<'vm>(_: &mut Cx<'_, 'vm, Portable>, this: &Object<'vm>) -> Result<Value<'vm>, Error> {
    Ok(iterator::over(this, read))
}

fn read<'vm>(this: &Object<'vm>, index: usize) -> Result<Option<Value<'vm>>, Error> {
    let byte = this.borrow::<Items>()?.0.get(index).copied();
    Ok(byte.map(|byte| Value::Int(byte.into())))
}

fn len(_: &mut Cx<'_, '_, Portable>, this: &Object<'_>) -> Result<usize, Error> {
    Ok(this.borrow::<Items>()?.0.len())
}

fn buffer(
    _: &mut Cx<'_, '_, Portable>,
    this: &Object<'_>,
    run: &mut dyn FnMut(&mut [u8]),
) -> Result<(), Error> {
    run(&mut this.borrow_mut::<Items>()?.0);
    Ok(())
}
