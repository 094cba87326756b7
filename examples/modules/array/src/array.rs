//! `array.array`: numbers of one machine type.

use crate::code::{Code, Number};
use crate::items::{self, Items};
use crate::iterator;
use crate::slice::Slice;
use core::cmp::Ordering;
use enroll_portable::prelude::*;
use enroll_portable::types::Binary;

/// `array(typecode, initializer=())`.
pub(crate) static ARRAY: Type = Type::new(
    "array",
    "array(typecode, initializer=()): numbers of one machine type.",
)
.slots(&[
    Slot::New(new),
    Slot::Arity(1, 2),
    Slot::Print(print),
    Slot::Binary(binary),
    Slot::Attr(attr),
    Slot::Subscript(subscript),
    Slot::Iter(iter),
    Slot::Len(len),
    Slot::Equal(equal),
    Slot::Buffer(buffer),
])
.methods(&[
    ("append", function!(append(this, item))),
    ("extend", function!(extend(this, iterable))),
    ("frombytes", function!(frombytes(this, bytes))),
    ("tobytes", function!(tobytes(this))),
    ("tolist", function!(tolist(this))),
]);

fn new<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    _: &'static Type,
    args: Args<'_, 'vm>,
) -> Result<Value<'vm>, Error> {
    function!(build(typecode, initializer = "".into()) as "array").call(cx, args)
}

fn build<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    typecode: &str,
    initializer: Value<'vm>,
) -> Result<Object<'vm>, Error> {
    let this = Object::new(&ARRAY, Items::new(Code::of(typecode)?));
    match &initializer {
        Value::Bytes(_) | Value::Str(_) => frombytes(cx, &this, initializer)?,
        other if other.type_name() == "bytearray" => frombytes(cx, &this, initializer)?,
        // Of another array come the numbers, whatever their machine type.
        _ => each(cx, &this, &initializer)?,
    }
    Ok(this)
}

fn append<'vm>(this: &Object<'vm>, item: Value<'vm>) -> Result<(), Error> {
    let mut items = this.borrow_mut::<Items>()?;
    let item = items.code.encode(&item)?;
    items.push(&item)
}

/// Appends all items of an iterable. As in CPython, those before a wrong one
/// stay.
fn extend<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    iterable: Value<'vm>,
) -> Result<(), Error> {
    if let Some(other) = array(&iterable) {
        // A copy, since it may be the same array.
        let other = {
            let other = other.borrow::<Items>()?;
            same_code(&*this.borrow::<Items>()?, &other)?;
            items::copied(&other.bytes)?
        };
        return items::extend(&mut this.borrow_mut::<Items>()?.bytes, &other);
    }
    // What is bytes for Python is a text for others, where it is UTF-8.
    if let Value::Str(text) = &iterable {
        let mut bytes = text.bytes();
        return bytes.try_for_each(|byte| append(this, byte.into()));
    }
    each(cx, this, &iterable)
}

fn each<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    iterable: &Value<'vm>,
) -> Result<(), Error> {
    let iterator = cx.iter(iterable)?;
    while let Some(item) = cx.next(&iterator)? {
        append(this, item)?;
    }
    Ok(())
}

fn frombytes<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    bytes: Value<'vm>,
) -> Result<(), Error> {
    // A copy, since they may be this array's own.
    let bytes = cx.bytes(&bytes, items::copied)??;
    let mut items = this.borrow_mut::<Items>()?;
    if !bytes.len().is_multiple_of(items.code.size()) {
        return Err(Error::new(
            Kind::ValueError,
            "bytes length not a multiple of item size",
        ));
    }
    items::extend(&mut items.bytes, &bytes)
}

fn tobytes<'vm>(this: &Object<'vm>) -> Result<Value<'vm>, Error> {
    items::value(&this.borrow::<Items>()?.bytes)
}

fn tolist<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
) -> Result<alloc::vec::Vec<Value<'vm>>, Error> {
    cx.collect(&Value::Object(this.clone()))
}

fn print<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    _: Style,
    out: &mut dyn core::fmt::Write,
) -> Result<(), Error> {
    let items = this.borrow::<Items>()?;
    let letter = items.code.letter();
    put(out, format_args!("array('{letter}'"))?;
    for index in 0..items.len() {
        put(
            out,
            format_args!("{}", if index == 0 { ", [" } else { ", " }),
        )?;
        match items.get(index) {
            Some(Number::Int(int)) => put(out, format_args!("{int}"))?,
            // As a float is written anywhere; no script runs for it.
            Some(Number::Float(float)) => cx.write(&Value::Float(float), Style::Repr, out)?,
            None => {}
        }
    }
    put(
        out,
        format_args!("{}", if items.len() == 0 { ")" } else { "])" }),
    )
}

fn put(out: &mut dyn core::fmt::Write, text: core::fmt::Arguments<'_>) -> Result<(), Error> {
    out.write_fmt(text)
        .map_err(|_| Error::new(Kind::MemoryError, "no room for a text"))
}

fn binary<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    op: Binary,
    other: &Value<'vm>,
    _: bool,
) -> Result<Option<Value<'vm>>, Error> {
    if op == Binary::Contains {
        return contains(cx, this, other).map(Some);
    }
    let Some(other) = array(other) else {
        return Ok(None);
    };
    let (left, right) = (this.borrow::<Items>()?, other.borrow::<Items>()?);
    let order = |holds: fn(Ordering) -> bool| {
        let order = compare(&left, &right);
        Ok(Some(Value::Bool(order.is_some_and(holds))))
    };
    match op {
        Binary::Add => {
            same_code(&left, &right)?;
            let mut sum = Items::new(left.code);
            items::extend(&mut sum.bytes, &left.bytes)?;
            items::extend(&mut sum.bytes, &right.bytes)?;
            Ok(Some(Object::new(&ARRAY, sum).into()))
        }
        Binary::Less => order(Ordering::is_lt),
        Binary::LessEqual => order(Ordering::is_le),
        Binary::Greater => order(Ordering::is_gt),
        Binary::GreaterEqual => order(Ordering::is_ge),
        _ => Ok(None),
    }
}

fn contains<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    wanted: &Value<'vm>,
) -> Result<Value<'vm>, Error> {
    let mut position = 0;
    // A comparison may run a script, so nothing is borrowed meanwhile.
    while let Some(item) = read(this, position)? {
        if cx.equal(&item, wanted)? {
            return Ok(Value::Bool(true));
        }
        position += 1;
    }
    Ok(Value::Bool(false))
}

/// By numbers, whatever their machine types; nothing where one is not a number.
fn compare(left: &Items, right: &Items) -> Option<Ordering> {
    for index in 0..left.len().min(right.len()) {
        let order = left.get(index)?.order(right.get(index)?)?;
        if order.is_ne() {
            return Some(order);
        }
    }
    Some(left.len().cmp(&right.len()))
}

fn equal<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    other: &Value<'vm>,
) -> Result<bool, Error> {
    let Some(other) = array(other) else {
        return Ok(false);
    };
    let (left, right) = (this.borrow::<Items>()?, other.borrow::<Items>()?);
    if left.code == right.code && left.code.is_integer() {
        return Ok(left.bytes == right.bytes);
    }
    Ok(left.len() == right.len() && compare(&left, &right).is_some_and(Ordering::is_eq))
}

fn attr<'vm>(
    _: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    name: &str,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    let code = this.borrow::<Items>()?.code;
    Ok(match (name, access) {
        ("typecode", Access::Load) => Claim::Value(code.letter().into()),
        ("itemsize", Access::Load) => Claim::Value(Value::Int(code.size() as i64)),
        _ => Claim::Declined,
    })
}

fn subscript<'vm>(
    cx: &mut Cx<'_, 'vm, Portable>,
    this: &Object<'vm>,
    index: &Value<'vm>,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    let len = this.borrow::<Items>()?.len();
    if let Some(slice) = Slice::of(cx, index, len)? {
        return sliced(this, slice, access);
    }
    let index = index.as_index(len)?;
    let mut items = this.borrow_mut::<Items>()?;
    Ok(match access {
        Access::Load => match items.get(index) {
            Some(number) => Claim::Value(number.value()?),
            None => Claim::Declined,
        },
        Access::Store(value) => {
            let item = items.code.encode(value)?;
            items.set(index, &item);
            Claim::Done
        }
        Access::Delete => {
            items.replace(index..index + 1, &[])?;
            Claim::Done
        }
    })
}

fn sliced<'vm>(
    this: &Object<'vm>,
    slice: Slice,
    access: Access<'_, Value<'vm>>,
) -> Result<Claim<Value<'vm>>, Error> {
    match access {
        Access::Load => {
            let part = this.borrow::<Items>()?.part(slice)?;
            Ok(Claim::Value(Object::new(&ARRAY, part).into()))
        }
        Access::Store(value) => {
            let Some(other) = array(value) else {
                let message = "only an array can be stored in a slice";
                return Err(Error::new(Kind::TypeError, message));
            };
            // A copy, since it may be the same array.
            let other = {
                let other = other.borrow::<Items>()?;
                same_code(&*this.borrow::<Items>()?, &other)?;
                items::copied(&other.bytes)?
            };
            let mut items = this.borrow_mut::<Items>()?;
            items.replace(slice.range()?, &other)?;
            Ok(Claim::Done)
        }
        Access::Delete => {
            let mut items = this.borrow_mut::<Items>()?;
            items.replace(slice.range()?, &[])?;
            Ok(Claim::Done)
        }
    }
}

fn iter<'vm>(_: &mut Cx<'_, 'vm, Portable>, this: &Object<'vm>) -> Result<Value<'vm>, Error> {
    Ok(iterator::over(this, read))
}

fn read<'vm>(this: &Object<'vm>, index: usize) -> Result<Option<Value<'vm>>, Error> {
    let number = this.borrow::<Items>()?.get(index);
    number.map(Number::value).transpose()
}

fn len(_: &mut Cx<'_, '_, Portable>, this: &Object<'_>) -> Result<usize, Error> {
    Ok(this.borrow::<Items>()?.len())
}

fn buffer(
    _: &mut Cx<'_, '_, Portable>,
    this: &Object<'_>,
    run: &mut dyn FnMut(&mut [u8]),
) -> Result<(), Error> {
    run(&mut this.borrow_mut::<Items>()?.bytes);
    Ok(())
}

/// The array that a value is.
fn array<'a, 'vm>(value: &'a Value<'vm>) -> Option<&'a Object<'vm>> {
    value.as_object().filter(|object| object.holds::<Items>())
}

fn same_code(left: &Items, right: &Items) -> Result<(), Error> {
    match left.code == right.code {
        true => Ok(()),
        false => Err(Error::new(
            Kind::TypeError,
            "both arrays must have the same typecode",
        )),
    }
}
